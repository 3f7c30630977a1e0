"""What a body really is, judged by its first bytes; the header only breaks ties."""

import re

BINARY = (
    b"%PDF",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"RIFF",
    b"PK\x03\x04",
    b"\x00\x00\x01\x00",
    b"OggS",
    b"ID3",
    b"wOFF",
    b"wOF2",
    b"\x7fELF",
    b"7z\xbc\xaf",
    b"Rar!",
    b"%!PS",
    b"\x1a\x45\xdf\xa3",
)
LOOKED_AT = 1500
XML_ROOT = re.compile(
    rb"<(?:rss|feed|rdf:RDF|urlset|sitemapindex|opml)[\s>]|<[\w.-]+:(?:feed|urlset|sitemapindex)[\s>]"
)
HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|link|script|div|article|section|main|h[1-6]|p|table|a|b"
    rb"|img|span|br|ul|ol|header)(?:[\s>/]|$)",
    re.IGNORECASE,
)


def media_type_of(body: bytes, claimed: str) -> str | None:
    """Return text/html, application/xml, application/feed+json, text/plain, or None for anything else."""
    start = body[:LOOKED_AT]
    claimed = claimed.partition(";")[0].strip().lower()
    if start.startswith(BINARY) or _is_binary(start):
        return None
    if start[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in start:
        start = start.replace(b"\x00", b"")
    head = start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if XML_ROOT.search(head):
        return "application/xml"
    if head.startswith(b"{") and "json" in claimed:
        return "application/feed+json" if b"jsonfeed.org" in head else None
    if head.startswith(b"<?xml") and b"<html" not in head and "html" not in claimed:
        return "application/xml"
    if HTML.search(head) or "html" in claimed:
        return "text/html"
    return "text/plain" if claimed in ("text/plain", "") else None


def _is_binary(start: bytes) -> bool:
    """Tell binary data: NUL bytes that are not the empty halves of UTF-16 letters."""
    if b"\x00" not in start or start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return False
    halves = sorted((start[0::2].count(0), start[1::2].count(0)))
    return halves[1] < len(start) // 5 or halves[0] > len(start) // 50
