"""Who may do what: every route of the desk, asked as nobody, a stranger, an auditor, an editor, an admin."""

import re
from pathlib import Path

import pytest
from datasette.app import Datasette
from desk_server import start
from forms import send

from pipeline import desk as plugin

MEMBERS = {"allow": {"role": ["auditor", "editor", "admin"]}}
DESK = "/-/desk/kettles"
POST = f"{DESK}/post/p1"
READ = {
    "/-/desk": 302,
    "/-/desk/overview": 302,
    DESK: 200,
    f"{DESK}/overview": 200,
    f"{DESK}/overview/ages.csv": 200,
    f"{DESK}/inventory": 200,
    f"{DESK}/inventory.csv": 200,
    f"{DESK}/inventory.xlsx": 200,
    f"{DESK}/categories": 200,
    f"{DESK}/feed.xml": 200,
    f"{DESK}/feeds": 200,
    POST: 200,
    f"{POST}/clean.md": 200,
    f"{POST}/clean.html": 200,
    f"{POST}/fixes.diff": 200,
    f"{POST}/revisions": 200,
    f"{POST}/archived": 404,
    f"{POST}/archived.txt": 404,
    f"{DESK}/cause/cause1": 200,
    f"{DESK}/rule/broken-form": 200,
}
WRITE = {
    f"{POST}/decide": {"flags": "f1:open", "action": "claim"},
    f"{POST}/recheck": {},
    f"{DESK}/cause/cause1/decide": {"action": "accept", "seen": "stale"},
    f"{DESK}/inventory": {"confirmed": "[]"},
}
ROLES = (None, "stranger", "auditor", "editor", "admin")
OPEN_TO_ALL = {"/-/desk": 200, "/-/desk/overview": 302}
"""What people see who are not logged in: that there is nothing for them."""


async def as_role(path: Path, role: str | None) -> tuple[Datasette, dict[str, str]]:
    config = {"copydesk": {"recheck": False}}
    desk = await start(path, plugins=config, **MEMBERS)
    cookie = desk.sign({"a": {"id": "Ada", "role": role}}, "actor")
    return desk, {"ds_actor": cookie} if role else {}


@pytest.mark.parametrize("role", ROLES)
async def test_only_members_read(db_path: Path, role: str | None) -> None:
    desk, jar = await as_role(db_path, role)
    found = {path: (await desk.client.get(path, cookies=jar)).status_code for path in READ}
    outside = {path: OPEN_TO_ALL.get(path, 403) for path in READ}
    assert found == (READ if role in ("auditor", "editor", "admin") else outside)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", WRITE)
async def test_only_editors_and_admins_write(db_path: Path, role: str | None, action: str) -> None:
    desk, jar = await as_role(db_path, role)
    answer = await send(desk, jar, "/-/desk/login", action, WRITE[action])
    assert (answer.status_code == 403) == (role not in ("editor", "admin"))


def test_every_route_is_asked() -> None:
    routes = [re.compile(pattern) for pattern, _ in plugin.register_routes()]
    asked = [*READ, *WRITE, "/-/desk/login"]
    assert [route.pattern for route in routes if not any(route.match(path) for path in asked)] == []
