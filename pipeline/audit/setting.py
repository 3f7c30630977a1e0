"""What is known beyond the post under audit: what its owner told us to spare, and what the site repeats."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from pipeline.records import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignore:
    """Places that somebody has looked at and wants left alone, on every page."""

    reason: str
    rules: frozenset[str] = frozenset()
    """Only what these rules say; empty: whatever any rule says."""
    quotes: frozenset[str] = frozenset()
    """Whole quotes, folded: the finding says exactly this."""
    phrases: tuple[str, ...] = ()
    """Folded too: the finding's quote holds one of these."""
    path: str | None = None
    """Glob on the path of the page's address; None is everywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How one page is to be audited."""

    ignores: tuple[Ignore, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    """Rule -> the severity that its findings get instead of their own."""
    repeats: Callable[[str], int] | None = None
    """Says on how many pages of the site a block with these words stands; None when no site is known."""

    def spares(self, rule: str, quote: str) -> bool:
        """Tell a place that is to be left alone."""
        return bool(self.ignores) and any(_matches(one, rule, fold(quote)) for one in self.ignores)


PLAIN = Setting()


def fold(text: str) -> str:
    """Fold case and white space: what a person copies from a page need not have the page's line breaks."""
    return " ".join(text.casefold().split())


def _matches(one: Ignore, rule: str, quote: str) -> bool:
    if one.rules and rule not in one.rules:
        return False
    return quote in one.quotes or any(phrase in quote for phrase in one.phrases)
