from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_samples import finding, flags, post, refetched, store

from pipeline.records import Block, Metadata
from pipeline.store.read import read_posts


def stored(original):
    """What the store gives back: without what only rules need."""
    blocks = tuple(replace(b, tokens=frozenset(), hidden=False, rich=False) for b in original.blocks)
    return replace(original, blocks=blocks)


def numbers(db):
    return [row["number"] for row in db.query("select number from revisions order by post_id, number")]


def test_a_record_comes_back_as_it_went_in(db):
    original = post(findings=(finding(), finding("IMG_2.jpg", cause="gallery")))
    store(db, original)
    assert list(read_posts(db)) == [stored(original)]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    lines=st.lists(
        st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=20), max_size=6
    )
)
@pytest.mark.row(54)
def test_any_text_comes_back(db, lines):
    texts = [line.replace("\x85", "") for line in lines]
    raw = "\n".join(text for text in texts if text)
    blocks = tuple(Block(kind="paragraph", text=text) for text in texts)
    original = post(text_raw=raw, text=raw, blocks=blocks, digest=repr(texts))
    store(db, original)
    assert next(read_posts(db)).blocks == blocks


@pytest.mark.row(54)
def test_what_sqlite_cannot_hold_is_dropped(db):
    store(db, post(title="a\x00b\ud800c", metadata=Metadata(authors=("x\x07",), tags=("y\udfff",))))
    found = next(read_posts(db))
    assert (found.title, found.metadata.authors, found.metadata.tags) == ("abc", ("x",), ("y",))


def test_equal_posts_are_not_written_twice(db):
    store(db, post())
    before = db.conn.total_changes
    _, counts = store(db, post())
    assert counts == {"unchanged": 1}
    assert db.conn.total_changes - before < 8


def test_reprocessing_makes_no_revision(db):
    store(db, post(text_raw="old extraction"))
    _, counts = store(db, post(text_raw="better extraction"), action="process", version="v2")
    assert (counts, numbers(db)) == ({"replace": 1}, [1])
    assert next(db.query("select pipeline_version from revisions"))["pipeline_version"] == "v2"


def test_a_changed_source_makes_one_revision(db):
    store(db, post())
    changed = refetched(post(), 2, text_raw="Tea is cold.", text="Tea is cold.")
    store(db, changed)
    store(db, refetched(changed, 3))
    assert numbers(db) == [1, 2]
    assert next(db.query("select text from posts"))["text"] == "Tea is cold."


def test_changed_metadata_makes_a_revision(db):
    store(db, post())
    store(db, refetched(post(), 2, metadata=replace(post().metadata, tags=("tea",))))
    assert numbers(db) == [1, 2]


def test_a_comment_more_makes_none(db):
    store(db, post())
    store(db, refetched(post(), 2, metadata=replace(post().metadata, comment_count=9)))
    assert numbers(db) == [1]
    assert next(db.query("select comment_count from posts"))["comment_count"] == 9


def test_a_new_fetch_under_another_pipeline_version_makes_none(db):
    store(db, post())
    store(db, refetched(post(), 2, text_raw="other words"), version="v2")
    assert numbers(db) == [1]


def test_an_old_revision_is_reprocessed_in_its_place(db):
    store(db, post())
    store(db, refetched(post(), 2, text_raw="Tea is cold."))
    store(db, post(text_raw="read better"), action="process", version="v2")
    rows = db.query("select text_raw, pipeline_version from revisions order by number")
    assert [tuple(row.values()) for row in rows] == [("read better", "v2"), ("Tea is cold.", "v1")]


def test_an_older_fetch_from_an_archive_makes_no_revision(db):
    store(db, refetched(post(), 5))
    _, counts = store(db, refetched(post(), 2, text_raw="Tea was cold."))
    assert (counts, numbers(db)) == ({"ignore": 1}, [1])


def test_a_page_that_is_no_post_is_only_noted(db):
    store(db, post(kind="listing"))
    assert list(read_posts(db)) == []
    assert next(db.query("select kind from urls"))["kind"] == "listing"


def test_reprocessing_can_find_that_it_was_no_post(db):
    store(db, post(findings=(finding(),)))
    store(db, post(kind="listing"), action="process", version="v2")
    assert list(read_posts(db)) == []
    assert flags(db) == []


@pytest.mark.row(18)
def test_a_login_page_in_its_place_keeps_the_last_good_revision(db):
    store(db, post())
    store(db, refetched(post(), 2, kind="other", text_raw="Log in"))
    assert next(read_posts(db)).text == post().text
    assert "held a post" in next(db.query("select reason from failures"))["reason"]


def test_links_lead_to_the_posts_they_name(db):
    store(db, post("tea"), post("coffee"))
    rows = db.query("select title, in_links from posts order by title")
    assert [tuple(row.values()) for row in rows] == [("Coffee", 1), ("Tea", 0)]


def test_nested_categories_hang_below_each_other(db):
    store(db, post())
    sql = "select c.path, p.path as parent from categories c left join categories p on p.id = c.parent_id"
    assert {(row["path"], row["parent"]) for row in db.query(sql)} == {
        ("Drinks", None),
        ("Drinks / Hot", "Drinks"),
        ("News", None),
    }


def test_the_inventory_has_one_row_per_post(db):
    store(db, post(findings=(finding(), finding("x", severity="info"))))
    row = next(db.query("select * from inventory"))
    assert (row["categories"], row["tags"], row["authors"]) == ("Drinks / Hot; News", "tea; cups", "Ann; Bo")
    assert (row["images_without_alt"], row["links_internal"], row["open_errors"], row["open_infos"]) == (
        1,
        1,
        1,
        1,
    )


def test_the_newest_editorial_row_counts(db):
    store(db, post())
    post_id = next(db.query("select id from posts"))["id"]
    for owner in ("Ann", "Bo"):
        db.table("editorial").insert(
            {"post_id": post_id, "owner": owner, "actor": "x", "decided_at": "2026-01-01T00:00:00Z"}
        )
    assert next(db.query("select owner from inventory"))["owner"] == "Bo"


CANONICAL = replace(post().metadata, canonical_url="http://blog.example/tea/")


@pytest.mark.row(41)
def test_two_addresses_of_one_text_are_one_post(db):
    store(db, post(), refetched(post(), 2, url="http://blog.example/?p=1", metadata=CANONICAL))
    urls = db.query("select url, is_current from post_urls order by url")
    assert [tuple(row.values()) for row in urls] == [
        ("http://blog.example/?p=1", 0),
        ("http://blog.example/tea/", 1),
    ]


@pytest.mark.row(42)
def test_a_false_canonical_link_merges_nothing(db):
    other = refetched(post("milk"), 2, text_raw="Something else entirely.", metadata=CANONICAL)
    store(db, post(), other)
    assert [row["url"] for row in db.query("select url from posts order by url")] == [
        "http://blog.example/milk/",
        "http://blog.example/tea/",
    ]


@pytest.mark.parametrize("order", [1, -1])
def test_search_finds_words_of_posts_and_sections(db, order):
    store(db, *[post("tea", text="Oolong is fine."), post("milk")][::order])
    store(db, refetched(post("milk"), 2, text="Kefir.", text_raw="Kefir.", intro="Kefir."))
    assert [row["title"] for row in db.table("posts").search("oolong")] == ["Tea"]
    assert [row["title"] for row in db.table("posts").search("kefir")] == ["Milk"]
    assert len(list(db.table("sections").search("twice"))) == 2


def test_search_survives_a_vacuum(db):
    store(db, *(post(f"tea{n}", text=f"word{n}") for n in range(20)))
    store(
        db, *(refetched(post(f"tea{n}"), 2, text=f"other{n}", text_raw=f"other{n}") for n in range(0, 20, 2))
    )
    db.vacuum()
    assert [row["title"] for row in db.table("posts").search("word7")] == ["Tea7"]
    assert [row["title"] for row in db.table("posts").search("other8")] == ["Tea8"]
    for table in ("posts", "sections"):
        db.execute(f"insert into {table}_fts({table}_fts, rank) values ('integrity-check', 1)")
