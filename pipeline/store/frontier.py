"""The crawler's frontier in SQLite: every URL of one site with its state, so that a killed crawl goes on."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from pipeline.crawl_records import Candidate, CrawlTask, FetchOutcome, Validators
from pipeline.store.run import RunContext
from pipeline.store.transact import now, transaction

PRIORITIES = {"seed": 0, "sitemap": 1, "feed": 1, "rest": 1, "redirect": 1, "canonical": 1, "link": 2}
"""Source -> what is handed out first; the crawler hands out in the same order where it has no store."""
BATCH = 200

ADD = """
    insert into urls(site_id, url, source, priority, depth, lastmod, first_seen_at, last_seen_at)
    values (:site, :url, :source, :priority, :depth, :lastmod, :at, :at)
    on conflict(site_id, url) do update set
        lastmod = coalesce(excluded.lastmod, lastmod),
        last_seen_at = excluded.last_seen_at,
        next_try_at = null,
        state = iif(state = 'doing', state, 'todo')
    where excluded.source = 'seed' or (excluded.lastmod is not null and excluded.lastmod is not lastmod)
"""
TAKE = """
    select id, url, depth, source, tries + 1, etag, last_modified, digest from urls
    where site_id = ? and state = 'todo' and (next_try_at is null or next_try_at <= ?)
    order by priority, depth, id limit ?
"""
SETTLE = """
    update urls set state = :state, status = :status, error = :error, next_try_at = :next_try_at,
        etag = coalesce(:etag, etag), last_modified = coalesce(:last_modified, last_modified),
        digest = coalesce(:digest, digest), redirects_to = :redirects_to,
        media_type = coalesce(:media_type, media_type), kind = iif(:fresh, null, kind),
        warc_file = iif(:fresh, :warc_file, warc_file), warc_offset = iif(:fresh, :warc_offset, warc_offset),
        last_seen_at = :at, last_fetched_at = coalesce(:fetched_at, last_fetched_at), last_run_id = :run,
        tries = iif(:state = 'todo', tries, 0)
    where site_id = :site and url = :url
"""
FETCHED = """
    insert into fetches(run_id, url_id, fetched_at, outcome, status, size_bytes, duration_ms, digest,
        warc_file, warc_offset, error)
    select :run, id, coalesce(:fetched_at, :at), :outcome, :status, :size_bytes, :duration_ms, :digest,
        :warc_file, :warc_offset, :error
    from urls where site_id = :site and url = :url
"""


class SqliteFrontier:
    """Remembers the URLs of one site on behalf of one run."""

    def __init__(self, db: Database, run: RunContext) -> None:
        """Take over the rows of the run's site."""
        self._db = db
        self._run = run
        self._site = run.site_id

    def release(self) -> int:
        """Put what an interrupted run left in "doing" back to "todo"; return how many."""
        with transaction(self._db):
            done = self._db.execute(
                "update urls set state = 'todo' where site_id = ? and state = 'doing'", [self._site]
            )
        return int(done.rowcount)

    def known(self) -> Iterator[str]:
        """Yield every URL held, whatever its state."""
        for (url,) in self._db.execute("select url from urls where site_id = ?", [self._site]):
            yield url

    def add(self, candidates: Sequence[Candidate]) -> None:
        """Remember URLs; seeds and those with a new `lastmod` are asked for again."""
        at = now()
        rows = [
            {
                "site": self._site,
                "url": candidate.url,
                "source": candidate.source,
                "priority": PRIORITIES.get(candidate.source, 2),
                "depth": candidate.depth,
                "lastmod": candidate.lastmod,
                "at": at,
            }
            for candidate in candidates
        ]
        for start in range(0, len(rows), BATCH):
            with transaction(self._db):
                self._db.conn.executemany(ADD, rows[start : start + BATCH])

    def take(self, limit: int) -> list[CrawlTask]:
        """Hand out the best rows that may be asked for now; they are "doing" from here on."""
        with transaction(self._db):
            rows = self._db.execute(TAKE, [self._site, now(), limit]).fetchall()
            self._db.conn.executemany(
                "update urls set state = 'doing', tries = tries + 1 where id = ?", [(row[0],) for row in rows]
            )
        return [
            CrawlTask(
                url=url,
                depth=depth,
                source=source,
                tries=tries,
                validators=Validators(etag=etag, last_modified=last_modified),
                digest=digest,
            )
            for _, url, depth, source, tries, etag, last_modified, digest in rows
        ]

    def settle(self, outcomes: Sequence[FetchOutcome]) -> None:
        """Write what came of tasks, all in one transaction."""
        at = now()
        rows = [self._row(outcome, at) for outcome in outcomes]
        with transaction(self._db):
            known = self._known_digests([outcome.url for outcome in outcomes])
            for row, outcome in zip(rows, outcomes, strict=True):
                row["outcome"] = _outcome(outcome, known.get(outcome.url))
            self._db.conn.executemany(FETCHED, [row for row in rows if row["outcome"] is not None])
            self._db.conn.executemany(SETTLE, rows)

    def counts(self) -> Mapping[str, int]:
        """Return state -> number of URLs."""
        rows = self._db.execute("select state, count(*) from urls where site_id = ? group by 1", [self._site])
        return dict(rows.fetchall())

    def _known_digests(self, urls: Sequence[str]) -> dict[str, str | None]:
        marks = ",".join("?" * len(urls))
        sql = f"select url, digest from urls where site_id = ? and url in ({marks})"
        return dict(self._db.execute(sql, [self._site, *urls]).fetchall())

    def _row(self, outcome: FetchOutcome, at: str) -> dict[str, object]:
        redirected = outcome.final_url != outcome.url
        return {
            "site": self._site,
            "run": self._run.run_id,
            "at": at,
            "url": outcome.url,
            "state": outcome.state,
            "status": outcome.status,
            "error": outcome.error,
            "next_try_at": _later(outcome.retry_after_s),
            "etag": outcome.validators.etag,
            "last_modified": outcome.validators.last_modified,
            "digest": outcome.digest,
            "redirects_to": outcome.final_url if redirected else None,
            "fresh": _is_fresh(outcome),
            "media_type": outcome.media_type,
            "warc_file": outcome.warc_file,
            "warc_offset": outcome.warc_offset,
            "fetched_at": outcome.fetched_at,
            "size_bytes": outcome.size_bytes,
            "duration_ms": outcome.duration_ms,
        }


def _is_fresh(outcome: FetchOutcome) -> bool:
    """Tell whether a payload came that is not looked at yet; a redirect has none."""
    has_payload = outcome.media_type is not None and outcome.warc_file is not None
    return outcome.state == "done" and has_payload and not outcome.unchanged


def _outcome(outcome: FetchOutcome, known_digest: str | None) -> str | None:
    """Name what a fetch was; None for a URL that was never asked for."""
    if outcome.state == "done":
        if outcome.final_url != outcome.url:
            return "redirect"
        if outcome.unchanged:
            return "unchanged"
        return "new" if known_digest is None else "changed"
    if outcome.state == "gone":
        return "gone"
    if outcome.state == "skipped":
        return "skipped"
    never_asked = outcome.status is None and outcome.error is None
    return None if never_asked else "failed"


def _later(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    at = datetime.now(UTC) + timedelta(seconds=seconds)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
