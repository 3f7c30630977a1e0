"""What people who are not logged in may ask, and for how long."""

from pathlib import Path

import pytest
from datasette.app import Datasette
from desk_server import Cookies

from pipeline.desk import limits

COUNT = "with recursive n(i) as (select 1 union all select i + 1 from n where i < {}) select count(*) from n"
OWN_SQL = (
    "/kettles.json?sql=select+1",
    "/kettles/posts.json?_where=1=1",
    "/kettles/-/query.json?sql=select+1",
)


@pytest.mark.parametrize(("role", "may"), [(None, False), ("stranger", False), ("auditor", True)])
async def test_own_sql_is_for_members(desk: Datasette, cookies: Cookies, role: str | None, may: bool) -> None:
    codes = [(await desk.client.get(path, cookies=cookies(role))).status_code for path in OWN_SQL]
    assert (200 in codes, codes.count(403) >= 2) == (may, not may)


async def test_nobody_sees_a_way_to_type_sql(desk: Datasette) -> None:
    assert "<textarea" not in (await desk.client.get("/kettles")).text


@pytest.mark.parametrize(("logged_in", "limit"), [(None, None), (True, None), (False, 1000)])
async def test_people_who_are_not_logged_in_get_a_second(logged_in: bool | None, limit: int | None) -> None:
    asked: list[int | None] = []

    async def execute(*args: object, custom_time_limit: int | None = None) -> None:
        asked.append(custom_time_limit)

    limits.begin_request()
    for who in () if logged_in is None else ({"id": "Ada"} if logged_in else None, None):
        limits.note_actor(who)
    await limits._limited(execute)("select 1")
    assert asked == [limit]


async def test_long_question_of_nobody_ends_after_its_second(db_path: Path, desk: Datasette) -> None:
    desk.get_database("kettles").ds.sql_time_limit_ms = 60_000
    limits.begin_request()
    limits.note_actor(None)
    with pytest.raises(Exception, match="interrupted"):
        await desk.get_database("kettles").execute(COUNT.format(10**9))
    limits.begin_request()
    limits.note_actor({"id": "Ada"})
    assert (await desk.get_database("kettles").execute(COUNT.format(10**3))).first()[0] == 1000
