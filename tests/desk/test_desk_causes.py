"""Deciding for many at once, and for a while: causes, scopes, dates."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from desk_server import Cookies
from forms import send

CAUSE = "/-/desk/kettles/cause/cause1"
REVIEW = "/-/desk/kettles/post/p1"
DISMISS = {"action": "dismiss", "reason": "Mended elsewhere"}


def states(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("select key, state from flags where cause_id = 'cause1'").fetchall())


async def seen(desk: Datasette) -> str:
    page = (await desk.client.get(CAUSE, cookies={"ds_actor": desk.sign({"a": EDITOR}, "actor")})).text
    return page.split('name="seen" value="')[1][:16]


EDITOR = {"id": "Ada", "role": "editor"}


async def test_queue_groups_flags_of_one_cause(desk: Datasette) -> None:
    page = (await desk.client.get("/-/desk/kettles")).text
    assert f'<a href="{CAUSE}"><b>2 flags</b>' in page


async def test_cause_shows_samples(desk: Datasette) -> None:
    page = (await desk.client.get(CAUSE)).text
    assert ("2 flags, one cause: The form was deleted" in page, "#flag-f2" in page) == (True, True)
    assert "on 1 post since 2014-06" in page


async def test_whole_cause_is_accepted_and_taken_back(
    desk: Datasette, db_path: Path, cookies: Cookies
) -> None:
    form = {"action": "accept", "seen": await seen(desk)}
    answer = await send(desk, cookies("editor"), CAUSE, f"{CAUSE}/decide", form)
    assert (answer.status_code, states(db_path)) == (302, {"f2": "accepted", "f5": "accepted"})
    at = answer.headers["location"].partition("at=")[2]
    await send(desk, cookies("editor"), CAUSE, f"{CAUSE}/decide", {"action": "undo", "at": at})
    assert states(db_path) == {"f2": "open", "f5": "open"}


async def test_cause_that_changed_meanwhile_saves_nothing(
    desk: Datasette, db_path: Path, cookies: Cookies
) -> None:
    form = {**DISMISS, "own_reason": "typed", "seen": "something else"}
    answer = await send(desk, cookies("editor"), CAUSE, f"{CAUSE}/decide", form)
    assert (answer.status_code, "nothing was saved" in answer.text) == (409, True)
    assert ('value="typed"' in answer.text, states(db_path)) == (True, {"f2": "open", "f5": "open"})


async def test_dismissing_a_cause_needs_a_reason(desk: Datasette, db_path: Path, cookies: Cookies) -> None:
    form = {"action": "dismiss", "seen": await seen(desk)}
    answer = await send(desk, cookies("editor"), CAUSE, f"{CAUSE}/decide", form)
    assert (answer.status_code, "say why" in answer.text) == (409, True)


async def test_scope_says_how_many_flags_it_settles(desk: Datasette, cookies: Cookies) -> None:
    page = (await desk.client.get(REVIEW, cookies=cookies("editor"))).text
    flag = page.split('id="flag-f2"')[1].split("</form>")[0]
    assert "this rule in this post (1 flag)" in flag
    assert "this rule on the whole blog (2 flags)" in flag


@pytest.mark.parametrize(("until", "status"), [("2999-01-31", 302), ("2001-01-31", 409), ("soon", 409)])
async def test_dismissal_may_end_on_a_day_to_come(
    desk: Datasette, db_path: Path, cookies: Cookies, until: str, status: int
) -> None:
    form = {**DISMISS, "flags": "f1:open", "until": until}
    answer: Any = await send(desk, cookies("editor"), REVIEW, f"{REVIEW}/decide", form)
    with closing(sqlite3.connect(db_path)) as connection:
        kept = connection.execute("select until from verdicts").fetchall()
    assert (answer.status_code, kept) == (status, [(until,)] if status == 302 else [])


async def test_queue_shows_what_one_person_claimed(desk: Datasette, cookies: Cookies) -> None:
    form = {"flags": "f1:open", "action": "claim"}
    await send(desk, cookies("editor"), REVIEW, f"{REVIEW}/decide", form)
    pages = [(await desk.client.get(f"/-/desk/kettles?assignee={name}")).text for name in ("Ada", "Bob")]
    assert [REVIEW in page for page in pages] == [True, False]
    assert "claimed by Ada" in pages[0]
