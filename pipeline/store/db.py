"""Open the database, refuse what is not ours or not sound, and bring it up to date."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from pipeline.errors import StoreError
from pipeline.store.migrations_60 import steps
from pipeline.store.transact import damaged, store_errors

NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "fuse.sshfs"}
MAGIC = b"SQLite format 3\x00"
QUICK_CHECK_BYTES = 500 * 2**20
"""A check reads every page: beyond this size it would cost more than a quiet night's run."""


def open_store(path: Path | str, busy_timeout_s: float = 30.0) -> Database:
    """Open a database for writing, create or upgrade it where needed.

    Raises: StoreError when the file is foreign, newer, corrupt, read-only, locked or on a network drive.
    """
    path = Path(path)
    _require_place(path)
    with store_errors(path):
        db = Database(_connect(path, busy_timeout_s), execute_plugins=False)
        try:
            _require_ours(db, path)
            _require_sound(db, path)
            _prepare(db, path)
        except BaseException:
            db.conn.close()
            raise
    return db


def open_existing(path: Path | str, busy_timeout_s: float = 30.0) -> Database:
    """Open a database that must be there already.

    Raises: StoreError like `open_store`, and when there is none.
    """
    if not Path(path).is_file():
        raise StoreError(
            f"there is no database at {path}; crawl a blog first: copydesk crawl URL --db {path}"
        )
    return open_store(path, busy_timeout_s)


def close_store(db: Database) -> None:
    """Fold the write-ahead log into the file and close it."""
    try:
        db.conn.execute("pragma wal_checkpoint(truncate)")
    except sqlite3.Error:
        pass  # a reader is in the way; the log stays valid and the next opener folds it in
    finally:
        db.conn.close()


def _require_place(path: Path) -> None:
    if path.is_dir():
        raise StoreError(f"{path} is a folder; name a file, for example --db {path / 'copydesk.db'}")
    if not path.parent.is_dir():
        raise StoreError(f"the folder {path.parent} for the database does not exist; create it first")
    if kind := network_drive(path.parent):
        raise StoreError(
            f"{path} is on a network drive ({kind}), where SQLite may lose data; use a local disk"
        )
    if path.is_file() and path.stat().st_size:
        with store_read(path) as start:
            if start != MAGIC:
                raise StoreError(f"{path} is not an SQLite database; choose another file with --db")


@contextmanager
def store_read(path: Path) -> Iterator[bytes]:
    """Give the first bytes of a file, or say why they cannot be read."""
    try:
        with path.open("rb") as file:
            start = file.read(len(MAGIC))
    except OSError as error:
        raise StoreError(f"{path} cannot be read ({error.strerror}); check its permissions") from error
    yield start


def network_drive(folder: Path) -> str | None:
    """Name the kind of network drive that a folder is on; None on a local disk."""
    kind = _file_system(folder.resolve())
    return kind if kind in NETWORK_FILE_SYSTEMS else None


def known_steps() -> set[str]:
    """Name every step of the schema that this release knows."""
    return {step.name for step in steps._migrations}


def _file_system(folder: Path) -> str | None:
    """Tell the type of file system a folder is on, where the kernel says so."""
    try:
        lines = Path("/proc/self/mountinfo").read_text().splitlines()
    except OSError:
        return None
    best: tuple[str, str | None] = ("", None)
    for line in lines:
        fields = line.split()
        mount, kind = fields[4], fields[fields.index("-") + 1]
        if len(mount) > len(best[0]) and folder.is_relative_to(mount):
            best = (mount, kind)
    return best[1]


def _connect(path: Path, busy_timeout_s: float) -> sqlite3.Connection:
    conn = sqlite3.connect(path, timeout=busy_timeout_s, isolation_level=None)
    conn.execute("pragma foreign_keys = on")
    return conn


def _require_ours(db: Database, path: Path) -> None:
    tables = set(db.table_names())
    if not tables:
        return
    applied = {step.name for step in steps.applied(db)}
    if not applied:
        raise StoreError(f"{path} belongs to another program; choose another file with --db")
    unknown = sorted(applied - known_steps())
    if unknown:
        raise StoreError(
            f"{path} was written by a newer copydesk ({unknown[-1]}); upgrade: pip install -U copydesk"
        )


def _require_sound(db: Database, path: Path) -> None:
    if not path.stat().st_size or path.stat().st_size > QUICK_CHECK_BYTES:
        return
    verdict = db.conn.execute("pragma quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise StoreError(damaged(path, verdict))


def _prepare(db: Database, path: Path) -> None:
    if db.conn.execute("pragma journal_mode = wal").fetchone()[0] != "wal":
        raise StoreError(f"{path} cannot use a write-ahead log; move it to a local disk")
    # NORMAL may lose the last commits at a power cut, which are crawled again; it never corrupts.
    db.conn.execute("pragma synchronous = normal")
    if steps.pending(db):
        _upgrade(db, path)


def _upgrade(db: Database, path: Path) -> None:
    """Apply all pending steps in one transaction, after a copy of what is there."""
    applied = steps.applied(db)
    if applied:
        backup_store(db, path.with_name(f"{path.name}.before-{steps.pending(db)[0].name}"))
    db.conn.execute("begin immediate")
    try:
        steps.apply(db)
    except BaseException:
        db.conn.execute("rollback")
        raise
    db.conn.execute("commit")


def backup_store(db: Database, target: Path) -> None:
    """Copy the database as it stands to another file, complete or not at all."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    copy = sqlite3.connect(part)
    try:
        db.conn.backup(copy)
    finally:
        copy.close()
    part.replace(target)
