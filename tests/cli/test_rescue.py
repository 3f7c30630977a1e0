"""`copydesk rescue` brings back what a damaged database still holds, and the archive brings back the rest."""

import sqlite3
from contextlib import closing

import pytest
from cli_samples import copydesk
from doctor_samples import change

from pipeline.errors import StoreError
from pipeline.store.db import close_store, open_existing
from pipeline.store.examine import broken_indexes, damage_in
from pipeline.store.rescue import rescue

PAGE = 4096
TEXTS = "select url, text from posts order by url"
COLUMNS = "finding, verdict, scope, actor, decided_at"
VERDICT = f"insert into verdicts({COLUMNS}) values ('k1', 'accepted', 'here', 'ann', 'now')"


def ask(path, sql):
    with closing(sqlite3.connect(path)) as conn:
        return conn.execute(sql).fetchall()


def first_page(path, table):
    """Name the page that all others of a table hang from."""
    return ask(path, f"select rootpage from sqlite_master where name = '{table}'")[0][0]


def spoil(path, page):
    close_store(open_existing(path))
    content = bytearray(path.read_bytes())
    content[(page - 1) * PAGE : page * PAGE] = b"\xa5" * PAGE
    path.write_bytes(content)


def is_sound(path):
    with closing(sqlite3.connect(path)) as conn:
        return damage_in(conn) is None and broken_indexes(path) == []


def test_a_sound_database_is_copied_whole(place):
    change(place, VERDICT)
    found = rescue(place.db, place.db.with_name("new.db"))
    counts = {table: ask(place.db, f"select count(*) from {table}")[0][0] for table in found}
    assert (found, found["verdicts"], is_sound(place.db.with_name("new.db"))) == (counts, 1, True)
    queue = "select * from queue order by post_id"
    assert ask(place.db.with_name("new.db"), queue) == ask(place.db, queue)


@pytest.mark.parametrize("table", ["posts", "revisions", "sections", "urls", "links"])
def test_whatever_table_is_lost_the_rest_is_sound_and_verdicts_stay(place, table):
    change(place, VERDICT)
    spoil(place.db, first_page(place.db, table))
    rescue(place.db, place.db.with_name("new.db"))
    assert is_sound(place.db.with_name("new.db"))
    assert ask(place.db.with_name("new.db"), "select finding, verdict from verdicts") == [("k1", "accepted")]


def test_the_archive_brings_back_what_the_database_lost(place):
    texts = ask(place.db, TEXTS)
    spoil(place.db, first_page(place.db, "posts"))
    done = copydesk("rescue", "new.db", cwd=place.db.parent)
    assert (done.returncode, "copydesk process --db new.db" in done.stdout) == (0, True), done.stderr
    assert copydesk("process", "--db", "new.db", cwd=place.db.parent).returncode == 0
    assert ask(place.db.with_name("new.db"), TEXTS) == texts


def test_what_cannot_be_read_at_all_and_what_is_there_already_are_refused(place):
    with pytest.raises(StoreError, match="is there already"):
        rescue(place.db, place.config)
    spoil(place.db, 1)
    with pytest.raises(StoreError, match="nothing of it can be read"):
        rescue(place.db, place.db.with_name("new.db"))
    assert not place.db.with_name("new.db").exists()
