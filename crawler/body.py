"""From the bytes on the wire to bytes that can be parsed, never past a limit; and what they are."""

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Literal

from crawler.report import ErrorKind

BodyKind = Literal["html", "sitemap", "feed", "json-feed", "rest", "text", "binary", "empty"]

CHUNK = 64 * 1024
ACCEPT_ENCODING = "gzip, deflate"
ROOT = re.compile(rb"<(?:[\w.-]+:)?(urlset|sitemapindex|rss|feed|rdf|html|head|body)\b", re.IGNORECASE)
TAG = re.compile(rb"<(?:!doctype|!--|[a-z])", re.IGNORECASE)
MARKUP = re.compile(rb"<(?:!doctype html|html|\?xml|!--)", re.IGNORECASE)
"""A page that begins like this is one, also when a stray NUL stands in it."""
KINDS: dict[bytes, BodyKind] = {
    b"urlset": "sitemap",
    b"sitemapindex": "sitemap",
    b"rss": "feed",
    b"feed": "feed",
    b"rdf": "feed",
}
MEDIA_TYPES: dict[BodyKind, str] = {
    "html": "text/html",
    "sitemap": "application/xml",
    "feed": "application/rss+xml",
    "json-feed": "application/feed+json",
    "rest": "application/json",
    "text": "text/plain",
    "binary": "application/octet-stream",
    "empty": "text/html",
}
UTF16 = (b"\xff\xfe", b"\xfe\xff")
UTF8_BOM = b"\xef\xbb\xbf"
GZIP = b"\x1f\x8b"


class BodyError(Exception):
    """A body that cannot or must not be read; `kind` says which."""

    def __init__(self, kind: ErrorKind) -> None:
        """Keep the kind."""
        super().__init__(kind)
        self.kind: ErrorKind = kind


def decode(body: bytes, content_encoding: bytes, limit: int) -> bytes:
    """Undo the Content-Encoding, last one first; raise BodyError past `limit` bytes."""
    for coding in reversed(content_encoding.lower().split(b",")):
        if coding.strip() in {b"gzip", b"x-gzip", b"deflate"} and body:
            body = b"".join(inflated(body, limit))
        elif coding.strip() not in {b"", b"identity", b"gzip", b"x-gzip", b"deflate"}:
            raise BodyError("bad_encoding")
    if len(body) > limit:
        raise BodyError("too_large")
    return body


def inflated(body: bytes, limit: int) -> Iterator[bytes]:
    """Yield a gzip, zlib or raw deflate stream in pieces; a bomb stops at `limit`."""
    inflater = zlib.decompressobj(_window(body))
    size = 0
    view = memoryview(body)
    try:
        for start in range(0, len(body), CHUNK):
            waiting: bytes | memoryview = view[start : start + CHUNK]
            while waiting:
                piece = inflater.decompress(waiting, CHUNK * 16)
                yield piece
                size += len(piece)
                if size > limit:
                    raise BodyError("too_large")
                waiting = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error as error:
        raise BodyError("bad_encoding") from error
    if not inflater.eof:
        raise BodyError("incomplete_body")


def start_of(body: bytes, limit: int) -> bytes:
    """Give the first bytes of a packed body that is too large as a whole."""
    pieces: list[bytes] = []
    with suppress(BodyError):
        pieces.extend(inflated(body, limit))
    return b"".join(pieces)[:limit]


def kind_of_body(body: bytes) -> BodyKind:
    """Say what a decoded body is by its first bytes; what the server calls it does not count."""
    start = body[:4096].removeprefix(UTF8_BOM).lstrip()
    if not start:
        return "empty"
    if start.startswith(UTF16):
        return "html"
    if start.startswith((b"%PDF-", GZIP)) or (b"\0" in start and not MARKUP.match(start)):
        return "binary"
    if start.startswith(b"{"):
        return "json-feed" if b"jsonfeed.org" in start else "binary"
    root = ROOT.search(start)
    if root:
        return KINDS.get(root[1].lower(), "html")
    return "html" if TAG.search(start) else "text"


def is_sitemap_in_disguise(kind: BodyKind, body: bytes) -> bool:
    """Recognise, where a sitemap was asked for, .xml.gz without Content-Encoding and one URL a line."""
    return (kind == "binary" and body.startswith(GZIP)) or (
        kind == "text" and body.lstrip()[:8].startswith((b"http://", b"https://"))
    )


def charset_of(content_type: bytes | None) -> str | None:
    """Read the charset that a Content-Type header names."""
    named = (content_type or b"").decode("latin-1").lower().partition("charset=")[2]
    return named.partition(";")[0].strip(" \"'") or None


def as_utf8(body: bytes, charset: str | None) -> tuple[bytes, str | None]:
    """Give the bytes and the encoding to parse links with; None leaves it to the page's own meta element."""
    if body.startswith(UTF16):
        return body.decode("utf-16", "replace").encode("utf-8", "replace"), "utf-8"
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return body, charset
    return body, "utf-8"


def _window(body: bytes) -> int:
    """Tell gzip and zlib (47 = both, by their head) from raw deflate, which some servers send."""
    if body.startswith(GZIP) or (body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0):
        return 47
    return -zlib.MAX_WBITS
