"""Find the element that holds the post, on one page without siblings.

Prose is weighed where it stands and summed up the tree; then two ways lead to the body: an element that is
named as one ("entry-content"), or the smallest element that still holds nearly all the prose.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml.html import HtmlElement

from pipeline.extract.furniture import (
    INLINE_TAGS,
    NEVER_TEXT,
    SITE_ROLES,
    SITE_TAGS,
    is_unseen,
    names_furniture,
    names_inline_furniture,
    telling_names,
)
from pipeline.extract.headline import title_heading
from pipeline.extract.named import named_body
from pipeline.extract.prose import own_prose, sum_up
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
PARAGRAPHS = frozenset("p li span pre dd h1 h2 h3 blockquote".split())
INSIDE_LISTS = frozenset("table tbody tr thead ul ol dl".split())
"""What is cut out of one of these loses its frame; a layout table is left through its cell instead."""
NOTE = re.compile(r"(user-content-)?fn\W?", re.IGNORECASE)
"""Begins the id of a footnote in Markdown's ways to write one."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How much prose stands where, before anything is left out: what is heavy is no furniture."""

    raw: dict[HtmlElement, float]
    total: float
    shut: dict[HtmlElement, bool]
    judge: Callable[[HtmlElement], bool]

    def is_furniture(self, element: HtmlElement) -> bool:
        """Tell whether an element belongs to the site: it looks so, and is not heavy."""
        return self.raw.get(element, 0.0) <= HEAVY * self.total and self.judge(element)


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
    pinned: bool = False
    """Declared by the profile: nothing outside it belongs to the post."""


def find_body(tree: HtmlElement) -> Body:
    """Find the post's body; the whole page's body element when nothing stands out."""
    own = own_prose(tree)
    page = tree.find("body")
    root = page if page is not None else tree
    title = title_heading(tree)
    own, raw = without_talk(own, root, title)
    scale = Scale(raw, raw.get(root, 0.0), {}, looks_like_furniture)
    weights = sum_up({element: weight for element, weight in own.items() if not _is_shut(element, scale)})
    if weights.get(root, 0.0) < TOO_LITTLE * scale.total:
        scale = Scale(raw, scale.total, {}, is_site_element)
        weights = sum_up({element: size for element, size in own.items() if not _is_shut(element, scale)})
    widest = _descend(root, weights, title)
    named = named_body(weights, weights.get(root, 0.0))
    if named is not None and weights[named] >= 0.6 * weights.get(widest, 0.0):
        return Body(element=named, strong=True, weights=weights, scale=scale, title=title)
    return Body(element=widest, strong=False, weights=weights, scale=scale, title=title)


def _is_shut(element: HtmlElement, scale: Scale) -> bool:
    """Tell whether an element or one of its ancestors is furniture."""
    state, unknown = False, []
    node: HtmlElement | None = element
    while node is not None:
        known = scale.shut.get(node)
        if known is not None:
            state = known
            break
        unknown.append(node)
        node = node.getparent()
    for below in reversed(unknown):
        state = scale.shut[below] = state or scale.is_furniture(below)
    return state


def looks_like_furniture(element: HtmlElement) -> bool:
    """Tell by tag, role, visibility and names whether an element calls itself furniture."""
    if element.tag in ("body", "html", "main", "article"):
        return False
    if is_site_element(element):
        return True
    names = telling_names(element)
    if not names or (element.tag == "li" and NOTE.match(element.get("id") or "")):
        return False
    return names_inline_furniture(names) if element.tag in INLINE_TAGS else names_furniture(names)


def is_site_element(element: HtmlElement) -> bool:
    """Tell by tag, role and visibility alone: for pages whose class names mislead."""
    tag = element.tag
    if tag in NEVER_TEXT or tag in SITE_TAGS:
        return tag != "form" or not _wraps_a_page(element)
    return is_unseen(element) or element.get("role") in SITE_ROLES


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
            child = titled
        elif node in above_title and child not in above_title and _is_headed(child, title):
            break
        node = child
    while node.tag in INSIDE_LISTS and node is not root:
        node = node.getparent()
    return node


def _is_headed(child: HtmlElement, title: HtmlElement | None) -> bool:
    """Tell whether a heading of its own stands before an element: then it is a section among others."""
    before = child.getprevious()
    if before is None or before is title or before.tag not in ("h2", "h3", "h4"):
        return False
    return len("".join(before.itertext()).split()) <= HEADED
