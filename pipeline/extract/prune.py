"""Find what stands inside the body and is not the post: boxes, teasers, and what furniture headings open."""

from collections.abc import Iterable, Iterator
from typing import Literal

from lxml.html import HtmlElement

from pipeline.extract.asides import asides
from pipeline.extract.body import Body
from pipeline.extract.crosslinks import crosslinks
from pipeline.extract.elements import words_in
from pipeline.extract.flat import Flat
from pipeline.extract.frame import HEADINGS
from pipeline.extract.furniture import UNSEEN
from pipeline.extract.phrases import ALL_OPENERS, OPENERS, TALK, WORDY
from pipeline.site.plugins import LEFTOVERS
from pipeline.site.urls import normalise, same_site

BOXES = frozenset(
    (
        "div section aside nav footer header form ul ol li span p pre td table figure details button a small"
        " em cite figcaption label"
    ).split()
)
LEFTOVER_BOXES = ("div", "form", "section")
Reason = Literal["title", "profile", "learned", "box", "byline", "talk", "opener", "teaser", "links", "aside"]
"""Why an element is left out: it shows the title, the profile says so, it says nothing of its own on most
posts, it calls itself furniture or is hidden, it is the line on author and date above the text, a heading of
comments or of furniture opens it, it is a teaser, it only leads to other pages of the site, it names who made
a picture or calls to another channel."""
LONGEST_BYLINE = 160
"""A longer stretch with a time in it is a sentence (characters)."""
A_SENTENCE = 80
"""Running text from this length on (characters)."""
LIGHT = 0.3
"""A stretch with more than this share of the body's prose is never dropped on the word of its heading."""


def left_out(body: Body, url: str | None) -> dict[HtmlElement, Reason]:
    """Collect the elements to leave out when the body is read, each with the first reason for it."""
    out: dict[HtmlElement, Reason] = dict.fromkeys(body.learned, "learned")
    out.update(dict.fromkeys(body.dropped, "profile"))
    if body.title is not None:
        out[body.title] = "title"
    for element, reason in _furniture_inside(body, url):
        out.setdefault(element, reason)
    if body.alone:
        for element in crosslinks(body, url):
            out.setdefault(element, "links")
        for element in asides(body):
            out.setdefault(element, "aside")
    return out


def _furniture_inside(body: Body, url: str | None) -> Iterator[tuple[HtmlElement, Reason]]:
    page = body.scale.page
    inside = page.inside(page.place[body.element])
    place = inside.start
    while place < inside.stop:
        is_box = page.tags[place] in BOXES and _is_box(place, body)
        if is_box:
            yield page.nodes[place], "box"
        place = page.ends[place] if is_box else place + 1
    line = _byline(page, inside)
    if line is not None:
        yield line, "byline"
    openers = OPENERS if body.strong else ALL_OPENERS
    for place in _headings(page, body.element):
        heading = page.nodes[place]
        words = page.words(heading)
        classes = (page.classes[place] or "").split()
        if not UNSEEN.isdisjoint(classes):
            yield heading, "box"
        elif "quarto-appendix-heading" in classes:
            yield heading, "opener"
        elif "appendix" in classes:
            yield from ((element, "opener") for element in (heading, *_up_to_next_heading(heading)))
        elif TALK.fullmatch(words):
            yield from ((element, "talk") for element in (heading, *_up_to_next_heading(heading)))
        elif openers.fullmatch(words) and not _opens_prose(heading, words):
            yield from ((element, "opener") for element in _opened_by(heading, body))
    if url is not None:
        yield from ((element, "teaser") for element in _teasers(body, url))


def _headings(page: Flat, box: HtmlElement) -> list[int]:
    """Give the places of the headings of an element, its own among them."""
    start = page.place[box]
    return [place for place in range(start, page.ends[start]) if page.tags[place] in HEADINGS]


def _is_box(place: int, body: Body) -> bool:
    page = body.scale.page
    if page.tags[place] == "header":
        return _is_post_header(page.nodes[place])
    return body.scale.is_furniture_at(place) and not (body.strong and _is_leftover(page, place))


def _byline(page: Flat, inside: range) -> HtmlElement | None:
    """Find the short line around the body's first time, when nothing but headings stands before it."""
    moment = next((place for place in inside if page.tags[place] == "time"), None)
    line = None
    for place in () if moment is None else page.around(moment):
        if place < inside.start or len(page.words(page.nodes[place])) > LONGEST_BYLINE:
            break
        line = place
    return page.nodes[line] if line is not None and not _prose_before(page, line, inside.start) else None


def _prose_before(page: Flat, line: int, start: int) -> bool:
    """Tell whether any element with text, but headings, stands before one; `start` is where the body does."""
    node = line
    while node >= start:
        for sibling in page.nodes[node].itersiblings(preceding=True):
            if sibling.tag not in HEADINGS and sibling.tag != "header" and page.words(sibling):
                return True
        node = page.parents[node]
    return False


def _is_leftover(page: Flat, place: int) -> bool:
    """Tell by its plugin's class a share bar or comment form that got into the post: a rule reports it."""
    around = (each for each in page.around(place) if page.tags[each] in LEFTOVER_BOXES)
    return any(not LEFTOVERS.isdisjoint(page.names(each).lower().split()) for each in (place, *around))


def _is_post_header(header: HtmlElement) -> bool:
    """A header that holds the title and a line on author and date, not one that opens with prose."""
    if header.find(".//h1") is not None:
        return True
    return not any(len("".join(p.itertext())) > 80 for p in header.iter("p"))


def _opened_by(heading: HtmlElement, body: Body) -> Iterator[HtmlElement]:
    """Yield a furniture heading and what it opens: its own small box, or all up to the next heading."""
    limit = LIGHT * body.weights.get(body.element, 0.0)
    box = heading
    parent = heading.getparent()
    while parent is not None and parent is not body.element and not _words_before(box, parent):
        if body.scale.of(parent) > limit or parent.tag in ("article", "main", "body"):
            break
        box, parent = parent, parent.getparent()
    yield box
    if box is not heading:
        return
    following = list(_up_to_next_heading(heading))
    if sum(body.scale.of(element) for element in following) <= limit:
        yield from following


def _opens_prose(heading: HtmlElement, words: str) -> bool:
    """Tell a section of the post, as one on "Categories", from a list of links: nothing in it is a link."""
    if not OPENERS.fullmatch(words) or WORDY.search(words):
        return False
    following = list(_up_to_next_heading(heading))
    is_linked = any(next(element.iter("a", "iframe", "form"), None) is not None for element in following)
    return not is_linked and sum(len(words_in(element)) for element in following) >= A_SENTENCE


def _words_before(box: HtmlElement, parent: HtmlElement) -> bool:
    """Tell whether anything readable stands in `parent` before `box`."""
    if (parent.text or "").strip():
        return True
    return any("".join(sibling.itertext()).strip() for sibling in box.itersiblings(preceding=True))


def _up_to_next_heading(heading: HtmlElement) -> Iterator[HtmlElement]:
    level = HEADINGS[heading.tag]
    for sibling in heading.itersiblings():
        inner = next(iter(sibling.iter(*HEADINGS)), None)
        if inner is not None and HEADINGS[inner.tag] <= level and not ALL_OPENERS.fullmatch(words_in(inner)):
            return
        yield sibling


def _teasers(body: Body, url: str) -> Iterator[HtmlElement]:
    """Yield boxes whose headings are all links to other pages of the site: teasers for them.

    A list of one's own posts inside the text has such headings too, but no box around each.
    """
    page = body.scale.page
    headings = (page.nodes[place] for place in _headings(page, body.element))
    linked = {heading for heading in headings if _is_link_elsewhere(page, heading, url)}
    linked.discard(body.title)
    limit = LIGHT * body.weights.get(body.element, 0.0)
    for heading in linked:
        box = heading
        parent = box.getparent()
        while parent is not None and parent is not body.element and _only(parent.iter(*HEADINGS), linked):
            if body.weights.get(parent, 0.0) > limit:
                break
            box, parent = parent, parent.getparent()
        if box is not heading or (len(linked) >= 3 and not body.strong):
            yield box


def _only(headings: Iterable[HtmlElement], allowed: set[HtmlElement]) -> bool:
    return all(heading in allowed for heading in headings)


def _is_link_elsewhere(page: Flat, heading: HtmlElement, url: str) -> bool:
    parent = heading.getparent()
    link = parent if parent is not None and parent.tag == "a" else heading.find(".//a[@href]")
    if link is None or len(page.words(link)) < len(page.words(heading)):
        return False
    target = normalise(link.get("href") or "", url)
    return target is not None and same_site(target, url) and target != normalise(url)
