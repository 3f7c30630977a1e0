"""Feed addresses: they read one feed without a cookie, and stop when they are revoked."""

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from datasette.app import Datasette
from desk_server import start
from forms import send

DESK = "/-/desk/kettles"
MEMBERS = {"allow": {"role": ["auditor", "editor", "admin"]}}


@pytest.fixture
async def closed(db_path: Path) -> Datasette:
    """A desk that shows nothing to people who are not logged in."""
    return await start(db_path, **MEMBERS)


def jar(desk: Datasette, name: str = "Ada", role: str = "auditor") -> dict[str, str]:
    return {"ds_actor": desk.sign({"a": {"id": name, "role": role}}, "actor")}


async def addresses(desk: Datasette, cookies: dict[str, str]) -> list[str]:
    page = (await desk.client.get(f"{DESK}/feeds", cookies=cookies)).text
    return re.findall(r'value="http://localhost(/[^"]+token=[^"]+)"', page)


async def change(desk: Datasette, cookies: dict[str, str], **form: str) -> Any:
    return await send(desk, cookies, f"{DESK}/feeds", f"{DESK}/feeds", form)


async def test_address_reads_the_feed_without_a_cookie(closed: Datasette) -> None:
    await change(closed, jar(closed), action="make")
    (address,) = await addresses(closed, jar(closed))
    answers = [(await closed.client.get(path)) for path in (address, f"{DESK}/feed.xml")]
    assert [answer.status_code for answer in answers] == [200, 403]
    assert len(ElementTree.fromstring(answers[0].text)) > 5


async def test_address_opens_nothing_but_the_feed(closed: Datasette) -> None:
    await change(closed, jar(closed), action="make")
    token = (await addresses(closed, jar(closed)))[0].partition("?")[2]
    paths = (DESK, f"{DESK}/post/p1", "/kettles/flags.json", f"{DESK}/feeds", f"{DESK}/inventory.csv")
    assert {(await closed.client.get(f"{path}?{token}")).status_code for path in paths} == {403}


async def test_revoked_address_reads_nothing(closed: Datasette) -> None:
    await change(closed, jar(closed), action="make")
    (address,) = await addresses(closed, jar(closed))
    page = (await closed.client.get(f"{DESK}/feeds", cookies=jar(closed))).text
    nonce = page.split('name="feed" value="')[1][:16]
    await change(closed, jar(closed, "Bob"), action="revoke", feed=nonce)
    assert (await closed.client.get(address)).status_code == 200
    await change(closed, jar(closed), action="revoke", feed=nonce)
    answer = await closed.client.get(address)
    assert (answer.status_code, "was revoked" in answer.text) == (403, True)


async def test_address_stops_with_the_role_that_it_was_made_by(db_path: Path, closed: Datasette) -> None:
    await change(closed, jar(closed), action="make")
    (address,) = await addresses(closed, jar(closed))
    stricter = await start(db_path, secret=closed._secret, allow={"role": "admin"})
    assert (await stricter.client.get(address)).status_code == 403


async def test_admin_sees_whose_they_are(closed: Datasette) -> None:
    await change(closed, jar(closed), action="make")
    page = (await closed.client.get(f"{DESK}/feeds", cookies=jar(closed, "Eve", "admin"))).text
    assert ("by Ada" in page, await addresses(closed, jar(closed, "Bob"))) == (True, [])


@pytest.mark.parametrize("token", ["x", "..", "ImFiY2Qi.sig"])
async def test_forged_token_is_refused_even_where_everybody_reads(desk: Datasette, token: str) -> None:
    assert (await desk.client.get(f"{DESK}/feed.xml?token={token}")).status_code == 403


async def test_nobody_makes_an_address_for_nobody(desk: Datasette) -> None:
    assert (await change(desk, {}, action="make")).status_code == 403
