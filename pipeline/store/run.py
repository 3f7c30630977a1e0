"""Sites and runs: who is crawled, and what came of each time."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlite_utils import Database

from pipeline.store.transact import now, transaction

RunState = Literal["complete", "partial", "refused", "failed", "stopped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunContext:
    """The run on whose behalf something is written."""

    run_id: int
    site_id: str
    pipeline_version: str
    fetches: bool = True
    """Whether the run asked the site; only then can it tell that something was fixed."""
    before: int = 0
    """The last run that came to its end: whatever was fetched since belongs to the same night as this one."""
    accepts: bool = False
    """Somebody said that however much changed or vanished is to be believed."""


def ensure_site(db: Database, site_id: str, home_url: str) -> None:
    """Make sure that a site has its row; its key stays, its address may move."""
    with transaction(db):
        db.execute(
            "insert into sites(id, home_url, created_at) values (?, ?, ?)"
            " on conflict(id) do update set home_url = excluded.home_url where home_url <> excluded.home_url",
            [site_id, home_url, now()],
        )


LAST_ENDED = """
    select coalesce(max(id), 0) from runs where site_id = ? and action = 'crawl'
    and state in ('complete', 'partial', 'refused', 'failed')
"""


def start_run(db: Database, site_id: str, action: Literal["crawl", "process"], version: str) -> RunContext:
    """Open a run. One that was killed before it could say how it ended is marked as stopped."""
    at = now()
    with transaction(db):
        db.execute(
            "update runs set state = 'stopped', finished_at = ?, message = 'killed before it could report'"
            " where site_id = ? and state = 'running'",
            [at, site_id],
        )
        before = db.execute(LAST_ENDED, [site_id]).fetchone()[0]
        run_id = db.execute(
            "insert into runs(site_id, action, state, started_at, pipeline_version)"
            " values (?, ?, 'running', ?, ?) returning id",
            [site_id, action, at, version],
        ).fetchone()[0]
    return RunContext(
        run_id=run_id,
        site_id=site_id,
        pipeline_version=version,
        fetches=action == "crawl",
        before=before,
    )


COUNTS = (
    "requests fetched unchanged new_posts changed_posts gone_posts failed skipped_by_robots posts flags_open"
    " size_bytes template_confidence"
).split()


def finish_run(
    db: Database, run: RunContext, state: RunState, message: str, counts: Mapping[str, Any]
) -> None:
    """Close a run with its report; `counts` holds columns of runs, and causes that go into its JSON."""
    columns = {name: counts[name] for name in COUNTS if name in counts}
    assignments = "".join(f", {name} = :{name}" for name in columns)
    report = json.dumps({name: value for name, value in counts.items() if name not in columns}, default=str)
    with transaction(db):
        db.execute(
            "update runs set state = :state, finished_at = :at, message = :message, report = :report"
            f"{assignments} where id = :id",
            {**columns, "state": state, "at": now(), "message": message, "report": report, "id": run.run_id},
        )


REQUESTS_SINCE = """
    select coalesce(sum(max(iif(r.started_at >= :since, coalesce(r.requests, 0), 0),
        (select count(*) from fetches f where f.run_id = r.id and f.fetched_at >= :since
            and (f.status is not null or f.outcome = 'failed')))), 0)
    from runs r where r.site_id = :site and coalesce(r.finished_at, r.started_at) >= :since
"""
"""A killed run never said how much it asked for, one over midnight not how much of it after."""


def requests_since(db: Database, site_id: str, since: str) -> int:
    """Count what a site was asked for since a moment, by runs that were killed, too."""
    row = db.execute(REQUESTS_SINCE, {"site": site_id, "since": since}).fetchone()
    return int(row[0])


def sync_rules(db: Database, rules: Sequence[Mapping[str, str]]) -> None:
    """Store what the rules say of themselves: name, summary, severity, fix, page (Markdown)."""
    with transaction(db):
        db.conn.executemany(
            "insert into rules(name, summary, severity, fix, page)"
            " values (:name, :summary, :severity, :fix, :page) on conflict(name) do update set"
            " summary = excluded.summary, severity = excluded.severity, fix = excluded.fix,"
            " page = excluded.page",
            rules,
        )
