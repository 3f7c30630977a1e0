"""Bytes are text by now; text becomes one tree, once."""

import re

import lxml.html
from bs4 import BeautifulSoup
from bs4.element import NavigableString
from lxml import etree
from lxml.html import HtmlElement

from pipeline.errors import ExtractionError

MAX_CHARS = 6 * 2**20
"""Longer text is refused; the crawler stops HTML at 5 MB."""
LONG = 100_000
LONG_TAG = re.compile(rf"<[A-Za-z][^<>]{{{LONG}}}")
# libxml2 gives up below 2,048 levels, without an error, and drops the rest of the page (measured).
MAX_DEPTH = 2_040
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# HTML knows no end of these; libxml2 does not know that, and puts into them what follows.
ENDLESS = ("embed", "source", "track")
MANY_OPEN = 20
"""Fewer are left as they are: a page with two headings in each other means something by it."""

# UTF-8 whatever the page's meta says: its bytes were read with that already.
PARSER = lxml.html.HTMLParser(
    huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8", collect_ids=False
)
# One class for every element: lxml.html's own lookup asks Python for each (5 % of a page, measured).
PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
CONTROL = bytes(code for code in range(32) if code not in b"\t\n\r")


def parse_html(text: str) -> HtmlElement:
    """Parse a page with the fast parser, or with the patient one where the fast one loses text.

    Raises ExtractionError for an empty page and for markup made to stall a parser.
    """
    text = text.removeprefix("\ufeff")
    if not text or text.isspace():
        raise ExtractionError("the page is empty; nothing to extract")
    if len(text) > MAX_CHARS:
        raise ExtractionError(f"the page holds {len(text):,} characters; the limit is {MAX_CHARS:,}")
    if _stalls_a_parser(text):
        raise ExtractionError("suspicious_markup: one tag holds thousands of attributes; not parsed")
    # Bytes are parsed faster than text, and rid of control characters at once; lone surrogates have none.
    data = text.encode("utf-8", "ignore").translate(None, CONTROL)
    try:
        tree = lxml.html.document_fromstring(data, parser=PARSER)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ExtractionError(f"the page holds no markup that can be read: {error}") from error
    _close_headings(tree)
    _empty_the_endless(tree)
    return _flatten(text) if _too_deep(tree) else tree


def _close_headings(tree: HtmlElement) -> None:
    """Take headings that were never closed out of each other: each would hold the text of all that follow.

    Source: HTML standard, "in body": a heading ends where the next one starts; libxml2 does not know that.
    """
    inside = [heading for heading in tree.iter(*HEADINGS) if _parent_tag(heading) in HEADINGS]
    if len(inside) < MANY_OPEN:
        return
    for heading in inside:
        at = heading.getparent()
        for node in [heading, *heading.itersiblings()] if at is not None else []:
            at.addnext(node)
            at = node


def _empty_the_endless(tree: HtmlElement) -> None:
    """Put behind an element that has no end what the parser has put into it: pictures, the rest of a post."""
    for element in [one for one in tree.iter(*ENDLESS) if len(one) or one.text]:
        parent = element.getparent()
        if parent is None:
            continue
        behind, at, last = element.tail or "", parent.index(element), element
        element.tail, element.text = element.text, None
        for step, child in enumerate(list(element), 1):
            parent.insert(at + step, child)
            last = child
        last.tail = (last.tail or "") + behind


def _parent_tag(element: HtmlElement) -> object:
    parent = element.getparent()
    return None if parent is None else parent.tag


def _stalls_a_parser(text: str) -> bool:
    """Tell a tag with thousands of attributes (lxml needs quadratic time) from a long data: address."""
    # A tag that long lies across one of these places.
    probes = range(LONG - 1, len(text), LONG)
    if not any(_gap(text, probe) > LONG for probe in probes):
        return False
    return any(text.count("=", tag.start(), tag.end()) > 2_000 for tag in LONG_TAG.finditer(text))


def _gap(text: str, probe: int) -> int:
    """Measure from the last "<" before a place to the first one behind it (characters)."""
    behind = text.find("<", probe)
    return (len(text) if behind < 0 else behind) - max(0, text.rfind("<", 0, probe))


def _too_deep(tree: HtmlElement) -> bool:
    """Follow the last children: where the parser gave up, they lead to its limit."""
    depth, node = 0, tree
    while len(node):
        node, depth = node[-1], depth + 1
        if depth > MAX_DEPTH:
            return True
    return False


def _flatten(text: str) -> HtmlElement:
    """Keep every text of a page that is nested beyond reading, one paragraph each, in order."""
    soup = BeautifulSoup(text, "lxml")
    out = lxml.html.document_fromstring("<html><head></head><body></body></html>")
    body = out[-1]
    for string in soup.find_all(string=True):
        if type(string) is NavigableString and string.strip() and string.parent is not None:
            tag = string.parent.name
            if tag in ("script", "style"):
                continue
            etree.SubElement(body, tag if re.fullmatch(r"h[1-6]|title", tag) else "p").text = str(string)
    return out
