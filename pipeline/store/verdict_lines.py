"""Verdicts as JSON lines: keyed by content, so that they can be carried to another database of the site."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from pipeline.store.keys import RULE_ALIASES
from pipeline.store.transact import give_way, transaction

BATCH = 200
SURROGATE = re.compile("[\ud800-\udfff]")
KINDS = ("claimed", "released", "accepted", "dismissed", "reopened", "undone")
SCOPES = ("here", "post", "text", "rule")
EXPORT = """
select v.id, v.finding, v.verdict, v.undoes, v.scope, v.until, v.reason, v.note, v.actor, v.decided_at,
       h.site_id as site, p.url, h.rule, h.quote, n.occurrence
from verdicts v left join finding_history h on h.key = v.finding
left join posts p on p.id = h.post_id left join findings n on n.key = v.finding
order by v.id
"""
ELSEWHERE = """
select h.key from finding_history h left join findings n on n.key = h.key
where h.site_id = :site and h.rule in (:rule, :alias) and h.quote = :quote
  and h.post_id is (select post_id from post_urls where site_id = :site and url = :url)
order by coalesce(n.occurrence, 0) <> :occurrence, h.last_seen_at desc limit 1
"""
SAME = """
select id from verdicts where finding = :finding and verdict = :verdict and scope = :scope
  and actor = :actor and decided_at = :decided_at limit 1
"""
INSERT = """
insert into verdicts (finding, verdict, undoes, scope, until, reason, note, actor, decided_at)
values (:finding, :verdict, :undoes, :scope, :until, :reason, :note, :actor, :decided_at)
"""
COLUMNS = ("finding", "verdict", "scope", "until", "reason", "note", "actor", "decided_at")


@dataclass(slots=True, kw_only=True)
class Imported:
    """What came of the lines of an import."""

    counts: Counter[str] = field(default_factory=Counter)
    """new, known (was there already), early (its finding was never seen here; counts once it is)."""
    problems: list[str] = field(default_factory=list)
    """One sentence per line that could not be used."""


def export_verdicts(db: Database) -> Iterator[dict[str, Any]]:
    """Yield every verdict, oldest first, with what it was said of."""
    cursor = db.execute(EXPORT)
    names = [column[0] for column in cursor.description]
    for row in cursor:
        yield dict(zip(names, row, strict=True))


def import_verdicts(db: Database, lines: Iterable[dict[str, Any]]) -> Imported:
    """Add the verdicts that are not there yet; the order of the lines is the order of deciding."""
    db.execute("pragma synchronous = full")  # what people decided cannot be crawled again
    result = Imported()
    ids: dict[int, int] = {}
    batch: list[tuple[int, dict[str, Any]]] = []
    for number, line in enumerate(lines, 1):
        batch.append((number, line))
        if len(batch) == BATCH:
            _write(db, batch, ids, result)
            batch.clear()
    _write(db, batch, ids, result)
    return result


def _write(
    db: Database, batch: list[tuple[int, dict[str, Any]]], ids: dict[int, int], result: Imported
) -> None:
    with transaction(db):
        for number, line in batch:
            problem = _problem(line, ids)
            if problem:
                result.problems.append(f"line {number}: {problem}")
                continue
            result.counts[_add(db, line, ids)] += 1
    give_way(db)


def _problem(line: dict[str, Any], ids: dict[int, int]) -> str | None:
    if not all(_is_fit(value) for value in line.values()):
        return "each value has to be a text, a whole number or null"
    if line.get("verdict") not in KINDS or line.get("scope", "here") not in SCOPES:
        return "verdict or scope is none that copydesk knows"
    if not all(isinstance(line.get(name), str) and line[name] for name in ("finding", "actor", "decided_at")):
        return "finding, actor and decided_at have to be there"
    if line["verdict"] == "undone" and line.get("undoes") not in ids:
        return "it takes back a verdict that is not in this file before it"
    return None


def _is_fit(value: object) -> bool:
    """Tell whether a value can be stored: no list, no number beyond SQLite's, no half of a character."""
    if isinstance(value, str):
        return value.isascii() or not SURROGATE.search(value)
    return value is None or (isinstance(value, int) and abs(value) < 2**63)


def _add(db: Database, line: dict[str, Any], ids: dict[int, int]) -> str:
    """Write one verdict; tell what it was: new, known or early."""
    row = {name: line.get(name) for name in COLUMNS} | {"scope": line.get("scope", "here")}
    found = _key_here(db, line)
    row["finding"] = found or line["finding"]
    row["undoes"] = ids.get(line.get("undoes") or 0)
    same = db.execute(SAME, row).fetchone()
    new_id = int(same[0] if same else db.execute(INSERT, row).lastrowid or 0)
    if isinstance(line.get("id"), int):
        ids[line["id"]] = new_id
    if same:
        return "known"
    return "new" if found else "early"


def _key_here(db: Database, line: dict[str, Any]) -> str | None:
    """Find the finding in this database: by its key, else by post, rule and quote."""
    if db.execute("select 1 from finding_history where key = ?", [line["finding"]]).fetchone():
        return str(line["finding"])
    place = {name: line.get(name) for name in ("site", "url", "rule", "quote", "occurrence")}
    aliases = {old: new for new, old in RULE_ALIASES.items()}
    alias = RULE_ALIASES.get(str(place["rule"]), aliases.get(str(place["rule"])))
    found = db.execute(ELSEWHERE, {**place, "alias": alias}).fetchone()
    return str(found[0]) if found else None
