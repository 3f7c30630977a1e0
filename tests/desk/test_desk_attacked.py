"""The desk under attack from elsewhere: forged hosts and forms, stolen links, caches, proxies, SQL."""

import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner
from datasette.app import Datasette
from desk_server import SECRET, Cookies, start
from test_login import link, use

from pipeline import desk as plugin
from pipeline.cli.login import command as login_command
from pipeline.cli.serve import Shown, _plugin, _proxied
from pipeline.desk import login, shared
from pipeline.errors import ConfigError

DESK = "/-/desk/kettles"
ALL = [
    "/",
    "/kettles",
    "/kettles/flags",
    "/kettles/flags.json",
    "/kettles/posts.csv",
    "/kettles/posts/p1",
    "/kettles?sql=select+1",
    "/kettles?sql=nonsense",
    "/nowhere",
    "/kettles/nothing",
    "/-/versions.json",
    "/-/static/app.css",
    "/-/login",
    DESK,
    f"{DESK}/post/p1",
    f"{DESK}/post/none",
    f"{DESK}/feed.xml",
    f"{DESK}/inventory.xlsx",
    "/-/desk/login?token=x",
]


@pytest.mark.row(61)
@pytest.mark.parametrize("path", ALL)
async def test_every_answer_is_strict_and_cannot_be_framed(
    desk: Datasette, cookies: Cookies, path: str
) -> None:
    headers = (await desk.client.get(path, cookies=cookies("editor"))).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
    assert (policy["frame-ancestors"], policy["base-uri"], policy["form-action"]) == (
        "'none'",
        "'none'",
        "'self'",
    )
    assert "unsafe" not in policy["script-src"] or not desk_is_old()
    assert policy.get("object-src", policy["default-src"]) == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] in ("same-origin", "no-referrer")


def desk_is_old() -> bool:
    from datasette.version import __version__

    return bool(__version__.startswith("0."))


@pytest.mark.parametrize("path", ALL)
async def test_no_cache_keeps_what_somebody_sees_who_is_logged_in(
    desk: Datasette, cookies: Cookies, path: str
) -> None:
    headers = (await desk.client.get(path, cookies=cookies("auditor"))).headers
    if "/-/static" not in path:
        assert (headers["cache-control"], "cookie" in headers["vary"].lower()) == ("private, no-store", True)


async def test_every_form_wants_the_token_of_its_page(db_path: Path) -> None:
    desk = await start(db_path)
    jar = {"ds_actor": desk.sign({"a": {"id": "Ada", "role": "admin"}}, "actor")}
    routes = [pattern for pattern, _ in plugin.register_routes()]
    for pattern in routes:
        path = (
            re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda found: NAMES[found[1]], pattern)
            .strip("^$")
            .replace("\\", "")
        )
        answer = await desk.client.post(path, data={"action": "accept", "flags": "f1:open"}, cookies=jar)
        assert (path, answer.status_code) == (path, 403)
    with closing(sqlite3.connect(db_path)) as conn:
        assert conn.execute("select count(*) from verdicts").fetchone() == (0,)


NAMES = {
    "database": "kettles",
    "post": "p1",
    "cause": "cause1",
    "rule": "broken-form",
    "figure": "ages",
    "kind": "csv",
}


async def test_a_forged_host_is_refused_where_the_server_knows_its_names(db_path: Path) -> None:
    hosts = {"plugins": {"copydesk": _plugin(Shown(public_url="https://desk.example/"), local=True)}}
    desk = await start(db_path, **hosts)
    asked = {host: (await desk.client.get("/", headers={"Host": host})).status_code for host in HOSTS}
    assert asked == HOSTS


HOSTS = {
    "localhost:8001": 200,
    "127.0.0.1": 200,
    "[::1]:8001": 200,
    "desk.example": 200,
    "DESK.example.": 200,
    "evil.example": 421,
    "evil.example:8001": 421,
    "127.0.0.1.evil.example": 421,
    "desk.example@evil.example": 421,
    "": 421,
}


async def test_a_forged_host_leads_no_link_away(desk: Datasette) -> None:
    for path in ("/", DESK, f"{DESK}/post/p1", "/-/desk/login?token=x"):
        assert "evil.example" not in (await desk.client.get(path, headers={"Host": "evil.example"})).text


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/%0d%0aSet-Cookie:x=1", "javascript:x"],
)
async def test_no_address_redirects_elsewhere(desk: Datasette, cookies: Cookies, target: str) -> None:
    for path in (
        f"/-/desk/login?token=x&next={target}",
        f"/-/desk?next={target}",
        f"{DESK}/post/p1?back={target}",
    ):
        answer = await desk.client.get(path, cookies=cookies("editor"))
        assert "evil.example" not in answer.headers.get("location", "")
    answer = await use(desk, f"{link(desk)}&next={target}")
    assert (answer.status_code, answer.headers["location"]) == (302, "/-/desk")
    for path in (target, f"/{target}", f"//evil.example{DESK}"):
        assert (await desk.client.get(path)).headers.get("location", "/")[:2] not in ("//", "/\\", "ht")


async def test_links_cannot_be_guessed_and_the_log_of_used_ones_not_escaped(desk: Datasette) -> None:
    tokens = {link(desk) for _ in range(50)}
    assert len(tokens) == 50
    assert min(len(token.partition("token=")[2]) for token in tokens) > 60
    forged = login.URLSafeSerializer(desk._secret, login.NAMESPACE)
    token = forged.dumps({"a": {"id": "x", "role": "admin"}, "i": time.time(), "n": "../../../tmp/x"})
    assert (await desk.client.get(f"/-/desk/login?token={token}")).status_code == 403


async def test_a_link_or_session_that_was_revoked_is_worthless(desk: Datasette, db_path: Path) -> None:
    unused, used = link(desk), link(desk)
    session = {"ds_actor": (await use(desk, used)).cookies["ds_actor"]}
    assert await actor(desk, session) == {"id": "Ada", "role": "editor"}
    done = CliRunner().invoke(login_command, ["Ada", "--revoke", "--db", str(db_path)], standalone_mode=False)
    assert done.exception is None
    assert (await actor(desk, session), (await use(desk, unused)).status_code) == (None, 403)
    assert (await use(desk, link(desk))).status_code == 302


async def actor(desk: Datasette, jar: dict[str, str]) -> Any:
    return (await desk.client.get("/-/actor.json", cookies=jar)).json()["actor"]


def test_revoking_one_person_leaves_the_others(tmp_path: Path) -> None:
    shared.revoke(tmp_path, "Ada")
    assert [shared.is_revoked(tmp_path, name, time.time() - 9) for name in ("Ada", "Bea", "../Ada")] == [
        True,
        False,
        False,
    ]


def test_behind_a_proxy_with_https_cookies_are_secure(served: str) -> None:
    proxied = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    path = login.mint(SECRET, "Ada", "editor")
    page = httpx.get(served + path, headers=proxied)
    token = page.headers["set-cookie"].partition("ds_csrftoken=")[2].partition(";")[0]
    cookie = proxied | {"Cookie": f"ds_csrftoken={token}"}
    answer = httpx.post(served + path, headers=cookie, data={"csrftoken": token})
    set_cookies = page.headers.get_list("set-cookie") + answer.headers.get_list("set-cookie")
    assert (answer.status_code, len(set_cookies) > 1) == (302, True)
    assert [one for one in set_cookies if "secure" not in one.lower()] == []


@pytest.mark.parametrize(
    ("public", "settings"),
    [
        (None, []),
        ("http://desk.example/", ["--setting", "base_url", "/"]),
        (
            "https://desk.example/blog",
            ["--setting", "base_url", "/blog/", "--setting", "force_https_urls", "1"],
        ),
    ],
)
def test_a_proxy_is_told_to_datasette(public: str | None, settings: list[str]) -> None:
    assert _proxied(public) == settings
    with pytest.raises(ConfigError, match="is no address"):
        _proxied("desk.example")
