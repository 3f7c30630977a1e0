"""The links of a page that name a category or tag of the post, and how plainly they do."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Literal

from lxml.html import HtmlElement

from pipeline.extract.dates import DIGIT, find_day
from pipeline.extract.facts import Facts
from pipeline.extract.frame import HEADINGS
from pipeline.extract.labels import label_before
from pipeline.extract.links import Target, stays
from pipeline.extract.marks import APART, CATEGORY, CRUMB, LAYOUT, TAG, Mark
from pipeline.extract.term_words import LABEL_END, calls_category, calls_tag, without_label
from pipeline.extract.words import fold, text_of

Sort = Literal["category", "tag"]

AROUND_TERM = re.compile(r"\s*[(\[]\d+[)\]]$|^#+\s*|\s*[,;|]$")
NO_TERM = re.compile(
    r"^(?:all|more|read more|view all|see all|tags?|tagged|categor(?:y|ies)|topics?|view comments|weitere .*"
    r"|more (?:in|from|on) .*|\d+ (?:comments?|kommentare?|commentaires?|comentarios?|replies)|.*[?!…]"
    r"|.*\s[»›→]|.*(?:[€$£¥]\s?\d|\d\s?[€£]).*"
    r"|next|previous|rss|alle|mehr\W*|weiterlesen|alle themen|themen|thema|\d{1,2}|[\W_]*|.*[:：]"
    r"|sign up|subscribe|log ?in|abonnieren|anmelden|fenster schließen|close|erweiterte suche|advanced search"
    r"|все|все теги|tous|toutes|todos|todas|más(?: temas)?.*|tutti|tutte|wszystkie|すべて|全部|모두"
    r"|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$",
    re.IGNORECASE,
)
LONGEST_TERM = 80
MOST_SPACES = 8
SURE = (":", "：", ",", "|", "·", "•", "–", "—")
WRAPPERS = frozenset(("li", "span", "b", "strong", "em", "small", "dd"))
MOST_TERMS = 60
MOST_SECTIONS, LONGEST_LEAD = 3, 30
"""Links in what may be called a section because it names one, and characters beside them."""
BESIDE = 30
"""Elements before the text and behind its beginning and end in which links may be labelled terms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermLink:
    """A link that names a term of the post."""

    sort: Sort
    name: str
    path: str
    """What follows "/category/" or "/tag/" in its address; "" where the address says nothing."""
    weight: int
    """3 the markup says so twice (rel or class, and address), 2 once, 1 only the address."""
    place: int
    row: HtmlElement
    """The element that holds it and its neighbours."""


def term_links(facts: Facts) -> Iterator[TermLink]:
    """Yield the post's own term links in page order."""
    around = _term_rows(facts) | _labelled(facts)
    for each in facts.scan.anchors:
        node, href, rel, target = each.node, each.href, each.rel, each.target
        marks = (each.marks | around.get(node, 0)) & (CATEGORY | TAG)
        if not (target.category or target.tag or marks or "tag" in rel or "category" in rel):
            continue
        if not stays(href, facts.hosts) or not _is_own(node, rel, facts):
            continue
        sort, weight = _sort(node, rel.split(), target, marks)
        name = term_name(text_of(node)) if weight else None
        if name:
            row = _row(node)
            yield TermLink(sort=sort, name=name, path=target.path, weight=weight, place=each.place, row=row)


def _is_own(node: HtmlElement, rel: str, facts: Facts) -> bool:
    """Tell whether a link is about the post; in breadcrumbs only what the theme itself calls a category."""
    zones = facts.zones.of(node)
    return not zones & APART and ("category" in rel or not zones & CRUMB)


def _term_rows(facts: Facts) -> dict[HtmlElement, Mark]:
    """Mark the links inside elements that the markup calls a list of categories or tags."""
    around: dict[HtmlElement, Mark] = {}
    for each in facts.scan.marked:
        marks = each.marks & (CATEGORY | TAG)
        # A "section" that holds the title or the text is no row of terms.
        if marks and each.node.tag != "a" and each.node not in facts.zones.around:
            links = list(islice(each.node.iter("a"), MOST_TERMS + 1))
            if len(links) <= MOST_TERMS and not (each.marks & LAYOUT and _holds_more(each.node, links)):
                around.update(dict.fromkeys(links, marks))
    return around


def _holds_more(node: HtmlElement, links: Sequence[HtmlElement]) -> bool:
    """Tell whether an element holds more than a few terms: a part of the page, not the name of one."""
    parents = (link.getparent() for link in links)
    if len(links) > MOST_SECTIONS or any(parent is not None and parent.tag in HEADINGS for parent in parents):
        return True
    return len(text_of(node)) > sum(len(text_of(link)) for link in links) + LONGEST_LEAD


def _labelled(facts: Facts) -> dict[HtmlElement, Mark]:
    """Mark the links beside title and text that only the words before them call categories or tags."""
    found: dict[HtmlElement, Mark] = {}
    start, end = facts.body.start - BESIDE, facts.body.stop + BESIDE
    for each in facts.scan.anchors if facts.body else ():
        node = each.node
        if not start <= each.place < end or (
            facts.in_body(each.place) and each.place > facts.body.start + BESIDE
        ):
            continue
        before = node.getprevious()
        parent = node.getparent()
        text = before.tail if before is not None else parent.text if parent is not None else None
        if text is None or LABEL_END.search(text) is None:
            continue
        # In the text itself a lone "in" before a link is a word of a sentence.
        if facts.in_body(each.place) and not text.rstrip(" inedas").endswith(SURE):
            continue
        mark = CATEGORY if calls_category(text) else TAG if calls_tag(text) else 0
        if mark:
            found.update(dict.fromkeys((node, *_next_links(node)), mark))
    return found


def _next_links(node: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the links that follow one with nothing but punctuation between."""
    while node.tail is None or not any(map(str.isalnum, node.tail)):
        following = node.getnext()
        if following is None or following.tag != "a":
            return
        yield following
        node = following


@lru_cache(maxsize=10_000)
def term_name(text: str) -> str | None:
    """Give a term as displayed, without "#" before or a count after it; None for what is no term."""
    bare = fold(text)
    for _ in range(2):
        bare = AROUND_TERM.sub("", bare)
    name = without_label(bare).strip(' \t"“”„,;|/')
    if not name or len(name) > LONGEST_TERM or name.count(" ") > MOST_SPACES or NO_TERM.match(name):
        return None
    return None if DIGIT.search(name) and find_day(name, "") else name


def _sort(node: HtmlElement, rel: list[str], target: Target, marks: Mark) -> tuple[Sort, int]:
    """Tell a category from a tag: the address, then the class, then the label; rel="tag" alone is a tag."""
    # rel="category tag" is WordPress's way to say category, whatever the address is called.
    category = target.category or "category" in rel
    if category != (target.tag and "category" not in rel):
        sort: Sort = "category" if category else "tag"
        own, other = (CATEGORY, TAG) if sort == "category" else (TAG, CATEGORY)
        said = "tag" in rel or "category" in rel or (marks & own and not marks & other)
        calls = calls_category if sort == "category" else calls_tag
        return sort, 3 if said else 2 if calls(label_before(node)) else 1
    if marks in (CATEGORY, TAG):
        return ("category" if marks == CATEGORY else "tag"), 2
    label_text = label_before(node)
    if calls_category(label_text) or "category" in rel:
        return "category", 2
    return "tag", 2 if "tag" in rel or calls_tag(label_text) else 0


def _row(node: HtmlElement) -> HtmlElement:
    """Give the element that holds a link's neighbours: past items and wrappers of one link."""
    current = node.getparent()
    while current is not None and current.tag in WRAPPERS and current.getparent() is not None:
        if current.tag == "span" and sum(1 for _ in current.iter("a")) > 1:
            break
        current = current.getparent()
    return node if current is None else current
