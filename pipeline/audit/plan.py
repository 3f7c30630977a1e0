"""What all rules look for in a text, tried once for all of them: most texts hold next to none of it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, groupby

from pipeline.audit.rule import Rule, TextCheck

MIN_WORD = 4
"""Shorter words ("not", "of") stand in every text; capitals ("AI") do not."""
RARE = "^~`†\\|={}<>+*@#%_][&ZXQJKYV;!:)(/UWFBGDPNHORCMTLEIAS9876543210"
"""ASCII signs, roughly from those that few posts have on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The triggers of all checks, each behind a test that costs less than its own."""

    signs: tuple[str, ...]
    """The triggers of one character."""
    opened: dict[str, re.Pattern[str]]
    """What longer ones open with, if few sentences hold it -> the search for the rest, its first group."""
    openings: dict[str, tuple[str, ...]]
    """Such a trigger -> itself and those that it begins with."""
    by_word: dict[str, tuple[str, ...]]
    """A word between two others -> the triggers that hold it."""
    others: dict[str, str]
    """Trigger -> its rarest sign."""
    text_checks: tuple[tuple[Rule, frozenset[str], TextCheck], ...]

    def present(self, text: str, words: Iterable[str]) -> frozenset[str]:
        """Give the triggers that occur in a text; `words` is what stands in it between white space."""
        found = {sign for sign in self.signs if sign in text}
        for sign, search in self.opened.items():
            if sign in text:
                found.update(*(self.openings[sign + rest[1]] for rest in search.finditer(text)))
        near = chain.from_iterable(self.by_word[word] for word in self.by_word.keys() & words)
        rest = (trigger for trigger, sign in self.others.items() if sign in text)
        found.update(trigger for trigger in chain(near, rest) if trigger in text)
        return frozenset(found)


@lru_cache(maxsize=16)
def plan_for(rules: tuple[Rule, ...]) -> Plan:
    """Sort the triggers of all text and post checks, each once, by how they are best looked for."""
    checks = tuple((rule, frozenset(t), check) for rule in rules for t, check in rule.text_checks)
    of_posts = (t for rule in rules for t, _ in rule.post_checks)
    triggers = sorted({*chain(chain.from_iterable(t for _, t, _ in checks), *of_posts)})
    longer = [trigger for trigger in triggers if len(trigger) > 1]
    words = {trigger: word for trigger in longer if (word := _inner_word(trigger))}
    opened = [trigger for trigger in longer if trigger not in words and _is_rare(trigger[0])]
    by_word: dict[str, tuple[str, ...]] = {}
    for trigger, word in words.items():
        by_word[word] = (*by_word.get(word, ()), trigger)
    return Plan(
        signs=tuple(trigger for trigger in triggers if len(trigger) == 1),
        opened={first: _opening(first, [*some]) for first, some in groupby(opened, key=lambda t: t[0])},
        openings={trigger: tuple(t for t in opened if trigger.startswith(t)) for trigger in opened},
        by_word=by_word,
        others={t: min(t, key=_commonness) for t in longer if t not in words and t not in opened},
        text_checks=checks,
    )


def _inner_word(trigger: str) -> str:
    """Give the word between two others that is likely to be the rarest; "" where there is none."""
    if trigger[0] in "[{":
        return ""
    inner = (word for word in trigger.split(" ")[1:-1] if word.isupper() or len(word) >= MIN_WORD)
    return max(inner, key=lambda word: (word.isupper(), len(word)), default="")


def _is_rare(sign: str) -> bool:
    return sign != " " and not (sign.isascii() and sign.islower())


def _commonness(sign: str) -> int:
    if not sign.isascii():
        return -1
    return at if (at := RARE.find(sign)) >= 0 else len(RARE)


def _opening(first: str, triggers: Sequence[str]) -> re.Pattern[str]:
    """Search a sign before the rest of a trigger, the longest first.

    The rest is only looked at: others may begin in it.
    """
    rests = sorted((re.escape(trigger[1:]) for trigger in triggers), key=len, reverse=True)
    return re.compile(f"{re.escape(first)}(?=({'|'.join(rests)}))")
