"""`copydesk doctor` finds what is wrong with database and archive, names the remedy, and the remedy helps."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from cli_samples import copydesk
from doctor_samples import change, found

from pipeline.cli import doctor_data


@pytest.mark.parametrize("content", [b"", b"hello" * 500, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_is_no_database_fails_with_the_way_back(place, content):
    place.db.write_bytes(content)
    state, code, said = found(place, "database")
    assert (state, code, "copydesk restore" in said) == ("fail", 5, True)


def test_a_corrupt_database_fails_with_the_way_to_rescue(place):
    change(place, "pragma wal_checkpoint(truncate)")
    content = bytearray(place.db.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 8192] = b"\xa5" * 8192
    place.db.write_bytes(content)
    state, code, said = found(place, "database")
    assert (state, code, ".recover" in said) == ("fail", 5, True)


def test_rows_that_refer_to_nothing_are_damage(place):
    change(place, "pragma foreign_keys = off; update sections set post_id = 'nobody' where id = 1")
    assert "a row of sections refers to nothing" in found(place, "database")[2]


def test_a_newer_database_asks_for_an_upgrade(place):
    change(place, "update _sqlite_migrations set name = 'm999_later' where id = 1")
    state, code, said = found(place, "database")
    assert (state, code, "pip install -U copydesk" in said) == ("fail", 5, True)


def test_a_search_index_that_lies_is_built_anew_by_fix(place):
    change(place, "delete from posts_fts_data where id > 10; delete from posts_fts_docsize")
    state, code, said = found(place, "search")
    assert (state, code, "--fix" in said) == ("fail", 5, True)
    assert copydesk("doctor", "--fix", cwd=place.db.parent).returncode == 0
    assert found(place, "search")[0] == "ok"


def test_a_database_that_somebody_writes_to_is_not_waited_for_long(place, monkeypatch):
    monkeypatch.setattr("pipeline.store.examine.BUSY_S", 0.1)
    conn = sqlite3.connect(place.db, isolation_level=None)
    with closing(conn):
        conn.execute("begin immediate")
        state, _, said = found(place, "search")
    assert (state, "was not checked (database is locked)" in said) == ("warn", True)


@pytest.mark.parametrize(
    ("hurt", "remedy"),
    [
        (lambda path: path.unlink(), "put it back from a backup"),
        (lambda path: path.write_bytes(path.read_bytes()[:-100]), "copydesk archive repair"),
        (lambda path: path.write_bytes(path.read_bytes()[:900]), "copydesk archive verify"),
    ],
    ids=["missing", "cut", "too short"],
)
def test_an_archive_that_lost_something_fails_with_its_remedy(place, hurt, remedy):
    hurt(next(place.archive.glob("*.gz")))
    state, code, said = found(place, "archive")
    assert (state, code, remedy in said) == ("fail", 3, True)


def test_a_site_that_was_not_crawled_for_days_is_warned_of(place):
    change(place, "update runs set finished_at = '2025-01-02T03:04:05Z'")
    state, _, said = found(place, "runs")
    assert (state, "tea (2025-01-02)" in said, "copydesk schedule" in said) == ("warn", True, True)


def test_a_network_drive_is_named(place, monkeypatch):
    kinds = {
        line.split(" - ")[1].split()[0] for line in Path("/proc/self/mountinfo").read_text().splitlines()
    }
    monkeypatch.setattr("pipeline.store.db.NETWORK_FILE_SYSTEMS", kinds)
    checks = doctor_data.database(place)
    assert "move it to a local disk" in next(checks).remedy
