"""When each finding was there: the facts that cannot be rebuilt from the archive."""

from collections.abc import Iterable

from sqlite_utils import Database

from pipeline.records import Finding
from pipeline.store.keys import fold
from pipeline.store.run import RunContext

REMEMBER = """
    insert into finding_history(key, post_id, site_id, rule, quote, first_seen_at, first_run_id,
        last_seen_at, last_run_id)
    values (:key, :post, :site, :rule, :quote, :at, :run, :at, :run)
    on conflict(key) do update set
        last_seen_at = iif(:fetches, :at, last_seen_at), last_run_id = iif(:fetches, :run, last_run_id),
        reopened_at = iif(fixed_run_id > coalesce(reopened_run_id, 0), :at, reopened_at),
        reopened_run_id = iif(fixed_run_id > coalesce(reopened_run_id, 0), :run, reopened_run_id)
"""


def remember(
    db: Database, run: RunContext, post_id: str | None, seen: Iterable[tuple[str, Finding]], at: str
) -> None:
    """Note that findings, each with its key, were seen; one that counted as fixed is reopened."""
    db.conn.executemany(
        REMEMBER,
        [
            {
                "key": key,
                "post": post_id,
                "site": run.site_id,
                "rule": finding.rule,
                "quote": fold(finding.quote),
                "at": at,
                "run": run.run_id,
                "fetches": run.fetches,
            }
            for key, finding in seen
        ],
    )
