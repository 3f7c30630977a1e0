"""The inventory's way to a spreadsheet and back: what changed, what is stale, what cannot be used. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

HUMAN = ("owner", "decision", "priority", "due", "notes", "last_reviewed")
"""Columns that people fill in; all others are the crawl's and are ignored on the way back."""
DECISIONS = ("keep", "update", "merge", "redirect", "delete")
DATES = ("due", "last_reviewed")
VERSION = "row_version"
"""Column that says which state of the row was exported: the newest editorial row, 0 for none."""
LONGEST = 2000
EXPORT = """
select i.*, coalesce((select max(e.id) from editorial e where e.post_id = i.post_id), 0) as row_version
from inventory i order by i.published desc, i.post_id
"""
CURRENT = """
select p.id as post_id, p.title, p.url, coalesce(e.id, 0) as row_version, e.owner, e.decision, e.priority,
       e.due, e.notes, e.last_reviewed
from posts p left join editorial e on e.id = (select max(id) from editorial where post_id = p.id)
"""
INSERT = """
insert into editorial (post_id, owner, decision, priority, due, notes, last_reviewed, actor, decided_at)
select :post_id, :owner, :decision, :priority, :due, :notes, :last_reviewed, :actor, :decided_at
where coalesce((select max(id) from editorial where post_id = :post_id), 0) = :row_version
"""
"""Nothing is inserted where somebody wrote a newer row since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a row of the sheet would change of a post."""

    post_id: str
    title: str
    row_version: int
    values: Mapping[str, str | None]
    """All human columns as they would be."""
    differences: tuple[tuple[str, str, str], ...]
    """Column, value now, value then."""


@dataclass(slots=True, kw_only=True)
class Preview:
    """What an import would do."""

    changes: list[Change] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    """One sentence per row that will not be used."""
    unchanged: int = 0


def preview(rows: Sequence[Mapping[str, str]], current: Iterable[Mapping[str, Any]]) -> Preview:
    """Compare a sheet with what is stored."""
    result = Preview()
    known = {row["post_id"]: row for row in current}
    if rows and not {"post_id", VERSION} <= set(rows[0]):
        result.refused.append(f"The sheet has to have the columns post_id and {VERSION}, as exported.")
        return result
    seen: set[str] = set()
    for number, row in enumerate(rows, 2):
        post = known.get(row.get("post_id", ""))
        problem = _problem(row, post, seen)
        if problem or post is None:
            result.refused.append(f"Row {number}: {problem}")
            continue
        seen.add(post["post_id"])
        change = _change(row, post)
        if change.differences:
            result.changes.append(change)
        else:
            result.unchanged += 1
    return result


def _problem(row: Mapping[str, str], post: Mapping[str, Any] | None, seen: set[str]) -> str:
    if post is None:
        return f"there is no post {row.get('post_id')!r}."
    if post["post_id"] in seen:
        return f"“{post['title']}” stands in the sheet twice."
    if row.get(VERSION, "") != str(post[VERSION]):
        return f"“{post['title']}” was changed by somebody after this sheet was exported; export it again."
    if row.get("decision", "").strip().lower() not in ("", *DECISIONS):
        return f"“{row['decision']}” is no decision; choose one of {', '.join(DECISIONS)}."
    for name in DATES:
        if not _is_date(row.get(name, "").strip()):
            return f"“{row[name]}” in {name} is no date such as 2030-01-31."
    return ""


def _is_date(text: str) -> bool:
    if not text or re.fullmatch(r"\d{5}", text):  # a spreadsheet's own day number
        return True
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _change(row: Mapping[str, str], post: Mapping[str, Any]) -> Change:
    values = {name: _value(name, row[name]) if name in row else post[name] for name in HUMAN}
    differences = [
        (name, post[name] or "", values[name] or "") for name in HUMAN if (post[name] or None) != values[name]
    ]
    return Change(
        post_id=post["post_id"],
        title=post["title"] or post["url"],
        row_version=post[VERSION],
        values=values,
        differences=tuple(differences),
    )


def _value(name: str, text: str) -> str | None:
    text = text.strip()[:LONGEST]
    if name == "decision":
        text = text.lower()
    if name in DATES and re.fullmatch(r"\d{5}", text):
        text = date.fromordinal(int(text) + 693_594).isoformat()
    return text or None
