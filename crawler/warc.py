"""Downloader middleware: every exchange into the open WARC file, as request and response records."""

import hashlib
from collections.abc import Sequence, Set
from dataclasses import dataclass
from http import HTTPStatus
from typing import Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.http import Headers, Request, Response

from crawler.identity import SECRET_HEADERS
from crawler.warcfile import Archive, Field, Place, fresh_id, now, record


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
        request.meta["place"] = keep_exchange(self._archive, request, response, known)
        return response


def keep_exchange(archive: Archive, request: Request, response: Response, known_digest: str | None) -> Place:
    """Append one exchange; the payload is left out when the archive holds the same bytes already."""
    at = now()
    digest = hashlib.sha256(response.body).hexdigest()
    answered, asked = fresh_id(), fresh_id()
    common = [("WARC-Target-URI", request.url), ("WARC-Date", at)]
    if response.ip_address is not None:
        common.append(("WARC-IP-Address", str(response.ip_address)))
    answer = _answer(response, digest, known_digest)
    of_request = [("WARC-Type", "request"), ("WARC-Record-ID", asked), ("WARC-Concurrent-To", answered)]
    file, offset = archive.keep(
        record([("WARC-Record-ID", answered), *common, *answer.fields], answer.block),
        record([*of_request, *common, _TYPE_OF["request"]], _request_head(request)),
    )
    return Place(file=file, offset=offset, digest=digest, fetched_at=at)


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


_STATUSES = frozenset(int(status) for status in HTTPStatus)
