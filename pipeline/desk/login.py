"""Login by link: signed, good for a quarter of an hour, good for one use. No passwords are kept."""

import secrets
import time
from typing import Any

from datasette.utils import baseconv
from datasette.utils.asgi import Response
from itsdangerous import BadSignature, URLSafeSerializer

from pipeline.desk import queue, words

NAMESPACE = "copydesk-login"
LINK_S = 15 * 60
SESSION_S = 12 * 3600
CLOCK_S = 60
"""How much older than the server a link may be: `serve` makes its own while the server starts."""
ROLES = ("auditor", "editor", "admin")
STARTED = time.time()

_used: dict[str, float] = {}


def mint(secret: str, name: str, role: str, now: float | None = None) -> str:
    """Return the path of a login link, for whoever knows the server's secret (DATASETTE_SECRET)."""
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
    _used[ticket["n"]] = time.time()
    response = Response.redirect(words.path(datasette))
    session = {"a": ticket["a"], "e": baseconv.base62.encode(int(time.time()) + SESSION_S)}
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
    _forget_expired()
    if ticket["n"] in _used:
        return None, "This link has been used already. Ask for a new one."
    if ticket["i"] + LINK_S < time.time():
        return None, "This link has expired. Ask for a new one."
    if ticket["i"] < STARTED - CLOCK_S:
        return None, "The server was started again after this link was made. Ask for a new one."
    return ticket, ""


def _forget_expired() -> None:
    for nonce, used_at in list(_used.items()):
        if used_at + LINK_S < time.time():
            del _used[nonce]
