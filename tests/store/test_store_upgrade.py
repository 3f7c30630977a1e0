"""Every schema that ever was, with data in it, becomes the newest without losing a value."""

import sqlite3
from contextlib import closing

import pytest
from sqlite_utils import Database
from store_samples import decide, finding, post, store

from pipeline.store.db import close_store, open_store
from pipeline.store.flags import DIFFERING
from pipeline.store.migrations_60 import steps

NAMES = [step.name for step in steps._migrations]
DERIVED = {"flags", "queue", "run_flags", "rules"}
"""Kept by triggers, or of the program's own making."""


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """A database of today with a bit of everything."""
    path = tmp_path_factory.mktemp("full") / "full.db"
    db = open_store(path)
    store(db, post("tea", findings=(finding(),)), post("milk", findings=(finding("IMG_2.jpg"),)))
    decide(db, "dismissed", reason="it is meant")
    store(db, post("tea", text="Tea is cold.", digest="tea-2", warc_file="blog-2.warc.gz"))
    first = next(db.query("select id from posts"))["id"]
    db.table("editorial").insert({"post_id": first, "actor": "ann", "decided_at": "2026-01-01T00:00:00Z"})
    close_store(db)
    return path


def tables(conn):
    rows = conn.execute("select name from sqlite_master where type = 'table' and sql like '%strict%'")
    return {name for (name,) in rows}


def columns(conn, table):
    return [row[1] for row in conn.execute(f"pragma table_info({table})")]


def fill(old, full):
    """Copy whatever the old schema has a place for."""
    triggers = old.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
    for name, _ in triggers:
        old.execute(f"drop trigger {name}")
    for table in sorted(tables(old) & tables(full)):
        both = ", ".join(c for c in columns(old, table) if c in columns(full, table))
        rows = full.execute(f"select {both} from {table}").fetchall()
        marks = ", ".join("?" * len(both.split(", ")))
        old.executemany(f"insert or replace into {table}({both}) values ({marks})", rows)
    for _, sql in triggers:
        old.execute(sql)


def held(path, shape):
    """Give every value of the columns that a schema had, table by table."""
    with closing(sqlite3.connect(path)) as conn:
        return {
            table: sorted(map(repr, conn.execute(f"select {', '.join(names)} from {table}")))
            for table, names in shape.items()
        }


@pytest.mark.row(74)
@pytest.mark.parametrize("number", range(1, len(NAMES)), ids=NAMES[1:])
def test_a_database_of_any_earlier_version_is_copied_and_upgraded_whole(tmp_path, full, number):
    path = tmp_path / "old.db"
    steps.apply(old := Database(path), stop_before=NAMES[number])
    with closing(sqlite3.connect(full)) as source, old.conn as conn:
        fill(conn, source)
        shape = {table: columns(conn, table) for table in tables(conn) - DERIVED}
    old.close()
    before = held(path, shape)
    db = open_store(path)
    assert (steps.pending(db), list(db.execute("pragma foreign_key_check"))) == ([], [])
    assert list(db.execute(DIFFERING)) == []
    close_store(db)
    assert held(path, shape) == before
    assert held(tmp_path / f"old.db.before-{NAMES[number]}", shape) == before
