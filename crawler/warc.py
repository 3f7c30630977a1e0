"""Downloader middleware: every exchange into the open WARC file, as request and response records.

Written by hand, not with warcio: its writer spools each record through a file and compresses at level 9,
0.92 ms a page against 0.19 ms here (measured). The tests ask `warcio check` and a second reader.
"""

import hashlib
import os
import uuid
import zlib
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO, Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.http import Headers, Request, Response

from crawler.identity import SECRET_HEADERS
from pipeline.errors import StoreError

GZIP_WINDOW = 31
LEVEL = 3  # level 9 makes files 9 % smaller for five times the CPU (measured on 40 KB pages)
SMALL = 1500
Field = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a response record stands, and the digest of its payload."""

    file: str
    offset: int
    digest: str
    """SHA-256 of the body as it came, hex."""
    fetched_at: str


class Archive:
    """The WARC files of one run: opened at the first record, a new one past `max_bytes`.

    Each run starts a new file, so one that a crash cut short is left as it is and stays readable up to there.
    """

    def __init__(self, folder: Path, site_id: str, max_bytes: int, software: str) -> None:
        """Open nothing yet."""
        self._prefix = f"{site_id}-{datetime.now(UTC):%Y%m%d%H%M%S}"
        self._folder = folder
        self._max_bytes = max_bytes
        self._software = software
        self._file: BinaryIO | None = None
        self._offset = 0
        self._number = 0
        self.files: list[str] = []

    def write(self, request: Request, response: Response, known_digest: str | None) -> Place:
        """Append one exchange; the payload is left out when the archive holds the same bytes already."""
        fetched_at = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        digest = hashlib.sha256(response.body).hexdigest()
        ids = (f"<{uuid.uuid4().urn}>", f"<{uuid.uuid4().urn}>")
        common = [("WARC-Target-URI", request.url), ("WARC-Date", fetched_at)]
        if response.ip_address is not None:
            common.append(("WARC-IP-Address", str(response.ip_address)))
        answer = _answer(response, digest, known_digest)
        asked = [("WARC-Record-ID", ids[1]), ("WARC-Concurrent-To", ids[0]), *common]
        place = self._append(
            _record([("WARC-Record-ID", ids[0]), *common, *answer.fields], answer.block),
            _record([("WARC-Type", "request"), *asked, _TYPE_OF["request"]], _request_head(request)),
        )
        return Place(file=self.files[-1], offset=place, digest=digest, fetched_at=fetched_at)

    def sync(self) -> None:
        """Force what was written to disk: only then may a URL count as done."""
        if self._file is not None:
            with _told(self._folder):
                self._file.flush()
                os.fsync(self._file.fileno())

    def close(self) -> None:
        """End the open file."""
        if self._file is not None:
            self.sync()
            self._file.close()
            self._file = None

    def _append(self, *records: bytes) -> int:
        with _told(self._folder):
            if self._file is None or self._offset > self._max_bytes:
                self._open_next()
            assert self._file is not None
            start = self._offset
            for record in records:
                self._file.write(record)
                self._offset += len(record)
        return start

    def _open_next(self) -> None:
        self.close()
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._free_path()
        self._file = path.open("xb")
        self._offset = 0
        self.files.append(path.name)
        fields = [
            ("WARC-Type", "warcinfo"),
            ("WARC-Record-ID", f"<{uuid.uuid4().urn}>"),
            ("WARC-Date", f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"),
            ("WARC-Filename", path.name),
            ("Content-Type", "application/warc-fields"),
        ]
        block = f"software: {self._software}\r\nformat: WARC File Format 1.1\r\nrobots: obey\r\n"
        self._append(_record(fields, block.encode()))

    def _free_path(self) -> Path:
        while True:
            path = self._folder / f"{self._prefix}-{self._number}.warc.gz"
            self._number += 1
            if not path.exists():
                return path


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turn a full disk or a missing right into an error that ends the run, not one page."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"{folder}: the archive cannot be written ({error}); make room and run again"
        ) from error


class WarcMiddleware:
    """Give each exchange to the archive before anyone else sees the response."""

    def __init__(self, archive: Archive) -> None:
        """Keep the archive."""
        self._archive = archive

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the archive that the spider brought."""
        return cls(crawler.spider.archive)  # type: ignore[union-attr]

    def process_response(self, request: Request, response: Response) -> Response:
        """Write the exchange; leave in `request.meta` where it went."""
        task = request.meta.get("task")
        known = task.digest if task is not None else None
        request.meta["place"] = self._archive.write(request, response, known)
        return response


_TYPE_OF = {
    "request": ("Content-Type", "application/http; msgtype=request"),
    "response": ("Content-Type", "application/http; msgtype=response"),
}
_PROFILE = "http://netpreserve.org/warc/1.1/revisit/"


@dataclass(frozen=True, slots=True)
class _Answer:
    fields: Sequence[Field]
    block: bytes


def _answer(response: Response, digest: str, known_digest: str | None) -> _Answer:
    """Make a response record, or a revisit record when there is nothing new to keep."""
    head = _response_head(response)
    if response.status == 304 and known_digest is not None:
        return _Answer([("WARC-Type", "revisit"), *_revisit("server-not-modified", known_digest)], head)
    if digest == known_digest:
        return _Answer([("WARC-Type", "revisit"), *_revisit("identical-payload-digest", digest)], head)
    fields = [("WARC-Type", "response"), ("WARC-Payload-Digest", f"sha256:{digest}"), _TYPE_OF["response"]]
    if "download_stopped" in response.flags:
        fields.append(("WARC-Truncated", "length"))
    return _Answer(fields, head + response.body)


def _revisit(profile: str, digest: str) -> list[Field]:
    return [
        ("WARC-Profile", _PROFILE + profile),
        ("WARC-Payload-Digest", f"sha256:{digest}"),
        _TYPE_OF["response"],
    ]


def _response_head(response: Response) -> bytes:
    """Write the head as the parts we still have; its body is as it came, Content-Encoding and all.

    Only the chunking is gone by now, so Transfer-Encoding is left out and Content-Length says what follows.
    The reason phrase and the spelling of header names are not kept by Scrapy.
    """
    phrase = HTTPStatus(response.status).phrase if response.status in _STATUSES else ""
    first = f"{response.protocol or 'HTTP/1.1'} {response.status} {phrase}\r\n".encode()
    skipped = {b"Transfer-Encoding", b"Content-Length"}
    lines = _header_lines(response.headers, skipped)
    if response.status != 304:
        lines += b"Content-Length: %d\r\n" % len(response.body)
    return first + lines + b"\r\n"


def _request_head(request: Request) -> bytes:
    parts = urlsplit(request.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    first = f"{request.method} {target} HTTP/1.1\r\nHost: {parts.netloc}\r\n".encode()
    return first + _header_lines(request.headers, {b"Host"} | SECRET_HEADERS) + b"\r\n"


def _header_lines(headers: Headers, skipped: Set[bytes]) -> bytes:
    return b"".join(
        b"%s: %s\r\n" % (name, value)
        for name, values in headers.items()
        if name not in skipped
        for value in values
    )


def _record(fields: Sequence[Field], block: bytes) -> bytes:
    """Give one record as one gzip member, so that readers can start at any of them."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields)
    digest = hashlib.sha256(block).hexdigest()
    head = f"WARC/1.1\r\n{lines}WARC-Block-Digest: sha256:{digest}\r\nContent-Length: {len(block)}\r\n\r\n"
    # A small window for small records: setting up the full one costs more than compressing them.
    small = len(block) < SMALL
    squeezer = zlib.compressobj(LEVEL, zlib.DEFLATED, 27 if small else GZIP_WINDOW, 4 if small else 8)
    return squeezer.compress(head.encode()) + squeezer.compress(block + b"\r\n\r\n") + squeezer.flush()


_STATUSES = frozenset(int(status) for status in HTTPStatus)
