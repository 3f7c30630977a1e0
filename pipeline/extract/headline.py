"""Find the heading that shows the post's title."""

import re

from lxml.html import HtmlElement

from pipeline.extract.flat import Flat

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
WORD = re.compile(r"\w+")
KICKED = 15
"""A shorter part of a heading may stand in the title by chance (characters)."""


def title_heading(page: Flat) -> int | None:
    """Find the heading that shows the title: of those the title element repeats, the longest; first h1.

    Gives its place.
    """
    wanted = words_of(_head_title(page))
    best, rank = None, (0, False)
    for place, tag in enumerate(page.tags):
        if tag not in HEADINGS:
            continue
        words = words_of(page.text(place))
        if words and words not in wanted:
            words = _without_kicker(page.nodes[place], wanted)
        here = (len(words), tag == "h1")
        if words and here > rank:
            best, rank = place, here
    return best


def _head_title(page: Flat) -> str:
    """Give the text of the head's title; a drawing may carry one of its own."""
    titles = (place for place, tag in enumerate(page.tags) if tag == "title")
    return next((page.text(each) for each in titles if page.tags[page.parents[each]] == "head"), "")


def _without_kicker(heading: HtmlElement, wanted: str) -> str:
    """Give the words of the part of a heading that the title repeats: themes set a kicker before it."""
    parts = (words_of("".join(part.itertext())) for part in heading)
    return max((part for part in parts if len(part) >= KICKED and part in wanted), key=len, default="")


def words_of(text: str) -> str:
    """Give a text's words alone, case folded, to compare headings by."""
    return " ".join(WORD.findall(text.casefold()))
