"""Every table and question as a workbook, read back: whole, harmless, only for who may see it."""

import io
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from datasette.app import Datasette
from desk_server import Cookies, start

from pipeline.desk import workbook
from pipeline.desk.sheet import KIND, read_sheet

RISKY = ["=1+1", "+1+cmd", "-1+2", "@SUM(A1)", "\t=2"]


async def book(desk: Datasette, path: str, jar: dict[str, str] | None = None) -> list[dict[str, str]]:
    answer = await desk.client.get(path, cookies=jar, follow_redirects=True)
    assert (answer.status_code, answer.headers["content-type"]) == (200, KIND), answer.text[:200]
    assert ".xlsx" in answer.headers["content-disposition"]
    return read_sheet("x.xlsx", answer.content)


@pytest.mark.parametrize("table", ["posts", "flags", "inventory", "queue", "sections"])
async def test_a_table_says_in_a_workbook_what_it_says_in_json(desk: Datasette, table: str) -> None:
    shown = (await desk.client.get(f"/kettles/{table}.json?_shape=array&_size=max")).json()
    read = await book(desk, f"/kettles/{table}.xlsx?_size=1&_labels=on")
    assert len(read) == len(shown) > 0
    assert list(read[0]) == list(shown[0])
    assert [next(iter(row.values())) for row in read] == [str(next(iter(row.values()))) for row in shown]


async def test_filters_and_order_count_and_pages_do_not(desk: Datasette) -> None:
    read = await book(desk, "/kettles/posts.xlsx?_sort=words&id__not=p1&_next=p9&_size=1&_col=id")
    assert [row["id"] for row in read] == ["p3", "p2"][::-1]


async def test_a_question_is_asked_for_more_than_a_page(desk: Datasette, cookies: Cookies) -> None:
    many = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)"
    many += " select i, :word w from n;"
    for path in ("/kettles.xlsx", "/kettles/-/query.xlsx"):
        answer = await desk.client.get(f"{path}?sql={quote(many)}&word=tea", cookies=cookies("auditor"))
        if answer.status_code == 200:
            read = read_sheet("x", answer.content)
            assert (len(read), read[-1]) == (3000, {"i": "3000", "w": "tea"})
            return
    pytest.fail("no address answered the question")


async def test_a_canned_question_takes_its_parameters(desk: Datasette) -> None:
    shown = (await desk.client.get("/kettles/flags_of_rule.json?rule=broken-form&_shape=array")).json()
    read = await book(desk, "/kettles/flags_of_rule.xlsx?rule=broken-form")
    assert len(read) == len(shown) > 0


@pytest.mark.parametrize("path", ["tags.xlsx", "tags.xlsx?_size=1"])
async def test_no_cell_is_a_formula(desk: Datasette, db_path: Path, path: str) -> None:
    with closing(sqlite3.connect(db_path)) as connection, connection:
        for text in RISKY:
            connection.execute("insert into tags (site_id, name) values ('kettles', ?)", [text])
    answer = await desk.client.get(f"/kettles/{path}")
    cells = zipfile.ZipFile(io.BytesIO(answer.content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f" not in cells
    for text in RISKY:
        assert f">&#39;{text}<" in cells
        assert f">{text}<" not in cells


@pytest.mark.parametrize("path", ["posts.xlsx", "worst_posts.xlsx", "posts.xlsx?_size=1"])
async def test_who_may_not_see_a_table_gets_no_workbook(db_path: Path, path: str) -> None:
    desk = await start(db_path, allow={"role": "editor"})
    assert (await desk.client.get(f"/kettles/{path}")).status_code == 403
    jar = {"ds_actor": desk.sign({"a": {"id": "Ada", "role": "editor"}}, "actor")}
    assert await book(desk, f"/kettles/{path}", jar)


@pytest.mark.parametrize("path", ["posts", "worst_posts"])
async def test_the_page_leads_to_its_workbook(desk: Datasette, path: str) -> None:
    assert f'href="/kettles/{path}.xlsx' in (await desk.client.get(f"/kettles/{path}")).text


@pytest.mark.parametrize("path", ["posts.xlsx", "flags_of_rule.xlsx?rule="])
async def test_a_workbook_that_ends_early_says_so(
    desk: Datasette, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    answer = await desk.client.get(f"/kettles/{path}")
    read = read_sheet("x.xlsx", answer.content)
    assert (len(read), answer.headers["x-copydesk-rows"]) == (3, "the first 2")
    assert "ends here, after 2 rows" in next(iter(read[-1].values()))


async def test_what_is_no_table_is_no_workbook(desk: Datasette) -> None:
    for path in ("/kettles/posts/p1.xlsx", "/kettles/missing.xlsx"):
        assert (await desk.client.get(path)).status_code == 404, path
