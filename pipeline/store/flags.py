"""Keep the table flags equal to its definition, the view flags_now."""

from collections.abc import Sequence

from sqlite_utils import Database

from pipeline.store.transact import transaction

BATCH = 200
DIFFERING = "select * from flags_now except select * from flags"


def refresh_flags(db: Database, post_ids: Sequence[str]) -> None:
    """Make the flags of these posts anew, inside the caller's transaction."""
    marks = ",".join("?" * len(post_ids))
    db.execute(f"delete from flags where post_id in ({marks})", post_ids)
    db.execute(f"insert into flags select * from flags_now where post_id in ({marks})", post_ids)


def refresh_keys(db: Database, keys: Sequence[str]) -> None:
    """Make single flags anew, inside the caller's transaction."""
    marks = ",".join("?" * len(keys))
    db.execute(f"delete from flags where key in ({marks})", keys)
    db.execute(f"insert into flags select * from flags_now where key in ({marks})", keys)


def refresh_all_flags(db: Database) -> int:
    """Bring every flag up to date: a dismissal may have ended since. Return how many rows differed."""
    with transaction(db):
        gone = db.execute("delete from flags where key not in (select key from findings)").rowcount
        keys = [row[0] for row in db.execute(f"select key from ({DIFFERING})").fetchall()]
        for start in range(0, len(keys), BATCH):
            refresh_keys(db, keys[start : start + BATCH])
    return int(gone) + len(keys)


def open_flags(db: Database, site_id: str) -> int:
    """Count the flags of a site that wait for somebody."""
    states = "('open', 'claimed', 'reopened')"
    found = db.execute(f"select count(*) from flags where site_id = ? and state in {states}", [site_id])
    return int(found.fetchone()[0])
