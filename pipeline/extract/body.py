"""Find the element that holds the post, on one page without siblings.

Prose is weighed where it stands and summed up the tree; then two ways lead to the body: an element that is
named as one ("entry-content"), or the smallest element that still holds nearly all the prose.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from lxml.html import HtmlElement

from pipeline.extract.flat import Flat
from pipeline.extract.furniture import (
    INLINE_TAGS,
    NEVER_TEXT,
    SITE_ROLES,
    SITE_TAGS,
    is_note,
    is_unseen,
    names_furniture,
    names_inline_furniture,
    telling_names,
)
from pipeline.extract.headline import title_heading
from pipeline.extract.named import named_body
from pipeline.extract.prose import Weights, own_prose, sum_up
from pipeline.extract.talk import without_talk

HEAVY = 0.5
"""What holds more than this share of the page's prose is no furniture, whatever it is called."""
TOO_LITTLE = 0.35
"""When less than this share of the prose is left, names were misread: only tags are believed then."""
DOMINANT = 0.8
"""A child that holds this share of its parent's prose is where the post is."""

HEADED = 6
"""Words of a heading over a part of the post; a longer one is a lead."""
TITLED = 0.35
"""A child that holds the title needs no more than this share."""
WHOLE = frozenset(("body", "html", "main", "article"))
PARAGRAPHS = frozenset("p li span pre dd h1 h2 h3 blockquote".split())
INSIDE_LISTS = frozenset("table tbody tr thead ul ol dl".split())
"""What is cut out of one of these loses its frame; a layout table is left through its cell instead."""
NOTE = re.compile(r"(user-content-)?fn\W?", re.IGNORECASE)
"""Begins the id of a footnote in Markdown's ways to write one."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How much prose stands where, before anything is left out: what is heavy is no furniture."""

    page: Flat
    raw: Weights
    total: float
    judge: Callable[[Flat, int], bool]
    judged: dict[int, bool] = field(default_factory=dict)

    def is_furniture(self, element: HtmlElement) -> bool:
        """Tell whether an element belongs to the site: it looks so, and is not heavy."""
        return self.is_furniture_at(self.page.place[element])

    def is_furniture_at(self, place: int) -> bool:
        """Tell the same of an element by its place."""
        known = self.judged.get(place)
        if known is None:
            known = self.raw[place] <= HEAVY * self.total and self.judge(self.page, place)
            self.judged[place] = known
        return known

    def of(self, element: HtmlElement) -> float:
        """Give the prose below an element."""
        return self.raw[self.page.place[element]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The element that holds the post."""

    element: HtmlElement
    strong: bool
    """Named as content by the page itself; otherwise furniture may stand inside it."""
    weights: dict[HtmlElement, float]
    """Prose characters below each element that holds any."""
    scale: Scale
    title: HtmlElement | None
    """The heading that shows the post's title, wherever it stands."""
    dropped: frozenset[HtmlElement] = frozenset()
    """What the site's profile leaves out."""
    alone: bool = True
    """Nothing is known of other pages of its layout: what only leads away is guessed to be furniture."""
    learned: frozenset[HtmlElement] = frozenset()
    """What other posts have in the same place and says nothing of its own."""
    placed: bool = False
    """Other posts of the site have it there; by itself the page pointed elsewhere."""
    pinned: bool = False
    """Declared by the profile: nothing outside it belongs to the post."""


def find_body(page: Flat) -> Body:
    """Find the post's body; the whole page's body element when nothing stands out."""
    root = page.tags.index("body") if "body" in page.tags else 0
    headline = title_heading(page)
    own, raw = without_talk(page, own_prose(page), root, headline)
    total = raw[root]
    scale = Scale(page, raw, total, looks_like_furniture)
    sums = sum_up(page, _outside_furniture(own, scale))
    if sums[root] < TOO_LITTLE * total:
        scale = Scale(page, raw, total, is_site_element)
        sums = sum_up(page, _outside_furniture(own, scale))
    weights = {page.nodes[place]: weight for place, weight in enumerate(sums) if weight}
    title = page.nodes[headline] if headline is not None else None
    widest = _descend(page.nodes[root], weights, title)
    named = named_body(weights, sums[root])
    if named is not None and weights[named] >= 0.6 * weights.get(widest, 0.0):
        return Body(element=named, strong=True, weights=weights, scale=scale, title=title)
    return Body(element=widest, strong=False, weights=weights, scale=scale, title=title)


def _outside_furniture(own: Weights, scale: Scale) -> Weights:
    """Leave out what stands in an element that is furniture, or in one inside it."""
    out, ends, raw = own.copy(), scale.page.ends, scale.raw
    place, count = 0, len(own)
    while place < count:
        if not raw[place]:
            place = ends[place]
        elif scale.is_furniture_at(place):
            out[place : ends[place]] = [0.0] * (ends[place] - place)
            place = ends[place]
        else:
            place += 1
    return out


def looks_like_furniture(page: Flat, place: int) -> bool:
    """Tell by tag, role, visibility and names whether an element calls itself furniture."""
    tag = page.tags[place]
    if tag in WHOLE:
        return False
    if is_site_element(page, place):
        return True
    classes, name = page.classes[place], page.ids[place]
    return bool(classes or name) and _named_so(tag, classes or "", name or "")


@lru_cache(maxsize=20_000)
def _named_so(tag: str, classes: str, name: str) -> bool:
    names = telling_names(tag, classes, name)
    if not names or (tag == "li" and NOTE.match(name)):
        return False
    return names_inline_furniture(names) if tag in INLINE_TAGS else names_furniture(names)


def is_site_element(page: Flat, place: int) -> bool:
    """Tell by tag, role and visibility alone: for pages whose class names mislead."""
    tag, node = page.tags[place], page.nodes[place]
    if tag in NEVER_TEXT or tag in SITE_TAGS:
        if tag == "aside" and is_note(node):
            return False
        return tag != "form" or not _wraps_a_page(node)
    return not page.is_plain(place) and (is_unseen(node) or node.get("role") in SITE_ROLES)


def _wraps_a_page(form: HtmlElement) -> bool:
    """Some servers wrap the whole page in one form; a real one holds little prose."""
    return sum(1 for _ in form.iter("p")) > 5


def _descend(root: HtmlElement, weights: dict[HtmlElement, float], title: HtmlElement | None) -> HtmlElement:
    """Follow the child that holds nearly everything, or the title and a good part; never into a list."""
    above_title = set(title.iterancestors()) if title is not None else set()
    node, in_article = root, False
    while True:
        in_article = in_article or node.tag == "article"
        here = weights.get(node, 0.0)
        child = max((c for c in node if c in weights), key=lambda c: weights[c], default=None)
        if child is None or child.tag in PARAGRAPHS:
            break
        if weights[child] < DOMINANT * here:
            titled = next((c for c in node if c in above_title), None)
            if titled is None or in_article or weights.get(titled, 0.0) < TITLED * here:
                break
            if _says_no_more(titled, title, weights):
                break
            child = titled
        elif node in above_title and child not in above_title and _is_headed(child, title):
            break
        # Sphinx sets its footnotes behind the section that holds all else.
        if any(is_note(sibling) for sibling in child.itersiblings("aside")):
            break
        node = child
    while node.tag in INSIDE_LISTS and node is not root:
        node = node.getparent()
    return node


def _says_no_more(box: HtmlElement, title: HtmlElement | None, weights: dict[HtmlElement, float]) -> bool:
    """Tell a box around the title alone: above a post of one line it can hold a good part of the prose."""
    return title is not None and weights[box] <= weights.get(title, 0.0) + len("".join(title.itertext()))


def _is_headed(child: HtmlElement, title: HtmlElement | None) -> bool:
    """Tell whether a heading of its own stands before an element: then it is a section among others."""
    before = child.getprevious()
    if before is None or before is title or before.tag not in ("h2", "h3", "h4"):
        return False
    return len("".join(before.itertext()).split()) <= HEADED
