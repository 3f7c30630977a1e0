"""Which addresses a page, a feed or a blog's habits offer (pure functions, one lxml parse a page)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from lxml import etree

from crawler.body import as_utf8
from crawler.traps import is_feed_like
from pipeline.site.urls import normalise

MAX_LINKS = 5000
MAX_FEEDS = 3
MAX_ATTRIBUTES = 2000
"""On one tag: libxml2 compares each with all others, so 100,000 hold it for 42 s (measured)."""

SITEMAP_GUESSES = ("/sitemap.xml", "/wp-sitemap.xml", "/sitemap_index.xml")
FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}

LONG_TAG = 20_000
MANY_EQUALS = 30_000
RAW_TEXT = re.compile(rb"<(script|style|textarea|title)\b", re.IGNORECASE)
TAG_START = re.compile(rb"<[A-Za-z][^\s/>]*")
ATTRIBUTE = re.compile(rb"""[\s/]*[^\s/>=][^\s/>=]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*))?""")
CARRIERS = ("a", "area", "link", "base", "meta")
REFRESH = re.compile(r"\s*[\d.]*\s*[;,]\s*url\s*=\s*[\"']?([^\"']+)", re.IGNORECASE)


class Href(NamedTuple):
    """One link as written."""

    href: str
    sideways: bool
    """rel=next or rel=prev: as deep as the page itself."""


@dataclass(slots=True)
class Links:
    """What one page links to."""

    base: str | None = None
    """Its `<base href>`, as written."""
    hrefs: list[Href] = field(default_factory=list)
    feeds: list[str] = field(default_factory=list)
    """Announced by `<link rel=alternate>`, as written."""
    rest: str | None = None
    """Where WordPress says that its REST interface is, as written."""
    cut: bool = False
    """There were more than `MAX_LINKS`."""


def read_links(body: bytes, charset: str | None) -> Links:
    """Collect a page's links; a page that lxml cannot read has none."""
    data, encoding = as_utf8(body, charset)
    links = Links()
    try:
        tree = etree.fromstring(data, _parser(encoding))
    except (etree.LxmlError, ValueError):
        return links
    if tree is None:
        return links
    for element in tree.iter(*CARRIERS):
        if len(links.hrefs) >= MAX_LINKS:
            links.cut = True
            break
        if element.tag in ("a", "area"):
            _note_anchor(element.get("href"), element.get("rel"), links)
        else:
            _note_head(element, links)
    return links


def blog_feeds(links: Links, base: str) -> list[str]:
    """Give the likeliest feeds of the whole blog, from the links of its home page: announced, then linked."""
    announced = [normalise(href, base) for href in links.feeds]
    linked = [normalise(link.href, base) for link in links.hrefs if is_feed_like(link.href)]
    linked = [url for url in linked if url is not None and urlsplit(url).path.strip("/").count("/") < 1]
    found = dict.fromkeys(url for url in announced or linked if url is not None)
    return sorted(found, key=len)[:MAX_FEEDS]


def suspicious_markup(body: bytes) -> bool:
    """Tell whether one tag has more attributes than any page needs; linear, and cheap for honest pages."""
    if body.count(b"=") < MANY_EQUALS and not _has_long_tag(body):
        return False
    return any(_attributes_at(body, start) >= MAX_ATTRIBUTES for start in _tags(body))


def _has_long_tag(body: bytes) -> bool:
    """Look for a stretch without ">": one as long covers a whole window, so most pages need few looks."""
    windows = range(0, len(body) - LONG_TAG // 2 + 1, LONG_TAG // 2)
    if all(body.find(b">", at, at + LONG_TAG // 2) >= 0 for at in windows):
        return False
    return max(map(len, body.split(b">"))) >= LONG_TAG


def _note_anchor(href: str | None, rel: str | None, links: Links) -> None:
    """Note a link in the text: nearly all are of this kind, so what most of them lack is not looked for."""
    href = href and href.strip()
    if not href or href[0] == "#":
        return
    kinds = rel.lower().split() if rel else ()
    if "nofollow" not in kinds:
        links.hrefs.append(Href(href, "next" in kinds or "prev" in kinds))


def _note_head(element: Any, links: Links) -> None:
    if element.tag == "meta":
        refresh = REFRESH.match(element.get("content") or "")
        if refresh and (element.get("http-equiv") or "").lower() == "refresh":
            links.hrefs.append(Href(refresh[1].strip(), False))
        return
    href = element.get("href")
    if href is None:
        return
    if element.tag == "base":
        links.base = links.base or href.strip()
    else:
        _note_relation(element, href.strip(), (element.get("rel") or "").lower().split(), links)


def _note_relation(element: Any, href: str, rel: Sequence[str], links: Links) -> None:
    """Note a `<link>`."""
    kind = (element.get("type") or "").lower().partition(";")[0].strip()
    title = (element.get("title") or "").lower()
    if "https://api.w.org/" in rel:
        links.rest = links.rest or href
    elif "alternate" in rel and kind in FEED_TYPES and "comment" not in title + href.lower():
        links.feeds.append(href)
    elif "next" in rel or "prev" in rel:
        links.hrefs.append(Href(href, True))


@lru_cache(maxsize=32)
def _parser(encoding: str | None) -> "etree.HTMLParser":
    """Make one parser per encoding; an unknown one leaves the choice to libxml2."""
    options: dict[str, Any] = {
        "huge_tree": True,
        "remove_comments": True,
        "remove_pis": True,
        "no_network": True,
    }
    try:
        return etree.HTMLParser(encoding=encoding, **options)
    except LookupError:
        return etree.HTMLParser(**options)


def _tags(body: bytes) -> Iterator[int]:
    """Yield where each start tag's attributes begin, skipping comments and what scripts hold."""
    position = 0
    while (tag := TAG_START.search(body, position)) is not None:
        comment = body.find(b"<!--", position, tag.start())
        if comment >= 0:
            end = body.find(b"-->", comment)
            if end < 0:
                return
            position = end
            continue
        yield tag.end()
        position = tag.end()
        raw = RAW_TEXT.match(body, tag.start())
        if raw:
            end = body.find(b"</" + raw[1], position)
            if end < 0:
                return
            position = end


def _attributes_at(body: bytes, position: int) -> int:
    for count in range(MAX_ATTRIBUTES):
        attribute = ATTRIBUTE.match(body, position)
        if attribute is None:
            return count
        position = attribute.end()
    return MAX_ATTRIBUTES
