"""What people ask the database: it answers, it never writes, it never takes for ever, it never breaks."""

import time
from pathlib import Path
from urllib.parse import quote

import pytest
from datasette.app import Datasette
from desk_server import Cookies

DESK = "/-/desk/kettles"
WRITES = [
    "insert into posts (id) values (1)",
    "delete from posts",
    "drop table posts",
    "update posts set title = 1",
]
WRITES += [
    "attach database '/etc/passwd' as x",
    "pragma journal_mode = delete",
    "vacuum into '/tmp/stolen.db'",
]
WRITES += [
    "select load_extension('x')",
    "select writefile('/tmp/stolen', 'x')",
    "select readfile('/etc/passwd')",
]
ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
SYNTAX = [
    '"',
    '""',
    "*",
    "tea*",
    "NEAR(",
    "NEAR(a b, 3)",
    "a AND",
    "OR",
    "-",
    "(",
    ")",
    "{",
    "col:",
    "^",
    "a\\",
    "'",
    "\0",
]
SYNTAX += ["title : x", "+", "%", "tea NOT", '"unclosed', "é", "茶", "-tea", "a" * 5000]


@pytest.mark.row(63)
@pytest.mark.parametrize("sql", WRITES)
async def test_sql_reads_only(desk: Datasette, cookies: Cookies, db_path: Path, sql: str) -> None:
    before = db_path.read_bytes()
    answer = await desk.client.get(
        f"/kettles.json?sql={quote(sql)}", cookies=cookies("admin"), follow_redirects=True
    )
    assert (answer.status_code >= 400 or "root:" not in answer.text, Path("/tmp/stolen").exists()) == (
        True,
        False,
    )
    assert (db_path.read_bytes() == before, Path("/tmp/stolen.db").exists()) == (True, False)
    assert answer.status_code >= 400


@pytest.mark.row(63)
async def test_endless_sql_is_cut_off(desk: Datasette, cookies: Cookies) -> None:
    started = time.monotonic()
    answer = await desk.client.get(
        f"/kettles.json?sql={quote(ENDLESS)}&_timelimit=999999",
        cookies=cookies("admin"),
        follow_redirects=True,
    )
    assert (answer.status_code, time.monotonic() - started < 20) == (400, True)


@pytest.mark.row(63)
@pytest.mark.parametrize("bad", ["x' or '1'='1", "'; drop table posts; --", 'x" union select * from urls --'])
async def test_parameters_are_values(desk: Datasette, bad: str) -> None:
    for path in (f"/kettles/flags_of_rule.json?rule={quote(bad)}", f"/kettles/posts.json?title={quote(bad)}"):
        answer = await desk.client.get(f"{path}&_shape=array")
        assert (answer.status_code, answer.json()) == (200, [])
    for path in (f"{DESK}?rule={quote(bad)}", f"{DESK}?site={quote(bad)}&sort={quote(bad)}"):
        assert (await desk.client.get(path)).status_code in (200, 400, 404)


@pytest.mark.row(64)
@pytest.mark.parametrize("query", SYNTAX)
async def test_search_syntax_gives_rows_or_a_sentence(desk: Datasette, query: str) -> None:
    for path in ("/kettles/posts", "/kettles/sections"):
        for mode in ("", "&_searchmode=raw"):
            answer = await desk.client.get(f"{path}?_search={quote(query)}{mode}")
            assert answer.status_code in (200, 400), (path, query, mode)
            assert "Traceback" not in answer.text


@pytest.mark.row(72)
async def test_verdicts_are_synced_at_once(desk: Datasette) -> None:
    database = desk.get_database("kettles")
    modes = await database.execute_write_fn(
        lambda conn: [
            conn.execute(f"pragma {name}").fetchone()[0] for name in ("synchronous", "journal_mode")
        ]
    )
    assert modes == [2, "wal"]
