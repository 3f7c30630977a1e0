"""Sitemaps, read as a stream: never more than the protocol allows, entities never expanded (pure)."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml import etree

from crawler.body import CHUNK, GZIP, UTF8_BOM, BodyError, inflated
from pipeline.site.ampersands import with_ampersands

MAX_URLS = 50_000  # sitemaps.org: in one file
MAX_INDEX_DEPTH = 3
DOCTYPE = re.compile(rb"<!DOCTYPE[^\[<>]*(?:\[[^\]]*\]\s*)?>", re.IGNORECASE)
WANTED = ("{*}loc", "{*}lastmod", "{*}url", "{*}sitemap")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a sitemap."""

    url: str
    """As written."""
    lastmod: str | None
    is_sitemap: bool
    """Named by an index: another sitemap, not a page."""


def read_sitemap(body: bytes, max_bytes: int, on_cut: Callable[[], None] = lambda: None) -> Iterator[Entry]:
    """Yield what can be read of a sitemap or index, XML or one URL a line, gzipped or not.

    Broken XML yields what stands before and after the break; past a limit the rest is left out, and `on_cut`
    is called.
    """
    pieces = _whole_as_far_as_possible(body, max_bytes, on_cut)
    entries = _text_entries(pieces) if _is_text(body) else _xml_entries(pieces)
    yield from islice(entries, MAX_URLS)
    if next(entries, None) is not None:
        on_cut()


def _whole_as_far_as_possible(body: bytes, max_bytes: int, on_cut: Callable[[], None]) -> Iterator[bytes]:
    if not body.startswith(GZIP):
        view = memoryview(body)[:max_bytes]
        for start in range(0, len(view), CHUNK):
            yield bytes(view[start : start + CHUNK])
        if len(body) > max_bytes:
            on_cut()
        return
    try:
        yield from inflated(body, max_bytes)
    except BodyError:
        on_cut()


def _is_text(body: bytes) -> bool:
    return body[:64].removeprefix(UTF8_BOM).lstrip().startswith((b"http://", b"https://"))


def _text_entries(pieces: Iterable[bytes]) -> Iterator[Entry]:
    rest = b""
    for piece in pieces:
        *lines, rest = (rest + piece).split(b"\n")
        yield from (_line(line) for line in lines if line.strip())
    if rest.strip():
        yield _line(rest)


def _line(line: bytes) -> Entry:
    return Entry(line.decode("utf-8", "replace").strip(), None, False)


def _xml_entries(pieces: Iterable[bytes]) -> Iterator[Entry]:
    # huge_tree stays off: with it libxml2 gives up its own limits on depth and amplification.
    parser = etree.XMLPullParser(
        events=("end",), tag=WANTED, resolve_entities=False, no_network=True, load_dtd=False, recover=True
    )
    values: dict[str, str | None] = {}
    try:
        for piece in with_ampersands(_without_doctype(pieces)):
            parser.feed(piece)
            yield from _entries_so_far(parser, values)
        parser.close()
    except etree.LxmlError:
        return
    yield from _entries_so_far(parser, values)


def _without_doctype(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Drop white space and DOCTYPE at the start: no sitemap needs one, and entities live nowhere else.

    One that is longer than a piece stays; then libxml2's own limit on amplification ends the document.
    """
    start = True
    for piece in pieces:
        yield DOCTYPE.sub(b"", piece.lstrip(), count=1) if start else piece
        start = False


def _entries_so_far(parser: "etree.XMLPullParser", values: dict[str, str | None]) -> Iterator[Entry]:
    element: Any
    for _, element in parser.read_events():
        name = etree.QName(element).localname
        if name in {"loc", "lastmod"}:
            # An image's own loc comes first or last inside a url: only a direct child speaks for it.
            if _parent_name(element) in {"url", "sitemap"}:
                values[name] = (element.text or "").strip()
            continue
        if values.get("loc"):
            yield Entry(str(values["loc"]), values.get("lastmod") or None, name == "sitemap")
        values.clear()
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _parent_name(element: Any) -> str:
    parent = element.getparent()
    return "" if parent is None else etree.QName(parent).localname
