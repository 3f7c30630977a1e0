import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from sqlite_utils import Database
from store_samples import post, store

from pipeline.errors import StoreError
from pipeline.store.db import close_store, open_existing, open_store
from pipeline.store.migrations_4 import steps
from pipeline.store.transact import transaction


def test_a_new_database_is_ready_and_in_wal_mode(tmp_path):
    db = open_store(tmp_path / "new.db")
    assert db.journal_mode == "wal"
    assert not steps.pending(db)
    assert db.table("posts").detect_fts() == "posts_fts"
    close_store(db)


def test_every_foreign_key_has_an_index(db):
    missing = []
    for table in db.tables:
        leading = {index.columns[0] for index in table.indexes} | set(table.pks[:1])
        missing += [f"{table.name}.{key.column}" for key in table.foreign_keys if key.column not in leading]
    assert missing == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"this is a letter", "not an SQLite database"),
        (b"SQLite format 3\x00" + b"\xff" * 5000, "damaged"),
    ],
)
@pytest.mark.row(73)
def test_what_is_no_database_is_refused(tmp_path, content, words):
    path = tmp_path / "x.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=words):
        open_store(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_left_alone(tmp_path):
    path = tmp_path / "x.db"
    with sqlite3.connect(path) as foreign:
        foreign.execute("create table notes(text)")
    foreign.close()
    with pytest.raises(StoreError, match="another program"):
        open_store(path)


@pytest.mark.row(74)
def test_a_newer_database_is_refused(tmp_path):
    path = tmp_path / "x.db"
    db = open_store(path)
    db.table("_sqlite_migrations").insert(
        {"migration_set": "copydesk", "name": "m999_later", "applied_at": "x"}
    )
    close_store(db)
    with pytest.raises(StoreError, match="newer copydesk"):
        open_store(path)


@pytest.mark.row(73)
def test_a_damaged_page_is_found_before_anything_is_written(tmp_path):
    path = tmp_path / "x.db"
    db = open_store(path)
    store(db, *(post(f"p{n}") for n in range(30)))
    close_store(db)
    content = bytearray(path.read_bytes())
    content[20 * 4096 : 60 * 4096] = b"\x5a" * (40 * 4096)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="recover"):
        open_store(path)


@pytest.mark.row(74)
def test_an_older_database_is_copied_and_then_upgraded(tmp_path):
    path = tmp_path / "x.db"
    old_db = Database(path)
    steps.apply(old_db, stop_before="m007_inventory")
    old_db.table("sites").insert({"id": "blog", "home_url": "http://b/", "created_at": "x"})
    old_db.close()
    new = open_store(path)
    assert "inventory" in new.view_names()
    assert [row["id"] for row in new.table("sites").rows] == ["blog"]
    close_store(new)
    backup = Database(tmp_path / "x.db.before-m007_inventory")
    assert "inventory" not in backup.view_names()
    backup.close()


@pytest.mark.row(74)
def test_an_upgrade_that_fails_changes_nothing(tmp_path):
    path = tmp_path / "x.db"
    old = Database(path)
    steps.apply(old, stop_before="m004_flags")
    old.execute("create table flags(in_the_way)")
    old.close()
    with pytest.raises(StoreError):
        open_store(path)
    with sqlite3.connect(path) as after:
        assert not after.execute("select 1 from sqlite_master where name = 'live_verdicts'").fetchall()
    after.close()


@pytest.mark.row(69)
def test_a_locked_database_names_who_holds_it(db, tmp_path):
    with sqlite3.connect(tmp_path / "copydesk.db", isolation_level=None) as other:
        other.execute("begin immediate")
        with pytest.raises(StoreError, match="locked by"), transaction(db):
            pass
        other.execute("rollback")
    other.close()


HOLD = """
import sqlite3, sys, time
conn = sqlite3.connect(sys.argv[1], isolation_level=None)
conn.execute("begin immediate")
print("held", flush=True)
time.sleep(30)
"""


@pytest.mark.row(69)
def test_the_holder_in_another_process_is_named_by_its_id(db, tmp_path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "copydesk.db")], stdout=subprocess.PIPE
    ) as child:
        child.stdout.readline()
        with pytest.raises(StoreError, match=f"process {child.pid} "), transaction(db):
            pass
        child.kill()


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(StoreError, match="does not exist"):
        open_store(tmp_path / "nowhere" / "x.db")


def test_a_database_that_must_be_there_is_missed(tmp_path):
    with pytest.raises(StoreError, match="copydesk crawl"):
        open_existing(tmp_path / "x.db")


def said_to_nobody(path):
    """Open a database as a user who may not write, in a child; return what was said."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setuid(65534)
            open_store(path)
        except BaseException as error:
            os.write(writer, str(error).encode())
        finally:
            os._exit(0)  # whatever happens: a second pytest, run by nobody, must not go on from here
    os.waitpid(child, 0)
    os.close(writer)
    with os.fdopen(reader) as answer:
        return answer.read()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody who may not write")
@pytest.mark.row(75)
def test_a_read_only_database_is_refused():
    with tempfile.TemporaryDirectory() as folder:  # pytest's own stands in a folder that only we may enter
        Path(folder).chmod(0o755)
        path = Path(folder) / "x.db"
        close_store(open_store(path))
        assert "cannot be written to" in said_to_nobody(path)


WRITE = """
import sys
sys.path.insert(0, sys.argv[2])
from store_samples import SITE, HOME, post, finding
from pipeline.store.db import open_store
from pipeline.store.run import ensure_site, start_run
from pipeline.store.write import PostWriter
from pipeline.store.rows import rows_of
db = open_store(sys.argv[1])
ensure_site(db, SITE, HOME)
run = start_run(db, SITE, "crawl", "v1")
writer = PostWriter(db, run)
print("ready", flush=True)
for n in range(100_000):
    writer.add(rows_of(post(f"p{n}", findings=(finding(),))))
"""


@pytest.mark.parametrize("after_s", [0.05, 0.3])
@pytest.mark.row(71)
def test_a_kill_leaves_no_half_written_post(tmp_path, after_s):
    path = tmp_path / "x.db"
    samples = os.path.dirname(__file__)  # noqa: PTH120
    with subprocess.Popen([sys.executable, "-c", WRITE, str(path), samples], stdout=subprocess.PIPE) as child:
        child.stdout.readline()
        time.sleep(after_s)
        child.send_signal(signal.SIGKILL)
    db = open_store(path)
    counts = "select (select count(*) from posts), count(*) from {}"
    for table in ("revisions", "sections", "findings", "flags", "images"):
        posts, rows = db.execute(counts.format(table)).fetchone()
        assert posts == rows
    store(db, post("after"))
    assert [row["title"] for row in db.table("posts").search("after OR tea*")][:1] != []
    for table in ("posts", "sections"):
        db.execute(f"insert into {table}_fts({table}_fts, rank) values ('integrity-check', 1)")
    assert next(db.query("select state from runs order by id"))["state"] == "stopped"
    close_store(db)


@pytest.mark.row(69)
def test_two_writers_both_get_their_rows_in(tmp_path):
    path = tmp_path / "x.db"
    ours = open_store(path)
    store(ours, post("first"))
    theirs = open_store(path)
    for n in range(10):
        store(ours, post(f"a{n}"))
        theirs.table("verdicts").insert(
            {"finding": f"k{n}", "verdict": "claimed", "actor": "x", "decided_at": "2026-01-01T00:00:00Z"}
        )
    assert (ours.table("posts").count, ours.table("verdicts").count) == (11, 10)
    close_store(theirs)
    close_store(ours)
