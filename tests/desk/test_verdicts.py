"""Deciding: only editors, only once, never lost, always to be taken back."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from desk_server import Cookies

REVIEW = "/-/desk/kettles/post/p1"
DISMISS = {"action": "dismiss", "reason": "Quotation or example"}


async def post(desk: Datasette, jar: dict[str, str], form: dict[str, str]) -> Any:
    """Send a form as a browser does: with the cookies and the token of the page it stands on."""
    page = await desk.client.get(REVIEW, cookies=jar)
    token = page.cookies.get("ds_csrftoken") or ""
    both = {**jar, "ds_csrftoken": token}
    return await desk.client.post(f"{REVIEW}/decide", data={**form, "csrftoken": token}, cookies=both)


def rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def state(path: Path, key: str = "f1") -> str:
    return str(rows(path, f"select state from flags where key = '{key}'")[0][0])


async def test_accepted_flag_waits_for_the_crawl(desk: Datasette, db_path: Path, cookies: Cookies) -> None:
    answer = await post(desk, cookies("editor"), {"flags": "f1:open", "action": "accept"})
    assert (answer.status_code, answer.headers["location"]) == (302, f"{REVIEW}?done=f1#flag-f4")
    assert rows(db_path, "select finding, verdict, scope, actor from verdicts") == [
        ("f1", "accepted", "here", "Ada")
    ]
    assert state(db_path) == "accepted"


async def test_dismissal_keeps_reason_and_scope(desk: Datasette, db_path: Path, cookies: Cookies) -> None:
    form = {**DISMISS, "flags": "f2:open", "scope": "text"}
    await post(desk, cookies("editor"), form)
    assert rows(db_path, "select verdict, scope, reason from verdicts") == [
        ("dismissed", "text", "Quotation or example")
    ]
    assert state(db_path, "f2") == "dismissed"


async def test_dismissal_without_reason_saves_nothing(
    desk: Datasette, db_path: Path, cookies: Cookies
) -> None:
    answer = await post(desk, cookies("editor"), {"flags": "f1:open", "action": "dismiss"})
    assert (answer.status_code, "say why" in answer.text) == (409, True)
    assert state(db_path) == "open"


async def test_second_click_changes_nothing_and_keeps_what_was_typed(
    desk: Datasette, db_path: Path, cookies: Cookies
) -> None:
    await post(desk, cookies("editor"), {"flags": "f1:open", "action": "accept"})
    form = {**DISMISS, "flags": "f1:open", "own_reason": "my own words"}
    answer = await post(desk, cookies("editor"), form)
    assert (answer.status_code, "nothing was saved" in answer.text) == (409, True)
    assert 'value="my own words"' in answer.text
    assert rows(db_path, "select verdict from verdicts") == [("accepted",)]


async def test_several_flags_are_decided_all_or_none(
    desk: Datasette, db_path: Path, cookies: Cookies
) -> None:
    await post(desk, cookies("editor"), {"flags": "f2:open", "action": "claim"})
    answer = await post(desk, cookies("editor"), {"flags": "f1:open,f2:open", "action": "accept"})
    assert (answer.status_code, state(db_path)) == (409, "open")
    answer = await post(desk, cookies("editor"), {"flags": "f1:open,f2:claimed", "action": "accept"})
    assert (answer.status_code, state(db_path), state(db_path, "f2")) == (302, "accepted", "accepted")


async def test_undo_takes_back_and_forgets_nothing(desk: Datasette, db_path: Path, cookies: Cookies) -> None:
    await post(desk, cookies("editor"), {"flags": "f1:open", "action": "accept"})
    await post(desk, cookies("editor"), {"flags": "f1:accepted", "action": "undo"})
    assert state(db_path) == "open"
    assert rows(db_path, "select verdict, undoes from verdicts") == [("accepted", None), ("undone", 1)]


async def test_undo_of_a_wide_dismissal_reaches_all_it_dismissed(
    desk: Datasette, db_path: Path, cookies: Cookies
) -> None:
    await post(desk, cookies("editor"), {**DISMISS, "flags": "f2:open", "scope": "rule"})
    assert (state(db_path, "f2"), state(db_path, "f5")) == ("dismissed", "dismissed")
    await post(desk, cookies("editor"), {"flags": "f5:dismissed", "action": "undo"})
    assert (state(db_path, "f2"), state(db_path, "f5")) == ("open", "open")


async def test_nothing_to_take_back_is_a_sentence(desk: Datasette, cookies: Cookies) -> None:
    answer = await post(desk, cookies("editor"), {"flags": "f1:open", "action": "undo"})
    assert (answer.status_code, "nothing to take back" in answer.text) == (409, True)


@pytest.mark.parametrize("role", [None, "auditor", "stranger"])
async def test_only_editors_decide(
    desk: Datasette, db_path: Path, cookies: Cookies, role: str | None
) -> None:
    answer = await post(desk, cookies(role), {"flags": "f1:open", "action": "accept"})
    assert (answer.status_code, state(db_path)) == (403, "open")


async def test_form_from_elsewhere_is_refused(desk: Datasette, db_path: Path, cookies: Cookies) -> None:
    form = {"flags": "f1:open", "action": "accept"}
    foreign = {"origin": "http://evil.example", "sec-fetch-site": "cross-site"}
    answer = await desk.client.post(f"{REVIEW}/decide", data=form, cookies=cookies("editor"), headers=foreign)
    assert (answer.status_code, state(db_path)) == (403, "open")


async def test_busy_database_is_a_sentence_and_keeps_what_was_typed(
    desk: Datasette, db_path: Path, cookies: Cookies, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.desk.access.BUSY_MS", 50)
    with closing(sqlite3.connect(db_path, isolation_level=None)) as writer:
        writer.execute("begin immediate")
        answer = await post(desk, cookies("editor"), {**DISMISS, "flags": "f1:open", "own_reason": "typed"})
    assert (answer.status_code, "The database is busy" in answer.text) == (409, True)
    assert 'value="typed"' in answer.text
