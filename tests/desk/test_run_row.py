"""The row page of a run: how it ended and what came of it, in words; nothing looked at is never zero."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from datasette.app import Datasette

from pipeline.desk import runrow

RUN = {"requests": 1, "size_bytes": 9, "fetched": 1, "unchanged": 0, "new_posts": 0, "changed_posts": 0}
RUN |= {"gone_posts": 0, "failed": 0, "skipped_by_robots": 0, "template_confidence": None, "report": None}


def change(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql)


async def text_of(desk: Datasette, path: str) -> str:
    return " ".join(str((await desk.client.get(path)).text).split())


@pytest.mark.parametrize(
    ("state", "posts", "said"),
    [
        ("complete", 412, "0 flags in 412 posts checked"),
        ("partial", 412, "0 flags in 412 posts checked; none was closed, for the run was not complete"),
        ("refused", 0, "no data: no post was checked"),
        ("running", 412, "no data: the run has not ended"),
    ],
)
def test_no_flags_and_nothing_checked_never_look_alike(state: str, posts: int, said: str) -> None:
    run = {**RUN, "state": state, "posts": posts, "flags_open": 0}
    assert dict(runrow.facts_of(run))["flags"] == said


async def test_a_run_says_how_it_ended_and_why_pages_failed(desk: Datasette, db_path: Path) -> None:
    change(
        db_path, """update runs set state = 'partial', failed = 2, report = '{"errors": {"timeout": 2}}'"""
    )
    page = await text_of(desk, "/kettles/runs/1")
    assert '<h1>Crawl 1 of kettles <span class="badge state-partial">partial</span></h1>' in page
    assert "<dt>without a page</dt><dd>2 timeout</dd>" in page


async def test_a_run_leads_to_the_posts_that_it_changed(desk: Datasette) -> None:
    assert '<li>new: <a href="/-/desk/kettles/post/p1">Kettles</a>' in await text_of(desk, "/kettles/runs/1")


async def test_the_desk_leads_to_its_last_run(desk: Datasette) -> None:
    assert '<a href="/kettles/runs/1">crawl 1</a> of kettles' in await text_of(desk, "/-/desk/kettles")
