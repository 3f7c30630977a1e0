"""Broken furniture: stored once for the site, with the posts that show it."""

import json
from collections.abc import Sequence

from sqlite_utils import Database

from pipeline.records import Finding
from pipeline.store.flags import refresh_keys
from pipeline.store.history import remember
from pipeline.store.keys import cause_id, finding_key
from pipeline.store.plan import Plan
from pipeline.store.run import RunContext

EXAMPLES = 5

UPSERT = """
    insert into findings(key, site_id, rule, severity, confidence, quote, prefix, suffix, place, glued, fix,
        replacement, evidence, cause_id, pages)
    values (?, ?, ?, ?, ?, ?, ?, ?, 'furniture', ?, ?, ?, ?, ?, 0)
    on conflict(key) do update set severity = excluded.severity, confidence = excluded.confidence,
        fix = excluded.fix, evidence = excluded.evidence, cause_id = excluded.cause_id
"""


def write_furniture(db: Database, run: RunContext, plans: Sequence[Plan], at: str) -> None:
    """Note which of these posts show which broken furniture, and count again where that changed."""
    shown = {
        (finding_key(run.site_id, finding, 0), plan.post_id): finding
        for plan in plans
        for finding in plan.rows.findings
        if finding.where == "furniture"
    }
    before = _before(db, [plan.post_id for plan in plans if plan.known])
    if not shown and not before:
        return
    findings = {key: finding for (key, _), finding in shown.items()}
    db.conn.executemany(UPSERT, [_row(run.site_id, key, finding) for key, finding in findings.items()])
    db.conn.executemany(
        "delete from furniture_posts where key = ? and post_id = ?", list(before - set(shown))
    )
    db.conn.executemany("insert or ignore into furniture_posts(key, post_id) values (?, ?)", list(shown))
    remember(db, run, None, findings.items(), at)
    keys = sorted(set(findings) | {key for key, _ in before})
    _count(db, keys)
    if not run.fetches:
        _withdraw(db, keys)
    refresh_keys(db, keys)


def _before(db: Database, post_ids: Sequence[str]) -> set[tuple[str, str]]:
    marks = ",".join("?" * len(post_ids))
    return set(db.execute(f"select key, post_id from furniture_posts where post_id in ({marks})", post_ids))


def _row(site_id: str, key: str, finding: Finding) -> tuple[object, ...]:
    evidence = json.dumps(
        [{"kind": e.kind, "detail": e.detail} for e in finding.evidence], ensure_ascii=False
    )
    return (
        key,
        site_id,
        finding.rule,
        finding.severity,
        finding.confidence,
        finding.quote,
        finding.prefix,
        finding.suffix,
        finding.glued,
        finding.fix,
        finding.replacement,
        evidence,
        cause_id(site_id, finding.cause) if finding.cause else None,
    )


def _count(db: Database, keys: Sequence[str]) -> None:
    for key in keys:
        urls = db.execute(
            "select p.url from furniture_posts f join posts p on p.id = f.post_id"
            " where f.key = ? order by p.url",
            [key],
        ).fetchall()
        examples = json.dumps([url for (url,) in urls[:EXAMPLES]])
        db.execute("update findings set pages = ?, examples = ? where key = ?", [len(urls), examples, key])


def _withdraw(db: Database, keys: Sequence[str]) -> None:
    """Drop what reprocessing no longer shows anywhere: the site was not asked, so nothing was fixed."""
    for key in keys:
        db.execute(
            "delete from flags where key = ? and key in (select key from findings where pages = 0)", [key]
        )
        db.execute("delete from findings where key = ? and pages = 0", [key])
