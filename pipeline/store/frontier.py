"""The crawler's frontier in SQLite: every URL of one site with its state, so that a killed crawl goes on."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlite_utils import Database

from pipeline.crawl_records import Candidate, CrawlTask, FetchOutcome, Validators
from pipeline.store.listings import Listings
from pipeline.store.nightly import known_seeds, queue_rechecks
from pipeline.store.run import RunContext
from pipeline.store.transact import now, transaction
from pipeline.store.trust import are_validators_believed

PRIORITIES = {"seed": 0, "sitemap": 1, "feed": 1, "rest": 1, "redirect": 1, "canonical": 1, "link": 2}
"""Source -> what is handed out first; the crawler hands out in the same order where it has no store."""
BATCH = 200
DOCUMENTS = ("application/xml", "application/rss+xml", "application/feed+json", "application/json")
"""Media types of sitemaps, feeds and the REST interface's lists."""

ADD = """
    insert into urls(site_id, url, source, priority, depth, lastmod, first_seen_at, last_seen_at, reason,
        is_linked)
    values (:site, :url, :source, :priority, :depth, :lastmod, :at, :at, 'new', :linked)
    on conflict(site_id, url) do update set
        last_seen_at = excluded.last_seen_at,
        next_try_at = null,
        reason = 'every night',
        state = iif(state = 'doing', state, 'todo')
    where excluded.source = 'seed'
"""
LINKED = "update urls set is_linked = 1 where site_id = ? and url = ? and is_linked = 0"
TAKE = """
    select id, url, depth, source, tries + 1, etag, last_modified, digest, reason, priority from urls
    where site_id = ? and state = 'todo' and (next_try_at is null or next_try_at <= ?)
    order by priority, depth, id limit ?
"""
SETTLE = """
    update urls set state = :state, status = :status, error = :error, next_try_at = :next_try_at,
        etag = coalesce(:etag, etag), last_modified = coalesce(:last_modified, last_modified),
        digest = coalesce(:digest, digest), redirects_to = :redirects_to,
        media_type = coalesce(:media_type, media_type), kind = iif(:fresh, null, kind),
        held_event_id = iif(:fresh, null, held_event_id),
        warc_file = iif(:fresh, :warc_file, warc_file), warc_offset = iif(:fresh, :warc_offset, warc_offset),
        last_seen_at = :at, last_fetched_at = coalesce(:fetched_at, last_fetched_at), last_run_id = :run,
        tries = iif(:state = 'todo', tries, 0)
    where site_id = :site and url = :url
"""
FETCHED = """
    insert into fetches(run_id, url_id, fetched_at, outcome, status, size_bytes, duration_ms, digest,
        warc_file, warc_offset, error, reason)
    select :run, id, coalesce(:fetched_at, :at), :outcome, :status, :size_bytes, :duration_ms, :digest,
        :warc_file, :warc_offset, :error,
        iif(:blindly and coalesce(etag, last_modified) is not null and etag is :etag
            and last_modified is :last_modified, 'probe: same validators', reason)
    from urls where site_id = :site and url = :url
"""


class SqliteFrontier:
    """Remembers the URLs of one site on behalf of one run."""

    def __init__(self, db: Database, run: RunContext) -> None:
        """Take over the rows of the run's site."""
        self._db = db
        self._run = run
        self._site = run.site_id
        self._listings = Listings(db, run)
        self._asks_if_changed = are_validators_believed(db, run.site_id)
        self._blindly: set[str] = set()

    def seeds(self) -> list[tuple[str, int]]:
        """List the documents that brought something before, each with its depth."""
        return known_seeds(self._db, self._site)

    def recheck(self) -> int:
        """Put what hints do not vouch for back to "todo", and a rotating part of everything."""
        return queue_rechecks(self._db, self._run)

    def note_linked(self, urls: Sequence[str]) -> None:
        """Remember that pages of the site link to these addresses."""
        for start in range(0, len(urls), BATCH):
            with transaction(self._db):
                rows = [(self._site, url) for url in urls[start : start + BATCH]]
                self._db.conn.executemany(LINKED, rows)

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
                "linked": candidate.source in {"link", "redirect"},
            }
            for candidate in candidates
        ]
        for start in range(0, len(rows), BATCH):
            with transaction(self._db):
                self._db.conn.executemany(ADD, rows[start : start + BATCH])
                self._listings.note(candidates[start : start + BATCH])
                self._listings.shelve(candidates[start : start + BATCH])

    def take(self, limit: int) -> list[CrawlTask]:
        """Hand out the best rows that may be asked for now; they are "doing" from here on.

        Seeds come alone: what they list may be better than what is known.
        """
        with transaction(self._db):
            found = self._db.execute(TAKE, [self._site, now(), limit]).fetchall()
            rows = [row for row in found if row[9] == PRIORITIES["seed"]] or found
            self._db.conn.executemany(
                "update urls set state = 'doing', tries = tries + 1 where id = ?", [(row[0],) for row in rows]
            )
        self._blindly.update(row[1] for row in rows if row[8] == "probe" or not self._asks_if_changed)
        return [self._task(row) for row in rows]

    def _task(self, row: tuple[Any, ...]) -> CrawlTask:
        _, url, depth, source, tries, etag, last_modified, digest, *_ = row
        blindly = url in self._blindly and source != "seed"
        return CrawlTask(
            url=url,
            depth=depth,
            source=source,
            tries=tries,
            validators=Validators() if blindly else Validators(etag=etag, last_modified=last_modified),
            digest=digest,
        )

    def settle(self, outcomes: Sequence[FetchOutcome]) -> None:
        """Write what came of tasks, all in one transaction."""
        at = now()
        rows = [self._row(outcome, at) for outcome in outcomes]
        with transaction(self._db):
            known = self._known([outcome.url for outcome in outcomes])
            for row, outcome in zip(rows, outcomes, strict=True):
                digest, error = known.get(outcome.url, (None, None))
                row["outcome"] = _outcome(outcome, digest)
                if outcome.unchanged and error == "soft_404":
                    row |= {"outcome": "gone", "state": "gone", "error": error}
            self._db.conn.executemany(FETCHED, [row for row in rows if row["outcome"] is not None])
            self._db.conn.executemany(SETTLE, rows)
            for outcome in outcomes:
                if _is_fresh(outcome) and outcome.media_type in DOCUMENTS:
                    self._listings.read(outcome.url)

    def counts(self) -> Mapping[str, int]:
        """Return state -> number of URLs."""
        rows = self._db.execute("select state, count(*) from urls where site_id = ? group by 1", [self._site])
        return dict(rows.fetchall())

    def _known(self, urls: Sequence[str]) -> dict[str, tuple[str | None, str | None]]:
        marks = ",".join("?" * len(urls))
        sql = f"select url, digest, error from urls where site_id = ? and url in ({marks})"
        rows = self._db.execute(sql, [self._site, *urls])
        return {url: (digest, error) for url, digest, error in rows.fetchall()}

    def _row(self, outcome: FetchOutcome, at: str) -> dict[str, object]:
        redirected = outcome.final_url != outcome.url
        return {
            "site": self._site,
            "run": self._run.run_id,
            "at": at,
            "url": outcome.url,
            "blindly": outcome.url in self._blindly,
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
