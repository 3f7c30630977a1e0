"""Charts: drawn by the server, with a table and a way to the rows under each."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

import pytest
from datasette.app import Datasette
from desk_server import Cookies
from forms import send

from pipeline.desk import categories, charts
from pipeline.desk.charts import Mark
from pipeline.desk.figures import FIGURES

OVERVIEW = "/-/desk/kettles/overview"
SVG = re.compile(r"<svg class=.*?</svg>", re.DOTALL)


async def drawings(desk: Datasette) -> list[str]:
    return SVG.findall((await desk.client.get(OVERVIEW)).text)


async def test_overview_leads_to_the_only_database(desk: Datasette) -> None:
    assert (await desk.client.get("/-/desk/overview")).headers["location"] == OVERVIEW


async def test_every_drawing_has_title_description_and_links(desk: Datasette) -> None:
    found = await drawings(desk)
    assert len(found) == len(FIGURES) - 1  # nobody decided anything yet
    for drawing in found:
        tree = ElementTree.fromstring(drawing)
        assert [child.tag for child in tree[:2]] == ["title", "desc"]
        marks = list(tree.iter("rect"))
        assert len(list(tree.iter("a"))) == len(marks) > 0


async def test_every_mark_leads_to_rows(desk: Datasette) -> None:
    hrefs = {a.get("href") for svg in await drawings(desk) for a in ElementTree.fromstring(svg).iter("a")}
    answers = [(href, (await desk.client.get(str(href))).status_code) for href in sorted(map(str, hrefs))]
    assert [answer for answer in answers if answer[1] != 200] == []


async def test_bar_of_an_age_leads_to_the_flags_of_that_age(desk: Datasette, db_path: Path) -> None:
    change(db_path, "update flags set first_seen_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-40 days')")
    change(db_path, "update flags set first_seen_at = '2020-01-01T00:00:00Z' where key = 'f1'")
    hrefs = [
        str(a.get("href")) for svg in await drawings(desk) for a in ElementTree.fromstring(svg).iter("a")
    ]
    found = [
        sorted(row["key"] for row in (await desk.client.get(f"{table}.json?{query}&_shape=array")).json())
        for table, _, query in (href.partition("?") for href in hrefs if "first_seen_at__lte=2" in href)
        if "state__in" in query
    ]
    assert found == [["f2", "f3", "f4", "f5"], ["f1"]]


def change(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql)


async def test_precision_follows_verdicts(desk: Datasette, cookies: Cookies) -> None:
    review = "/-/desk/kettles/post/p1"
    form = {"flags": "f1:open", "action": "accept"}
    await send(desk, cookies("editor"), review, f"{review}/decide", form)
    assert "image-filename: 1 of 1 accepted" in (await desk.client.get(OVERVIEW)).text


@pytest.mark.parametrize("name", [one.name for one in FIGURES])
async def test_figure_as_csv(desk: Datasette, name: str) -> None:
    answer = await desk.client.get(f"{OVERVIEW}/{name}.csv")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")


async def test_unknown_figure_is_not_found(desk: Datasette) -> None:
    assert (await desk.client.get(f"{OVERVIEW}/none.csv")).status_code == 404


def test_nothing_to_draw_is_no_mistake() -> None:
    assert "<svg" in charts.columns([], [], ("t", "d")) + charts.grid([], [], [], ("t", "d"))
    assert 'height="0"' not in charts.lying(["a"], [Mark(value=0, says="none")], ("t", "d"))


def test_category_tree_survives_circles_and_lost_parents() -> None:
    rows = [{"id": 1, "parent_id": 2}, {"id": 2, "parent_id": 1}, {"id": 3, "parent_id": 9}]
    roots = categories.tree([{**row, "posts": 1} for row in rows])
    assert [(root["id"], root["all_posts"]) for root in roots] == [(3, 1), (1, 2)]


async def test_categories_nest_with_counts(desk: Datasette, db_path: Path) -> None:
    with closing(sqlite3.connect(db_path)) as connection, connection:
        connection.execute("insert into categories values (2, 'kettles', 'Steam', 1, 'Home / Care / Steam')")
        connection.execute("insert into post_categories values ('p2', 2, 0)")
    page = (await desk.client.get("/-/desk/kettles/categories")).text
    assert ("1 post, 2 with those below" in page, "4 open flags" in page) == (True, True)


async def test_feed_names_the_newest_flags(desk: Datasette) -> None:
    answer = await desk.client.get("/-/desk/kettles/feed.xml")
    atom = "{http://www.w3.org/2005/Atom}"
    entries = ElementTree.fromstring(answer.text).findall(f"{atom}entry")
    assert len(entries) == 5
    assert "error: image-filename in Kettles" in [one.findtext(f"{atom}title") for one in entries]
