"""Backup and restore: whole or not at all, and read again before anyone relies on them."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from pipeline.errors import StoreError
from pipeline.store.db import MAGIC, close_store, open_store
from pipeline.store.holder import who_holds
from pipeline.store.transact import store_errors

COUNTED = "sites runs urls posts revisions sections findings flags verdicts editorial".split()


def write_backup(db: Database, target: Path) -> dict[str, int]:
    """Copy an open database as it stands; return the counts that the copy holds.

    Raises StoreError when the target exists, or the copy is not sound.
    """
    if target.exists():
        raise StoreError(f"{target} is there already; name another file, or remove it")
    if not target.parent.is_dir():
        raise StoreError(f"the folder {target.parent} does not exist; create it first")
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    with store_errors(target):
        db.conn.execute("vacuum into ?", [str(part)])
    try:
        counts = checked(part)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    part.replace(target)
    return counts


def restore_backup(source: Path, target: Path) -> tuple[Path | None, dict[str, int]]:
    """Put a checked copy of a backup in the place of a database; return where the old one is, and counts.

    Raises StoreError when the backup is not sound or somebody has the database open.
    """
    counts = checked(source)
    if target.exists() and who_holds(target):
        raise StoreError(f"{target} is open in another program; stop it first (copydesk serve, perhaps)")
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    with closing(_read_only(source)) as given, closing(sqlite3.connect(part)) as copy:
        given.backup(copy)
    if checked(part) != counts:
        raise StoreError(f"{part} differs from {source} after copying; is the disk sound?")
    close_store(open_store(part))  # an older schema is upgraded here, not under the first reader
    kept = _put_aside(target)
    part.replace(target)
    return kept, counts


def checked(path: Path) -> dict[str, int]:
    """Read a copy as a stranger would: sound, ours, and how much it holds."""
    if not path.is_file() or path.open("rb").read(len(MAGIC)) != MAGIC:
        raise StoreError(f"{path} is no copydesk database; name the file that copydesk backup wrote")
    with store_errors(path), closing(_read_only(path)) as conn:
        verdict = conn.execute("pragma quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise StoreError(f"{path} is damaged ({verdict}); take an older backup")
        tables = {row[0] for row in conn.execute("select name from sqlite_master where type = 'table'")}
        if not {"posts", "verdicts", "_sqlite_migrations"} <= tables:
            raise StoreError(f"{path} is no copydesk database; name the file that copydesk backup wrote")
        return {t: conn.execute(f"select count(*) from {t}").fetchone()[0] for t in COUNTED if t in tables}


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _put_aside(target: Path) -> Path | None:
    if not target.exists():
        return None
    close_store(Database(sqlite3.connect(target), execute_plugins=False))
    kept = target.with_name(f"{target.name}.before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S}")
    target.replace(kept)
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    return kept
