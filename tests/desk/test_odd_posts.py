"""Posts and blogs that are not as one expects: gone, huge, refused, written from right to left."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from datasette.app import Datasette
from desk_server import start

from pipeline.store.db import close_store, open_store

QUEUE = "/-/desk/kettles"
REVIEW = f"{QUEUE}/post/p2"
REFUSED = """
insert into sites (id, home_url, name, created_at) values ('r', 'https://r.example/', 'R', '2026-03-01');
insert into runs (id, site_id, action, state, started_at, finished_at, pipeline_version, message)
values (1, 'r', 'crawl', 'refused', '2026-03-01T08:00:00Z', '2026-03-01T08:01:00Z', '1', 'It answered 429.')
"""


def change(path: Path, sql: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql, values)


def write(path: Path, blocks: list[str]) -> None:
    """Make these the paragraphs of the post without flags."""
    outline = json.dumps([["paragraph", 0, 1, None, None]] * len(blocks))
    change(path, "update revisions set text_raw = ?, blocks = ? where id = 2", "\n".join(blocks), outline)


async def page_of(desk: Datasette, path: str) -> str:
    return str((await desk.client.get(path)).text)


@pytest.mark.parametrize(
    ("sql", "said"),
    [("", "Nothing has been crawled yet"), (REFUSED, "No post is known yet. The last attempt was")],
)
async def test_blog_without_posts_says_why(tmp_path: Path, sql: str, said: str) -> None:
    path = tmp_path / "kettles.db"
    close_store(open_store(path))
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(sql)
    desk = await start(path)
    codes = {name: (await desk.client.get(name)).status_code for name in ("/", QUEUE, f"{QUEUE}/overview")}
    assert (set(codes.values()), said in await page_of(desk, QUEUE)) == ({200}, True)


async def test_run_that_saw_a_part_is_no_clean_bill(desk: Datasette, db_path: Path) -> None:
    change(db_path, "delete from flags")
    change(db_path, "update runs set state = 'partial'")
    assert "That run did not see the whole blog." in await page_of(desk, QUEUE)


@pytest.mark.parametrize(
    ("state", "said"), [("gone", "This post is gone"), ("missing", "did not see this post")]
)
async def test_post_that_is_not_there_says_so(desk: Datasette, db_path: Path, state: str, said: str) -> None:
    change(db_path, "update posts set state = ? where id = 'p2'", state)
    assert said in await page_of(desk, REVIEW)


async def test_text_from_right_to_left_is_laid_out_as_such(desk: Datasette, db_path: Path) -> None:
    write(db_path, ["קומקום נקי"])
    change(db_path, "update posts set language = 'he' where id = 'p2'")
    page = await page_of(desk, REVIEW)
    assert '<div class="text" dir="auto">קומקום' in page
    assert '<table class="compare" lang="he">' in page


async def test_very_long_text_shows_what_is_around_its_findings(desk: Datasette, db_path: Path) -> None:
    write(db_path, [f"Paragraph {number}." for number in range(1000)])
    change(db_path, "update findings set post_id = 'p2', revision_id = 2, start = 8000 where key = 'f1'")
    change(db_path, "update flags set post_id = 'p2' where key = 'f1'")
    short, whole = await page_of(desk, REVIEW), await page_of(desk, f"{REVIEW}?whole=1")
    assert (short.count('<tr class="block') < 9, "blocks without a finding" in short) == (True, True)
    assert whole.count('<tr class="block') == 1000


MANY = [(f"many{number}", number * 13) for number in range(300)]
AS_BEFORE = "site_id, rule, severity, confidence, prefix, suffix, place, glued, fix, replacement, evidence"
SEEN = "site_id, rule, quote, first_seen_at, first_run_id, last_seen_at, last_run_id"


async def test_three_hundred_findings_of_one_post_are_all_there(desk: Datasette, db_path: Path) -> None:
    write(db_path, [f"Paragraph {number}." for number in range(300)])
    with closing(sqlite3.connect(db_path)) as connection, connection:
        connection.executemany(
            f"insert into findings (key, post_id, revision_id, quote, start, {AS_BEFORE})"
            f" select ?, 'p2', 2, 'Para', ?, {AS_BEFORE} from findings where key = 'f1'",
            MANY,
        )
        connection.executemany(
            f"insert into finding_history (key, post_id, {SEEN})"
            f" select ?, 'p2', {SEEN} from finding_history where key = 'f1'",
            [(key,) for key, _ in MANY],
        )
        connection.execute("insert or replace into flags select * from flags_now where key like 'many%'")
    assert (await page_of(desk, REVIEW)).count('id="flag-many') == 300
