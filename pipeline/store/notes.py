"""Notes beside the posts: what addresses turned out to be, and pages that could not be read."""

from collections.abc import Sequence

from sqlite_utils import Database

from pipeline.records import Failure
from pipeline.store.run import RunContext
from pipeline.store.transact import now, transaction

BATCH_ROWS = 200


def mark_kinds(db: Database, site_id: str, kinds: Sequence[tuple[str, str]]) -> None:
    """Note what addresses turned out to be that brought no post: (kind, address)."""
    for start in range(0, len(kinds), BATCH_ROWS):
        with transaction(db):
            db.conn.executemany(
                "update urls set kind = ? where site_id = ? and url = ?",
                [(kind, site_id, url) for kind, url in kinds[start : start + BATCH_ROWS]],
            )


def write_failures(db: Database, run: RunContext, failures: Sequence[Failure]) -> None:
    """Record pages that could not become posts."""
    at = now()
    for start in range(0, len(failures), BATCH_ROWS):
        _write(db, run, failures[start : start + BATCH_ROWS], at)


def _write(db: Database, run: RunContext, failures: Sequence[Failure], at: str) -> None:
    with transaction(db):
        db.conn.executemany(
            "insert into failures(run_id, site_id, url, stage, reason, detail, failed_at)"
            " values (?, ?, ?, ?, ?, ?, ?)",
            [(run.run_id, run.site_id, f.url, f.stage, f.reason, f.detail, at) for f in failures],
        )
