"""Who wrote the post: people's names, in page order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pipeline.extract.facts import Facts
from pipeline.extract.marks import APART, AUTHOR, COMMENTS, FOOT, NAV, PROPERTY, RELATED
from pipeline.extract.names import BYLINE, LABEL, people_in, rank
from pipeline.extract.scan import Candidate
from pipeline.extract.words import fold, key, text_of

META_AUTHORS = (
    "author dc.creator dcterms.creator dc:creator parsely-author sailthru.author article:author article:author_name"
    " citation_author byl rbauthors cxenseparse:author og:author og:article:author article.author authors creator"
    " book:author profile:username shareaholic:article_author_name dc.contributor by writer vr:author pin:author".split()
)
TWITTER_LABELS = (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2"))
WRITTEN_BY = re.compile(
    r"written by|verfasst von|geschrieben von|escrito por|écrit par|scritto da|written|author|autor|geschreven door|написано|автор|作者|執筆者|投稿者",
    re.IGNORECASE,
)
AUTHOR_PATH = re.compile(r"/(?:authors?|autor(?:en|es|e|i)?|auteurs?|profiles?|people|by|users?|contributors?|team|writers?|members?|staff)/[^/?#]+/?(?:[?#].*)?$|[?&]author=", re.IGNORECASE)
BYLINE_TEXT = re.compile(
    r"(?:^|[\s|·•,(])(?:by|von|par|por|di|door|av|af|przez|автор|oleh|autor(?:in)?|auteur|author|text|texte|testo|texto|作者|文|著者|執筆者?|投稿者|글|글쓴이|מאת|بقلم)(?:\s*[::]\s*|\s+|(?<=[^\x00-\x7f])\s*)"
    r"(?P<name>[^\d|•·\n(]{2,80})",
    re.IGNORECASE,
)
ABOVE, BELOW = 20, 70


@dataclass(frozen=True, slots=True)
class Said:
    """What one witness says of the authors."""

    names: tuple[str, ...]
    weight: float
    source: str


def find_authors(facts: Facts) -> tuple[tuple[str, ...], str]:
    """Give the authors and who names them; () where nobody does."""
    site_keys = {key(name) for name in facts.names}
    said = [each for each in _witnesses(facts) if each.names]
    scored = [(_score(each, site_keys), each) for each in said]
    best = max(scored, key=lambda pair: pair[0], default=None)
    if best is None or best[0] <= 0:
        return (), "text"
    return _tidy(best[1].names, said, site_keys), best[1].source


def _score(said: Said, site_keys: set[str]) -> float:
    ranks = [rank(name, site_keys) for name in said.names]
    return said.weight + 25 * (min(3, max(ranks)) - 2) if max(ranks) else 0


def _tidy(names: tuple[str, ...], said: list[Said], site_keys: set[str]) -> tuple[str, ...]:
    """Leave out an organisation or "admin" beside real names, and each name said twice."""
    ranks = {name: rank(name, site_keys) for name in names}
    top = max(ranks.values())
    kept = [name for name in names if ranks[name] >= (2 if top >= 2 else top)]
    seen: dict[str, str] = {}
    for name in kept:
        seen.setdefault(key(name), name)
    return tuple(seen.values())


def _witnesses(facts: Facts) -> Iterator[Said]:
    linked, scan = facts.linked, facts.scan
    yield _said(linked.people, 80, "json-ld")
    yield _said(linked.others, 45, "json-ld")
    for names, weight in ((META_AUTHORS, 62),):
        yield _said(scan.every(names), weight, "meta")
    for label, data in TWITTER_LABELS:
        if WRITTEN_BY.search(scan.first((label,)) or ""):
            yield _said(scan.every((data,)), 66, "meta")
    for witness in facts.witnesses:
        yield _said(witness.authors, 60, witness.source)
    yield from _marked(facts)
    yield from _written(facts)


def _said(texts: list[str] | tuple[str, ...], weight: float, source: str) -> Said:
    names = [name for text in texts if "://" not in text for name in people_in(text)]
    return Said(tuple(dict.fromkeys(names)), weight, source)


def _marked(facts: Facts) -> Iterator[Said]:
    """Collect what the markup calls an author; neighbours in one byline count as one witness."""
    groups: dict[tuple[int, HtmlElement | None], list[Candidate]] = {}
    for each in _candidates(facts):
        weight = _weight(each, facts)
        if weight <= 0 or any(_within(each.node, other.node) for group in groups.values() for other in group):
            continue
        groups.setdefault((round(weight), _row(each.node)), []).append(each)
    for (weight, _), group in groups.items():
        names = [name for each in group for name in people_in(_name_text(each.node))]
        yield Said(tuple(dict.fromkeys(names)), weight, "markup")


def _candidates(facts: Facts) -> Iterator[Candidate]:
    found = [each for each in facts.scan.marked if each.marks & AUTHOR]
    found += [each for each in facts.scan.anchors if not each.marks & AUTHOR and _is_author_link(each.node)]
    return iter(sorted(found, key=lambda each: each.place))


def _is_author_link(node: HtmlElement) -> bool:
    return "author" in (node.get("rel") or "").split() or bool(AUTHOR_PATH.search(urlsplit_path(node.get("href") or "")))


def urlsplit_path(href: str) -> str:
    """Give the path and query of an address, "" where it is broken."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _weight(each: Candidate, facts: Facts) -> float:
    zones = facts.zones.of(each.node)
    if zones & (COMMENTS | RELATED | NAV | FOOT) or facts.other_post(each):
        return 0
    base = 78.0 if each.marks & PROPERTY else 74.0
    if zones & APART:
        base -= 30
    if facts.in_body(each.node):
        base -= 35
    if facts.title_place is None:
        return base - 20
    distance = each.place - facts.title_place
    return base - (min(25.0, distance / 30) if distance >= 0 else min(30.0, -distance / 3))


def _row(node: HtmlElement) -> HtmlElement | None:
    parent = node.getparent()
    return parent.getparent() if parent is not None and parent.tag in ("li", "span", "div", "p") else parent


def _within(node: HtmlElement, other: HtmlElement) -> bool:
    current = node.getparent()
    for _ in range(6):
        if current is None:
            return False
        if current is other:
            return True
        current = current.getparent()
    return False


def _name_text(node: HtmlElement) -> str:
    """Give the text that holds the name: the part the markup calls name, a link, else the whole."""
    text = text_of(node)
    if len(text) > 25 or LABEL.match(text.split(" ")[0]):
        for inner in node.iter("*"):
            if inner is not node and (inner.get("itemprop") == "name" or inner.get("class") in ("fn", "name", "p-name")):
                return text_of(inner)
        links = [text_of(link) for link in node.iter("a") if _is_author_link(link)]
        if links:
            return " / ".join(links)
    return text


def _written(facts: Facts) -> Iterator[Said]:
    """Look for "By …" in the lines around the title."""
    if facts.title_place is None:
        return
    elements = facts.scan.elements
    start = max(0, facts.title_place - ABOVE)
    for place in range(start, min(len(elements), facts.title_place + BELOW)):
        node = elements[place]
        for text in (node.text, node.tail):
            folded = fold(text or "")
            if len(folded) < 2 or len(folded) > 200 or node.tag in ("script", "style"):
                continue
            match = BYLINE_TEXT.search(folded)
            if match and not facts.zones.apart(node):
                weight = 55 - abs(place - facts.title_place) / 4 - (20 if facts.in_body(node) else 0)
                yield Said(tuple(people_in(match["name"])), weight, "text")
            elif BYLINE.match(folded + " ") and LABEL.match(folded):
                yield from _after_label(facts, node, text is node.tail, place)


def _after_label(facts: Facts, node: HtmlElement, in_tail: bool, place: int) -> Iterator[Said]:
    following = node.getnext() if in_tail else (node[0] if len(node) else node.getnext())
    if following is not None and isinstance(following.tag, str) and facts.title_place is not None:
        weight = 57 - abs(place - facts.title_place) / 4
        yield Said(tuple(people_in(text_of(following))), weight, "text")
