"""Electing a date: every place that states one votes, the best supported day wins."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

Said = tuple[str, str, str]
"""Field, source as in `provenance`, value."""
UTC_HOUR = re.compile(r"^.{10}T(\d\d):[\d:.]+(?:Z|\+00:00)$")
AGREEMENT = 0.3
"""What each further kind of witness adds of its own weight."""
SHOWN = ("text", "url")
STRONG = 60
"""Weight from which a witness is worth remembering."""
MOST_SAID = 8
PLAINLY = 50
"""Weight from which a date in the text is believed to be the post's."""


@dataclass(frozen=True, slots=True)
class Vote:
    """One witness for a date."""

    date: str
    weight: float
    source: str
    """Provenance; "url" for the address."""

    @property
    def provenance(self) -> str:
        """Name the source as the record does, which counts an address as text."""
        return "text" if self.source == "url" else self.source


Votes = tuple[list[Vote], list[Vote]]
"""For the published date, and for the updated one: `votes[is_update]`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """The dates that won, and what the strong witnesses say."""

    published: Vote | None
    updated: Vote | None
    said: tuple[Said, ...]


def strong(field: str, votes: Sequence[Vote]) -> list[Said]:
    """List what the strong witnesses say of a date, the strongest first, each once."""
    heard = sorted((vote for vote in votes if vote.weight >= STRONG), key=lambda vote: -vote.weight)
    return list(dict.fromkeys((field, vote.provenance, vote.date) for vote in heard))[:MOST_SAID]


def elect(votes: Sequence[Vote], latest: str | None) -> Vote | None:
    """Choose the day with the strongest support, then its fullest spelling."""
    usable = [vote for vote in votes if latest is None or vote.date[:10] <= latest]
    if not usable:
        return None
    days: dict[str, dict[str, float]] = {}
    for vote in usable:
        sources = days.setdefault(vote.date[:10], {})
        sources[vote.source] = max(vote.weight, sources.get(vote.source, 0))
    day = max(days, key=lambda each: _support(days[each].values()))
    same = [vote for vote in usable if vote.date[:10] == day]
    return max(same, key=lambda vote: (len(vote.date) > 10, vote.weight))


def _support(weights: Collection[float]) -> float:
    """Weigh a day: its strongest witness, and a little for each other kind of witness that agrees.

    A kind counts once: ten comments of one evening do not outvote the post's own date.
    """
    strongest = max(weights)
    return strongest + AGREEMENT * (sum(weights) - strongest)


def as_shown(winner: Vote, votes: Sequence[Vote]) -> Vote:
    """Prefer the day that readers see where the machine's one is the same moment in UTC.

    Many systems write UTC into their metadata: an evening in America or a morning in Asia then falls on
    another day than the one on the page. The moment is not converted; the page's own words win.
    """
    hour = UTC_HOUR.match(winner.date)
    if hour is None:
        return winner
    day = date.fromisoformat(winner.date[:10])
    if any(vote.source == "url" and vote.date == winner.date[:10] for vote in votes):
        return winner
    best = max(
        (vote.weight for vote in votes if _is_shown(vote) and vote.date[:10] == winner.date[:10]), default=0
    )
    for vote in sorted(votes, key=lambda vote: -vote.weight):
        shift = (date.fromisoformat(vote.date[:10]) - day).days
        near = (shift == 1 and int(hour[1]) >= 10) or (shift == -1 and int(hour[1]) < 12)
        if near and _is_shown(vote) and vote.weight >= max(PLAINLY, best + 1):
            return vote
    return winner


def as_dated(first: Vote, last: Vote | None, votes: Sequence[Vote]) -> Vote:
    """Prefer the one day that readers see, without a label, where it is the day of the stated update.

    Many themes print the day of the last change and leave the first one to the head of the page. What the
    head says stays in what was said, and the contradiction is a finding.
    """
    seen = [vote for vote in votes if vote.source == "text" and vote.weight >= PLAINLY]
    if last is None or not seen or any(vote.source in SHOWN and _same_day(vote, first) for vote in votes):
        return first
    best = max(seen, key=lambda vote: vote.weight)
    return best if _same_day(best, last) else first


def _same_day(one: Vote, other: Vote) -> bool:
    return one.date[:10] == other.date[:10]


def _is_shown(vote: Vote) -> bool:
    """Tell a day that readers see, or that is written in local time, from a moment in UTC."""
    return vote.source in SHOWN or (vote.source == "markup" and not UTC_HOUR.match(vote.date))
