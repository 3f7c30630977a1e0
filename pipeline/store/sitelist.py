"""Sites as a person manages them: paused, resumed, removed with or without their history."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.store.remove import drop_posts
from pipeline.store.search import forget_posts, forget_sections, index_pending
from pipeline.store.transact import transaction

PARENTS = {
    "posts": "select id from posts where site_id = :site",
    "urls": "select id from urls where site_id = :site",
    "runs": "select id from runs where site_id = :site",
    "causes": "select id from causes where site_id = :site",
    "sites": "select :site",
}
"""What other tables refer to; the rows of a site go before what they refer to."""
TRIGGERS = ("verdicts_keep", "editorial_keep")
"""They guard what people wrote against everything but the removal of its site."""
BATCH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """What taking a site out means."""

    posts: int
    revisions: int
    flags: int
    verdicts: int
    urls: int
    runs: int


def set_paused(db: Database, site_id: str, paused: int) -> None:
    """Pause a site (1) or go on with it (0)."""
    with transaction(db):
        db.execute("update sites set paused = ? where id = ?", [paused, site_id])


def paused_sites(db: Database) -> set[str]:
    """Name the sites that are paused."""
    return {row[0] for row in db.execute("select id from sites where paused = 1").fetchall()}


def other_homes(db: Database, site_id: str) -> list[str]:
    """List the home pages of all other sites."""
    return [row[0] for row in db.execute("select home_url from sites where id <> ?", [site_id]).fetchall()]


def weigh(db: Database, site_id: str) -> Removal:
    """Count what a site holds."""
    counts = {
        "posts": "posts where site_id = ?",
        "revisions": "revisions r join posts p on p.id = r.post_id where p.site_id = ?",
        "flags": "flags where site_id = ?",
        "verdicts": "verdicts v join finding_history h on h.key = v.finding where h.site_id = ?",
        "urls": "urls where site_id = ?",
        "runs": "runs where site_id = ?",
    }
    found = {name: db.execute(f"select count(*) from {sql}", [site_id]) for name, sql in counts.items()}
    return Removal(**{name: int(cursor.fetchone()[0]) for name, cursor in found.items()})


def remove_contents(db: Database, site_id: str) -> None:
    """Take out what the archive can bring back; history stays, and so do posts that people spoke of."""
    ids = [row[0] for row in db.execute("select id from posts where site_id = ?", [site_id]).fetchall()]
    index_pending(db)
    for start in range(0, len(ids), BATCH):
        with transaction(db):
            drop_posts(db, ids[start : start + BATCH])
    with transaction(db):
        db.execute("update urls set kind = null where site_id = ?", [site_id])
        db.execute("update sites set paused = 1 where id = ?", [site_id])


def remove_site(db: Database, site_id: str) -> None:
    """Take out a site with everything that is known of it, verdicts included."""
    remove_contents(db, site_id)
    named = {"site": site_id}
    with transaction(db), _unguarded(db):
        db.conn.execute("pragma defer_foreign_keys = on")
        ids = [row[0] for row in db.execute(PARENTS["posts"], named).fetchall()]
        forget_sections(db, ids)
        forget_posts(db, ids)
        keys = "select key from finding_history where site_id = :site"
        db.execute(f"delete from verdicts where finding in ({keys})", named)
        db.execute("delete from finding_history where site_id = :site", named)
        for parent, owned in PARENTS.items():
            for table, column in _referring(db, parent):
                db.execute(f"delete from {table} where {column} in ({owned})", named)
            own_key = "id" if parent == "sites" else "site_id"
            db.execute(f"delete from {parent} where {own_key} = :site", named)


def _referring(db: Database, parent: str) -> list[tuple[str, str]]:
    """List tables and columns that refer to a table, so that what is added later is not forgotten."""
    found = db.execute(
        'select m.name, f."from" from sqlite_master m, pragma_foreign_key_list(m.name) f'
        " where m.type = 'table' and f.\"table\" = ?",
        [parent],
    )
    return [(table, column) for table, column in found.fetchall() if table not in PARENTS]


@contextmanager
def _unguarded(db: Database) -> Iterator[None]:
    marks = ",".join("?" * len(TRIGGERS))
    guards = db.execute(f"select name, sql from sqlite_master where name in ({marks})", TRIGGERS).fetchall()
    for name, _ in guards:
        db.execute(f"drop trigger {name}")
    yield
    for _, sql in guards:
        db.execute(sql)
