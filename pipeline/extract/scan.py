"""One walk over the whole page: everything that a metadata field may want to look at.

Every field reads from the same scan, so the page is walked once however many fields there are.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from pipeline.extract.marks import NAMED, Mark, marks_of

HEADINGS = frozenset(("h1", "h2", "h3"))
SILENT = frozenset(("style", "noscript", "template"))


@dataclass(slots=True, kw_only=True)
class Candidate:
    """An element that its tag, class or attributes make interesting, and where it stands."""

    node: HtmlElement
    place: int
    """Number of the element in document order."""
    marks: Mark


@dataclass(slots=True, kw_only=True)
class Link:
    """A `link` element of the head."""

    href: str
    media_type: str
    title: str


@dataclass(slots=True, kw_only=True)
class Scan:
    """What the walk collected, in document order."""

    elements: list[HtmlElement]
    meta: dict[str, list[str]] = field(default_factory=dict)
    """Lower-case name, property or itemprop of `meta` -> contents, empty ones left out."""
    links: dict[str, list[Link]] = field(default_factory=dict)
    """Each token of `rel` -> links."""
    title: str = ""
    linked_data: list[str] = field(default_factory=list)
    """Sources of the JSON-LD scripts."""
    front_matter: str = ""
    """Source of the script into which Distill copies a post's front matter."""
    assets: list[str] = field(default_factory=list)
    """Addresses of scripts and style sheets."""
    headings: list[Candidate] = field(default_factory=list)
    times: list[Candidate] = field(default_factory=list)
    anchors: list[Candidate] = field(default_factory=list)
    marked: list[Candidate] = field(default_factory=list)
    """Elements of any other tag whose class, id or itemprop names a field."""
    bodies: list[int] = field(default_factory=list)
    """Places of `body`, `main` and `article` elements."""

    def first(self, names: Iterable[str]) -> str | None:
        """Give the first content of the first of these metas that the page has."""
        return next((self.meta[name][0] for name in names if name in self.meta), None)

    def every(self, names: Iterable[str]) -> list[str]:
        """Give all contents of these metas."""
        return [content for name in names for content in self.meta.get(name, ())]


def scan_page(tree: HtmlElement) -> Scan:
    """Walk the page once."""
    elements = list(tree.iter("*"))
    scan = Scan(elements=elements)
    for place, node in enumerate(elements):
        tag = node.tag
        reader = HEAD_READERS.get(tag)
        if reader is not None:
            reader(scan, node)
            continue
        marks = marks_of(node.get("class"), node.get("id"), node.get("itemprop"))
        if tag == "a":
            scan.anchors.append(Candidate(node=node, place=place, marks=marks))
        elif tag == "time":
            scan.times.append(Candidate(node=node, place=place, marks=marks))
        elif tag in HEADINGS:
            scan.headings.append(Candidate(node=node, place=place, marks=marks))
        if marks & NAMED:
            scan.marked.append(Candidate(node=node, place=place, marks=marks))
    return scan


def _read_meta(scan: Scan, node: HtmlElement) -> None:
    content = (node.get("content") or node.get("value") or "").strip()
    if not content:
        return
    # One meta may serve two vocabularies at once, as in <meta name="x" property="og:x">.
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        name = node.get(attribute)
        if name:
            scan.meta.setdefault(name.strip().lower(), []).append(content)


def _read_link(scan: Scan, node: HtmlElement) -> None:
    rel, href = node.get("rel"), (node.get("href") or "").strip()
    if not rel or not href:
        return
    link = Link(href=href, media_type=node.get("type") or "", title=node.get("title") or "")
    for token in rel.lower().split():
        scan.links.setdefault(token, []).append(link)
    if "stylesheet" in rel:
        scan.assets.append(href)


def _read_title(scan: Scan, node: HtmlElement) -> None:
    # An svg may carry a title of its own: only the first one is the page's.
    if not scan.title:
        scan.title = " ".join("".join(node.itertext()).split())


def _read_script(scan: Scan, node: HtmlElement) -> None:
    if "ld+json" in (node.get("type") or ""):
        scan.linked_data.append(node.text or "")
    elif (node.get("id") or "").endswith("rmarkdown-metadata"):
        scan.front_matter = node.text or ""
    elif source := node.get("src"):
        scan.assets.append(source)


def _skip(scan: Scan, node: HtmlElement) -> None:
    """Leave out an element that says nothing about the post."""


HEAD_READERS = {
    "meta": _read_meta,
    "link": _read_link,
    "title": _read_title,
    "script": _read_script,
    **dict.fromkeys(SILENT, _skip),
}
