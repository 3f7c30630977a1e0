"""Copy what can be read of a damaged database into a new one.

By hand, not with `sqlite3 .recover`: that needs a shell that was built with the dbpage table, which Debian's
is not, and it leaves rows behind that refer to nothing.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from pipeline.errors import StoreError
from pipeline.store.db import close_store, open_store
from pipeline.store.search import rebuild_search

STEP = 500
TRIES = 20_000
"""So many reads of a table may fail: beyond its last readable page there is nothing to find."""
DERIVED = {"queue": "insert into queue select * from queue_now"}
"""Tables without row numbers that are made of others."""
Row = tuple[object, ...]


def rescue(source: Path, target: Path) -> dict[str, int]:
    """Make `target` of what `source` still holds; return table -> rows.

    Raises: StoreError when `target` exists, or not even the names of the tables can be read.
    """
    if target.exists():
        raise StoreError(f"{target} is there already; name another file, or remove it")
    with closing(_reader(source)) as old:
        known = _tables(old, source)
        close_store(open_store(target))
        copied = _copy_all(old, target, known)
    db = open_store(target)
    try:
        rebuild_search(db)
    finally:
        close_store(db)
    return {table: count for table, count in sorted(copied.items()) if count}


def _copy_all(old: sqlite3.Connection, target: Path, known: set[str]) -> dict[str, int]:
    with closing(sqlite3.connect(target, isolation_level=None)) as new:
        new.execute("pragma foreign_keys = off")
        guards = new.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
        new.execute("begin")
        for name, _ in guards:
            new.execute(f"drop trigger {name}")
        copied = {table: _copy(old, new, table) for table in _tables(new, target) & known - DERIVED.keys()}
        _drop_strays(new)
        for sql in [*DERIVED.values(), *(sql for _, sql in guards)]:
            new.execute(sql)
        new.execute("commit")
    return copied


def _reader(path: Path) -> sqlite3.Connection:
    conn = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    conn.text_factory = lambda raw: raw.decode("utf-8", "replace")
    return conn


def _tables(conn: sqlite3.Connection, path: Path) -> set[str]:
    try:
        rows = conn.execute("select name from sqlite_master where type = 'table'").fetchall()
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: nothing of it can be read ({error}); take a backup") from error
    return {name for (name,) in rows if not name.startswith(("sqlite_", "_")) and "_fts" not in name}


def _copy(old: sqlite3.Connection, new: sqlite3.Connection, table: str) -> int:
    columns = [name for name in _columns(new, table) if name in set(_columns(old, table))]
    has_rowid = (
        "without rowid"
        not in new.execute("select lower(sql) from sqlite_master where name = ?", [table]).fetchone()[0]
    )
    names = ["rowid", *columns] if has_rowid and "id" not in columns else columns
    insert = f"insert or ignore into {table}({', '.join(names)}) values ({','.join('?' * len(names))})"
    select = f"select {', '.join(names)} from {table}"
    copied = 0
    for row in _rows(old, table, select) if has_rowid else _until_damage(old, select):
        try:
            copied += new.execute(insert, row).rowcount
        except sqlite3.IntegrityError:
            continue  # bytes of another page: no row of this table
    return copied


def _columns(conn: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in conn.execute(f"pragma table_xinfo({table})") if not row[6]]


def _rows(old: sqlite3.Connection, table: str, select: str) -> Iterator[Row]:
    """Yield the rows of a table by ever smaller stretches of row numbers around what cannot be read."""
    tries = TRIES
    waiting = list(reversed(_stretches(old, table)))
    while waiting and tries:
        first, last = waiting.pop()
        try:
            found = old.execute(f"{select} where rowid between ? and ?", [first, last]).fetchall()
        except sqlite3.DatabaseError:
            tries -= 1
            middle = (first + last) // 2
            waiting += [(middle + 1, last), (first, middle)] if first < last else []
            continue
        yield from found


def _stretches(old: sqlite3.Connection, table: str) -> Sequence[tuple[int, int]]:
    try:
        end = old.execute(f"select max(rowid) from {table}").fetchone()[0] or 0
    except sqlite3.DatabaseError:
        end = 2**22  # its last page is lost; more rows than that no table of ours has seen
    return [(first, min(first + STEP - 1, end)) for first in range(0, end + 1, STEP)]


def _until_damage(old: sqlite3.Connection, select: str) -> Iterator[Row]:
    try:
        yield from old.execute(select)
    except sqlite3.DatabaseError:
        return


def _drop_strays(new: sqlite3.Connection) -> None:
    """Remove rows that refer to what was lost, and then those that refer to them."""
    while strays := {row[0] for row in new.execute("pragma foreign_key_check")}:
        for table in strays:
            for _, _, parent, column, key, *_ in new.execute(f"pragma foreign_key_list({table})").fetchall():
                there = f"select {key or 'id'} from {parent}"
                new.execute(f"delete from {table} where {column} not in ({there})")
