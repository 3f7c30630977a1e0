"""What every field needs to know of the page before it looks for its own value."""

from dataclasses import dataclass, field

from lxml.html import HtmlElement

from pipeline.extract.jsonld import LinkedData
from pipeline.extract.scan import Scan
from pipeline.extract.words import fold
from pipeline.extract.zones import Zones
from pipeline.records import Witness

ABOVE, BELOW = 30, 70
"""Elements before and after the title in which unmarked text may be about the post."""
LONGEST_LINE = 300
MUTE = frozenset(("script", "style", "option", "textarea"))


@dataclass(slots=True)
class Line:
    """A stretch of text between two tags, folded."""

    text: str
    place: int
    node: HtmlElement
    """The element that it opens, or that it follows."""
    follows: bool
    """It stands behind the element, not in it."""


@dataclass(slots=True, kw_only=True)
class Facts:
    """The scan, and where the post stands in it."""

    scan: Scan
    linked: LinkedData
    url: str | None
    hosts: tuple[str, ...]
    """The site's: the page's address may be that of a copy, its canonical one tells the other."""
    text: str
    """The page's source."""
    language: str
    """"" when nothing states it."""
    names: tuple[str, ...]
    """What the site calls itself."""
    title: str | None
    anchor: int | None
    """Place of the title, else of the body: what stands near it is the post's."""
    body: range
    """Places of the article's text; empty when it is not known."""
    zones: Zones
    witnesses: tuple[Witness, ...]
    front_matter: dict[str, list[str]]
    latest: str | None
    """Day of the fetch: nothing on the page was published after it."""
    near: list[Line] = field(default_factory=list)
    """Short lines around the title."""

    def in_body(self, place: int) -> bool:
        """Tell whether an element stands in the article's text."""
        return place in self.body


def lines_in(scan: Scan, places: range) -> list[Line]:
    """Read the short texts of some elements, each with what follows it."""
    lines: list[Line] = []
    for place in places:
        node = scan.elements[place]
        for follows, text in ((False, node.text), (True, node.tail)):
            if text and not text.isspace() and (follows or node.tag not in MUTE):
                folded = fold(text[: 2 * LONGEST_LINE])[:LONGEST_LINE]
                if len(folded) > 1:
                    lines.append(Line(folded, place, node, follows))
    return lines


def window(anchor: int | None, count: int) -> range:
    """Give the places around the title, clipped to the page."""
    middle = anchor or 0
    return range(max(0, middle - ABOVE), min(count, middle + BELOW + 1))
