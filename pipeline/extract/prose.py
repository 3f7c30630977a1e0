"""Weigh a page: how much prose stands in which element."""

from itertools import islice

from lxml.html import HtmlElement

PROSE_TAGS = (
    "p pre li td dd dt blockquote figcaption h1 h2 h3 h4 h5 h6 div section article br span font center"
).split()
OWN_TEXT_TAGS = frozenset("div section article td li blockquote center font span dd".split())
"""Of these only the text directly inside counts; their paragraphs speak for themselves."""
STRETCHES = "p pre dt h1 h2 h3 h4 h5 h6".split()
MOST_AROUND = 40
"""Headings that are never closed hold each other: each would be counted as often as there are."""
MOST_LINKS = 5_000
"""Of one stretch; each is looked for in all of its text."""
SHORT = 25
"""Below this many characters a stretch is a label rather than prose."""
CARDS = 3
"""From this many boxes with a linked heading on, they are teasers for other pages."""
TEASER = 0.2
CARD_BOXES = ("div", "section", "article", "p", "h2", "h3", "h4", "h5")


def own_prose(tree: HtmlElement) -> dict[HtmlElement, float]:
    """Give each element the prose characters that stand directly in it or in its plain paragraphs."""
    own: dict[HtmlElement, float] = {}
    for element in tree.iter(*PROSE_TAGS):
        holder, text = _prose_of(element)
        if text and holder is not None:
            size = len(text)
            own[holder] = own.get(holder, 0.0) + (size if size >= SHORT else 0.2 * size)
    for box in _cards(tree) | _linked_boxes(tree):
        for element in box.iter():
            if element in own:
                own[element] *= TEASER
    return own


def _linked_boxes(tree: HtmlElement) -> set[HtmlElement]:
    """Give the links with boxes in them: a card that leads to another page, words and all."""
    holders = {box.getparent() for box in tree.iter(*CARD_BOXES)} - {None}
    return {link for link in holders if link.tag == "a" and link.get("href", "#")[:1] != "#"}


def _cards(tree: HtmlElement) -> set[HtmlElement]:
    """Give the list items and article boxes that each show a linked heading, when there are several."""
    out = set()
    for heading in tree.iter("h2", "h3", "h4", "h5"):
        parent = heading.getparent()
        if heading.find(".//a[@href]") is not None or (parent is not None and parent.tag == "a"):
            frame = next(heading.iterancestors("li", "article"), None)
            if frame is not None:
                out.add(frame)
    return out if len(out) >= CARDS else set()


def _prose_of(element: HtmlElement) -> tuple[HtmlElement | None, str]:
    """Give the words that stand in an element itself, without its links, and who holds them."""
    tag = element.tag
    if tag == "br":
        return element.getparent(), (element.tail or "").strip()
    if tag in OWN_TEXT_TAGS:
        return element, (element.text or "").strip()
    if next(islice(element.iterancestors(*STRETCHES), MOST_AROUND, None), None) is not None:
        return None, ""
    text = "".join(element.itertext())
    for link in islice(element.iter("a"), MOST_LINKS):
        words = "".join(link.itertext())
        if words:
            text = text.replace(words, "", 1)
    return element.getparent(), text.strip()


def sum_up(own: dict[HtmlElement, float]) -> dict[HtmlElement, float]:
    """Add what stands in each element to every element around it."""
    out: dict[HtmlElement, float] = {}
    for element, weight in own.items():
        out[element] = out.get(element, 0.0) + weight
        for ancestor in element.iterancestors():
            out[ancestor] = out.get(ancestor, 0.0) + weight
    return out
