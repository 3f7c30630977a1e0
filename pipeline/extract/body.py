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
    names_of,
    telling_names,
)
from pipeline.extract.prose import own_prose, sum_up

HEAVY = 0.5
"""What holds more than this share of the page's prose is no furniture, whatever it is called."""
TOO_LITTLE = 0.35
"""When less than this share of the prose is left, names were misread: only tags are believed then."""
DOMINANT = 0.8
"""A child that holds this share of its parent's prose is where the post is."""

TITLED = 0.35
"""A child that holds the title needs no more than this share."""
PARAGRAPHS = frozenset("p li span pre dd h1 h2 h3 blockquote".split())
INSIDE_LISTS = frozenset("table tbody tr thead ul ol dl".split())
"""What is cut out of one of these loses its frame; a layout table is left through its cell instead."""
PART = 0.1
"""A stretch with this share of the prose may be a part of the body."""

BODY_NAMES = frozenset(
    (
        "articlebody article-body article_body article__body articletext article-text article-content"
        " article_content article__content articlecontent entry-content entry_content entrycontent"
        " entry-body entry entrytext post-content post_content post__content postcontent post-body post_body"
        " postbody post-entry post-text posttext post-full-content post-article blog-post-content"
        " blogpost-content blog-content blog-text blog-item-content story-body storybody story-content"
        " storytext story__body single-content single-post-content td-post-content gh-content"
        " wp-block-post-content e-content markdown-body d-article body-text bodytext body-copy content-text"
        " content-body content__body field--name-body field-name-body rich-text richtext w-richtext rte"
        " c-article-body kg-canvas prose post-single-content main-content-article theme-content"
        " post-body-inner js-post-body sqs-html-content news-body news-content news-text text-body"
    ).split()
)
WORD = re.compile(r"\w+")
NOTE = re.compile(r"(user-content-)?fn\W?", re.IGNORECASE)
"""Begins the id of a footnote in Markdown's ways to write one."""
MICRODATA = re.compile(r"\b(articleBody|blogPost|text)\b")


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
    learned: frozenset[HtmlElement] = frozenset()
    """What other posts have in the same place and says nothing of its own."""
    pinned: bool = False
    """Declared by the profile: nothing outside it belongs to the post."""


def find_body(tree: HtmlElement) -> Body:
    """Find the post's body; the whole page's body element when nothing stands out."""
    own = own_prose(tree)
    raw = sum_up(own)
    page = tree.find("body")
    root = page if page is not None else tree
    scale = Scale(raw, raw.get(root, 0.0), {}, looks_like_furniture)
    weights = sum_up({element: weight for element, weight in own.items() if not _is_shut(element, scale)})
    if weights.get(root, 0.0) < TOO_LITTLE * scale.total:
        scale = Scale(raw, scale.total, {}, is_site_element)
        weights = sum_up({element: size for element, size in own.items() if not _is_shut(element, scale)})
    title = title_heading(tree)
    widest = _descend(root, weights, title)
    named = _named(weights, weights.get(root, 0.0))
    if named is not None and weights[named] >= 0.6 * weights.get(widest, 0.0):
        return Body(element=named, strong=True, weights=weights, scale=scale, title=title)
    return Body(element=widest, strong=False, weights=weights, scale=scale, title=title)


def title_heading(tree: HtmlElement) -> HtmlElement | None:
    """Find the heading that shows the title: of those the title element repeats, the longest, first."""
    wanted = words_of(" ".join(tree.xpath("string(//head/title)").split()))
    best, size = None, 0
    for heading in tree.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        words = words_of("".join(heading.itertext()))
        if words and len(words) > size and words in wanted:
            best, size = heading, len(words)
    return best


def words_of(text: str) -> str:
    """Give a text's words alone, case folded, to compare headings by."""
    return " ".join(WORD.findall(text.casefold()))


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
        node = child
    while node.tag in INSIDE_LISTS and node is not root:
        node = node.getparent()
    return node


def _named(weights: dict[HtmlElement, float], total: float) -> HtmlElement | None:
    """Give the heaviest element that calls itself a body; of nested ones the innermost that holds as much."""
    best: HtmlElement | None = None
    named = [e for e, weight in weights.items() if weight >= PART * total and _calls_itself_body(e)]
    for element in named:
        heavier = best is None or weights[element] > weights[best] * 1.02
        if heavier or (weights[element] >= weights[best] * 0.95 and best in element.iterancestors()):
            best = element
    return best if best is None else _with_siblings(best, named, weights)


def _with_siblings(
    best: HtmlElement, named: list[HtmlElement], weights: dict[HtmlElement, float]
) -> HtmlElement:
    """A body that is cut in parts (by adverts, say) is the box that holds the parts and little else."""
    parts = [part for part in named if part is best or best not in part.iterancestors()]
    for box in list(best.iterancestors())[:3]:
        inside = [part for part in parts if part is not box and box in part.iterancestors()]
        apart = [part for part in inside if not any(other in part.iterancestors() for other in inside)]
        if len(apart) > 1 and weights[box] <= 1.15 * sum(weights[part] for part in apart):
            return box
    return best


def _calls_itself_body(element: HtmlElement) -> bool:
    if element.tag in ("body", "html"):
        return False
    role = element.get("itemprop")
    if role is not None and MICRODATA.search(role):
        return True
    names = names_of(element)
    return bool(names) and not BODY_NAMES.isdisjoint(names.lower().split())
