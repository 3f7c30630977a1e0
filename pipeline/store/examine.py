"""Look at a database without changing it: sound, ours, up to date, searchable; how its runs went."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pipeline.store.db import known_steps
from pipeline.store.search import SEARCHED

BUSY_S = 5.0


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database for reading only."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_S)) as conn:
        yield conn


def damage_in(conn: sqlite3.Connection) -> str | None:
    """Read every page; say what is wrong, None when nothing is."""
    try:
        verdict = str(conn.execute("pragma quick_check(1)").fetchone()[0])
        strays = conn.execute("pragma foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    if verdict == "ok" and strays is not None:
        return f"a row of {strays[0]} refers to nothing"
    return None if verdict == "ok" else verdict


def schema_of(conn: sqlite3.Connection) -> tuple[set[str], set[str]]:
    """Give the steps that are still to be applied, and those that this release does not know."""
    known = known_steps()
    sql = "select name from _sqlite_migrations where migration_set = 'copydesk'"
    applied = {row[0] for row in conn.execute(sql)}
    return known - applied, applied - known


def broken_indexes(path: Path) -> list[str]:
    """Name the search indexes that do not agree with their tables.

    SQLite checks an index by a statement that counts as writing: it is taken back at once.
    Raises sqlite3.OperationalError while somebody else writes.
    """
    found = []
    with closing(sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)) as conn:
        for table in SEARCHED:
            conn.execute("begin immediate")
            try:
                conn.execute(f"insert into {table}_fts({table}_fts, rank) values ('integrity-check', 1)")
            except sqlite3.DatabaseError as error:
                if "malformed" not in str(error):
                    raise
                found.append(table)
            finally:
                conn.execute("rollback")
    return found


def newest_run(conn: sqlite3.Connection) -> str | None:
    """Tell when the newest run began."""
    found = conn.execute("select max(started_at) from runs").fetchone()[0]
    return str(found) if found else None


def last_complete(conn: sqlite3.Connection) -> dict[str, str | None]:
    """Tell when each site that is not paused was last crawled completely."""
    return dict(
        conn.execute(
            "select s.id, max(r.finished_at) from sites s left join runs r on r.site_id = s.id"
            " and r.action = 'crawl' and r.state = 'complete' where s.paused = 0 group by s.id"
        ).fetchall()
    )


def lock_holder(db_path: Path) -> str | None:
    """Say who holds the lock of a database, looking from outside: a crawl may want it just now."""
    path = db_path.with_name(db_path.name + ".lock")
    try:
        inode = path.stat().st_ino
        locks = Path("/proc/locks").read_text().splitlines()
    except OSError:
        return None
    if not any("FLOCK" in line and f":{inode} " in line for line in locks):
        return None
    return path.read_text("utf-8", "replace").strip() or "unknown"
