"""Write findings: one row each under a key that lasts, and the history that is never dropped."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.records import Finding
from pipeline.store.furniture import write_furniture
from pipeline.store.history import remember
from pipeline.store.keys import StoredFinding, cause_id, finding_key, occurrences
from pipeline.store.plan import Plan
from pipeline.store.rows import Row
from pipeline.store.run import RunContext

COLUMNS = (
    "key site_id post_id revision_id position rule severity confidence quote prefix suffix start occurrence"
    " place section glued fix replacement evidence cause_id pages examples"
).split()
UPSERT = (
    f"insert into findings({', '.join(COLUMNS)}) values ({', '.join('?' * len(COLUMNS))})"
    f" on conflict(key) do update set {', '.join(f'{c} = excluded.{c}' for c in COLUMNS[3:])}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed:
    """A finding with the key it is stored under."""

    key: str
    occurrence: int
    finding: Finding
    position: int


def write_findings(
    db: Database, run: RunContext, plans: Sequence[Plan], revisions: dict[str, int], at: str
) -> None:
    """Store the findings of posts whose newest revision was written.

    What the same source no longer shows was the rules' error and goes; what a new source no longer shows
    stays with its revision, until a complete run calls it fixed.
    """
    touched = [plan for plan in plans if plan.known is None or "findings" in plan.changed]
    _move(db, [plan for plan in plans if plan not in touched and plan.action == "revise"], revisions)
    if not any(plan.rows.findings or plan.known for plan in touched):
        return
    _ensure_rules(db, touched)
    _ensure_causes(db, run.site_id, touched, at)
    stored = _stored(db, [plan.post_id for plan in touched if plan.known])
    for plan in touched:
        own = [finding for finding in plan.rows.findings if finding.where != "furniture"]
        keyed = key_findings(plan.post_id, own, stored[plan.post_id])
        revision = revisions[plan.post_id]
        _withdraw(db, revision, {item.key for item in keyed}, stored[plan.post_id])
        db.conn.executemany(UPSERT, [_row(run.site_id, plan.post_id, revision, item) for item in keyed])
        remember(db, run, plan.post_id, [(item.key, item.finding) for item in keyed], at)
    write_furniture(db, run, touched, at)


def key_findings(owner: str, findings: Sequence[Finding], stored: Iterable[StoredFinding]) -> list[Keyed]:
    """Give each finding its key."""
    numbers = occurrences(findings, stored)
    return [
        Keyed(key=finding_key(owner, finding, number), occurrence=number, finding=finding, position=position)
        for position, (finding, number) in enumerate(zip(findings, numbers, strict=True))
    ]


def _row(site_id: str, post_id: str | None, revision: int | None, item: Keyed) -> Row:
    finding = item.finding
    evidence = json.dumps(
        [{"kind": e.kind, "detail": e.detail} for e in finding.evidence], ensure_ascii=False
    )
    return (
        item.key,
        site_id,
        post_id,
        revision,
        item.position,
        finding.rule,
        finding.severity,
        finding.confidence,
        finding.quote,
        finding.prefix,
        finding.suffix,
        finding.start,
        item.occurrence,
        finding.where,
        finding.section,
        finding.glued,
        finding.fix,
        finding.replacement,
        evidence,
        cause_id(site_id, finding.cause) if finding.cause else None,
        1,
        None,
    )


def _stored(db: Database, post_ids: Sequence[str]) -> dict[str, list[StoredFinding]]:
    found: dict[str, list[StoredFinding]] = defaultdict(list)
    marks = ",".join("?" * len(post_ids))
    for post_id, *values in db.execute(
        "select post_id, key, rule, quote, prefix, suffix, occurrence, revision_id from findings"
        f" where post_id in ({marks})",
        post_ids,
    ):
        names = ("key", "rule", "quote", "prefix", "suffix", "occurrence", "revision_id")
        found[post_id].append(StoredFinding(**dict(zip(names, values, strict=True))))
    return found


def _move(db: Database, plans: Sequence[Plan], revisions: dict[str, int]) -> None:
    """Hand unchanged findings over to a further revision."""
    moves = [(revisions[p.post_id], p.post_id, p.known.revision_id) for p in plans if p.known]
    db.conn.executemany("update findings set revision_id = ? where post_id = ? and revision_id = ?", moves)


def _withdraw(db: Database, revision: int, keys: set[str], stored: Iterable[StoredFinding]) -> None:
    withdrawn = [(old.key,) for old in stored if old.revision_id == revision and old.key not in keys]
    db.conn.executemany("delete from flags where key = ?", withdrawn)
    db.conn.executemany("delete from findings where key = ?", withdrawn)


def _ensure_rules(db: Database, plans: Sequence[Plan]) -> None:
    """Give rules that nobody described yet a row, for findings refer to it."""
    rules = {(f.rule, f.severity, f.fix) for plan in plans for f in plan.rows.findings}
    db.conn.executemany(
        "insert into rules(name, summary, severity, fix, page) values (?, '', ?, ?, '')"
        " on conflict do nothing",
        list(rules),
    )


def _ensure_causes(db: Database, site_id: str, plans: Sequence[Plan], at: str) -> None:
    causes = {
        (cause_id(site_id, f.cause), site_id, f.rule, f.cause, at)
        for plan in plans
        for f in plan.rows.findings
        if f.cause
    }
    db.conn.executemany(
        "insert into causes(id, site_id, rule, summary, first_seen_at) values (?,?,?,?,?)"
        " on conflict do nothing",
        list(causes),
    )
