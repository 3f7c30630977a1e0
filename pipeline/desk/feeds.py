"""Feed addresses that need no cookie: signed, for one database, for reading only, gone once revoked."""

import json
import re
import secrets
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Forbidden, Response
from itsdangerous import BadSignature

from pipeline.desk import access, queue, triage, words
from pipeline.desk.login import folder_of

NAMESPACE = "copydesk-feed"
NONCE = re.compile(r"[0-9a-f]{16}")
MOST = 20
"""Addresses that one person may have."""
UNWRITABLE = "The folder beside the database cannot be written to; no address was made."
ENOUGH = f"You have {MOST} addresses already; revoke one first."


async def feeds_page(request: Any, datasette: Any) -> Response:
    """List a person's feed addresses (GET), make one or revoke one (POST)."""
    database = await access.open_database(datasette, request)
    problem = ""
    if request.method == "POST":
        if not (request.actor or {}).get("id"):
            raise Forbidden("Log in first: a feed address is somebody's own")
        problem = _change(datasette, database.name, request.actor, await request.post_vars())
        if not problem:
            return Response.redirect(words.path(datasette, database.name, "feeds"))
    plain = words.path(datasette, database.name) + "/feed.xml"
    context = {
        "database": database.name,
        "plain": plain,
        "problem": problem,
        "known": bool((request.actor or {}).get("id")),
        "feeds": [
            {**kept, "address": datasette.absolute_url(request, f"{plain}?token={_token(datasette, kept)}")}
            for kept in _of(datasette, database.name, request.actor)
        ],
    }
    return await queue.page_of(datasette, request, "desk_feeds.html", context, 409 if problem else 200)


def actor_of(datasette: Any, database: str, token: str) -> dict[str, Any] | None:
    """Return on whose behalf a feed address reads; None when it is forged, revoked or of another database."""
    try:
        nonce = str(datasette.unsign(token, NAMESPACE))
    except BadSignature:
        return None
    path = _folder(datasette) / f"{nonce}.json"
    if not NONCE.fullmatch(nonce) or not path.is_file():
        return None
    kept = json.loads(path.read_text("utf-8"))
    return dict(kept["actor"]) if kept["database"] == database else None


def _change(datasette: Any, database: str, actor: dict[str, Any], form: dict[str, str]) -> str:
    own = _of(datasette, database, actor)
    if form.get("action") == "revoke":
        for kept in own:
            if kept["nonce"] == form.get("feed"):
                (_folder(datasette) / f"{kept['nonce']}.json").unlink(missing_ok=True)
        return ""
    if len(own) >= MOST:
        return ENOUGH
    kept = {"nonce": secrets.token_hex(8), "database": database, "made_at": triage.now()}
    kept["actor"] = {name: actor[name] for name in ("id", "role") if name in actor}
    try:
        folder = _folder(datasette)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / f"{kept['nonce']}.json").write_text(json.dumps(kept), "utf-8")
    except OSError:
        return UNWRITABLE
    return ""


def _of(datasette: Any, database: str, actor: dict[str, Any] | None) -> list[dict[str, Any]]:
    """List what this person made for this database, newest first; an admin sees everybody's."""
    files = [json.loads(path.read_text("utf-8")) for path in _folder(datasette).glob("*.json")]
    person = actor or {}
    found = [
        kept
        for kept in files
        if kept["database"] == database
        and (person.get("role") == "admin" or kept["actor"]["id"] == person.get("id", ""))
    ]
    return sorted(found, key=lambda kept: str(kept["made_at"]), reverse=True)


def _token(datasette: Any, kept: dict[str, Any]) -> str:
    return str(datasette.sign(kept["nonce"], NAMESPACE))


def _folder(datasette: Any) -> Path:
    return folder_of(datasette) / "feeds"
