"""Login links: good once, for a quarter of an hour, for what they say."""

import time
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from desk_server import Cookies, start

from pipeline.desk import login, shared


def link(desk: Datasette, role: str = "editor", **more: Any) -> str:
    return login.mint(desk._secret, "Ada", role, **more)


async def use(desk: Datasette, path: str) -> Any:
    page = await desk.client.get(path)
    token = page.cookies.get("ds_csrftoken") or ""
    jar = {"ds_csrftoken": token}
    return await desk.client.post(path, data={"csrftoken": token}, cookies=jar)


async def test_link_logs_in_after_a_question(desk: Datasette) -> None:
    path = link(desk)
    assert "Ada" in (await desk.client.get(path)).text
    answer = await use(desk, path)
    cookie = answer.headers["set-cookie"].lower()
    assert (answer.status_code, answer.headers["location"]) == (302, "/-/desk")
    assert all(word in cookie for word in ("ds_actor=", "httponly", "samesite=lax", "max-age"))
    actor = await desk.client.get("/-/actor.json", cookies={"ds_actor": answer.cookies["ds_actor"]})
    assert actor.json()["actor"] == {"id": "Ada", "role": "editor"}


async def test_link_works_once(desk: Datasette) -> None:
    path = link(desk)
    assert [(await use(desk, path)).status_code for _ in range(2)] == [302, 403]


async def test_looking_at_a_link_does_not_use_it_up(desk: Datasette) -> None:
    path = link(desk)
    await desk.client.get(path)
    await desk.client.get(path)
    assert (await use(desk, path)).status_code == 302


async def test_link_works_once_even_after_a_restart(desk: Datasette, db_path: Path) -> None:
    path = link(desk)
    await use(desk, path)
    again = await start(db_path, secret=desk._secret)
    assert "used already" in (await again.client.get(path)).text


async def test_old_link_is_refused(desk: Datasette) -> None:
    answer = await desk.client.get(link(desk, now=time.time() - login.LINK_S - 1))
    assert (answer.status_code, "expired" in answer.text) == (403, True)


def test_secret_is_made_once_and_only_its_owner_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATASETTE_SECRET", raising=False)
    first = shared.secret_for(tmp_path / "a.db")
    mode = (tmp_path / shared.FOLDER / shared.SECRET).stat().st_mode & 0o777
    assert (len(first), shared.secret_for(tmp_path / "b.db") == first, mode) == (64, True, 0o600)


def test_link_is_used_up_by_one_of_two(tmp_path: Path) -> None:
    assert [shared.use_up(tmp_path, "0" * 16) for _ in range(2)] == [True, False]


@pytest.mark.parametrize("token", ["", "x", "eyJhIjoxfQ.abc", "[]"])
async def test_forged_link_is_refused(desk: Datasette, token: str) -> None:
    answer = await desk.client.get(f"/-/desk/login?token={token}")
    assert (answer.status_code, "not valid" in answer.text) == (403, True)


async def test_signed_by_us_for_something_else_is_no_link(desk: Datasette) -> None:
    token = desk.sign({"a": {"id": "Ada", "role": "admin"}}, "actor")
    assert (await desk.client.get(f"/-/desk/login?token={token}")).status_code == 403


def test_unknown_role_gets_no_link() -> None:
    with pytest.raises(ValueError, match="choose one of auditor, editor, admin"):
        login.mint("secret", "Ada", "king")


async def test_session_ends(desk: Datasette, cookies: Cookies) -> None:
    old = desk.sign({"a": {"id": "Ada", "role": "editor"}, "e": login.baseconv.base62.encode(1)}, "actor")
    actor = await desk.client.get("/-/actor.json", cookies={"ds_actor": old})
    assert actor.json()["actor"] is None
