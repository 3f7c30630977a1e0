"""The content inventory: out as CSV or XLSX, filled in, looked at, and back in."""

import json
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import asdict
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from datasette.utils.asgi import Forbidden, Response

from pipeline.desk import access, queue, roundtrip, sheet, triage, words

MOST_BYTES = 30 * 2**20
BATCH = 200
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": sheet.KIND,
}


async def export(request: Any, datasette: Any) -> Response:
    """Send the inventory as a spreadsheet."""
    database = await access.open_database(datasette, request)
    kind = request.url_vars["kind"]
    head, rows = await database.execute_fn(_everything)
    body: Any = sheet.to_xlsx(head, rows) if kind == "xlsx" else sheet.to_csv(head, rows)
    headers = {"content-disposition": f'attachment; filename="inventory.{kind}"'}
    return Response(body, headers=headers, content_type=KINDS[kind])


def _everything(connection: sqlite3.Connection) -> tuple[list[str], list[tuple[Any, ...]]]:
    cursor = connection.execute(roundtrip.EXPORT)  # not through execute(): that stops at a page's worth
    return [column[0] for column in cursor.description], [tuple(row) for row in cursor]


async def inventory_page(request: Any, datasette: Any) -> Response:
    """Offer the sheet; show what a filled-in one would change; save it once that was confirmed."""
    database = await access.open_database(datasette, request)
    context: dict[str, Any] = {"database": database.name, "decisions": roundtrip.DECISIONS}
    if request.method != "POST":
        return await queue.page_of(datasette, request, "desk_inventory.html", context)
    if not access.is_editor(datasette, request.actor):
        raise Forbidden("Only editors may fill in the inventory; log in with an editor's link")
    form = await read_form(request)
    if not access.guards_every_form(datasette):
        _require_own_form(request, form)
    if "confirmed" in form:
        return await _save(datasette, request, database, form)
    name, content = form.get("sheet", ("", b""))
    try:
        rows = sheet.read_sheet(name, content)
        context["preview"] = roundtrip.preview(rows, await database.execute_fn(_current))
        context["confirmed"] = json.dumps([asdict(change) for change in context["preview"].changes])
    except sheet.SheetError as error:
        context["problem"] = f"{error}; nothing was saved."
    return await queue.page_of(
        datasette, request, "desk_inventory.html", context, 409 if "problem" in context else 200
    )


def _current(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    cursor = connection.execute(roundtrip.CURRENT)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


async def _save(datasette: Any, request: Any, database: Any, form: dict[str, tuple[str, bytes]]) -> Response:
    """Write what was confirmed; what somebody changed in between is refused, row by row."""
    confirmed = json.loads(form["confirmed"][1])
    rows = [
        {"post_id": row["post_id"], "row_version": str(row["row_version"]), **_texts(row)}
        for row in confirmed
    ]
    again = roundtrip.preview(rows, await database.execute_fn(_current))
    shared = {"actor": str(request.actor["id"]), "decided_at": triage.now()}
    for start in range(0, len(again.changes), BATCH):
        part = [
            {"post_id": one.post_id, "row_version": one.row_version, **one.values, **shared}
            for one in again.changes[start : start + BATCH]
        ]
        problem = await triage.written(database, _writer(part))
        if problem:
            again.refused.append(problem)
            again.changes = again.changes[:start]
            break
    if again.refused:
        context = {"database": database.name, "decisions": roundtrip.DECISIONS, "saved": again}
        return await queue.page_of(datasette, request, "desk_inventory.html", context, 409)
    datasette.add_message(request, f"Saved: {words.counted(len(again.changes), 'post')}.")
    return Response.redirect(words.path(datasette, database.name, "inventory"))


def _texts(row: dict[str, Any]) -> dict[str, str]:
    return {name: str(value or "") for name, value in row["values"].items() if name in roundtrip.HUMAN}


def _writer(rows: list[dict[str, Any]]) -> Callable[[sqlite3.Connection], None]:
    def write(connection: sqlite3.Connection) -> None:
        with connection:
            for row in rows:
                if connection.execute(roundtrip.INSERT, row).rowcount != 1:
                    raise triage.ConflictError(
                        "Somebody changed one of these posts a moment ago; export again."
                    )

    return write


def takes_file(scope: dict[str, Any]) -> bool:
    """Say whether a request brings a form with a file to the inventory page."""
    kinds = [value for name, value in scope.get("headers", ()) if name == b"content-type"]
    path = str(scope.get("path", ""))
    return "/-/desk/" in path and path.endswith("/inventory") and kinds[:1] != [] and b"multipart" in kinds[0]


def _require_own_form(request: Any, form: dict[str, tuple[str, bytes]]) -> None:
    """Refuse a form that another site made: the token has to be the cookie's, or the browser has to vouch."""
    token = form.get("csrftoken", ("", b""))[1].decode("utf-8", "replace")
    cookie = request.cookies.get("ds_csrftoken", "")
    if cookie and secrets.compare_digest(cookie.encode(), token.encode()):
        return
    if request.headers.get("sec-fetch-site") != "same-origin":
        raise Forbidden("This form was not made by the desk")


async def read_form(request: Any) -> dict[str, tuple[str, bytes]]:
    """Read a form with a file: field name -> (file name, content).

    Raises: Forbidden when it is too large or no such form.
    """
    kind = request.headers.get("content-type", "")
    if int(request.headers.get("content-length") or 0) > MOST_BYTES:
        raise Forbidden(f"The sheet is larger than {MOST_BYTES >> 20} MB; nothing was saved")
    body = await request.post_body()
    if not kind.startswith("multipart/form-data"):
        return {name: ("", value.encode()) for name, value in parse_qsl(body.decode("utf-8", "replace"))}
    message = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    found: dict[str, tuple[str, bytes]] = {}
    for part in message.iter_parts() if message.is_multipart() else ():
        content = part.get_payload(decode=True)
        name = str(part.get_param("name", header="content-disposition"))
        found[name] = (part.get_filename() or "", content if isinstance(content, bytes) else b"")
    return found
