"""When the post was published and updated: every place that says so votes, the best supported day wins."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from pipeline.extract.dates import LONGEST_DATE, Found, find_day, machine_date, text_day, valid_day
from pipeline.extract.facts import Facts
from pipeline.extract.marks import COUNT, DATE, PROPERTY, PUBLISHED, UPDATED
from pipeline.extract.scan import Candidate
from pipeline.extract.words import fold, text_of

META_PUBLISHED = tuple(
    "article:published_time article:published og:article:published_time og:published_time og:pubdate"
    " datepublished datecreated parsely-pub-date sailthru.date pubdate publishdate publish-date publish_date"
    " published_time_telegram publication_date publicationdate article.published article_date_original"
    " article:post_date originalpublicationdate dc.date.issued dcterms.issued dc.date.published dcterms.date"
    " citation_publication_date citation_online_date cxenseparse:recs:publishtime date_published rnews:datepublished"
    " published pub_date dc.date.created dcterms.created bt:pubdate weibo:article:create_at displaydate"
    " sort_date cxenseparse:publishtime publishedat gentime article.created ptime uploaddate release_date".split()
)
META_LOOSE = ("date", "dc.date", "article_date", "article-date", "created", "dc:date", "created_at", "eprints.date")
META_UPDATED = tuple(
    "article:modified_time og:updated_time datemodified dcterms.modified dc.date.modified article:modified"
    " last-modified lastmod modified updated article.updated og:modified_time utime last_updated_date".split()
)
# Labels that stand before (or in) a date, in the languages of blogs.
UPDATED_LABEL = re.compile(
    r"\b(?:updated?|last (?:modified|edited|changed|reviewed)|modified|edited|revised|aktualisiert|geändert|stand|bearbeitet"
    r"|mis(?:e)? à jour|modifié|actualizad[oa]|modificad[oa]|aggiornat[oa]|modificat[oa]|atualizad[oa]|bijgewerkt|gewijzigd"
    r"|aktualizacja|zaktualizowano|обновлен[оа]?|изменен[оа]?|оновлено|uppdaterad|oppdatert|opdateret|päivitetty"
    r"|aktualizováno|güncelle(?:me|ndi)|diperbarui|cập nhật|עודכן|تحديث)\b|更新|수정|最終更新|최종",
    re.IGNORECASE,
)
PUBLISHED_LABEL = re.compile(
    r"\b(?:published?|posted|posted on|written|created|veröffentlicht|erschienen|publiziert|verfasst|erstellt|eingestellt"
    r"|publié|posté|publicad[oa]|pubblicat[oa]|geplaatst|gepubliceerd|opublikowano|dodano|опубликован[оа]?|publicerad"
    r"|publisert|udgivet|julkaistu|publikováno|yayın(?:lanma|landı)?|dipublikasikan|đăng|פורסם|نشر|date|datum|on|am|vom|le|el)\b"
    r"|投稿|公開|作成|掲載|发布|發布|发表|게시|작성",
    re.IGNORECASE,
)
NOT_OURS = re.compile(
    r"©|copyright|all rights|\b(?:event|deadline|until|bis|valid|gültig|expires|last visit|accessed|abgerufen|joined|member since"
    r"|registered|next post|comments? (?:on|closed)|retrieved|sold|starts|ends)\b",
    re.IGNORECASE,
)
URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_.-]?)(0[1-9]|1[0-2]|[1-9](?=\2\D|\2\d))\2(0[1-9]|[12]\d|3[01]|[1-9](?!\d))(?!\d)")
SCRIPT_DAY = re.compile(
    r'\\?"(?:datePublished|publishedAt|published_at|publishDate|publish_date|firstPublished\w*|date_published|pubDate'
    r'|publicationDate|published|publishedDate|publish_time|createdAt|created_at|dateCreated)\\?"\s*:\s*\\?"([^"\\]{8,40})'
)
ABOVE, BELOW = 14, 60
"""Elements before and after the title in which an unmarked date is the post's."""


@dataclass(frozen=True, slots=True)
class Vote:
    """One witness for a date."""

    date: str
    weight: float
    source: str


def find_dates(facts: Facts) -> tuple[Vote | None, Vote | None]:
    """Give the published and the updated date, each None where nothing states it."""
    published: list[Vote] = []
    updated: list[Vote] = []
    _machine(facts, published, updated)
    _witnessed(facts, published, updated)
    _marked(facts, published, updated)
    if not any(vote.weight >= 60 for vote in published):
        _written(facts, published, updated)
    _last_resorts(facts, published)
    first, last = _elect(published, facts), _elect(updated, facts)
    if first is None and last is not None:
        return last, None
    return first, None if last and first and last.date == first.date else last


def _elect(votes: list[Vote], facts: Facts) -> Vote | None:
    """Choose the day with the strongest witness, counting others that agree; then its fullest spelling."""
    usable = [vote for vote in votes if facts.latest is None or vote.date[:10] <= facts.latest]
    if not usable:
        return None
    days: dict[str, list[float]] = {}
    for vote in usable:
        days.setdefault(vote.date[:10], []).append(vote.weight)
    day = max(days, key=lambda each: max(days[each]) + 0.3 * (sum(days[each]) - max(days[each])))
    same = [vote for vote in usable if vote.date[:10] == day]
    return max(same, key=lambda vote: (len(vote.date) > 10, vote.weight))


def _machine(facts: Facts, published: list[Vote], updated: list[Vote]) -> None:
    linked, scan = facts.linked, facts.scan
    _add(published, linked.published, 100, "json-ld")
    _add(updated, linked.updated, 100, "json-ld")
    for names, votes, weight in (
        (META_PUBLISHED, published, 95),
        (META_LOOSE, published, 55),
        (META_UPDATED, updated, 90),
    ):
        for content in scan.every(names)[:6]:
            _add(votes, content, weight, "meta")


def _add(votes: list[Vote], written: str | None, weight: float, source: str) -> None:
    date = machine_date(written) if written else None
    if date:
        votes.append(Vote(date, weight, source))


def _witnessed(facts: Facts, published: list[Vote], updated: list[Vote]) -> None:
    for witness in facts.witnesses:
        weight = {"feed": 90.0, "listing": 70.0, "sitemap": 0.0}[witness.source]
        if weight:
            _add(published, witness.published, weight, witness.source)
        _add(updated, witness.updated, 60, witness.source)


def _marked(facts: Facts, published: list[Vote], updated: list[Vote]) -> None:
    """Collect what `time` elements and elements called "date" say, where they are the post's own."""
    marked = (each for each in facts.scan.marked if each.marks & DATE and each.node.tag != "time")
    for each in sorted((*facts.scan.times, *marked), key=lambda each: each.place):
        if each.marks & COUNT and not each.marks & DATE:
            continue
        date = _date_of(each, facts)
        if date is None or facts.zones.apart(each.node) or facts.other_post(each):
            continue
        label = _label(each.node)
        if NOT_OURS.search(label):
            continue
        weight = _nearness(each, facts)
        if weight <= 0:
            continue
        target, extra = _target(each, label)
        (updated if target == "updated" else published).append(Vote(date, weight + extra, "markup"))


def _target(each: Candidate, label: str) -> tuple[str, float]:
    marks = each.marks
    if marks & PROPERTY and marks & PUBLISHED:
        return "published", 20
    if marks & UPDATED and not marks & PUBLISHED:
        return "updated", 10
    if UPDATED_LABEL.search(label) and not marks & PUBLISHED:
        return "updated", 0
    return "published", 10 if marks & PUBLISHED or PUBLISHED_LABEL.search(label) else 0


def _date_of(each: Candidate, facts: Facts) -> str | None:
    node = each.node
    for attribute in ("datetime", "content", "title", "data-datetime", "data-time"):
        value = node.get(attribute)
        date = machine_date(value) if value else None
        if date:
            return date
    text = text_of(node)
    return text_day(text, facts.language) if text and len(text) <= LONGEST_DATE // 2 else None


def _nearness(each: Candidate, facts: Facts) -> float:
    """Weigh a marked date by its distance from the title: 80 beside it, less further off."""
    base = 80.0 if each.node.tag == "time" or each.node.get("title") else 72.0
    if facts.in_body(each.node):
        base -= 45
    if facts.title_place is None:
        return base - 15
    distance = each.place - facts.title_place
    return base - (min(45.0, distance / 8) if distance >= 0 else min(45.0, -distance / 2))


def _label(node: HtmlElement) -> str:
    """Give what stands directly before an element, and the beginning of the element itself."""
    before = ""
    current: HtmlElement | None = node
    for _ in range(2):
        if current is None:
            break
        previous, parent = current.getprevious(), current.getparent()
        if previous is not None:
            text = text_of(previous) if isinstance(previous.tag, str) and len(previous) < 4 else ""
            before = f"{text[-40:]} {fold(previous.tail or '')[-40:]}"
        elif parent is not None:
            before = fold(parent.text or "")[-40:]
        if before.strip():
            break
        current = parent
    return f"{before} {text_of(node)[:40]}"


def _written(facts: Facts, published: list[Vote], updated: list[Vote]) -> None:
    """Look for a date that nothing marks, near the title or in a line that says "published"."""
    for place, text, found in _dates_in_text(facts):
        before = text[max(0, found.start - 40) : found.start]
        if NOT_OURS.search(before):
            continue
        labelled = bool(PUBLISHED_LABEL.search(before))
        target = updated if UPDATED_LABEL.search(before) else published
        distance = place - (facts.title_place or 0)
        if -ABOVE <= distance <= BELOW:
            bare = len(text) - (found.end - found.start)
            weight = 62 - (distance / 6 if distance >= 0 else -distance / 2) - min(bare, 200) / 10
            target.append(Vote(found.iso, weight + (8 if labelled else 0), "text"))
        elif labelled and len(text) < 120:
            target.append(Vote(found.iso, 38, "text"))


def _dates_in_text(facts: Facts) -> Iterator[tuple[int, str, Found]]:
    elements = facts.scan.elements
    start = max(0, (facts.title_place or 0) - ABOVE)
    for place in range(start, min(len(elements), start + 400)):
        node = elements[place]
        for text in (node.text, node.tail):
            if not text or not any(char.isdigit() for char in text[:400]):
                continue
            folded = fold(text)[:LONGEST_DATE]
            found = find_day(folded, facts.language) if len(folded) > 5 else None
            if found and node.tag not in ("script", "style") and not facts.zones.apart(node):
                yield place, folded, found


def _last_resorts(facts: Facts, published: list[Vote]) -> None:
    day = url_day(facts.url)
    if day:
        published.append(Vote(day, 45, "text"))
    if any(vote.weight >= 50 for vote in published):
        return
    for match in list(SCRIPT_DAY.finditer(facts.text))[:1]:
        _add(published, match[1], 42, "json-ld")


def url_day(url: str | None) -> str | None:
    """Read the day that an address names, as in /2020/03/05/; a year and month alone are no day."""
    match = URL_DAY.search(unquote(urlsplit(url).path)) if url else None
    return valid_day(int(match[1]), int(match[3]), int(match[4])) if match else None


def best(votes: Sequence[Vote]) -> Vote | None:
    """Give the heaviest vote."""
    return max(votes, key=lambda vote: vote.weight, default=None)
