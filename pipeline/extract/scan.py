"""One walk over the whole page: everything that a metadata field may want to look at.

Every field reads from the same scan, so the page is walked once however many fields there are.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from pipeline.extract.flat import Flat
from pipeline.extract.links import Target, target_of
from pipeline.extract.marks import NAMED, Mark, marks_of, named_marks

HEADINGS = frozenset(("h1", "h2", "h3"))
# What has no words of its own: pictures, controls, drawings.
SILENT = frozenset(
    "style noscript template br hr img picture source input button iframe svg g path use circle rect polygon"
    " line option".split()
)
LONGEST_TITLE = 1_000
RDFA = 'property="schema:'


@dataclass(slots=True)
class Candidate:
    """An element that its tag, class or attributes make interesting, and where it stands."""

    node: HtmlElement
    place: int
    """Number of the element in document order."""
    marks: Mark


@dataclass(slots=True)
class Anchor:
    """A link in the page."""

    node: HtmlElement
    place: int
    marks: Mark
    href: str
    rel: str
    """Lower case."""
    target: Target


@dataclass(slots=True, kw_only=True)
class HeadLink:
    """A `link` element."""

    href: str
    media_type: str
    title: str


@dataclass(slots=True, kw_only=True)
class Scan:
    """What the walk collected, in document order."""

    elements: list[HtmlElement]
    meta: dict[str, list[str]] = field(default_factory=dict)
    """Lower-case name, property or itemprop of `meta` -> contents, empty ones left out."""
    links: dict[str, list[HeadLink]] = field(default_factory=dict)
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
    """`time` and `abbr` elements: an abbreviated date is written out in its title."""
    anchors: list[Anchor] = field(default_factory=list)
    marked: list[Candidate] = field(default_factory=list)
    """Elements of any tag whose class, id or itemprop names a field."""

    def first(self, names: Iterable[str]) -> str | None:
        """Give the first content of the first of these metas that the page has."""
        return next((self.meta[name][0] for name in names if name in self.meta), None)

    def every(self, names: Iterable[str]) -> list[str]:
        """Give all contents of these metas."""
        return [content for name in names for content in self.meta.get(name, ())]


def scan_page(flat: Flat, text: str) -> Scan:
    """Walk the page once; `text` is its source, which tells what need not be asked of every element."""
    scan = Scan(elements=flat.nodes)
    rooms = {"time": scan.times, "abbr": scan.times, **dict.fromkeys(HEADINGS, scan.headings)}
    properties = _properties(flat, text)
    nodes = flat.nodes
    for place, (tag, name, identity) in enumerate(zip(flat.tags, flat.classes, flat.ids, strict=True)):
        if tag in HEAD_READERS:
            HEAD_READERS[tag](scan, nodes[place])
            continue
        marks = named_marks(name, identity) if name or identity else 0
        if place in properties:
            marks |= properties[place]
        if tag == "a":
            scan.anchors.append(_anchor(nodes[place], place, marks))
        elif tag in rooms:
            rooms[tag].append(Candidate(nodes[place], place, marks))
        if marks & NAMED:
            scan.marked.append(Candidate(nodes[place], place, marks))
    return scan


def _properties(flat: Flat, text: str) -> dict[int, Mark]:
    """Give the marks that microdata and RDFa set, by place; most pages have none."""
    microdata, rdfa = "itemprop" in text, RDFA in text
    found: dict[int, Mark] = {}
    for place, node in enumerate(flat.nodes) if microdata or rdfa else ():
        prop = node.get("itemprop") if microdata else None
        prop = node.get("property") if rdfa and prop is None else prop
        if prop:
            found[place] = marks_of(None, None, prop)
    return found


def _anchor(node: HtmlElement, place: int, marks: Mark) -> Anchor:
    href = (node.get("href") or "").strip()
    return Anchor(node, place, marks, href, (node.get("rel") or "").lower(), target_of(href))


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
    link = HeadLink(href=href, media_type=node.get("type") or "", title=node.get("title") or "")
    for token in rel.lower().split():
        scan.links.setdefault(token, []).append(link)
    if "stylesheet" in rel:
        scan.assets.append(href)


def _read_title(scan: Scan, node: HtmlElement) -> None:
    # An svg may carry a title of its own: only the first one is the page's.
    if not scan.title:
        scan.title = " ".join("".join(node.itertext()).split())[:LONGEST_TITLE]


def _read_script(scan: Scan, node: HtmlElement) -> None:
    if "ld+json" in (node.get("type") or ""):
        scan.linked_data.append(node.text or "")
    elif source := node.get("src"):
        scan.assets.append(source)
    elif (node.get("id") or "").endswith("rmarkdown-metadata"):
        scan.front_matter = node.text or ""


def _skip(scan: Scan, node: HtmlElement) -> None:
    """Leave out an element that says nothing about the post."""


HEAD_READERS = {
    "meta": _read_meta,
    "link": _read_link,
    "title": _read_title,
    "script": _read_script,
    **dict.fromkeys(SILENT, _skip),
}
