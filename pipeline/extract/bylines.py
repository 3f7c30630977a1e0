"""Where pages name an author: metadata, marked elements, links to authors, lines that say "by"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from pipeline.extract.dates import find_day
from pipeline.extract.facts import Facts, Line
from pipeline.extract.labels import label_before
from pipeline.extract.links import target_of
from pipeline.extract.marks import APART, AUTHOR, COMMENTS, DATE, FOOT, NAV, PROPERTY, RELATED, marks_of
from pipeline.extract.names import is_label, people_in, rank, reads_like_person
from pipeline.extract.scan import Candidate
from pipeline.extract.words import key, spaced_text, text_of

META_AUTHORS = (
    "author dc.creator dcterms.creator dc:creator parsely-author sailthru.author article:author"
    " article:author_name"
    " citation_author byl rbauthors cxenseparse:author og:author og:article:author article.author authors"
    " creator"
    " book:author profile:username shareaholic:article_author_name dc.contributor by writer vr:author"
    " pin:author".split()
)
TWITTER_LABELS = (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2"))
WRITTEN_BY = re.compile(
    r"written|verfasst|geschrieben|escrito|écrit|scritto|author|autor|geschreven|написано|автор|作者|執筆者|投稿者",
    re.IGNORECASE,
)
BYLINE = re.compile(
    r"(?:^|[\s|·•,(])(?:by|von|par|por|di|door|av|af|przez|автором|автор|oleh"
    r"|(?<=\d )da|autor(?:in)?|auteur|author|texte?"
    r"|testo|texto"
    r"|作者|文|著者|執筆者?|投稿者|글쓴이|글|מאת|بقلم|بواسطة|โดย|γράφει|yazar|yazan|szerző|författare|forfatter|작성자|نویسنده|लेखक|от|από|від|bởi|írta)(?:\s*[:：]\s*|\s+|(?<=[^\x00-\x7f])\s*)(?P<name>[^\d|•·\n(]{2,80})",
    re.IGNORECASE,
)
# Turkish says it behind the name: "3 Mayıs 2021 tarihinde Ayşe Yıldız tarafından yayınlandı".
BEHIND = re.compile(
    r"(?:^|\btarihinde\s|[|•·,]\s)(?P<name>[^\d|•·\n(,]{2,60}?)\s+tarafından\b", re.IGNORECASE
)
# What stands before the name of somebody else: the photographer, the translator.
CREDIT = re.compile(
    r"(?:fotos?|photos?|bild(?:er)?|images?|grafik|illustrations?|credit|quelle|source|übersetzung"
    r"|translation"
    r"|translated by|©|lizenz|license)\b\W*(?:by|von|par|de|di)?\W*$",
    re.IGNORECASE,
)
NAME_CLASS = re.compile(
    r"(?:^|[\s_-])(?:fn|p-name|p-author|author[_-]*name|name|nombre|nome)(?:\s|$)", re.IGNORECASE
)
PARTICLED = re.compile(r"(?:D[aei]|Du|V[ao]n|Vom|A[fv]) [^\W\d_][\w'’-]+")
LONGEST_BYLINE = 200
MOST_PARTS = 100
"""Elements of a byline that are looked at: a larger one is a box about the author, or the whole page."""
WHOLE_LINE = 45
NEXT, NEAR = 4, 25
"""Elements below the title in which a name before a date is the author's, inside the text and above it."""
AFTER_DATE = re.compile(
    r"\s*(?:[,|·•–—/]|\s-\s)\s*(?P<name>[^\d,|·•–—/]{5,50}?)\s*(?:[,|·•–—/]\s*(?:in|en|dans|em)?\s*)?"
)
BEFORE_DATE = re.compile(r"\w\s*(?:[,|·•–—/]|\s-)\s*$|\w\s+(?:on|am|le|el|il|den|op)\s*$")


@dataclass(frozen=True, slots=True)
class Said:
    """What one witness says of the authors."""

    names: tuple[str, ...]
    weight: float
    source: str


def witnesses(facts: Facts) -> Iterator[Said]:
    """Yield everything that names authors, with its weight."""
    yield _said(facts.linked.people, 80, "json-ld")
    yield _said(facts.linked.others, 45, "json-ld")
    yield from _metas(facts)
    for witness in facts.witnesses:
        yield _said(witness.authors, 60, witness.source)
    yield from _marked(facts)
    yield from _written(facts)


def _said(texts: Sequence[str], weight: float, source: str) -> Said:
    names = [name for text in texts if "://" not in text for name in _names(text)]
    return Said(tuple(dict.fromkeys(names)), weight, source)


def _names(text: str) -> tuple[str, ...]:
    """Read the names of a machine's statement, in which "Di" or "Von" before one word is part of a name."""
    return (text,) if PARTICLED.fullmatch(text) else people_in(text)


def _metas(facts: Facts) -> Iterator[Said]:
    for order, name in enumerate(META_AUTHORS):
        if name in facts.scan.meta:
            yield _said(facts.scan.meta[name], 62 - order / 2, "meta")
    for label, data in TWITTER_LABELS:
        if WRITTEN_BY.search(facts.scan.first((label,)) or ""):
            yield _said(facts.scan.every((data,)), 66, "meta")


def _marked(facts: Facts) -> Iterator[Said]:
    """Collect what the markup calls an author; neighbours in one byline are one witness."""
    groups: dict[tuple[int, HtmlElement | None], list[Candidate]] = {}
    taken: set[HtmlElement] = set()
    for each in _candidates(facts):
        weight = _weight(each, facts)
        if weight <= 0 or _stands_in(each.node, taken):
            continue
        taken.add(each.node)
        groups.setdefault((round(weight), _row(each.node)), []).append(each)
    title = key(facts.title or "")
    for (weight, _), group in groups.items():
        texts = [_name_text(each.node) for each in group]
        names = [name for text in texts if key(text) != title for name in people_in(text)]
        yield Said(tuple(dict.fromkeys(names)), weight, "markup")


def _candidates(facts: Facts) -> list[Candidate]:
    found = [each for each in facts.scan.marked if each.marks & AUTHOR]
    for link in facts.scan.anchors:
        if (link.target.author or "author" in link.rel) and not link.marks & AUTHOR:
            found.append(Candidate(link.node, link.place, link.marks))
    return sorted(found, key=lambda each: each.place)


def _is_author_link(node: HtmlElement) -> bool:
    rel = node.get("rel")
    return (rel is not None and "author" in rel.split()) or target_of(node.get("href") or "").author


def _weight(each: Candidate, facts: Facts) -> float:
    zones = facts.zones.of(each.node)
    if zones & (COMMENTS | RELATED | NAV | FOOT):
        return 0
    if CREDIT.search(label_before(each.node, 1)):
        return 0
    base = 78.0 if each.marks & PROPERTY else 74.0
    if zones & APART:
        base -= 30
    if facts.in_body(each.place):
        base -= 55
    if facts.anchor is None:
        return base - 20
    distance = each.place - facts.anchor
    return base - (min(25.0, distance / 30) if distance >= 0 else min(30.0, -distance / 3))


def _row(node: HtmlElement) -> HtmlElement | None:
    parent = node.getparent()
    return parent.getparent() if parent is not None and parent.tag in ("li", "span", "div", "p") else parent


def _stands_in(node: HtmlElement, taken: set[HtmlElement]) -> bool:
    current = node.getparent()
    for _ in range(6):
        if current is None:
            return False
        if current in taken:
            return True
        current = current.getparent()
    return False


def _name_text(node: HtmlElement) -> str:
    """Give the text that holds the names: what the markup calls names, links to authors, else the whole."""
    if not len(node):
        return text_of(node)
    inner = [each for each in islice(node.iter("*"), MOST_PARTS) if each is not node and _is_name(each)]
    parts = inner or [link for link in islice(node.iter("a"), MOST_PARTS) if _is_author_link(link)]
    return " / ".join(text_of(part) for part in parts) if parts else spaced_text(node)


def _is_name(node: HtmlElement) -> bool:
    return node.get("itemprop") == "name" or bool(NAME_CLASS.search(node.get("class") or ""))


def _written(facts: Facts) -> Iterator[Said]:
    """Look for "By …" in the lines around the title."""
    if facts.anchor is None:
        return
    title = key(facts.title or "")
    for line in facts.near:
        if len(line.text) > LONGEST_BYLINE:
            continue
        inside = facts.in_body(line.place)
        match = BYLINE.match(line.text) if inside else BYLINE.search(line.text)
        match = match or ("tarafından" in line.text and BEHIND.search(line.text)) or None
        if match and key(line.text) not in title:
            weight = 55 - abs(line.place - facts.anchor) / 4 - (20 if inside else 0)
            if not facts.zones.apart(line.node):
                yield Said(_people_after(match, line.text), weight, "text")
        elif len(line.text) < WHOLE_LINE and is_label(line.text):
            yield from _after_label(line, 57 - abs(line.place - facts.anchor) / 4)
        elif -3 <= line.place - facts.anchor <= (NEXT if inside else NEAR):
            yield _said_beside_date(line, facts)


def _said_beside_date(line: Line, facts: Facts) -> Said:
    """Read a full name that a comma or rule parts from a date: "Ida Moen, 3 May 2021 in Nets"."""
    found = find_day(line.text, facts.language)
    before = line.text[: found.start] if found else line.text if _leads_to_date(line) else ""
    behind = line.follows and _is_dated(line.node)
    after = AFTER_DATE.fullmatch(line.text, found.end if found else 0) if found or behind else None
    names = people_in(after["name"]) if after else people_in(before) if BEFORE_DATE.search(before) else ()
    sure = bool(names) and all(rank(name, ()) == 3 for name in names) and not facts.zones.apart(line.node)
    return Said(names if sure else (), 45, "text")


def _leads_to_date(line: Line) -> bool:
    node = line.node
    following = node.getnext() if line.follows else next(iter(node), None)
    return following is not None and isinstance(following.tag, str) and _is_dated(following)


def _is_dated(node: HtmlElement) -> bool:
    return node.tag == "time" or bool(marks_of(node.get("class"), None, None) & DATE)


def _people_after(match: re.Match[str], text: str) -> tuple[str, ...]:
    """Read the names after "by": in a sentence only what reads like first and last name is one."""
    whole_line = match.start() == 0 and len(text) <= WHOLE_LINE
    names = people_in(match["name"])
    label = match[0][: match.start("name") - match.start()]
    # Scripts without spaces write a name as one word: a label with a colon promises it.
    told = whole_line or (not label.isascii() and label.rstrip().endswith((":", "：")))
    return tuple(name for name in names if reads_like_person(name) or (told and not name[:1].islower()))


def _after_label(line: Line, weight: float) -> Iterator[Said]:
    """Read the element behind a lone "By"."""
    node = line.node
    following = node.getnext() if line.follows or not len(node) else node[0]
    if following is not None and isinstance(following.tag, str):
        names = people_in(text_of(following))
        # "Verfasst von:" promises a name, even a lower-case one; a lone "von" may be part of a sentence.
        least = 1 if ":" in line.text or " " in line.text else 2
        yield Said(tuple(name for name in names if rank(name, ()) >= least), weight, "text")
