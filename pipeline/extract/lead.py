"""The lead: the post's first words where a theme sets them above the body."""

import re

from lxml.html import HtmlElement

from pipeline.extract.body import Body
from pipeline.extract.furniture import names_of

LEAD_NAMES = re.compile(
    r"(^|[\s_-])(lead|lede|leadtext|intro|introduction|teaser|teaser-?text|chapo|chapeau|dek|deck|standfirst"
    r"|sub-?title|sub-?head|sub-?headline|excerpt|summary|abstract|vorspann|entradilla|bajada|sommario)([\s_-]|$)",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?…。！？؟][\"'”’»)\]]*$")
MAX_LEVELS = 4
MIN_CHARS = 60
"""A shorter stretch above the body is a label."""


def leads(body: Body) -> list[HtmlElement]:
    """Give the elements that hold the lead, in page order; most pages have none."""
    out: list[HtmlElement] = []
    if body.pinned:
        return out
    node = body.element
    for _ in range(MAX_LEVELS):
        if node.tag in ("body", "main", "article"):
            break
        before = reversed([_lead_in(sibling, body) for sibling in node.itersiblings(preceding=True)])
        out = [lead for lead in before if lead is not None] + out
        parent = node.getparent()
        if parent is None:
            break
        node = parent
    return out


def _lead_in(element: HtmlElement, body: Body) -> HtmlElement | None:
    """Give the element, or the one inside it, that is a lead."""
    if body.scale.shut.get(element) or body.scale.is_furniture(element):
        return None
    if _is_lead(element):
        return element
    if body.weights.get(element, 0.0) < MIN_CHARS:
        return None
    return next((inner for inner in element.iter("p", "div", "h2") if _is_lead(inner)), None)


def _is_lead(element: HtmlElement) -> bool:
    if element.tag not in ("p", "div", "section", "h2") or len(element) > 12:
        return False
    words = "".join(element.itertext()).split()
    if not LEAD_NAMES.search(names_of(element)) and not (
        # A line on author and date is no sentence.
        element.tag == "p" and words and SENTENCE_END.search(words[-1]) and element.find(".//time") is None
    ):
        return False
    links = sum(len("".join(link.itertext()).split()) for link in element.iter("a"))
    return len(" ".join(words)) >= MIN_CHARS and links * 3 < len(words)
