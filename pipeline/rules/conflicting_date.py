"""A post that is dated twice, on days that cannot both be true.

**Finds** dates of publication, each stated by a strong witness (linked data, meta tags, the markup beside
the title, the feed, a listing), that lie more than a day apart while nothing stands between them.

**Why it matters** Search engines show one date and readers see another; whoever sorts an inventory by age
decides on a wrong figure.

**Leaves alone** a day's difference, which time zones explain; a date that another witness calls the update,
unless it is the only one that readers see; other dates in the text or the address, which may be about
something else; a date marked somewhere in the page against the words beside the title; witnesses of one
kind among themselves.

**Fix** none: only an editor knows which one is true.

**Source** Themes that print the date of the last change where the plugin for linked data states the first
one; posts that were moved to another system on one day.
"""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from pipeline.audit.reading import Reading
from pipeline.audit.rule import Remark, Rule
from pipeline.records import Evidence, Metadata

rule = Rule(__name__, __doc__, severity="info", fix="none", specificity=1)

STRONG = ("json-ld", "meta", "feed", "listing", "markup")
OF_THE_PAGE = {"markup", "text"}
"""What is marked as a date may be a card's: against the words beside the title it says nothing."""
FAR = 1
"""Days apart that zones and midnight explain."""


@rule.post()
def by_witnesses(reading: Reading) -> Iterator[Remark]:
    """Yield the date that was chosen, with what everybody said, where two kinds of witnesses differ."""
    said = _published(reading.metadata)
    pairs = ({one, other} for one, other in combinations(said, 2))
    if any(_contradict(*map(said.__getitem__, pair)) for pair in pairs if pair != OF_THE_PAGE):
        heard = (
            Evidence(kind="contradiction", detail=f"{source} says {', '.join(map(str, sorted(days)))}")
            for source, days in said.items()
        )
        yield Remark(where="metadata", quote=reading.metadata.published or "", evidence=tuple(heard))


def _published(metadata: Metadata) -> dict[str, set[date]]:
    """Collect the days that each kind of witness gives for the publication."""
    updates = [_day(value) for field, _, value in metadata.said if field == "updated"]
    said: dict[str, set[date]] = {}
    for field, source, value in metadata.said:
        if field != "published" or source not in STRONG:
            continue
        # What somebody else calls the update was only put under the wrong name.
        if not any(_near(_day(value), update) for update in updates):
            said.setdefault(source, set()).add(_day(value))
    if metadata.published and ("published", "text", metadata.published) in metadata.said:
        # Taken from the words on the page: readers cannot know whose day it is.
        said.setdefault("text", {_day(metadata.published)})
    return said


def _day(value: str) -> date:
    return date.fromisoformat(value[:10])


def _near(one: date, other: date) -> bool:
    return abs((one - other).days) <= FAR


def _contradict(some: set[date], others: set[date]) -> bool:
    return not any(_near(one, other) for one in some for other in others)
