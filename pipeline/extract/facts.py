"""What every field needs to know of the page before it looks for its own value."""

from dataclasses import dataclass

from lxml.html import HtmlElement

from pipeline.extract.jsonld import LinkedData
from pipeline.extract.scan import Candidate, Scan
from pipeline.extract.zones import Zones
from pipeline.records import Witness


@dataclass(slots=True, kw_only=True)
class Facts:
    """The scan, and where the post stands in it."""

    scan: Scan
    linked: LinkedData
    url: str | None
    text: str
    """The page's source."""
    language: str
    names: tuple[str, ...]
    """What the site calls itself."""
    title: str | None
    title_place: int | None
    zones: Zones
    body: HtmlElement | None
    witnesses: tuple[Witness, ...]
    front_matter: dict[str, list[str]]
    latest: str | None
    """Day of the fetch: nothing on the page was published after it."""

    def in_body(self, node: HtmlElement) -> bool:
        """Tell whether an element stands in the article's text."""
        if self.body is None:
            return False
        current: HtmlElement | None = node
        for _ in range(40):
            if current is None:
                return False
            if current is self.body:
                return True
            current = current.getparent()
        return False

    def other_post(self, each: Candidate) -> bool:
        """Tell whether an element stands in an article other than the one that holds the title."""
        own = self.zones.article
        if own is None:
            return False
        current: HtmlElement | None = each.node
        while current is not None and current not in self.zones.around:
            if current.tag == "article":
                return True
            current = current.getparent()
        return False
