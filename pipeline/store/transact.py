"""Short write transactions, and one sentence with a remedy for whatever SQLite raises."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from sqlite_utils import Database

from pipeline.errors import StoreError
from pipeline.store.holder import who_holds, who_writes

PAUSE_S = 0.05
ASK_EVERY_S = 0.5


def now() -> str:
    """Return the time of day as the store writes it: ISO 8601, UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@contextmanager
def transaction(db: Database) -> Iterator[Database]:
    """Hold the write lock for the block; commit at its end, roll back when it raises.

    Raises: StoreError when the lock does not come free, the disk is full or the file is damaged.
    """
    with store_errors(path_of(db)):
        db.conn.execute("begin immediate")
        try:
            yield db
        except BaseException:
            if db.conn.in_transaction:
                db.conn.execute("rollback")
            raise
        db.conn.execute("commit")


def give_way(db: Database) -> None:
    """Let others write before the next batch: waiting for SQLite's lock is not fair to them."""
    if _has_company(path_of(db), int(time.monotonic() / ASK_EVERY_S)):
        time.sleep(PAUSE_S)


@lru_cache(maxsize=4)
def _has_company(path: Path, _moment: int) -> bool:
    """Tell whether another process has the database open; asked anew when the moment changes."""
    return bool(who_holds(path))


def path_of(db: Database) -> Path:
    """Tell which file a database is."""
    return Path(db.conn.execute("pragma database_list").fetchone()[2])


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite raises into one sentence with a remedy."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(_sentence(error, path)) from error


def _sentence(error: sqlite3.Error, path: Path) -> str:
    text = str(error)
    if "locked" in text or "busy" in text:
        holder = who_writes(path)
        return f"{path} is locked by {holder or 'another program'}; let it finish and run again"
    if "full" in text or "disk I/O" in text:
        return f"{path} cannot grow ({text}); free some space and run again: what was stored is safe"
    if "readonly" in text or "unable to open" in text:
        return f"{path} cannot be written to ({text}); check the permissions of the file and its folder"
    if "malformed" in text or "not a database" in text:
        return damaged(path, text)
    return f"{path}: {text}"


def damaged(path: Path, what: str) -> str:
    """Say that a file is damaged and how to rescue what can be read."""
    return (
        f"{path} is damaged ({what}); put a backup in its place, or rescue what can be read with:"
        f" copydesk rescue rescued.db --db {path} (or SQLite's own .recover)"
    )
