"""The page as it was archived: to look at, boxed in so that nothing of it runs or fetches, and as source."""

import re
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from datasette.utils import tilde_decode
from datasette.utils.asgi import NotFound, Response

from pipeline.desk import access, queue

MAX_BYTES = 10 * 2**20
PLACE = """
select r.warc_file, r.warc_offset from revisions r where r.post_id = :post
order by r.number = :number desc, r.number desc limit 1
"""
MISSING = (
    "The archive does not lie beside this database; it may have been moved."
    " Whoever runs this server can name its folder: copydesk serve --archive FOLDER"
)
BOXED = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:;"
    " form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
"""No script, no form, no cookie, no request: what is left is text, layout and inline style."""
DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]{2,30})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """What an exchange brought."""

    media_type: str
    """Lower case, without parameters; "" where the server named none."""
    text: str


async def archived_page(request: Any, datasette: Any) -> Response:
    """Show a revision's page as it was, boxed in; what is no HTML as text."""
    found = await _asked_for(request, datasette)
    if "html" not in found.media_type:
        return _as_text(found)
    headers = {"content-security-policy": BOXED, "x-dns-prefetch-control": "off"}
    return Response(found.text, headers=headers, content_type="text/html; charset=utf-8")


async def archived_source(request: Any, datasette: Any) -> Response:
    """Send the source of a revision's page as text."""
    return _as_text(await _asked_for(request, datasette))


def _as_text(found: Archived) -> Response:
    return Response(found.text, content_type="text/plain; charset=utf-8")


async def _asked_for(request: Any, datasette: Any) -> Archived:
    database = await access.open_database(datasette, request)
    number = request.args.get("number") or ""
    params = {
        "post": tilde_decode(request.url_vars["post"]),
        "number": int(number) if number.isdecimal() else 0,
    }
    rows = await queue.rows_of(database, PLACE, params)
    if not rows or rows[0]["warc_file"] is None or rows[0]["warc_offset"] is None:
        raise NotFound("No page was archived for this post")
    path = file_of(datasette, database, rows[0]["warc_file"])
    if path is None:
        raise NotFound(MISSING)
    return record_at(path, rows[0]["warc_offset"])


def file_of(datasette: Any, database: Any, name: str | None) -> Path | None:
    """Return the WARC file of this name in the archive; None where it is not there."""
    folder = Path(access.archive_of(datasette, database)).resolve()
    path = (folder / (name or ".")).resolve()
    return path if path.is_relative_to(folder) and path.is_file() else None


def record_at(path: Path, offset: int) -> Archived:
    """Return the payload of the WARC record at an offset; empty where there is none."""
    with path.open("rb") as file:
        file.seek(offset)
        raw = file.read(MAX_BYTES)
    record = _unpacked(raw, zlib.MAX_WBITS | 16) if raw.startswith(b"\x1f\x8b") else raw
    warc_head, _, rest = record.partition(b"\r\n\r\n")
    length = _field(warc_head, b"content-length")
    http_head, _, body = rest[: int(length) if length.isdigit() else None].partition(b"\r\n\r\n")
    packed = _field(http_head, b"content-encoding")
    if packed == b"gzip" or body.startswith(b"\x1f\x8b"):
        body = _unpacked(body, zlib.MAX_WBITS | 16)
    elif packed == b"deflate":
        body = _unpacked(body, zlib.MAX_WBITS)
    kind = _field(http_head, b"content-type")
    media_type = kind.partition(b";")[0].strip().decode("ascii", "replace")
    return Archived(media_type=media_type, text=_decoded(body, kind))


def _decoded(body: bytes, kind: bytes) -> str:
    """Decode by what the server declares, else by what the page does, else as UTF-8; never fail."""
    declared = DECLARED.search(kind) or DECLARED.search(body[:2048])
    name = declared[1].decode("ascii") if declared else "utf-8"
    try:
        return body.decode(name, "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


def _unpacked(packed: bytes, how: int) -> bytes:
    try:
        return zlib.decompressobj(how).decompress(packed, MAX_BYTES)
    except zlib.error:
        return packed


def _field(head: bytes, name: bytes) -> bytes:
    for line in head.split(b"\r\n"):
        key, _, value = line.partition(b":")
        if key.strip().lower() == name:
            return value.strip().lower()
    return b""
