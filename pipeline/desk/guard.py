"""Before a request is looked at: whose host name it carries, and whether its session was revoked."""

from http.cookies import CookieError, SimpleCookie
from typing import Any

from itsdangerous import BadSignature

from pipeline.desk import shared
from pipeline.desk.login import folder_of

Scope = dict[str, Any]
COOKIE = "ds_actor"


def is_host_known(datasette: Any, scope: Scope) -> bool:
    """Tell whether a request is meant for this server: a page elsewhere can give its own name our address."""
    hosts = (datasette.plugin_config("copydesk") or {}).get("hosts")
    if not hosts:
        return True
    asked = _header(scope, b"host").lower()
    name = asked.partition("]")[0] + "]" if asked.startswith("[") else asked.partition(":")[0]
    return name.rstrip(".") in hosts


def has_session(scope: Scope) -> bool:
    """Tell whether somebody logged in asks, whatever the login is worth."""
    return f"{COOKIE}=" in _header(scope, b"cookie") or bool(_header(scope, b"authorization"))


def without_revoked(datasette: Any, scope: Scope) -> Scope:
    """Take a session that was revoked out of a request."""
    folder = folder_of(datasette)
    if not (folder / shared.REVOKED).is_dir():
        return scope
    try:
        cookies = SimpleCookie(_header(scope, b"cookie"))
        session = datasette.unsign(cookies[COOKIE].value, "actor")
        name, issued_at = str(session["a"]["id"]), float(session.get("i", 0))
    except (CookieError, KeyError, TypeError, ValueError, BadSignature):
        return scope
    if not shared.is_revoked(folder, name, issued_at):
        return scope
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"cookie"]}


def _header(scope: Scope, name: bytes) -> str:
    return b"; ".join(value for key, value in scope["headers"] if key == name).decode("latin-1")
