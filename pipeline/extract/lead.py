"""The lead: the post's first words where a theme sets them above the body."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, takewhile

from lxml.html import HtmlElement

from pipeline.extract.blocks import BLOCK_TAGS
from pipeline.extract.body import Body
from pipeline.extract.elements import words_in
from pipeline.extract.frame import HEADINGS
from pipeline.extract.furniture import NEVER_TEXT, names_of
from pipeline.records import Block

LEAD_NAMES = re.compile(
    r"(^|[\s_-])(lead|lede|leadtext|intro|introduction|teaser|teaser-?text|chapo|chapeau|dek|deck|standfirst"
    r"|sub-?title|sub-?head|sub-?headline|excerpt|summary|abstract|description|vorspann|entradilla|bajada|sommario)"
    r"([\s_-]|$)",
    re.IGNORECASE,
)
PICTURE_NAMES = re.compile(
    r"(caption|gallery|lightbox\S*|slider|carousel|slideshow|credits?)(\s|$)", re.IGNORECASE
)
SENTENCE_END = re.compile(r"[.!?…。！？؟:][\"'”’»)\]]*$")
FRAMES = frozenset("div section table header hgroup article main h1 h2 dl dd".split())
"""What may hold a lead among other things; list items hold teasers for other posts."""
LEAD_TAGS = frozenset("p div section h2 h3 h4 strong b span ul ol dl".split())
PARTS = ("p", "br", "ul", "span")
MAX_LEVELS = 4
DEEPEST = 12
MIN_CHARS = 60
"""A shorter stretch above the body is a label."""
MAX_CHILDREN = 12
LONGEST_HEADING = 100
"""A longer heading before any text is a lead set large (characters)."""


def leads(body: Body) -> list[HtmlElement]:
    """Give the elements that hold the lead, in page order; most pages have none."""
    if body.pinned:
        return []
    title = body.title
    above_title = frozenset(title.iterancestors()) if title is not None else frozenset()
    if title is None or title is body.element or body.element in above_title:
        return list(_close_above(body))
    return list(_below_title(body, title, above_title))


def leads_as_text(blocks: Sequence[Block], above: int) -> list[Block]:
    """Take headings for text among the first `above` blocks, and a long one that opens the body.

    Themes set a lead as a heading; it opens no section.
    """
    if len(blocks) > above and len(blocks[above].text) > LONGEST_HEADING:
        above += 1
    return [
        replace(block, kind="paragraph", level=0, marked=None) if block.level and place < above else block
        for place, block in enumerate(blocks)
    ]


def _below_title(
    body: Body, title: HtmlElement, above_title: frozenset[HtmlElement]
) -> Iterator[HtmlElement]:
    """Yield what stands between the title and the body, where the title comes first."""
    path = [body.element]
    path += takewhile(lambda node: node not in above_title, body.element.iterancestors())
    before = list(path[-1].itersiblings(preceding=True))
    holder = next((n for n, each in enumerate(before) if each is title or each in above_title), None)
    if holder is None:
        return
    node = title
    while node is not before[holder]:
        yield from _leads_among(node.itersiblings(), body)
        node = node.getparent()
    yield from _leads_among(reversed(before[:holder]), body)
    for node in reversed(path[:-1]):
        yield from _leads_among(reversed(list(node.itersiblings(preceding=True))), body)


def _close_above(body: Body) -> Iterator[HtmlElement]:
    """Yield what stands directly before the body or the frames around it."""
    around = (body.element, *body.element.iterancestors())
    frames = takewhile(lambda node: node.tag not in ("body", "main", "article"), around)
    for node in reversed(list(islice(frames, MAX_LEVELS))):
        yield from _leads_among(reversed(list(node.itersiblings(preceding=True))), body)


def _leads_among(elements: Iterable[HtmlElement], body: Body, depth: int = 0) -> Iterator[HtmlElement]:
    """Yield the elements, or those inside them, that are leads."""
    for element in elements:
        if not isinstance(element.tag, str) or element.tag in NEVER_TEXT or body.scale.is_furniture(element):
            continue
        if PICTURE_NAMES.search(names_of(element)):
            continue
        if _is_lead(element):
            yield element
        elif element.tag in FRAMES and depth < DEEPEST:
            yield from _leads_among(element, body, depth + 1)


def _is_lead(element: HtmlElement) -> bool:
    tag = element.tag
    if tag not in LEAD_TAGS or len(element) > MAX_CHILDREN:
        return False
    text = words_in(element)
    # A line on author and date is no sentence.
    if len(text) < MIN_CHARS or element.find(".//time") is not None:
        return False
    if tag in ("ul", "ol", "dl"):
        return len(element) >= 3 and element.find(".//a") is None
    if tag not in HEADINGS and not SENTENCE_END.search(text) and not LEAD_NAMES.search(names_of(element)):
        return False
    if any(child.tag in BLOCK_TAGS for child in element):
        return tag in ("div", "section") and all(child.tag in PARTS for child in element)
    links = sum(len("".join(link.itertext()).split()) for link in element.iter("a"))
    return links * 3 < len(text.split())
