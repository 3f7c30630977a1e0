"""The inventory's round trip: out, filled in, looked at, in again; stale rows are refused."""

import csv
import io
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from desk_server import Cookies
from forms import send
from hypothesis import given
from hypothesis import strategies as st

from pipeline.desk import roundtrip, sheet

PAGE = "/-/desk/kettles/inventory"
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=8)


async def exported(desk: Datasette, kind: str = "csv") -> list[dict[str, str]]:
    answer = await desk.client.get(f"{PAGE}.{kind}")
    return sheet.read_sheet(f"inventory.{kind}", answer.content)


def filled(rows: list[dict[str, str]], **more: str) -> bytes:
    """Return the sheet as CSV with more said of the post p1."""
    changed = [{**row, **more} if row["post_id"] == "p1" else row for row in rows]
    return sheet.to_csv(list(rows[0]), [list(row.values()) for row in changed]).encode()


async def bring_back(desk: Datasette, jar: dict[str, str], content: bytes) -> Any:
    return await send(desk, jar, PAGE, PAGE, {}, files={"sheet": ("inventory.csv", content)})


async def confirm(desk: Datasette, jar: dict[str, str], page: str) -> Any:
    value = page.split('name="confirmed" value="')[1].split('"')[0].replace("&#34;", '"')
    return await send(desk, jar, PAGE, PAGE, {"confirmed": value})


def editorial(path: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("select post_id, owner, decision, actor from editorial").fetchall()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_sheet_holds_every_post_and_every_column(desk: Datasette, kind: str) -> None:
    rows = await exported(desk, kind)
    assert sorted(row["post_id"] for row in rows) == ["p1", "p2", "p3"]
    assert {*roundtrip.HUMAN, roundtrip.VERSION, "open_errors", "words"} <= set(rows[0])


async def test_what_was_filled_in_is_shown_then_saved(
    desk: Datasette, db_path: Path, cookies: Cookies
) -> None:
    content = filled(await exported(desk), owner="Bea", decision="Update")
    shown = await bring_back(desk, cookies("editor"), content)
    assert ("1 post would change" in shown.text, editorial(db_path)) == (True, [])
    saved = await confirm(desk, cookies("editor"), shown.text)
    assert (saved.status_code, editorial(db_path)) == (302, [("p1", "Bea", "update", "Ada")])


async def test_stale_row_is_refused_in_the_preview(desk: Datasette, db_path: Path, cookies: Cookies) -> None:
    content = filled(await exported(desk), owner="Bea")
    await confirm(desk, cookies("editor"), (await bring_back(desk, cookies("editor"), content)).text)
    again = await bring_back(desk, cookies("editor"), filled(await exported(desk), owner="Cid"))
    stale = await bring_back(desk, cookies("editor"), content)
    assert "was changed by somebody after this sheet was exported" in stale.text
    assert "1 post would change" in again.text


async def test_row_that_went_stale_after_the_preview_is_not_saved(
    desk: Datasette, db_path: Path, cookies: Cookies
) -> None:
    shown = await bring_back(desk, cookies("editor"), filled(await exported(desk), owner="Bea"))
    with closing(sqlite3.connect(db_path)) as connection, connection:
        connection.execute(
            "insert into editorial(post_id, owner, actor, decided_at) values ('p1', 'Dan', 'Dan', '2026')"
        )
    saved = await confirm(desk, cookies("editor"), shown.text)
    assert (saved.status_code, [row[1] for row in editorial(db_path)]) == (409, ["Dan"])


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"decision": "burn"}, "is no decision"),
        ({"due": "31.1.2030"}, "is no date"),
        ({"row_version": "7"}, "was changed by somebody"),
    ],
)
async def test_what_cannot_be_used_is_a_sentence(
    desk: Datasette, cookies: Cookies, more: dict[str, str], sentence: str
) -> None:
    page = (await bring_back(desk, cookies("editor"), filled(await exported(desk), **more))).text
    assert (sentence in page, 'name="confirmed"' in page) == (True, False)


@pytest.mark.parametrize(
    ("token", "headers"),
    [
        ("", {"sec-fetch-site": "cross-site", "origin": "http://evil.example"}),
        ("", {"sec-fetch-site": "same-site", "origin": "http://localhost:1"}),
        ("guessed", {"origin": "null"}),
        ("guessed", {"sec-fetch-site": "cross-site"}),
    ],
)
@pytest.mark.parametrize("confirmed", [True, False])
async def test_upload_from_another_site_is_refused(
    desk: Datasette, db_path: Path, cookies: Cookies, token: str, headers: dict[str, str], confirmed: bool
) -> None:
    jar = cookies("editor") | {"ds_csrftoken": "the real one"}
    change = b'[{"post_id": "p1", "row_version": 0, "values": {"owner": "Mallory"}}]'
    files = {"confirmed" if confirmed else "sheet": ("x.csv", change)}
    answer = await desk.client.post(
        PAGE, data={"csrftoken": token}, files=files, headers=headers, cookies=jar
    )
    assert (answer.status_code, editorial(db_path)) == (403, [])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04nonsense", b"\xff\xfe\x00", b"a,b\n1,2\n"])
async def test_other_files_are_refused_calmly(desk: Datasette, cookies: Cookies, content: bytes) -> None:
    answer = await bring_back(desk, cookies("editor"), content)
    assert (answer.status_code in (200, 409), 'name="confirmed"' in answer.text) == (True, False)


@pytest.mark.row(62)
async def test_formula_in_a_title_stays_text(desk: Datasette, db_path: Path) -> None:
    with closing(sqlite3.connect(db_path)) as connection, connection:
        connection.execute("update posts set title = '=cmd()'")
    raw = (await desk.client.get(f"{PAGE}.csv")).text
    assert "'=cmd()" in raw
    book = zipfile.ZipFile(io.BytesIO((await desk.client.get(f"{PAGE}.xlsx")).content))
    assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), min_size=1, max_size=4))
def test_workbook_gives_back_what_was_put_in(rows: list[list[str]]) -> None:
    read = sheet.read_sheet("x.xlsx", sheet.to_xlsx(["a", "b"], rows))
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    assert [[row.get("a", ""), row.get("b", "")] for row in read] == [list(row) for row in kept]


def test_semicolons_of_other_countries_are_understood() -> None:
    assert sheet.read_sheet("x.csv", b"\xef\xbb\xbfa;b\r\n1,5;2\r\n") == [{"a": "1,5", "b": "2"}]


@pytest.mark.row(33)
def test_entities_are_never_expanded() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w") as book:
        book.writestr("xl/worksheets/sheet1.xml", '<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>')
    with pytest.raises(sheet.SheetError):
        sheet.read_sheet("x.xlsx", bomb.getvalue())


def test_export_reads_back_as_it_was() -> None:
    rows = list(csv.reader(io.StringIO(sheet.to_csv(["a"], [["'quoted"], ["-1"], ["=x"]]))))
    assert rows == [["a"], ["'quoted"], ["-1"], ["'=x"]]
