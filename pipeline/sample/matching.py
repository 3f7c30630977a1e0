"""Pair the findings of one post with the artifacts that were planted in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Fact = dict[str, Any]
SAME = str.maketrans({"×": "x", "“": '"', "”": '"', "″": '"', "‘": "'", "’": "'", "–": "-", "—": "-"})
ENOUGH = 0.5
"""Share of an artifact's letters that findings must cover before it counts as found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """What came of one post's findings."""

    found: tuple[tuple[Fact, Fact], ...]
    """Artifact and the finding that names it best."""
    missed: tuple[Fact, ...]
    false_alarms: tuple[Fact, ...]


def pair(artifacts: Sequence[Fact], findings: Iterable[Fact]) -> Paired:
    """Pair one to one where the quotes are equal, then by one quote lying in the other."""
    left = [finding for finding in findings if finding["where"] != "furniture"]
    found: list[tuple[Fact, Fact]] = []
    rest = []
    for artifact in artifacts:
        same = next((f for f in left if _rule_and_quote(f) == _rule_and_quote(artifact)), None)
        if same is None:
            rest.append(artifact)
        else:
            left.remove(same)
            found.append((artifact, same))
    missed = []
    for artifact in rest:
        if near := _pieces(artifact, left):
            left = [finding for finding in left if finding not in near]
            found.append((artifact, near[0]))
        else:
            missed.append(artifact)
    alarms = [f for f in left if not any(_inside(f, artifact) for artifact, _ in found)]
    return Paired(found=tuple(found), missed=tuple(missed), false_alarms=tuple(alarms))


def fold(text: str) -> str:
    """Make quotes comparable: case, white space and typography aside."""
    return " ".join(text.translate(SAME).casefold().split())


def overlaps(finding: Fact, passage: str) -> bool:
    """Say whether a finding's quote lies in a passage or holds it."""
    quote, words = fold(finding["quote"]), fold(passage)
    return bool(quote) and (quote in words or words in quote)


def _rule_and_quote(fact: Fact) -> tuple[str, str]:
    return fact["rule"], fold(fact["quote"])


def _pieces(artifact: Fact, findings: Sequence[Fact]) -> list[Fact]:
    """Give the findings that together name an artifact, or nothing when they cover too little of it."""
    quote = fold(artifact["quote"])
    around = [f for f in findings if f["rule"] == artifact["rule"] and quote and quote in fold(f["quote"])]
    close = [f for f in around if len(fold(f["quote"])) <= 2 * len(quote) + 8]
    if close:
        return close[:1]
    parts = [f for f in findings if _inside(f, artifact)]
    covered = sum(len(words) for words in {fold(f["quote"]) for f in parts})
    return parts if covered >= ENOUGH * len(quote) else []


def _inside(finding: Fact, artifact: Fact) -> bool:
    """Say whether a finding is a piece of an artifact that spans blocks or holds it whole."""
    quote = fold(finding["quote"])
    pieces = "\n" in artifact["quote"] or quote != fold(artifact["quote"])
    return bool(quote) and finding["rule"] == artifact["rule"] and pieces and quote in fold(artifact["quote"])
