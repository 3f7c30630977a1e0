"""Small questions about one element of a page."""

import re
from collections.abc import Collection

from lxml.html import HtmlElement

from pipeline.records import Image

MAX_BOLD_DEPTH = 4
WAY_BACK = re.compile(r"\s*[\^↩↑⤴↵⏎⬆▲]+[\ufe0e\ufe0f\s]*")
MAX_CODE_DEPTH = 200
"""Code nested deeper is read as flat text."""


def words_in(element: HtmlElement) -> str:
    """Give all text of an element, white space folded."""
    return " ".join("".join(element.itertext()).split())


def is_all_bold(element: HtmlElement, depth: int = 0) -> bool:
    """Tell whether every word of an element stands in bold."""
    if element.tag in ("b", "strong"):
        return True
    if (element.text or "").strip() or not len(element) or depth > MAX_BOLD_DEPTH:
        return False
    if any((child.tail or "").strip() for child in element):
        return False
    return all(child.tag == "br" or is_all_bold(child, depth + 1) for child in element)


def anchor_of(heading: HtmlElement) -> str | None:
    """Give the id that leads to a heading: its own, its anchor's, or that of the section it opens."""
    own: str | None = heading.get("id")
    if own:
        return own
    for inner in heading.iter("a", "span"):
        name: str | None = inner.get("id") or inner.get("name")
        if name:
            return name
    parent = heading.getparent()
    opened: str | None = parent.get("id") if parent is not None and parent.tag == "section" else None
    return opened


def is_way_back(link: HtmlElement) -> bool:
    """Tell the sign behind a footnote that leads back to where it is called."""
    href = link.get("href")
    return href is not None and "#" in href and bool(WAY_BACK.fullmatch("".join(link.itertext())))


def is_permalink(link: HtmlElement) -> bool:
    """Tell the sign beside a heading that links to the heading itself."""
    href = link.get("href") or ""
    return "#" in href and not re.search(r"\w", "".join(link.itertext()))


def is_layout_cell(cell: HtmlElement) -> bool:
    """Tell a cell that holds a page rather than a value."""
    tags = [child.tag for child in cell]
    boxes = sum(tags.count(tag) for tag in ("p", "div", "h1", "h2", "h3", "table", "section"))
    return boxes > 1 or tags.count("br") > 2


def speaks(noscript: HtmlElement) -> bool:
    """Tell a noscript with words or a picture for readers from one that only counts visits."""
    return noscript.find(".//iframe") is None


def is_copy(image: Image, images: list[Image]) -> bool:
    """Tell whether a picture was there a moment ago under one of its names."""
    return any(image.src in (other.src, *other.names) for other in images[-3:])


def code_text(element: HtmlElement, dropped: Collection[HtmlElement], depth: int = 0) -> str:
    """Give the text of code, its line breaks kept, without line numbers."""
    if depth > MAX_CODE_DEPTH:
        return "".join(element.itertext())
    out = [element.text or ""]
    for child in element:
        if child.tag == "br":
            out.append("\n")
        elif isinstance(child.tag, str) and child not in dropped and child.tag not in ("button", "script"):
            out.append(code_text(child, dropped, depth + 1))
        out.append(child.tail or "")
    return "".join(out)


def is_card_title(names: str) -> bool:
    """Tell the heading of a Bootstrap card, which opens no section of the post."""
    return "card-title" in names or "card-header" in names
