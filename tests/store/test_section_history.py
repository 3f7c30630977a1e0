"""Since when and until when a heading stood in its post, also one that was taken out."""

from dataclasses import replace

import pytest
from store_samples import BLOCKS, post, refetched, store

from pipeline.store.migrations_60 import m064_section_history

HISTORY = "select heading, first_seen_at, stands from section_history order by heading"


def times(db):
    return [at for (at,) in db.execute("select first_seen_at from revisions order by number").fetchall()]


def renamed(old, heading):
    """The same post, its heading called otherwise."""
    text = old.text_raw.replace("1. Pour", heading)
    return replace(
        old, text=text, text_raw=text, blocks=(old.blocks[0], replace(BLOCKS[0], text=heading), *BLOCKS[1:])
    )


@pytest.mark.parametrize("heading", ["2. Drink", 'Say "when"', "C:\\new\\path", "Tee 🍵"])
def test_a_heading_that_was_renamed_is_known_with_both_its_times(db, heading):
    store(db, post())
    store(db, refetched(renamed(post(), heading), 2))
    first, second = times(db)
    assert sorted(db.execute(HISTORY).fetchall()) == sorted([("1. Pour", first, 0), (heading, second, 1)])


def test_a_heading_is_last_seen_when_its_post_is(db):
    store(db, post())
    store(db, refetched(post(text="Tea is cold."), 2))
    seen = db.execute("select last_seen_at from posts").fetchone()
    assert db.execute("select last_seen_at from section_history").fetchall() == [seen]
    assert db.execute("select first_seen_at from section_history").fetchone()[0] == times(db)[0]


def test_an_upgrade_reads_the_same_out_of_the_revisions(db):
    store(db, post())
    store(db, refetched(renamed(post(), 'A "new"\\nline'), 2))
    before = db.execute("select * from headings").fetchall()
    db.executescript("drop view section_history; drop table headings")
    m064_section_history(db)
    assert (db.execute("select * from headings").fetchall(), len(before)) == (before, 2)


def test_a_post_that_reprocessing_drops_takes_its_headings_along(db):
    store(db, post())
    store(db, post(kind="page"), action="process", version="v2")
    assert db.execute("select count(*) from headings").fetchone() == (0,)
