"""WARC -> pages: of any crawler (ours, wget's, Browsertrix's, Heritrix's), compressed or not."""

import hashlib
import re
from collections.abc import Iterator
from email.message import Message
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.archive.charset import decode
from pipeline.archive.http import HttpResponse, gunzip, parse_response, unpack
from pipeline.archive.record import RawRecord, read_record_at, read_records
from pipeline.archive.sniff import media_type_of
from pipeline.errors import ArchiveError
from pipeline.records import Failure, Page

MAX_HTML = 5 * 2**20
MAX_URL = 2000
"""The limits that the crawler keeps on the network hold for archives of others, too."""
UNFIT = re.compile(r"[\x00-\x20\x7f]")
SHA256 = re.compile(r"sha256:([0-9a-f]{64})$", re.IGNORECASE)


def read_pages(path: Path | str, root: Path | None = None) -> Iterator[Page | Failure]:
    """Yield the pages and feeds of a WARC file, in its order; each part that cannot be read as a Failure.

    `root` is the archive folder that `Page.warc_file` is relative to; without it the file's whole path stands
    there. Images and their like, errors, redirects, requests and repetitions are passed over.
    Raises: ArchiveError when the file is no WARC at all.
    """
    path = Path(path)
    name = _name(path, root)
    for record in read_records(path):
        if isinstance(record, ArchiveError):
            yield Failure(url=None, stage="archive", reason=f"{path.name}: {record}")
            continue
        try:
            page = page_of(record, name)
        except ArchiveError as error:
            yield Failure(
                url=record.fields.get("warc-target-uri"), stage="archive", reason=f"{path.name}: {error}"
            )
            continue
        if page is not None:
            yield page


def find_page_at(path: Path | str, offset: int, root: Path | None = None) -> Page | None:
    """Read what stands at a known place; None when it is no page.

    Raises: ArchiveError when nothing can be read there.
    """
    path = Path(path)
    try:
        return page_of(read_record_at(path, offset), _name(path, root))
    except OSError as error:
        raise ArchiveError(f"{path} cannot be read ({error.strerror}); was the archive moved?") from error


def read_page_at(path: Path | str, offset: int, root: Path | None = None) -> Page:
    """Read one page at its known place.

    Raises: ArchiveError when there is none.
    """
    page = find_page_at(path, offset, root)
    if page is None:
        raise ArchiveError(f"{path} holds no page at {offset}")
    return page


def page_of(record: RawRecord, warc_file: str) -> Page | None:
    """Turn a record into a page; None for what is no page.

    Raises: ArchiveError when it should be one and cannot be read.
    """
    url = record.fields.get("warc-target-uri", "").strip("<>")
    response = _response(record) if _is_fit(url) else None
    if response is None or not 200 <= response.status < 300 or not response.body:
        return None
    claimed = response.headers.get("content-type", "")
    if _cannot_be_text(claimed, response.body):
        return None
    body = unpack(response.body, response.headers.get("content-encoding", ""))
    if body.startswith(b"\x1f\x8b") and "xml" in url:
        body = gunzip(body)
    media_type = media_type_of(body, claimed)
    if media_type in (None, "text/plain"):
        return None
    if cut := record.fields.get("warc-truncated"):
        raise ArchiveError(
            f"truncated: the archive holds only the beginning of the page (WARC-Truncated: {cut})"
        )
    if media_type == "text/html" and len(body) > MAX_HTML:
        raise ArchiveError(f"too_large: the page has {len(body):,} bytes; the limit is {MAX_HTML:,}")
    decoded = decode(body, _charset_of(claimed))
    return Page(
        url=url,
        text=decoded.text,
        media_type=str(media_type),
        status=response.status,
        fetched_at=record.fields.get("warc-date"),
        charset=decoded.charset,
        charset_reason=decoded.reason,
        digest=_digest(record, response.body),
        warc_file=warc_file,
        warc_offset=record.offset,
        link_header=response.headers.get("link"),
    )


def payload_digest(record: RawRecord) -> str | None:
    """Give the SHA-256 of a record's payload as pages carry it; None where there is no payload.

    Raises: ArchiveError when the record should hold an HTTP response and does not.
    """
    response = _response(record)
    return None if response is None else _digest(record, response.body)


def _response(record: RawRecord) -> HttpResponse | None:
    kind = record.fields.get("warc-type")
    if kind == "response" and "msgtype=request" not in record.fields.get("content-type", ""):
        return parse_response(record.block)
    if kind == "resource":
        headers = {"content-type": record.fields.get("content-type", "")}
        return HttpResponse(status=200, headers=headers, body=record.block)
    return None


def _is_fit(url: str) -> bool:
    """Tell whether an address is one that the crawler could have asked for."""
    if len(url) > MAX_URL or UNFIT.search(url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.hostname)


def _cannot_be_text(claimed: str, body: bytes) -> bool:
    """Spare the unpacking of films and pictures that say what they are and start like it."""
    kind = claimed.partition("/")[0].strip().lower()
    return kind in ("video", "audio", "font", "image") and body.lstrip()[:1] != b"<"


@lru_cache(maxsize=64)
def _charset_of(content_type: str) -> str | None:
    if "charset" not in content_type.lower():
        return None
    message = Message()
    message["Content-Type"] = content_type
    return message.get_content_charset()


def _digest(record: RawRecord, body: bytes) -> str:
    named = SHA256.match(record.fields.get("warc-payload-digest", ""))
    return named[1].lower() if named else hashlib.sha256(body).hexdigest()


@lru_cache(maxsize=64)
def _name(path: Path, root: Path | None) -> str:
    path = path.resolve()
    if root is not None and path.is_relative_to(root.resolve()):
        return str(path.relative_to(root.resolve()))
    return str(path)
