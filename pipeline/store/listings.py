"""What sitemaps, feeds and the CMS list: which address, in which document, changed when."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.crawl_records import Candidate
from pipeline.store.run import RunContext

HINTS = ("sitemap", "feed", "rest")
BATCH = 200

KNOWN = """
    select u.url, u.id, u.state, coalesce(u.last_run_id, 0), l.source, l.lastmod, l.listed_in
    from urls u left join listings l on l.url_id = u.id and l.source = ?
    where u.site_id = ? and u.url in ({})
"""
LIST = """
    insert into listings(url_id, source, lastmod, listed_in, changed_run_id) values (?, ?, ?, ?, ?)
    on conflict(url_id, source) do update set listed_in = excluded.listed_in,
        lastmod = coalesce(excluded.lastmod, lastmod),
        changed_run_id = coalesce(excluded.changed_run_id, changed_run_id)
"""
CLAIMED = """
    update urls set state = iif(state = 'doing', state, 'todo'), next_try_at = null, reason = ?,
        lastmod = coalesce(?, lastmod)
    where id = ?
"""
SHELVED = """
    select u.url, u.id, u.last_run_id between 1 and ?, l.categories
    from urls u join listings l on l.url_id = u.id and l.source = 'rest'
    where u.site_id = ? and u.url in ({})
"""


@dataclass(frozen=True, slots=True)
class _Row:
    url_id: int
    state: str
    last_run_id: int
    is_listed: bool
    lastmod: str | None
    listed_in: int | None


class Listings:
    """The documents of one site, read on behalf of one run."""

    def __init__(self, db: Database, run: RunContext) -> None:
        """Know no document yet."""
        self._db = db
        self._run = run
        self._documents: dict[str, int] = {}
        self._listed: dict[int, set[int]] = {}

    def note(self, candidates: Sequence[Candidate]) -> None:
        """Write what documents say, inside the caller's transaction; what is new to them is asked again."""
        for source in HINTS:
            listed = [c for c in candidates if c.source == source and (c.listed_in or c.lastmod)]
            for start in range(0, len(listed), BATCH):
                self._note(source, listed[start : start + BATCH])

    def read(self, url: str) -> None:
        """Take out of a document what it no longer lists, once it was read to its end."""
        document = self._document(url)
        listed = self._listed.pop(document, set()) if document is not None else set()
        held = self._db.execute("select url_id, source from listings where listed_in = ?", [document])
        dropped = [row for row in held.fetchall() if row[0] not in listed]
        self._db.conn.executemany(
            "update listings set listed_in = null where url_id = ? and source = ?", dropped
        )

    def shelve(self, candidates: Sequence[Candidate]) -> None:
        """Write how the CMS calls the categories of posts; one whose were called otherwise is asked again.

        Renaming a category changes no date anywhere.
        """
        shelved = {c.url: c.categories for c in candidates if c.categories is not None}
        if not shelved:
            return
        marks = ",".join("?" * len(shelved))
        found = self._db.execute(
            SHELVED.format(marks), [self._run.before, self._run.site_id, *shelved]
        ).fetchall()
        new = [
            (url_id, shelved[url], was and before)
            for url, url_id, before, was in found
            if was != shelved[url]
        ]
        self._db.conn.executemany(
            "update listings set categories = ? where url_id = ? and source = 'rest'",
            [(categories, url_id) for url_id, categories, _ in new],
        )
        claims = [("its category was renamed", None, url_id) for url_id, _, is_claim in new if is_claim]
        self._db.conn.executemany(CLAIMED, claims)

    def _note(self, source: str, candidates: Sequence[Candidate]) -> None:
        rows = self._rows(source, {candidate.url for candidate in candidates})
        lists, claims = [], []
        for candidate in candidates:
            row = rows.get(candidate.url)
            if row is None:
                continue
            document = self._document(candidate.listed_in) if candidate.listed_in else None
            if document is not None:
                self._listed.setdefault(document, set()).add(row.url_id)
            says_new = candidate.lastmod is not None and candidate.lastmod != row.lastmod
            if says_new or document != row.listed_in or not row.is_listed:
                claimed = self._run.run_id if says_new and row.is_listed else None
                lists.append((row.url_id, source, candidate.lastmod, document, claimed))
            returned = row.state == "gone" and row.listed_in is None
            if (says_new or returned) and row.state != "todo" and 0 < row.last_run_id <= self._run.before:
                claims.append((f"{source} says it changed", candidate.lastmod, row.url_id))
        self._db.conn.executemany(LIST, lists)
        self._db.conn.executemany(CLAIMED, claims)

    def _rows(self, source: str, urls: Collection[str]) -> dict[str, _Row]:
        marks = ",".join("?" * len(urls))
        found = self._db.execute(KNOWN.format(marks), [source, self._run.site_id, *urls])
        return {
            url: _Row(url_id, state, last_run, listed is not None, lastmod, document)
            for url, url_id, state, last_run, listed, lastmod, document in found.fetchall()
        }

    def _document(self, url: str) -> int | None:
        if url not in self._documents:
            row = self._db.execute(
                "select id from urls where site_id = ? and url = ?", [self._run.site_id, url]
            ).fetchone()
            if row is None:
                return None
            self._documents[url] = row[0]
        return self._documents[url]
