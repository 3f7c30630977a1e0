"""The dates that readers see: in `time` elements, in elements called a date, in lines near the title."""

import re
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from pipeline.extract.dates import (
    LONGEST_DATE,
    OLDEST_STATED,
    OLDEST_YEAR,
    find_day,
    find_days,
    machine_date,
    text_day,
)
from pipeline.extract.facts import Facts, Line, lines_in
from pipeline.extract.labels import label_before
from pipeline.extract.links import path_of
from pipeline.extract.marks import APART, COMMENTS, DATE, PROPERTY, PUBLISHED, RELATED, UPDATED, Mark
from pipeline.extract.scan import Candidate
from pipeline.extract.votes import Vote, Votes
from pipeline.extract.words import spaced_text, text_of

# Labels that stand before a date, in the languages of blogs.
UPDATED_LABEL = re.compile(
    r"\b(?:updated?|last (?:modified|edited|changed|reviewed)|modified|edited|revised|aktualisiert|geändert"
    r"|stand"
    r"|bearbeitet|letzte änderung|mis(?:e)? à jour|modifié|actualizad[oa]|modificad[oa]|aggiornat[oa]"
    r"|modificat[oa]"
    r"|atualizad[oa]|bijgewerkt|gewijzigd|aktualizacja|zaktualizowano|обновлен[оа]?|изменен[оа]?|оновлено"
    r"|uppdaterad"
    r"|oppdatert|opdateret|päivitetty|aktualizováno|güncelle(?:me|ndi)|diperbarui|cập nhật|עודכן|تحديث)\b"
    r"|更新|수정|最終更新|최종",
    re.IGNORECASE,
)
PUBLISHED_LABEL = re.compile(
    r"\b(?:published?|posted|posted on|written|created|veröffentlicht|erschienen|publiziert|verfasst|erstellt"
    r"|eingestellt|publié|posté|publicad[oa]|pubblicat[oa]|geplaatst|gepubliceerd|opublikowano|dodano"
    r"|опубликован[оа]?|publicerad|publisert|udgivet|julkaistu|publikováno|yayın(?:lanma|landı)?"
    r"|dipublikasikan|đăng"
    r"|פורסם|نشر|date|datum|on|am|vom|le|el)\b|投稿|公開|作成|掲載|發布|发布|发表|게시|작성",
    re.IGNORECASE,
)
NOT_OURS = re.compile(
    r"©|copyright|all rights|\b(?:event|deadline|until|bis|valid|gültig|expires|last visit|accessed"
    r"|abgerufen|joined"
    r"|member since|registered|registriert|mitglied seit|inscrit|membre depuis|registrado|miembro desde"
    r"|iscritto|lid sinds|next post|comments? (?:on|closed)|retrieved|sold|starts|ends)\b",
    re.IGNORECASE,
)
# A line without one of these holds no date: cheap to ask before the many forms are tried.
YEARISH = re.compile(r"(?:19|20|25|٢٠|۲۰|١٩|๒๕|२०|২০)\d\d|[令平民][和成國国]|\d[./‐-]\s?\d\d?[./‐-]\s?\d\d")
# A post that opens with place and day, as press releases do: "BERLIN, 5 May 2020 – ", "(5 May 2020) ".
DATELINE = re.compile(r"(?:\(|[^\W\d_][\w .'’-]{1,30}[,(]\s*)[^()–—]{6,25}(?:\)|\s*[–—]|\s-\s)")
OPENING = 8
"""Elements below the title in which such a line opens the post."""
# Hidden microdata often holds a machine's form as its text: readers see none of it.
MACHINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
ATTRIBUTES = ("datetime", "content", "title", "data-datetime", "data-time")
NUMBER = re.compile(r"\d")
PROSE = 40
"""Characters beside a date from which a line of the article is a sentence, not a dateline."""
LONGEST_CALL = 120
LONGEST_LABEL, SHORT_LABEL = 40, 25
MOST_DAYS = 3
DATE_LENGTH = 11
INLINE = frozenset("a abbr b em font i nobr small span strong u".split())
FAR = 38
"""Weight of a labelled date that stands nowhere near the title."""


def opening_date(facts: Facts) -> str | None:
    """Date a discussion by its opening post: what the markup calls a comment, but stands in the article."""
    after = range(facts.anchor or 0, facts.body.stop)
    dated = (each.node for each in facts.scan.marked if each.marks & DATE and each.place in after)
    said = (
        _stated(node, facts.language) or text_day(spaced_text(node), facts.language)
        for node in dated
        if facts.zones.of(node) & COMMENTS
    )
    return next((day for day in said if day), None)


def marked_dates(facts: Facts, votes: Votes) -> None:
    """Collect what `time` elements and elements called "date" say, where they are the post's own."""
    marked = (
        each for each in facts.scan.marked if each.marks & DATE and each.node.tag not in ("time", "abbr")
    )
    for each in sorted((*facts.scan.times, *marked), key=lambda each: each.place):
        weight = _nearness(each, facts)
        if weight <= 0 or _leads_elsewhere(each.node, each.place, facts):
            continue
        oldest = OLDEST_STATED if each.marks & PUBLISHED else OLDEST_YEAR
        text, stated = text_of(each.node), _stated(each.node, facts.language, oldest)
        days = _labelled_days(text, facts.language) if len(text) <= LONGEST_DATE // 2 else ()
        if (stated is None and not days) or facts.zones.of(each.node) & _others(each.marks):
            continue
        first, *more = days or ((stated or "", text[:LONGEST_LABEL]),)
        label = f"{label_before(each.node, 2)} {first[1]}"
        if NOT_OURS.search(label):
            continue
        is_update, extra = _meaning(each.marks, label)
        # What nobody sees is a statement for machines like any other.
        extra = extra if text else extra / 2
        votes[is_update].append(Vote(stated or first[0], weight + extra, "markup"))
        if stated is not None and days and len(stated) > 10 and first[0] != stated[:10]:
            votes[is_update].append(Vote(first[0], weight + extra - 10, "text"))
        for iso, label in more:
            if UPDATED_LABEL.search(label) or PUBLISHED_LABEL.search(label):
                votes[bool(UPDATED_LABEL.search(label))].append(Vote(iso, weight, "markup"))


def _others(marks: Mark) -> Mark:
    """Name the zones in which a date is another's: microdata dates the post from wherever it stands."""
    return COMMENTS | RELATED if marks & PROPERTY and marks & (PUBLISHED | UPDATED) else APART


def _leads_elsewhere(node: HtmlElement, place: int, facts: Facts) -> bool:
    """Tell a dated link in the text, as to a press release, from the post's own permalink."""
    if node.tag != "a" or not facts.in_body(place):
        return False
    return path_of(node.get("href") or "") not in ("", path_of(facts.url or ""))


@lru_cache(maxsize=4_000)
def _labelled_days(text: str, language: str) -> tuple[tuple[str, str], ...]:
    """List the days that a short text names, each with the words before it."""
    # Most lines hold no digit at all: a fifth of the price of asking for a year.
    if NUMBER.search(text) is None or YEARISH.search(text) is None:
        return ()
    days: list[tuple[str, str]] = []
    end = 0
    for found in islice(find_days(text, language), MOST_DAYS):
        days.append((found.iso, text[max(end, found.start - LONGEST_LABEL) : found.start]))
        end = found.end
    return tuple(days)


def _meaning(marks: int, label: str) -> tuple[bool, float]:
    """Tell an update from a publication, and how plainly it is said."""
    if marks & PROPERTY and marks & PUBLISHED:
        return False, 20
    if marks & UPDATED and not marks & PUBLISHED:
        return True, 10
    if UPDATED_LABEL.search(label) and not marks & PUBLISHED:
        return True, 0
    return False, 10 if marks & PUBLISHED or PUBLISHED_LABEL.search(label) else 0


def _stated(node: HtmlElement, language: str, oldest: int = OLDEST_YEAR) -> str | None:
    values = (node.get(attribute) for attribute in ATTRIBUTES)
    return next((iso for value in values if value and (iso := machine_date(value, language, oldest))), None)


def _nearness(each: Candidate, facts: Facts) -> float:
    """Weigh a marked date by its distance from the title: 80 beside it, less further off."""
    base = 80.0 if each.node.tag == "time" or each.node.get("title") else 72.0
    if facts.anchor is None:
        return base - 15
    distance = each.place - facts.anchor
    if facts.in_body(each.place):
        base -= 30 if distance > 40 else 12
    return base - (min(45.0, distance / 8) if distance >= 0 else min(45.0, -distance / 2))


def written_dates(facts: Facts, votes: Votes) -> None:
    """Look for a date that nothing marks, near the title; without any, in a labelled line further down."""
    for line in facts.near:
        _read_line(line, facts, votes)
    if any(vote.weight >= FAR for vote in votes[False]):
        return
    for place, node in enumerate(facts.scan.elements):
        text, tail = node.text, node.tail
        if (text and YEARISH.search(text)) or (tail and YEARISH.search(tail)):
            for line in lines_in(facts.scan, range(place, place + 1)):
                _read_line(line, facts, votes)
            if node.tag == "script":
                _read_call(node, facts, votes)


def _read_call(node: HtmlElement, facts: Facts, votes: Votes) -> None:
    """Read a date that a one-line script writes into the page, as in showDate("2020/04/17")."""
    text = node.text or ""
    found = find_day(text, facts.language) if len(text) <= LONGEST_CALL else None
    if found and not facts.zones.apart(node):
        votes[False].append(Vote(found.iso, FAR / 2, "text"))


def _read_line(line: Line, facts: Facts, votes: Votes) -> None:
    """Read the first date of a line, and those behind it that have a label of their own."""
    days = _labelled_days(line.text, facts.language)
    zones = facts.zones.of(line.node) & APART if days else 0
    if not days or zones & (COMMENTS | RELATED):
        return
    if not line.follows and _leads_elsewhere(line.node, line.place, facts):
        return
    beside = len(line.text) - len(days) * DATE_LENGTH + (_around(line) if facts.in_body(line.place) else 0)
    near = None if zones else _line_weight(line, beside, facts)
    source = "markup" if MACHINE.search(line.text) else "text"
    for number, (iso, before) in enumerate(days):
        label = before if number else f"{_lead(line)} {before}"
        labelled = PUBLISHED_LABEL.search(label) is not None
        is_update = UPDATED_LABEL.search(label) is not None
        if NOT_OURS.search(label) or (number and not labelled and not is_update):
            continue
        if near is not None:
            votes[is_update].append(Vote(iso, near + (8 if labelled and beside < PROSE else 0), source))
        elif labelled and len(line.text) < 120:
            votes[is_update].append(Vote(iso, FAR / 2 if zones else FAR, "text"))


def _lead(line: Line) -> str:
    """Give the words that stand directly before a line, none of those before another date."""
    node = line.node
    words = label_before(node, 1) if not line.follows else text_of(node) if len(node) < 4 else ""
    return NUMBER.split(words[-SHORT_LABEL:])[-1]


def _around(line: Line) -> int:
    """Count the characters of running text that touch a line inside a sentence."""
    node = line.node
    previous, parent = node.getprevious(), node.getparent()
    if node.tag not in INLINE or parent is None:
        return 0
    before = parent.text if previous is None else previous.tail
    own, after = (node.text, "") if line.follows else ("", node.tail)
    return len(before or "") + len(own or "") + len(after or "")


def _line_weight(line: Line, beside: int, facts: Facts) -> float | None:
    """Weigh a date in a line by its distance from the title and by what else the line says; None far off."""
    distance = line.place - (facts.anchor or 0)
    if not -30 <= distance <= 70:
        return None
    if 0 <= distance <= OPENING and DATELINE.match(line.text):
        beside = 0
    weight = 62 - (distance / 6 if distance >= 0 else -distance / 3) - min(beside, 200) / 10
    return weight - 20 if beside > PROSE and facts.in_body(line.place) else weight
