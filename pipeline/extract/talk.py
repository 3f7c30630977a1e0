"""Find comments, reviews and sidebars that hold more words than the post."""

import re

from pipeline.extract.flat import Flat
from pipeline.extract.prose import Weights, sum_up

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


def without_talk(page: Flat, own: Weights, root: int, title: int | None) -> tuple[Weights, Weights]:
    """Leave out comments and sidebars that hold most of the page's prose and could pass for the post.

    Gives what stands directly in each element, and the same summed up the tree.
    """
    raw = sum_up(page, own)
    for _ in range(MOST):
        talk = _heavy_talk(page, raw, root, title)
        if talk is None:
            break
        end = page.ends[talk]
        own = own[:talk] + [0.0] * (end - talk) + own[end:]
        raw = sum_up(page, own)
    return own, raw


def _heavy_talk(page: Flat, raw: Weights, root: int, title: int | None) -> int | None:
    """Find a box that is named as talk, does not hold the title, and leaves enough for a post."""
    least, most = TALKATIVE * raw[root], raw[root] - LEAST
    for place, size in enumerate(raw):
        if least < size < most and page.tags[place] not in WHOLE:
            holds_title = title is not None and place < title < page.ends[place]
            if not holds_title and TALK_NAME.search(page.names(place)):
                return place
    return None
