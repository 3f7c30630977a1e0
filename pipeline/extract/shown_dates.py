"""The dates that readers see: in `time` elements, in elements called a date, in lines near the title."""

import re

from lxml.html import HtmlElement

from pipeline.extract.dates import LONGEST_DATE, find_day, machine_date, text_day
from pipeline.extract.facts import Facts, Line, lines_in
from pipeline.extract.marks import APART, COMMENTS, DATE, PROPERTY, PUBLISHED, RELATED, UPDATED
from pipeline.extract.scan import Candidate
from pipeline.extract.votes import Vote
from pipeline.extract.words import fold, text_of

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
    r"|member since|registered|next post|comments? (?:on|closed)|retrieved|sold|starts|ends)\b",
    re.IGNORECASE,
)
# A line without one of these holds no date: cheap to ask before the many forms are tried.
YEARISH = re.compile(r"(?:19|20|٢٠|۲۰|١٩)\d\d|\d[./‐-]\s?\d\d?[./‐-]\s?\d\d")
ATTRIBUTES = ("datetime", "content", "title", "data-datetime", "data-time")
PROSE = 40
"""Characters beside a date from which a line of the article is a sentence, not a dateline."""
LONGEST_CALL = 120
FAR = 38
"""Weight of a labelled date that stands nowhere near the title."""


def marked_dates(facts: Facts, published: list[Vote], updated: list[Vote]) -> None:
    """Collect what `time` elements and elements called "date" say, where they are the post's own."""
    marked = (each for each in facts.scan.marked if each.marks & DATE and each.node.tag != "time")
    for each in sorted((*facts.scan.times, *marked), key=lambda each: each.place):
        weight = _nearness(each, facts)
        iso = _date_of(each.node, facts.language) if weight > 0 else None
        if iso is None or facts.zones.apart(each.node):
            continue
        label = _label(each.node)
        if NOT_OURS.search(label):
            continue
        is_update, extra = _meaning(each.marks, label)
        votes = updated if is_update else published
        votes.append(Vote(iso, weight + extra, "markup"))
        shown = text_day(text_of(each.node), facts.language) if len(iso) > 10 else None
        if shown and shown != iso[:10]:
            votes.append(Vote(shown, weight + extra - 10, "text"))


def _meaning(marks: int, label: str) -> tuple[bool, float]:
    """Tell an update from a publication, and how plainly it is said."""
    if marks & PROPERTY and marks & PUBLISHED:
        return False, 20
    if marks & UPDATED and not marks & PUBLISHED:
        return True, 10
    if UPDATED_LABEL.search(label) and not marks & PUBLISHED:
        return True, 0
    return False, 10 if marks & PUBLISHED or PUBLISHED_LABEL.search(label) else 0


def _date_of(node: HtmlElement, language: str) -> str | None:
    for attribute in ATTRIBUTES:
        value = node.get(attribute)
        iso = machine_date(value, language) if value else None
        if iso:
            return iso
    text = text_of(node)
    return text_day(text, language) if YEARISH.search(text) and len(text) <= LONGEST_DATE // 2 else None


def _nearness(each: Candidate, facts: Facts) -> float:
    """Weigh a marked date by its distance from the title: 80 beside it, less further off."""
    base = 80.0 if each.node.tag == "time" or each.node.get("title") else 72.0
    if facts.anchor is None:
        return base - 15
    distance = each.place - facts.anchor
    if facts.in_body(each.place):
        base -= 30 if distance > 40 else 12
    return base - (min(45.0, distance / 8) if distance >= 0 else min(45.0, -distance / 2))


def _label(node: HtmlElement) -> str:
    """Give what stands directly before an element, and the beginning of the element itself."""
    before = ""
    current: HtmlElement | None = node
    for _ in range(2):
        if current is None or before.strip():
            break
        previous, parent = current.getprevious(), current.getparent()
        if previous is not None:
            text = text_of(previous) if isinstance(previous.tag, str) and len(previous) < 4 else ""
            before = f"{text[-40:]} {fold(previous.tail or '')[-40:]}"
        elif parent is not None:
            before = fold(parent.text or "")[-40:]
        current = parent
    return f"{before} {text_of(node)[:40]}"


def written_dates(facts: Facts, published: list[Vote], updated: list[Vote]) -> None:
    """Look for a date that nothing marks, near the title; without any, in a labelled line further down."""
    for line in facts.near:
        _read_line(line, facts, (published, updated))
    if any(vote.weight >= FAR for vote in published):
        return
    for place, node in enumerate(facts.scan.elements):
        if YEARISH.search(node.text or "") or YEARISH.search(node.tail or ""):
            for line in lines_in(facts.scan, range(place, place + 1)):
                _read_line(line, facts, (published, updated))
            if node.tag == "script":
                _read_call(node, facts, published)


def _read_call(node: HtmlElement, facts: Facts, published: list[Vote]) -> None:
    """Read a date that a one-line script writes into the page, as in showDate("2020/04/17")."""
    text = node.text or ""
    found = find_day(text, facts.language) if len(text) <= LONGEST_CALL else None
    if found and not facts.zones.apart(node):
        published.append(Vote(found.iso, FAR / 2, "text"))


def _read_line(line: Line, facts: Facts, votes: tuple[list[Vote], list[Vote]]) -> None:
    found = find_day(line.text, facts.language) if YEARISH.search(line.text) else None
    if found is None:
        return
    before = line.text[max(0, found.start - 40) : found.start]
    zones = facts.zones.of(line.node) & APART
    if NOT_OURS.search(before) or zones & (COMMENTS | RELATED):
        return
    labelled = bool(PUBLISHED_LABEL.search(before))
    weight = None if zones else _line_weight(line, len(line.text) - (found.end - found.start), facts)
    if weight is None and not (labelled and len(line.text) < 120):
        return
    weight = (FAR / 2 if zones else FAR) if weight is None else weight + (8 if labelled else 0)
    votes[bool(UPDATED_LABEL.search(before))].append(Vote(found.iso, weight, "text"))


def _line_weight(line: Line, beside: int, facts: Facts) -> float | None:
    """Weigh a date in a line by its distance from the title and by what else the line says; None far off."""
    distance = line.place - (facts.anchor or 0)
    if not -30 <= distance <= 70:
        return None
    weight = 62 - (distance / 6 if distance >= 0 else -distance / 3) - min(beside, 200) / 10
    return weight - 20 if beside > PROSE and facts.in_body(line.place) else weight
