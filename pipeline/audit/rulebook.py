"""All rules of an owner and how to use them: what a worker needs to audit like everybody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.audit.control import NO_CONTROL, Control
from pipeline.audit.own import OwnRule, own_rule
from pipeline.audit.rule import Rule
from pipeline.audit.setting import Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBook:
    """What is added to the built-in rules; plain data, so that it can be sent to another process."""

    own: tuple[OwnRule, ...] = ()
    control: Control = NO_CONTROL

    def at(self, url: str | None, built_in: tuple[Rule, ...]) -> tuple[tuple[Rule, ...], Setting]:
        """Give the rules that run on a page, and how."""
        return self.control.at(url, all_rules(built_in, self.own))


PLAIN_BOOK = RuleBook()


@lru_cache(maxsize=16)
def all_rules(built_in: tuple[Rule, ...], own: Sequence[OwnRule]) -> tuple[Rule, ...]:
    """Give the built-in rules and the user's behind them."""
    return (*built_in, *map(own_rule, own))
