"""XML as blogs write it: an address with a bare "&" in it, in sitemaps and feeds (pure)."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

BARE = re.compile(rb"&(?!(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z_][\w.:-]{0,63});)")
OPENS, CLOSES = b"<![CDATA[", b"]]>"
MOST_KEPT = 1_000_000
"""Bytes without any ">" after which no more is waited for: that is no sitemap."""


def with_ampersands(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Write each bare "&" of a document as XML wants it; CDATA and encodings wider than a byte stay.

    A parser that recovers from errors drops such a character and the word behind it: of `?id=7&lang=en`
    it makes `?id=7=en`, an address that nobody has.
    """
    rest, inside = b"", False
    pieces = iter(pieces)
    first = next(pieces, b"")
    if b"\0" in first[:4]:
        yield first
        yield from pieces
        return
    for piece in chain([first], pieces):
        # No reference and no mark of CDATA goes on behind a ">".
        head, end, rest = (rest + piece).rpartition(b">")
        if len(rest) > MOST_KEPT:
            head, end, rest = head + end + rest, b"", b""
        text, inside = _mended(head + end, inside)
        if text:
            yield text
    yield _mended(rest, inside)[0]


def _mended(text: bytes, inside: bool) -> tuple[bytes, bool]:
    out, at = [], 0
    while at < len(text):
        found = text.find(CLOSES if inside else OPENS, at)
        end = len(text) if found < 0 else found + len(CLOSES if inside else OPENS)
        out.append(text[at:end] if inside else BARE.sub(b"&amp;", text[at:end]))
        inside, at = inside != (found >= 0), end
    return b"".join(out), inside
