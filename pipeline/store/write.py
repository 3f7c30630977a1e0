"""Write posts in short transactions; what did not change is not written."""

import json
from collections import Counter
from collections.abc import Iterable

from sqlite_utils import Database

from pipeline.records import Post
from pipeline.store.contents import write_contents
from pipeline.store.findings import write_findings
from pipeline.store.flags import refresh_flags
from pipeline.store.headings import renew_headings, write_headings
from pipeline.store.plan import Plan, plan_batch
from pipeline.store.remove import drop_posts
from pipeline.store.rows import POST_COLUMNS, REVISION_COLUMNS, PostRows, rows_of
from pipeline.store.run import RunContext
from pipeline.store.search import BATCH as SEARCH_BATCH
from pipeline.store.search import forget_posts, index_pending, index_posts
from pipeline.store.transact import give_way, now, transaction

BATCH_ROWS = 200

REVISION_FIELDS = ("content_hash", *REVISION_COLUMNS, "pipeline_version", "part_hashes")
SEEN = {"new", "revise", "replace", "unchanged"}
SOURCE_FIELDS = ("digest", "warc_file", "warc_offset")


def write_posts(db: Database, run: RunContext, posts: Iterable[Post]) -> Counter[str]:
    """Store posts; return how many were new, revised, replaced …"""
    writer = PostWriter(db, run)
    for post in posts:
        writer.add(rows_of(post))
    writer.close()
    return writer.counts


class PostWriter:
    """Collects posts and writes them in transactions of about 200 rows."""

    def __init__(self, db: Database, run: RunContext) -> None:
        """Write to `db` for one run of one site."""
        self.counts: Counter[str] = Counter()
        """Action of `plan.Action` -> posts."""
        self._db = db
        self._run = run
        self._batch: list[PostRows] = []
        self._urls: set[str] = set()
        self._rows = 0

    def add(self, rows: PostRows) -> None:
        """Take one post; it is on disk at the latest after `close`."""
        urls = {rows.url, rows.canonical_url or rows.url}
        if self._urls & urls or self._rows + rows.size > BATCH_ROWS:
            self.flush()
        self._batch.append(rows)
        self._urls |= urls
        self._rows += rows.size

    def flush(self) -> None:
        """Write what was collected, and let others write before the next batch."""
        if not self._batch:
            return
        plans = plan_batch(self._db, self._run.site_id, self._run.pipeline_version, self._batch)
        if any(plan.known for plan in plans):
            index_pending(self._db)  # only what is indexed can be taken out of the index
        with transaction(self._db):
            _apply(self._db, self._run, plans)
        self.counts.update(plan.action for plan in plans)
        self._batch, self._urls, self._rows = [], set(), 0
        give_way(self._db)
        index_pending(self._db, at_least=SEARCH_BATCH)

    def close(self) -> None:
        """Write what is left and make everything searchable."""
        self.flush()
        index_pending(self._db)


def _apply(db: Database, run: RunContext, plans: list[Plan]) -> None:
    at = now()
    _write_kinds(db, run, plans, at)
    drop_posts(db, [plan.post_id for plan in plans if plan.action == "drop"])
    full = [plan for plan in plans if plan.action in {"new", "revise", "replace"}]
    older = [plan for plan in plans if plan.action == "older"]
    _write_older(db, run, older)
    if full:
        _write_full(db, run, full, at)
    _see(db, run, plans, at)
    lost = [plan.rows.url for plan in plans if plan.action == "lost"]
    reason = "this address held a post and now does not; the last good revision was kept"
    db.conn.executemany(
        "insert into failures(run_id, site_id, url, stage, reason, failed_at) values (?,?,?,'extract',?,?)",
        [(run.run_id, run.site_id, url, reason, at) for url in lost],
    )


def _write_full(db: Database, run: RunContext, plans: list[Plan], at: str) -> None:
    reworded = [plan.post_id for plan in plans if plan.known and "search" in plan.changed]
    forget_posts(db, reworded)
    _write_posts(db, run, plans, at)
    _write_urls(db, run, plans, at)
    revisions = _write_revisions(db, run, plans, at)
    write_headings(db, plans, at)
    index_posts(db, reworded)
    write_contents(db, run.site_id, plans, revisions)
    write_findings(db, run, plans, revisions, at)
    refresh_flags(db, [plan.post_id for plan in plans])


def _write_kinds(db: Database, run: RunContext, plans: list[Plan], at: str) -> None:
    """Note what each address turned out to be; addresses that no crawl asked for become known here.

    An earlier page that is only read again for comparison says nothing of the one that came since.
    """
    back = "done" if run.fetches else "gone"
    db.conn.executemany(
        "insert into urls(site_id, url, state, kind, source, digest, warc_file, warc_offset, first_seen_at,"
        " last_seen_at, last_fetched_at, last_run_id)"
        " select ?1, ?2, 'done', ?3, 'archive', ?4, ?5, ?6, ?7, ?7, ?8, ?9"
        " where ?11 = 0 or exists (select 1 from urls where site_id = ?1 and url = ?2)"
        " on conflict(site_id, url) do update set"
        " kind = excluded.kind, state = iif(state = 'gone', ?10, state)"
        " where (kind is not excluded.kind or (state = 'gone' and ?10 = 'done')) and (?11 = 0"
        " or (warc_file is excluded.warc_file and warc_offset is excluded.warc_offset))",
        [
            (
                run.site_id,
                rows.url,
                rows.kind,
                *_source(rows),
                at,
                rows.fetched_at,
                run.run_id,
                back,
                plan.reread,
            )
            for rows, plan in ((plan.rows, plan) for plan in plans)
        ],
    )


def _see(db: Database, run: RunContext, plans: list[Plan], at: str) -> None:
    """Note that posts were there: what was only read again from the archive was not."""
    seen = [p.post_id for p in plans if run.fetches and not p.reread and p.action in SEEN]
    db.conn.executemany(
        "update posts set last_seen_at = ?, last_run_id = ? where id = ?", [(at, run.run_id, p) for p in seen]
    )


POST_FIELDS = (*POST_COLUMNS, "url", "id")
INSERT_POST = (
    f"insert into posts({', '.join(POST_FIELDS)}, site_id, first_seen_at, last_seen_at)"
    f" values ({', '.join('?' * (len(POST_FIELDS) + 3))})"
)
ASSIGNED = ", ".join(f"{column} = ?" for column in POST_FIELDS[:-1])
UPDATE_POST = f"update posts set {ASSIGNED}, state = 'live' where id = ?"


def _write_posts(db: Database, run: RunContext, plans: list[Plan], at: str) -> None:
    rows = [((*plan.rows.post, plan.url, plan.post_id), plan) for plan in plans]
    seen = [(*row, run.site_id, at, plan.rows.fetched_at or at) for row, plan in rows if plan.known is None]
    db.conn.executemany(INSERT_POST, seen)
    db.conn.executemany(UPDATE_POST, [row for row, plan in rows if plan.known is not None])


def _write_urls(db: Database, run: RunContext, plans: list[Plan], at: str) -> None:
    fetched = [(plan.rows.url, run.site_id, plan.post_id, "fetched", at) for plan in plans]
    claimed = [
        (plan.rows.canonical_url, run.site_id, plan.post_id, "canonical", at)
        for plan in plans
        if plan.rows.canonical_url
    ]
    insert = (
        "insert into post_urls(url, site_id, post_id, role, is_current, first_seen_at) values (?,?,?,?,0,?)"
        " on conflict(site_id, url) do "
    )
    db.conn.executemany(
        insert + "update set post_id = excluded.post_id, role = 'fetched' where role = 'canonical'", fetched
    )
    db.conn.executemany(insert + "nothing", claimed)
    db.conn.executemany(
        "update post_urls set is_current = (url = ?1) where post_id = ?2 and is_current <> (url = ?1)",
        [(plan.url, plan.post_id) for plan in plans],
    )


HEAD_FIELDS = ("id", "post_id", "number", "first_seen_at", "first_run_id", "changes")
INSERT_REVISION = (
    f"insert into revisions({', '.join(HEAD_FIELDS + REVISION_FIELDS + SOURCE_FIELDS)})"
    f" values ({', '.join('?' * len(HEAD_FIELDS + REVISION_FIELDS + SOURCE_FIELDS))})"
)


def _write_revisions(db: Database, run: RunContext, plans: list[Plan], at: str) -> dict[str, int]:
    """Write the newest revision of each post; return post -> its revision."""
    first_free = db.execute("select coalesce(max(id), 0) + 1 from revisions").fetchone()[0]
    added = [plan for plan in plans if plan.action != "replace"]
    ids = {plan.post_id: first_free + index for index, plan in enumerate(added)}
    db.conn.executemany(
        INSERT_REVISION,
        [
            (ids[plan.post_id], *_head(run, plan, at), *_revision(run, plan.rows), *_source(plan.rows))
            for plan in added
        ],
    )
    newest = [(revision, post_id) for post_id, revision in ids.items()]
    db.conn.executemany("update posts set revision_id = ? where id = ?", newest)
    replaced = [(plan.rows, plan.known) for plan in plans if plan.action == "replace" and plan.known]
    db.conn.executemany(
        f"update revisions set {', '.join(f'{c} = ?' for c in REVISION_FIELDS + SOURCE_FIELDS)} where id = ?",
        [(*_revision(run, rows), *_source(rows), known.revision_id) for rows, known in replaced],
    )
    return ids | {known.post_id: known.revision_id for _, known in replaced}


def _write_older(db: Database, run: RunContext, plans: list[Plan]) -> None:
    db.conn.executemany(
        f"update revisions set {', '.join(f'{column} = ?' for column in REVISION_FIELDS)} where id = ?",
        [(*_revision(run, plan.rows), plan.older_revision_id) for plan in plans],
    )
    renew_headings(db, {plan.post_id for plan in plans})


def _head(run: RunContext, plan: Plan, at: str) -> tuple[object, ...]:
    number = plan.known.number + 1 if plan.known else 1
    seen_at = plan.rows.fetched_at or at
    changes = ", ".join(sorted(plan.changed - {"revision", "post"})) if plan.known else None
    return plan.post_id, number, seen_at, run.run_id, changes


def _revision(run: RunContext, rows: PostRows) -> tuple[object, ...]:
    return rows.content_hash, *rows.revision, run.pipeline_version, json.dumps(rows.part_hashes)


def _source(rows: PostRows) -> tuple[object, ...]:
    return rows.digest, rows.warc_file, rows.warc_offset
