"""Login by link: signed, good for a quarter of an hour, good for one use. No passwords are kept."""

import re
import secrets
import time
from pathlib import Path
from typing import Any

from datasette.utils import baseconv
from datasette.utils.asgi import Response
from itsdangerous import BadSignature, URLSafeSerializer

from pipeline.desk import queue, shared, words

NAMESPACE = "copydesk-login"
LINK_S = 15 * 60
SESSION_S = 12 * 3600
ROLES = ("auditor", "editor", "admin")
USED = "This link has been used already. Ask for a new one."
NONCE = re.compile(r"[0-9a-f]{16}")


def mint(secret: str, name: str, role: str, now: float | None = None) -> str:
    """Return the path of a login link, for whoever knows the server's secret (`shared.secret_for`)."""
    if role not in ROLES:
        raise ValueError(f"{role} is no role; choose one of {', '.join(ROLES)}")
    issued = time.time() if now is None else now
    ticket = {"a": {"id": name, "role": role}, "i": issued, "n": secrets.token_hex(8)}
    return "/-/desk/login?token=" + str(URLSafeSerializer(secret, NAMESPACE).dumps(ticket))


async def login_page(request: Any, datasette: Any) -> Response:
    """Ask before the link is used up (GET), then log in (POST): link previews must not spend it."""
    token = request.args.get("token") or ""
    ticket, problem = read_ticket(datasette, token)
    if ticket is None:
        context = {"problem": problem, "ticket": None}
        return await queue.page_of(datasette, request, "desk_login.html", context, 403)
    if request.method != "POST":
        return await queue.page_of(datasette, request, "desk_login.html", {"ticket": ticket, "token": token})
    if not shared.use_up(folder_of(datasette), ticket["n"]):
        context = {"problem": USED, "ticket": None}
        return await queue.page_of(datasette, request, "desk_login.html", context, 403)
    response = Response.redirect(words.path(datasette))
    session = {"a": ticket["a"], "i": time.time(), "e": baseconv.base62.encode(int(time.time()) + SESSION_S)}
    response.set_cookie(
        "ds_actor",
        datasette.sign(session, "actor"),
        max_age=SESSION_S,
        httponly=True,
        samesite="lax",
        secure=request.scheme == "https",
    )
    return response


def read_ticket(datasette: Any, token: str) -> tuple[dict[str, Any] | None, str]:
    """Return what a link grants, or None and a sentence that says why it grants nothing."""
    try:
        ticket = datasette.unsign(token, NAMESPACE)
    except BadSignature:
        return None, "This link is not valid. Ask for a new one."
    if not isinstance(ticket, dict) or not {"a", "i", "n"} <= set(ticket):
        return None, "This link is not valid. Ask for a new one."
    if not NONCE.fullmatch(str(ticket["n"])) or shared.was_used(folder_of(datasette), ticket["n"]):
        return None, USED
    if ticket["i"] + LINK_S < time.time():
        return None, "This link has expired. Ask for a new one."
    if shared.is_revoked(folder_of(datasette), str(ticket["a"]["id"]), ticket["i"]):
        return None, "This link was revoked. Ask for a new one."
    return ticket, ""


def folder_of(datasette: Any) -> Path:
    """Name the folder that remembers used links: beside the first database that is a file."""
    paths = (database.path for database in datasette.databases.values() if database.path)
    return shared.folder_beside(Path(next(paths, "copydesk.db")))
