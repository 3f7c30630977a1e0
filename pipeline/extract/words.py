"""Comparing short texts that say the same in different typography."""

import re
import unicodedata
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

WORD = re.compile(r"\w+")
SILENT = frozenset(("script", "style", "noscript", "template", "svg", "button", "select", "textarea"))
PERMALINK = re.compile(r"(?<=.)\s*[¶🔗\u200b]+$")
"""The sign that a theme puts behind a heading as a link to it."""
LONGEST = 2_000
MOST_PARTS = 400
"""Stretches of text in a small element; what is larger is cut, for it is no title, name or label."""


def fold(text: str) -> str:
    """Fold white space."""
    return " ".join(text.split())


@lru_cache(maxsize=4_000)
def key(text: str) -> str:
    """Give the words only, case folded and in one Unicode form: equal keys, equal texts to a reader."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(WORD.findall(text.casefold()))


def text_of(node: HtmlElement) -> str:
    """Give the visible text of a small element, folded; of a large one only the beginning."""
    if not len(node):
        return fold(node.text or "")
    parts: list[str] = []
    _collect(node, parts, 12)
    text = fold("".join(parts)[:LONGEST])
    return text if text[-1:].isalnum() else PERMALINK.sub("", text)


def _collect(node: HtmlElement, parts: list[str], depth: int) -> None:
    if node.text:
        parts.append(node.text)
    for child in node:
        if len(parts) > MOST_PARTS:
            return
        tag = child.tag
        if isinstance(tag, str) and tag not in SILENT and depth:
            if tag == "br" or tag in ("div", "p", "li", "td"):
                parts.append(" ")
            _collect(child, parts, depth - 1)
            if tag in ("div", "p", "li", "td"):
                parts.append(" ")
        if child.tail:
            parts.append(child.tail)


def spaced_text(node: HtmlElement) -> str:
    """Give the visible text of a small element with a space between its parts, as a byline shows them."""
    return fold(
        " ".join(part for part in islice(node.itertext(), MOST_PARTS) if isinstance(part, str))[:LONGEST]
    )
