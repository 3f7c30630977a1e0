"""What is stored of posts whose addresses were fetched again: enough to tell whether their text changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.store.run import RunContext
from pipeline.store.transact import transaction

BATCH = 500


@dataclass(slots=True)
class Before:
    """The newest revision of a post."""

    revision_id: int
    content_hash: str
    place: tuple[str | None, int | None]


def before_of(db: Database, site_id: str, urls: Sequence[str]) -> dict[str, Before]:
    """Map addresses to what is stored of their posts."""
    found: dict[str, Before] = {}
    for start in range(0, len(urls), BATCH):
        chunk = urls[start : start + BATCH]
        rows = db.execute(
            "select pu.url, r.id, r.content_hash, r.warc_file, r.warc_offset from post_urls pu"
            " join posts p on p.id = pu.post_id join revisions r on r.id = p.revision_id"
            f" where pu.site_id = ? and p.state <> 'gone' and pu.url in ({','.join('?' * len(chunk))})",
            [site_id, *chunk],
        )
        for url, revision, content_hash, file, offset in rows.fetchall():
            found[url] = Before(revision, content_hash, (file, offset))
    return found


def texts_of(db: Database, revision_id: int) -> str:
    """Return a revision's text before cleaning."""
    return str(db.execute("select text_raw from revisions where id = ?", [revision_id]).fetchone()[0])


def quotes_of(db: Database, revision_id: int) -> list[str]:
    """List the leftovers that a revision shows."""
    rows = db.execute("select quote from findings where revision_id = ? and quote <> ''", [revision_id])
    return [str(row[0]) for row in rows.fetchall()]


def mark_not_found(db: Database, run: RunContext, urls: Sequence[str]) -> None:
    """Note that addresses answered 200 with the page that this site shows for what it does not have."""
    rows = [(run.site_id, url) for url in urls]
    with transaction(db):
        db.conn.executemany(
            "update urls set state = 'gone', error = 'soft_404', kind = 'error'"
            " where site_id = ? and url = ?",
            rows,
        )
        db.conn.executemany(
            "update fetches set outcome = 'gone', error = 'soft_404' where run_id = ?"
            " and url_id = (select id from urls where site_id = ? and url = ?)",
            [(run.run_id, *row) for row in rows],
        )
