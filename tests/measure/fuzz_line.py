"""What the fuzzer feeds: strangers' bytes, through everything that stands between the wire and a record."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from time import process_time

from crawler.body import BodyError, decode, kind_of_body
from crawler.discovery import read_links, suspicious_markup
from crawler.sitemaps import read_sitemap
from pipeline.archive.charset import decode as decode_text
from pipeline.archive.sniff import media_type_of
from pipeline.errors import CopydeskError
from pipeline.learn import tally
from pipeline.markdown import to_markdown
from pipeline.process import process
from pipeline.record_json import to_record
from pipeline.records import Page, Post
from pipeline.site.feeds import parse_feed
from pipeline.site.template import Template

URL = "https://blog.example/2024/05/a-post/"
SECONDS_PER_BYTE = 1 / 100_000
LEAST_S = 1.0
"""A page of less than 100 KB may take as long as one of 100 KB."""
CLAIMS = ("text/html; charset=utf-8", "text/html", "application/xml", "application/json", "text/plain")
TYPES = ("text/html", "application/xml", "text/plain")


class SlowError(Exception):
    """A page took longer than its size allows."""


def allowed_s(size: int) -> float:
    """Give the CPU seconds that so many bytes may take."""
    return max(LEAST_S, size * SECONDS_PER_BYTE)


def readings(data: bytes) -> Iterator[Callable[[], None]]:
    """Yield what a crawl does with some bytes, once for each kind of document that they may be taken for.

    One raises what must not happen: anything but the declared errors, a record that does not fit its text.
    """
    yield partial(_crawled, data)
    kinds = {media_type_of(data, claim) for claim in CLAIMS} & set(TYPES)
    text = decode_text(data, "utf-8").text
    for kind in sorted(kind for kind in kinds if kind is not None):
        yield partial(_line, Page(url=URL, text=text, media_type=kind))


def timed(data: bytes, slack: float = 1.0) -> float:
    """Return the CPU seconds of the slowest reading; raise SlowError past `slack` times the limit."""
    took = max(_seconds(reading) for reading in readings(data))
    if took > allowed_s(len(data)) * slack:
        raise SlowError(f"{len(data):,} bytes took {took:.2f} CPU s; {allowed_s(len(data)):.2f} are allowed")
    return took


def _seconds(reading: Callable[[], None]) -> float:
    started = process_time()
    reading()
    return process_time() - started


def _crawled(data: bytes) -> None:
    try:
        body = decode(data, b"gzip" if data.startswith(b"\x1f\x8b") else b"", 5 * 2**20)
    except BodyError:
        return
    kind_of_body(body)
    if not suspicious_markup(body):
        read_links(body, None)
    for _ in read_sitemap(body, 10**6):
        pass
    parse_feed(body, URL)


def _line(page: Page) -> None:
    try:
        template = Template.from_tally(tally(page))
        post = process(page, template)
    except CopydeskError:
        return
    json.dumps(to_record(post)).encode()
    to_markdown(post)
    _check(post)


def _check(post: Post) -> None:
    """Hold a record against what the contracts promise of it."""
    assert not post.failures, post.failures[0].detail
    assert "\0" not in post.text_raw, "a NUL came through"
    for finding in post.findings:
        if finding.start is not None:
            there = post.text_raw[finding.start : finding.start + len(finding.quote)]
            assert there == finding.quote, f"{finding.rule}: {finding.quote!r} is {there!r} in the text"
