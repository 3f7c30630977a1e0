"""Find comments, reviews and sidebars that hold more words than the post."""

import re

from lxml.html import HtmlElement

from pipeline.extract.furniture import names_of
from pipeline.extract.prose import sum_up

Weights = dict[HtmlElement, float]
WHOLE = ("body", "html", "main", "article")
MOST = 4
"""A page may show comments, reviews and sidebars."""
LEAST = 100
"""A post has at least this much prose (characters)."""
TALKATIVE = 0.5
"""Comments with this share of the page's prose could be taken for the post."""
TALK_NAME = re.compile(
    r"(^|\s)((\w+[-_])?comment(s|list|form|box)?([-_]?(box|area|list|form|section|thread|holder|wrap|wrapper"
    r"|respond|content|container|block|template))?|respond|wpdiscuz\w*|kommentare?|sidebar|[\w-]+[-_]reviews)(\s|$)",
    re.IGNORECASE,
)


def without_talk(own: Weights, root: HtmlElement, title: HtmlElement | None) -> tuple[Weights, Weights]:
    """Leave out comments and sidebars that hold most of the page's prose and could pass for the post.

    Gives what stands directly in each element, and the same summed up the tree.
    """
    raw = sum_up(own)
    for _ in range(MOST):
        talk = _heavy_talk(raw, root, title)
        if talk is None:
            break
        inside = set(talk.iter())
        own = {element: size for element, size in own.items() if element not in inside}
        raw = sum_up(own)
    return own, raw


def _heavy_talk(raw: Weights, root: HtmlElement, title: HtmlElement | None) -> HtmlElement | None:
    """Find a box that is named as talk, does not hold the title, and leaves enough for a post."""
    total = raw.get(root, 0.0)
    above_title = set(title.iterancestors()) if title is not None else set()
    heavy = (element for element, size in raw.items() if TALKATIVE * total < size < total - LEAST)
    apart = (element for element in heavy if element.tag not in WHOLE and element not in above_title)
    return next((element for element in apart if TALK_NAME.search(names_of(element))), None)
