"""Which links of a page lead to a category or a tag, and which of them are the post's own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from lxml.html import HtmlElement

from pipeline.extract.authors import urlsplit_path
from pipeline.extract.facts import Facts
from pipeline.extract.marks import APART, CATEGORY, COUNT, CRUMB, TAG, marks_of
from pipeline.extract.scan import Candidate
from pipeline.extract.words import fold, text_of

Sort = Literal["category", "tag"]

_CATEGORY = (
    r"categor(?:y|ies|ie|ies|ia|ias|iae|isation)|kategori(?:e|en|a|er)?|cat|rubri(?:k|ken|que|ques|ca|cas)|sections?|ressort|secciones|seccion|sezione|channel|kategoria|rubric"
)
_TAG = (
    r"tags?|topics?|schlagw(?:ort|orte|oerter)|stichw(?:ort|orte|oerter)|etiquetas?|etiquettes?|labels?|keywords?|hashtags?|mots?-cles?|thema|themen|tagged|t|tema|temas|tagi|theme|themes|sujet|sujets|trefwoord"
)
CATEGORY_PATH = re.compile(rf"/(?:{_CATEGORY})/(.+?)/?(?:\.html?|\.php)?/?(?:[?#].*)?$|[?&](?:cat|category|category_name)=([^&]+)|/(?:{_CATEGORY})[#?](?:category=)?([^/]+)$", re.IGNORECASE)
TAG_PATH = re.compile(rf"/(?:search/)?(?:{_TAG})/(.+?)/?(?:\.html?|\.php)?/?(?:[?#].*)?$|[?&](?:tags?|topic|label)(?:%5B%5D|\[\])?=([^&]+)|/(?:{_TAG})[#?](?:tag=)?([^/]+)$", re.IGNORECASE)
CATEGORY_LABEL = re.compile(
    r"(?:categor(?:y|ies)|posted (?:in|under)|filed (?:in|under)|published in|kategori(?:e|en|er|a)?|abgelegt (?:unter|in)|veröffentlicht (?:in|unter)"
    r"|rubri(?:k|que|ca)|ressort|catégories?|publié dans|classé (?:dans|sous)|categorías?|publicado en|categorie|pubblicato in|archiviato in"
    r"|categorias?|publicado em|geplaatst in|рубрик[аи]|категори[яи]|опубликовано в|kategorie|分类|分類|カテゴリー?|카테고리|in category)\s*[::]?\s*$",
    re.IGNORECASE,
)
TAG_LABEL = re.compile(
    r"(?:tags?|tagged(?: with| as| in)?|labels?|keywords?|topics?|schlagw(?:ort|orte|örter)|stichw(?:ort|orte|örter)|verschlagwortet mit|getaggt mit|themen"
    r"|étiquettes?|mots[- ]clés?|etiquetas?|etiquetado|tag|parole chiave|palavras-chave|trefwoorden|метки|теги|etiketler|标签|標籤|タグ|태그|štítky|słowa kluczowe|tagi|nyckelord|emneord|avainsanat)\s*[::]?\s*$",
    re.IGNORECASE,
)
COUNT_AFTER = re.compile(r"\s*[(\[]\d+[)\]]$|^#+\s*|\s*[,;|]$")
NO_TERM = re.compile(
    r"^(?:all|more|read more|view all|see all|tags?|categor(?:y|ies)|topics?|home|blog|next|previous|rss|alle|mehr|weiterlesen|\d+|[\W_]*)$", re.IGNORECASE
)
ARROW = re.compile(r"^\s*[►▸▶›>»→⟩❯]")
LONGEST_TERM = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class TermLink:
    """A link (or marked text) that names a term of the post."""

    sort: Sort
    name: str
    path: str
    """What follows "/category/" or "/tag/" in its address, decoded; "" without an address."""
    weight: int
    """3 the markup says so twice (rel or class, and address), 2 once, 1 only the address."""
    place: int
    row: HtmlElement
    """The element that holds it and its neighbours."""
    leads_to_next: bool = False
    """An arrow stands between it and the next one: this is the parent."""


def term_links(facts: Facts) -> Iterator[TermLink]:
    """Yield the post's own term links in page order."""
    for each in facts.scan.anchors:
        link = _link(each, facts)
        if link is not None:
            yield link


def _link(each: Candidate, facts: Facts) -> TermLink | None:
    node = each.node
    href, rel = node.get("href") or "", (node.get("rel") or "").lower()
    path = urlsplit_path(href)
    category, tag = CATEGORY_PATH.search(path), TAG_PATH.search(path)
    marks = _marks(each)
    if not (category or tag or "tag" in rel.split() or "category" in rel.split() or marks):
        return None
    if marks & COUNT or not _own(each, facts):
        return None
    sort, weight = _sort(rel.split(), bool(category), bool(tag), marks, node)
    name = term_name(text_of(node))
    if weight == 0 or not name:
        return None
    found = category if sort == "category" else tag
    groups = [group for group in found.groups() if group] if found else []
    return TermLink(sort=sort, name=name, path=unquote(groups[0]) if groups else "", weight=weight, place=each.place, row=_row(node), leads_to_next=bool(ARROW.match(node.tail or "")))


def term_name(text: str) -> str | None:
    """Give a term as displayed, without "#" before or a count after it; None for what is no term."""
    name = COUNT_AFTER.sub("", COUNT_AFTER.sub("", fold(text))).strip()
    return name if name and len(name) <= LONGEST_TERM and not NO_TERM.match(name) else None


def _marks(each: Candidate) -> int:
    """Give the term marks of a link and of the few elements that hold it and its neighbours."""
    marks = each.marks & (CATEGORY | TAG)
    current = each.node.getparent()
    for _ in range(3):
        if marks or current is None or len(current) > 60 or current.tag in ("article", "main", "body"):
            break
        marks = marks_of(current.get("class"), current.get("id"), current.get("itemprop")) & (CATEGORY | TAG)
        current = current.getparent()
    return marks


def _own(each: Candidate, facts: Facts) -> bool:
    zones = facts.zones.of(each.node)
    if zones & (APART | CRUMB) or facts.other_post(each):
        return False
    return True


def _sort(rel: list[str], category: bool, tag: bool, marks: int, node: HtmlElement) -> tuple[Sort, int]:
    says_category = "category" in rel or (marks & CATEGORY and not marks & TAG)
    says_tag = ("tag" in rel and "category" not in rel) or (marks & TAG and not marks & CATEGORY)
    if category and not tag:
        return "category", 3 if says_category or "tag" in rel else 1
    if tag and not category:
        return "tag", 3 if says_tag else 1
    if marks & CATEGORY and not marks & TAG:
        return "category", 2
    if marks & TAG and not marks & CATEGORY:
        return "tag", 2
    label = label_before(node)
    if CATEGORY_LABEL.search(label) or "category" in rel:
        return "category", 2
    return "tag", 2 if "tag" in rel or TAG_LABEL.search(label) else 0


def label_before(node: HtmlElement) -> str:
    """Give the text that introduces the list a link stands in, as "Filed under"."""
    current: HtmlElement | None = node
    for _ in range(3):
        if current is None:
            return ""
        parts: list[str] = []
        previous = current.getprevious()
        while previous is not None and previous.tag == "a":
            previous = previous.getprevious()
        if previous is not None and isinstance(previous.tag, str) and len(previous) < 4:
            parts = [text_of(previous)[-60:], fold(previous.tail or "")]
        elif previous is None and current.getparent() is not None:
            parts = [fold(current.getparent().text or "")]
        label = " ".join(part for part in parts if part)
        if label:
            return label[-60:]
        current = current.getparent()
    return ""


def _row(node: HtmlElement) -> HtmlElement:
    """Give the element that holds a link's neighbours: past items and wrappers of one link."""
    current = node.getparent()
    while current is not None and current.tag in ("li", "span", "b", "strong", "em", "small", "dd") and current.getparent() is not None:
        if current.tag == "span" and sum(1 for _ in current.iter("a")) > 1:
            break
        current = current.getparent()
    return node if current is None else current
