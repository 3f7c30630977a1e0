"""The page as it was archived: its source as plain text, so that nothing of it runs."""

import zlib
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
MISSING = "The archive does not lie beside this database; it may have been moved. See: copydesk serve --help"


async def archived_page(request: Any, datasette: Any) -> Response:
    """Send the source of a revision's page as text."""
    database = await access.open_database(datasette, request)
    number = request.args.get("number") or ""
    params = {
        "post": tilde_decode(request.url_vars["post"]),
        "number": int(number) if number.isdecimal() else 0,
    }
    found = await queue.rows_of(database, PLACE, params)
    if not found or found[0]["warc_file"] is None or found[0]["warc_offset"] is None:
        raise NotFound("No page was archived for this post")
    folder = Path(access.archive_of(datasette, database))
    path = (folder / found[0]["warc_file"]).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise NotFound(MISSING)
    text = source_at(path, found[0]["warc_offset"])
    return Response(text, content_type="text/plain; charset=utf-8")


def source_at(path: Path, offset: int) -> str:
    """Return the payload of the WARC record at an offset, as text; "" where there is none."""
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
