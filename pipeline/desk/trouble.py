"""What people read when a database is busy, being replaced or damaged: a sentence, never a trace."""

import sys
from collections.abc import Coroutine
from typing import Any

from datasette.database import QueryInterrupted
from datasette.utils import sqlite3
from datasette.utils.asgi import Response

SLOW = "This took longer than the server allows. Narrow it down, or ask again when less is going on."
BUSY = "The database is busy, because a crawl is writing. Nothing was saved; ask again in a moment."
ELSE = (
    "The database cannot be read at the moment ({}). Ask again; if this stays, somebody replaced or damaged"
    " its file: restart the server, then try copydesk doctor."
)
AGAIN_S = "5"


def answer(datasette: Any, request: Any, exception: Exception) -> Coroutine[Any, Any, Response] | None:
    """Answer for what went wrong in a database; None leaves everything else to Datasette."""
    sentence = told(exception)
    if sentence is None:
        return None
    print(f"copydesk: {request.path}: {type(exception).__name__}: {exception}", file=sys.stderr)
    return _answer(datasette, request, sentence)


def told(exception: Exception) -> str | None:
    """Say what went wrong in a database, for people who only wanted to read a page."""
    if isinstance(exception, QueryInterrupted):
        return SLOW
    if isinstance(exception, FileNotFoundError):  # the front page asks how large the file is
        return ELSE.format("its file is gone")
    if not isinstance(exception, sqlite3.Error):
        return None
    locked = any(word in str(exception) for word in ("locked", "busy"))
    return BUSY if locked else ELSE.format(exception)


async def _answer(datasette: Any, request: Any, sentence: str) -> Response:
    headers = {"retry-after": AGAIN_S}
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "error": sentence, "status": 503}, status=503, headers=headers)
    context = {"error": sentence, "status": 503, "title": "Not now"}
    body = await datasette.render_template(["error.html"], context, request=request)
    return Response.html(body, status=503, headers=headers)
