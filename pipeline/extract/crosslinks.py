"""Find what a page standing alone must guess to be furniture: boxes of links to other pages, and buttons.

Where a site is known, what its pages share tells furniture from text; then nothing is guessed.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from pipeline.extract.body import Body
from pipeline.extract.elements import is_all_bold
from pipeline.extract.flat import Flat
from pipeline.extract.frame import HEADINGS
from pipeline.site.urls import normalise, same_site, site_of

BOXES = frozenset("p ul ol dl div section table blockquote nav h2 h3 h4 h5 h6 figure center".split())
CARD_PARTS = frozenset("div section article header p h1 h2 h3 h4 h5 h6".split())
LIGHT = 0.3
"""A box with more than this share of the body's prose is no row of links."""
OUTSIDE = 0.2
"""A box with no more than this share of its words outside such links leads away, and says nothing."""
LABEL = 80
"""Words that introduce links ("Read also:") are no more than this (characters)."""
BUTTON = re.compile(r"(^|[\s_-]|[a-z](?=B))([Bb]tn|[Bb]utton|BUTTON|cta|CTA)([\s_-]|$)")
BUTTON_TAGS = frozenset(("a", "p", "div", "span"))
BUTTON_CHARS = 50
FILE = re.compile(r"\.(?!html?$|php$|aspx?$|jsp$)[a-z0-9]{2,4}$", re.IGNORECASE)
"""Ends the address of a download, which is part of a post."""
SCHEME = re.compile(r"(?:https?:)?//|[a-z]+(:)", re.IGNORECASE)
"""Begins an address of its own; its group tells that it names no page: mailto:, tel:, javascript:."""
SENTENCE_END = re.compile(r"[.!?…。！？؟][\"'”’»)\]]*$")
MOST_LINKS = 5_000
DEEPEST = 60
MOST_BOXES = 2_000


def crosslinks(body: Body, url: str | None) -> Iterator[HtmlElement]:
    """Yield boxes that only lead to other pages of the site, each with the label before it, and buttons."""
    page = body.scale.page
    start = page.place[body.element]
    linked = _linked_chars(page, start, url)
    limit = LIGHT * body.weights.get(body.element, 0.0)
    found: set[int] = set()
    boxes = (place for place in page.inside(start) if place in linked and page.tags[place] in BOXES)
    for place in islice(boxes, MOST_BOXES):
        box, size = page.nodes[place], linked[place]
        light = body.weights.get(box, 0.0) <= min(limit, max(LABEL, size))
        if not light or page.parents[place] in found or not _leads_away(page, place, size):
            continue
        found.add(place)
        yield box
        label = _label_before(page, box)
        if label is not None:
            yield label
    yield from _cards(page, start)
    for place in range(start, page.ends[start]):
        if page.tags[place] in BUTTON_TAGS and _is_button(page, place):
            yield page.nodes[place]


def _is_button(page: Flat, place: int) -> bool:
    names = page.names(place)
    return bool(names) and _names_button(names) and len(page.words(page.nodes[place])) <= BUTTON_CHARS


@lru_cache(maxsize=4_000)
def _names_button(names: str) -> bool:
    return BUTTON.search(names) is not None


def _cards(page: Flat, start: int) -> Iterator[HtmlElement]:
    """Yield links that hold boxes: cards of other pages, here or elsewhere."""
    for place in islice(_links(page, start), MOST_LINKS):
        link = page.nodes[place]
        if any(child.tag in CARD_PARTS for child in link) and (link.get("href") or "#")[:1] != "#":
            yield link


def _links(page: Flat, start: int) -> Iterator[int]:
    tags = page.tags
    return (place for place in range(start, page.ends[start]) if tags[place] == "a")


def _linked_chars(page: Flat, start: int, url: str | None) -> dict[int, int]:
    """Give each element of the body the characters in links below it that lead to other pages of the site."""
    out: dict[int, int] = {}
    parents, host = page.parents, site_of(url) if url is not None else ""
    for place in islice(_links(page, start), MOST_LINKS):
        link = page.nodes[place]
        size = len(page.words(link)) if _is_crosslink(link, url, host) else 0
        box, left = place, DEEPEST
        while size and box != start and left:
            box, left = parents[box], left - 1
            out[box] = out.get(box, 0) + size
    return out


def _is_crosslink(link: HtmlElement, url: str | None, host: str) -> bool:
    href = (link.get("href") or "").strip().partition("#")[0]
    if not href or FILE.search(href):
        return False
    scheme = SCHEME.match(href)
    if scheme is None:
        return url is None or href == "/" or not url.endswith(href)
    if scheme[1] == ":" or url is None or href == url:
        return False
    if href.isascii() and host not in href.lower():
        return False
    target = normalise(href, url)
    return target is not None and same_site(target, url)


def _leads_away(page: Flat, place: int, linked: int) -> bool:
    box = page.nodes[place]
    words = page.words(box)
    size = len(words)
    outside = size - linked
    if box.tag == "p" and size > LABEL and outside <= 1 and SENTENCE_END.search(words):
        return False
    if box.tag in HEADINGS and _opens_prose(page, box):
        return False
    return outside <= OUTSIDE * size or (outside <= LABEL and linked >= 2 * outside)


def _opens_prose(page: Flat, heading: HtmlElement) -> bool:
    """Tell whether words of its own follow a heading: it names a page that the post speaks of."""
    size = 0
    for each in heading.itersiblings():
        size += len(page.words(each))
        if each.tag in HEADINGS or size > LABEL:
            break
    return size > LABEL


def _label_before(page: Flat, box: HtmlElement) -> HtmlElement | None:
    """Find the short stretch before a box that introduces nothing else."""
    before = next((each for each in box.itersiblings(preceding=True) if page.words(each)), None)
    if before is None or (before.tail or "").strip():
        return None
    words = page.words(before)
    if len(words) > LABEL:
        return None
    if before.tag in HEADINGS:
        after = next((each for each in box.itersiblings() if page.words(each)), None)
        return before if after is None or after.tag in HEADINGS else None
    return before if words.endswith((":", "：")) or is_all_bold(before) else None
