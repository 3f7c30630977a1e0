"""Find what a page standing alone must guess to be furniture: boxes of links to other pages, and buttons.

Where a site is known, what its pages share tells furniture from text; then nothing is guessed.
"""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from pipeline.extract.blocks import HEADINGS
from pipeline.extract.body import Body
from pipeline.extract.elements import is_all_bold, words_in
from pipeline.extract.furniture import names_of
from pipeline.site.urls import normalise, same_site

BOXES = "p ul ol dl div section table blockquote nav h2 h3 h4 h5 h6 figure center".split()
CARD_PARTS = frozenset("div section article header p h1 h2 h3 h4 h5 h6".split())
LIGHT = 0.3
"""A box with more than this share of the body's prose is no row of links."""
OUTSIDE = 0.2
"""A box with no more than this share of its words outside such links leads away, and says nothing."""
LABEL = 80
"""Words that introduce links ("Read also:") are no more than this (characters)."""
BUTTON = re.compile(r"(^|[\s_-]|[a-z](?=B))([Bb]tn|[Bb]utton|BUTTON|cta|CTA)([\s_-]|$)")
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
    linked = _linked_chars(body.element, url)
    limit = LIGHT * body.weights.get(body.element, 0.0)
    found: set[HtmlElement] = set()
    for box in islice((box for box in body.element.iter(*BOXES) if box in linked), MOST_BOXES):
        light = body.weights.get(box, 0.0) <= min(limit, max(LABEL, linked[box]))
        if not light or box is body.element or box.getparent() in found or not _leads_away(box, linked[box]):
            continue
        found.add(box)
        yield box
        label = _label_before(box)
        if label is not None:
            yield label
    yield from _cards(body.element)
    for box in body.element.iter("a", "p", "div", "span"):
        if BUTTON.search(names_of(box)) and len(words_in(box)) <= BUTTON_CHARS:
            yield box


def _cards(body: HtmlElement) -> Iterator[HtmlElement]:
    """Yield links that hold boxes: cards of other pages, here or elsewhere."""
    for link in islice(body.iter("a"), MOST_LINKS):
        if (link.get("href") or "#")[:1] != "#" and any(child.tag in CARD_PARTS for child in link):
            yield link


def _linked_chars(body: HtmlElement, url: str | None) -> dict[HtmlElement, int]:
    """Give each element of the body the characters in links below it that lead to other pages of the site."""
    out: dict[HtmlElement, int] = {}
    for link in islice(body.iter("a"), MOST_LINKS):
        size = len(words_in(link)) if _is_crosslink(link, url) else 0
        for box in islice(link.iterancestors(), DEEPEST) if size else ():
            out[box] = out.get(box, 0) + size
            if box is body:
                break
    return out


def _is_crosslink(link: HtmlElement, url: str | None) -> bool:
    href = (link.get("href") or "").strip().partition("#")[0]
    if not href or FILE.search(href):
        return False
    scheme = SCHEME.match(href)
    if scheme is None:
        return url is None or href == "/" or not url.endswith(href)
    if scheme[1] == ":" or url is None or href == url:
        return False
    target = normalise(href, url)
    return target is not None and same_site(target, url)


def _leads_away(box: HtmlElement, linked: int) -> bool:
    words = words_in(box)
    size = len(words)
    outside = size - linked
    if box.tag == "p" and size > LABEL and outside <= 1 and SENTENCE_END.search(words):
        return False
    if box.tag in HEADINGS and _opens_prose(box):
        return False
    return outside <= OUTSIDE * size or (outside <= LABEL and linked >= 2 * outside)


def _opens_prose(heading: HtmlElement) -> bool:
    """Tell whether words of its own follow a heading: it names a page that the post speaks of."""
    size = 0
    for each in heading.itersiblings():
        size += len(words_in(each))
        if each.tag in HEADINGS or size > LABEL:
            break
    return size > LABEL


def _label_before(box: HtmlElement) -> HtmlElement | None:
    """Find the short stretch before a box that introduces nothing else."""
    before = next((each for each in box.itersiblings(preceding=True) if words_in(each)), None)
    if before is None or (before.tail or "").strip():
        return None
    words = words_in(before)
    if len(words) > LABEL:
        return None
    if before.tag in HEADINGS:
        after = next((each for each in box.itersiblings() if words_in(each)), None)
        return before if after is None or after.tag in HEADINGS else None
    return before if words.endswith((":", "：")) or is_all_bold(before) else None
