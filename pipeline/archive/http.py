"""An HTTP response as it stands in a WARC record: head, and body without chunks and compression."""

import importlib
import zlib
from dataclasses import dataclass
from typing import Any

from pipeline.errors import ArchiveError

MAX_BODY = 50 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpResponse:
    """One response."""

    status: int
    headers: dict[str, str]
    """Names in lower case; of several equal ones the last, of Link all joined by ", "."""
    body: bytes
    """As it came, perhaps compressed, but without chunks: what a payload digest is made of."""


def parse_response(block: bytes) -> HttpResponse:
    """Take a response apart.

    Raises: ArchiveError when it is no HTTP response.
    """
    head, gap, body = block.partition(b"\r\n\r\n")
    if not gap:
        head, gap, body = block.partition(b"\n\n")
    first, *lines = head.decode("latin-1").splitlines() or [""]
    words = first.split(None, 2)
    if not gap or len(words) < 2 or not words[0].upper().startswith("HTTP/") or not words[1].isdigit():
        raise ArchiveError("the record holds no HTTP response")
    headers: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        name, value = name.strip().lower(), value.strip()
        headers[name] = f"{headers[name]}, {value}" if name == "link" and name in headers else value
    # Browser-based crawlers keep the header although the body is stored without its chunks.
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _joined(body)
    return HttpResponse(status=int(words[1]), headers=headers, body=body)


def unpack(body: bytes, coding: str) -> bytes:
    """Undo Content-Encoding, at most three layers.

    Raises: ArchiveError when the body is damaged, too large, or packed in a way that nothing here can read.
    """
    codings = [name.strip().lower() for name in coding.split(",") if name.strip()]
    for name in reversed(codings[:3]):
        body = _unpack_one(body, name)
    return body


def gunzip(body: bytes) -> bytes:
    """Inflate a gzip file that is the payload itself (sitemap.xml.gz)."""
    return _inflate(body, 31)


def _unpack_one(body: bytes, coding: str) -> bytes:
    if coding in ("", "identity", "none") or not body:
        return body
    if coding in ("gzip", "x-gzip"):
        # Some tools store the body unpacked and leave the header as it was.
        return _inflate(body, 31) if body.startswith(b"\x1f\x8b") else body
    if coding == "deflate":
        return _inflate(body, 15 if body[0] & 0x0F == 8 and int.from_bytes(body[:2]) % 31 == 0 else -15)
    if coding in ("br", "zstd"):
        return _unpack_with_library(body, coding)
    raise ArchiveError(f"the body is packed as '{coding}', which nothing here can read")


def _inflate(body: bytes, window: int) -> bytes:
    inflate = zlib.decompressobj(window)
    try:
        data = inflate.decompress(body, MAX_BODY + 1)
    except zlib.error as error:
        raise ArchiveError(f"the compressed body is damaged ({error})") from error
    return _bounded(data)


def _unpack_with_library(body: bytes, coding: str) -> bytes:
    name = {"br": "brotli", "zstd": "zstandard"}[coding]
    try:
        library = importlib.import_module(name)
    except ImportError:
        raise ArchiveError(f"the body is packed as '{coding}'; to read it: pip install {name}") from None
    try:
        data = _of_brotli(library, body) if coding == "br" else _of_zstd(library, body)
    except Exception as error:  # each library raises its own kind, and none is known here
        if body.lstrip()[:1] == b"<":
            return body
        raise ArchiveError(f"the body packed as '{coding}' is damaged ({error})") from error
    return _bounded(data)


def _of_brotli(library: Any, body: bytes) -> bytes:
    return bytes(library.Decompressor().process(body, output_buffer_limit=MAX_BODY + 1))  # since brotli 1.2


def _of_zstd(library: Any, body: bytes) -> bytes:
    unpacker = library.ZstdDecompressor(max_window_size=2**27)
    return bytes(unpacker.stream_reader(body, read_across_frames=True).read(MAX_BODY + 1))


def _bounded(data: bytes) -> bytes:
    if len(data) > MAX_BODY:
        raise ArchiveError(f"too_large: the body unpacks to more than {MAX_BODY >> 20} MB")
    return data


def _joined(body: bytes) -> bytes:
    """Take the chunks apart; a body that holds none is returned as it is."""
    parts: list[bytes] = []
    position = 0
    while True:
        end = body.find(b"\r\n", position, position + 100)
        size = body[position:end].partition(b";")[0].strip() if end >= 0 else b""
        try:
            length = int(size, 16)
        except ValueError:
            return b"".join(parts) if parts else body
        if length <= 0:
            return b"".join(parts)
        parts.append(body[end + 2 : end + 2 + length])
        position = end + 2 + length + 2
