"""Boxes around a post's text that say nothing of their own: links to its neighbours, its own facts once more.

What they say changes from post to post, so that no repeated words give them away; where they stand does not.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

from lxml.html import HtmlElement

from pipeline.extract.body import Body
from pipeline.extract.words import text_of
from pipeline.records import Metadata
from pipeline.site.stand import step_of
from pipeline.site.urls import normalise, same_site

NO_BOX = frozenset("h1 h2 h3 h4 h5 h6 figure picture img table pre blockquote hr br script style".split())
FRAMES = frozenset(("div", "section"))
MAIN_PART = 0.5
"""A child that holds this share of an element's text holds the post: its own edges are looked at, too."""
LABELS = 80
"""Characters that the words around links and facts may have: "Previous post", "Posted on"."""
DEEPEST = 6


def edges_of(root: HtmlElement, url: str, metadata: Metadata) -> dict[str, bool]:
    """Tell of each named box beside the text, by its path from the body down, whether it says nothing new."""
    own = [text for text in _facts(url, metadata) if text]
    out: dict[str, bool] = {}
    for path, box in _beside(root):
        out[path] = out.get(path, True) and _says_nothing(box, url, own)
    return out


def without_edges(body: Body, edges: Collection[str]) -> Body:
    """Note the boxes at the learned paths as no part of the post."""
    found = frozenset(box for path in edges for box in _at(body.element, path))
    return replace(body, learned=found) if found else body


def _facts(url: str, metadata: Metadata) -> Iterator[str]:
    yield from (url, metadata.title or "", *metadata.authors, *metadata.categories, *metadata.tags)


def _beside(root: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """Yield named elements next to what holds most of the text, down from the body."""
    node, path = root, ""
    for _ in range(DEEPEST):
        sizes = {child: len(text_of(child)) for child in node if isinstance(child.tag, str)}
        for child, size in sizes.items():
            if size:
                yield from _named_boxes(child, path)
        main = max(sizes, key=lambda child: sizes[child], default=None)
        if main is None or main.tag in NO_BOX or sizes[main] < MAIN_PART * sum(sizes.values()):
            return
        node, path = main, f"{path}{step_of(main)}/"


def _named_boxes(element: HtmlElement, path: str) -> Iterator[tuple[str, HtmlElement]]:
    """Yield an element whose class or id names it, or the named ones in a plain frame."""
    step = step_of(element)
    if "." in step and element.tag not in NO_BOX:
        yield path + step, element
    elif step in FRAMES:
        for child in element:
            if isinstance(child.tag, str):
                yield from _named_boxes(child, f"{path}{step}/")


def _says_nothing(box: HtmlElement, url: str, own: list[str]) -> bool:
    """Tell whether a box holds only links to other pages of the site, the post's own facts and labels."""
    text, known = text_of(box).casefold(), 0
    for link in box.iter("a"):
        target = normalise(link.get("href") or "", url)
        if target is not None and same_site(target, url):
            text, known = text.replace(text_of(link).casefold(), "", 1), known + 1
    for fact in own:
        known += fact.casefold() in text
        text = text.replace(fact.casefold(), "")
    return known > 0 and len(text) <= LABELS


def _at(root: HtmlElement, path: str) -> list[HtmlElement]:
    found = [root]
    for step in path.split("/"):
        found = [
            child for node in found for child in node if isinstance(child.tag, str) and step_of(child) == step
        ]
    return found
