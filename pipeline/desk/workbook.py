"""Any table, view or question as a workbook: all rows up to a limit, not only the page that is shown."""

import asyncio
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from datasette.database import QueryInterrupted
from datasette.utils import sqlite3, tilde_decode
from datasette.utils.asgi import Response

from pipeline.desk import sheet

MOST_ROWS = 50_000
MOST_TEXT = 40_000_000
"""Characters of all cells together: rows of long posts fill the memory before they are many."""
MOST_S = 60.0
CUT = "The workbook ends here, after {} rows, as far as one may grow. Filter the table, or take it as CSV."
SLOW = "SQL query took too long\n"
NOT_ROWS = frozenset({"_next", "_size", "_shape", "_labels", "_label", "_json", "_nl", "_extra", "_format"})
"""Arguments that say how a page is shown, not which rows are meant."""
QUICK = [("_shape", "arrays"), ("_size", "max"), ("_nocount", "1"), ("_nofacet", "1"), ("_extra", "columns")]
PARAMETER = re.compile(r":(\w+)")


class RefusedError(Exception):
    """Datasette answers a part of the table with something else than rows; carries its status and text."""


@dataclass(slots=True, kw_only=True)
class Book:
    """What a workbook holds, and whether more rows were there."""

    head: Sequence[str]
    rows: list[list[Any]] = field(default_factory=list)
    text: int = 0
    is_cut: bool = False

    def take(self, rows: Sequence[Any]) -> None:
        """Add rows until the limits are reached."""
        for row in rows:
            if len(self.rows) >= MOST_ROWS or self.text > MOST_TEXT:
                self.is_cut = True
                return
            self.rows.append([_plain(cell) for cell in row])
            self.text += sum(len(cell) for cell in self.rows[-1] if isinstance(cell, str))


def can_render(table: str | None, sql: str | None, view_name: str) -> bool:
    """Offer workbooks of tables, views and questions; one row is none."""
    return bool(table or sql) and view_name != "row"


async def render(
    datasette: Any, request: Any, table: str | None, sql: str | None, data: Mapping[str, Any]
) -> Response | None:
    """Answer with a workbook of everything that the page is a part of; None where that is nothing."""
    if "pks" in request.url_vars:
        return None
    try:
        if table:
            book = await _of_table(datasette, request)
        else:
            book = await _of_question(datasette, request, str(sql), data)
    except RefusedError as refusal:
        status, reason = refusal.args
        return Response.text(reason, status=status)
    except QueryInterrupted:
        return Response.text(SLOW, status=400)
    return await _answer(book, request) if book.head else None


async def _of_table(datasette: Any, request: Any) -> Book:
    """Ask the server for one page after the other, as whoever asked: its filters, limits, permissions."""
    kept = [pair for pair in parse_qsl(request.query_string, True) if pair[0] not in NOT_ROWS]
    path = _place(request) + ".json?"
    headers = {name: value for name, value in request.headers.items() if name != "accept-encoding"}
    ends = time.monotonic() + MOST_S
    book, more = Book(head=()), [("_next", "")]
    while more:
        answer = await datasette.client.get(path + urlencode(kept + QUICK + more), headers=headers)
        if answer.status_code != 200:
            raise RefusedError(answer.status_code, answer.text)
        page = answer.json()
        book.head = page["columns"]
        book.take(page["rows"])
        more = [("_next", page["next"])] if page.get("next") and not book.is_cut else []
        if more and time.monotonic() > ends:
            book.is_cut, more = True, []
    return book


async def _of_question(datasette: Any, request: Any, sql: str, data: Mapping[str, Any]) -> Book:
    """Ask the question again for more rows than a page holds, where it is one that can be asked so."""
    book = Book(head=data["columns"])
    names = set(PARAMETER.findall(sql))
    values = {name: request.args.get(name) or "" for name in names}
    limited = f"select * from (\n{sql.strip().rstrip(';')}\n) limit {MOST_ROWS + 1}"
    database = datasette.get_database(route=tilde_decode(request.url_vars["database"]))
    try:
        # What begins with an underscore Datasette fills in itself; such a question stays one page long.
        again = [] if any(name.startswith("_") for name in names) else [limited]
        rows = [(await database.execute(one, values, truncate=False)).rows for one in again]
    except sqlite3.DatabaseError:
        rows = []
    book.take(rows[0] if rows else data["rows"])
    book.is_cut = book.is_cut or (not rows and bool(data.get("truncated")))
    return book


async def _answer(book: Book, request: Any) -> Response:
    rows = [*book.rows, [CUT.format(f"{len(book.rows):,}")]] if book.is_cut else book.rows
    body: Any = await asyncio.to_thread(sheet.to_xlsx, book.head, rows)
    name = re.sub(r"[^\w.-]+|_+", "-", _place(request), flags=re.ASCII).strip("-.") or "copydesk"
    headers = {"content-disposition": f'attachment; filename="{name}.xlsx"'}
    if book.is_cut:
        headers["x-copydesk-rows"] = f"the first {len(book.rows)}"
    return Response(body, headers=headers, content_type=sheet.KIND)


def _place(request: Any) -> str:
    """Return the path of a table or question, without what stands before it on this server."""
    return str(request.scope.get("route_path", request.path)).removesuffix(".xlsx")


def _plain(cell: Any) -> Any:
    """Return what a cell of a sheet can hold: of blobs their size."""
    if isinstance(cell, bytes):
        return f"({len(cell)} bytes)"
    if isinstance(cell, dict):
        return "(bytes)" if cell.get("$base64") else cell.get("value")
    return cell
