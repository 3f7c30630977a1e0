"""What a blog's feed says of its posts: RSS 0.9–2.0, RDF, Atom and JSON Feed, also when the XML is broken.

Source: RSS 2.0, RFC 4287 (Atom), RFC 5005 (paging), JSON Feed 1.1, Dublin Core.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from lxml import etree

from pipeline.records import Witness
from pipeline.site.ampersands import with_ampersands
from pipeline.site.feed_text import iso_date, plain, without_inline_markup, without_markup
from pipeline.site.urls import normalise

FeedKind = Literal["rss", "atom", "json", "none"]

CHUNK = 65_536
MAX_ENTRIES = 50_000
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
DECLARATION = re.compile(r"^[\s\ufeff]*<\?xml[^>]{0,300}\?>")
# Entities live in the internal subset only: without it there is nothing to expand, in attributes either.
DOCTYPE = re.compile(rb"<!DOCTYPE[^\[<>]*(?:\[[^\]]*\]\s*)?>?", re.IGNORECASE)
NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
KEPT_NAMES = {b"amp", b"lt", b"gt", b"quot", b"apos"}
RSS_PERSON = re.compile(r"^\S+@\S+\s*\((.+)\)$")
KINDS: dict[str, FeedKind] = {"rss": "rss", "rdf": "rss", "feed": "atom"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A parsed feed; of something else it is empty and its kind is "none"."""

    kind: FeedKind
    title: str | None = None
    entries: tuple[Witness, ...] = ()
    """In feed order; entries without a fetchable address are left out."""
    next_url: str | None = None
    """The next page of a paged feed."""


NO_FEED = Feed(kind="none")


def parse_feed(text: str | bytes, url: str) -> Feed:
    """Read a feed of any kind; whatever is broken is skipped, never raised."""
    data = DECLARATION.sub("", text).encode("utf-8", "replace") if isinstance(text, str) else text
    if data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_feed(data, url)
    return _xml_feed(data, url)


def _xml_feed(data: bytes, url: str) -> Feed:
    parser = etree.XMLPullParser(
        ("end",),
        tag=("{*}item", "{*}entry"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
    )
    entries: list[Witness] = []
    try:
        for node in _nodes(parser, _tame(data)):
            if len(entries) < MAX_ENTRIES and (witness := _entry(node, url)):
                entries.append(witness)
            node.clear()
        root = parser.close()
    except (etree.LxmlError, ValueError, AssertionError):
        root = None
    if root is None:
        return Feed(kind="rss", entries=tuple(entries)) if entries else NO_FEED
    return _finish(root, url, entries)


def _finish(root: Any, url: str, entries: list[Witness]) -> Feed:
    kind = KINDS.get(_name(root).lower(), "none")
    if kind == "none":
        return NO_FEED
    # A feed that is cut off never closes its last entry: take what is there.
    cut_off = (_entry(node, url) for node in root.iter("{*}item", "{*}entry") if len(node))
    channel = next(root.iter("{*}channel"), root)
    return Feed(
        kind=kind,
        title=_title(_child(channel, "title")),
        entries=(*entries, *(witness for witness in cut_off if witness)),
        next_url=_next_url(channel, url),
    )


def _tame(data: bytes) -> bytes:
    """Drop the DOCTYPE, and write bare ampersands and HTML's named characters as XML knows them."""
    head = DOCTYPE.sub(b"", data[:CHUNK]).lstrip()
    return b"".join(with_ampersands([NAMED.sub(_numbered, head + data[CHUNK:])]))


def _numbered(match: re.Match[bytes]) -> bytes:
    if match[1] in KEPT_NAMES:
        return match[0]
    char = html.unescape(match[0].decode())
    return match[0] if char.startswith("&") else "".join(f"&#{ord(each)};" for each in char).encode()


def _nodes(parser: Any, data: bytes) -> Iterator[Any]:
    for start in range(0, len(data), CHUNK):
        parser.feed(data[start : start + CHUNK])
        for _, node in parser.read_events():
            yield node


def _entry(node: Any, base: str) -> Witness | None:
    base = normalise(node.get(XML_BASE) or "", base) or base
    children: dict[str, list[Any]] = {}
    for child in node:
        if isinstance(child.tag, str):
            children.setdefault(_name(child).lower(), []).append(child)
    url = _address(node, children, base)
    if url is None:
        return None
    paths, tags, labels = _terms([*children.get("category", ()), *children.get("subject", ())])
    return Witness(
        url=url,
        source="feed",
        title=_title(next(iter(children.get("title", ())), None)),
        authors=_authors([*children.get("author", ()), *children.get("creator", ())]),
        published=_first_date(children, ("published", "pubdate", "issued", "date", "created")),
        updated=_first_date(children, ("updated", "modified")),
        category_paths=paths,
        tags=tags,
        labels=labels,
    )


def _address(node: Any, children: dict[str, list[Any]], base: str) -> str | None:
    for link in children.get("origlink", ()):
        return normalise(_text(link), base)
    for link in children.get("link", ()):
        address = link.get("href") or _text(link)
        if address and link.get("rel", "alternate") == "alternate":
            return normalise(address, base)
    for guid in (*children.get("guid", ()), *children.get("id", ())):
        if guid.get("isPermaLink", "true").lower() != "false" and _text(guid).startswith("http"):
            return normalise(_text(guid), base)
    about = next((value for key, value in node.attrib.items() if key.endswith("}about")), None)
    return normalise(about, base) if about else None


def _terms(
    nodes: list[Any],
) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...], tuple[str, ...]]:
    """Sort an entry's terms into categories, tags and labels by the vocabulary each names."""
    found: dict[str, dict[str, None]] = {"categories": {}, "tags": {}, "labels": {}}
    for node in nodes:
        term = plain(node.get("label") or node.get("term") or _text(node))
        scheme = (node.get("scheme") or node.get("domain") or "").lower()
        sort = "categories" if "categor" in scheme else "tags" if "tag" in scheme else "labels"
        if term:
            found[sort][term] = None
    return tuple((term,) for term in found["categories"]), tuple(found["tags"]), tuple(found["labels"])


def _authors(nodes: list[Any]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for node in nodes:
        name = _child(node, "name")
        text = plain(_text(node if name is None else name))
        person = RSS_PERSON.match(text)
        text = person[1].strip() if person else text
        if text and "@" not in text:
            names[text] = None
    return tuple(names)


def _first_date(children: dict[str, list[Any]], names: tuple[str, ...]) -> str | None:
    dates = (iso_date(_text(node)) for name in names for node in children.get(name, ()))
    return next((date for date in dates if date), None)


def _title(node: Any) -> str | None:
    if node is None:
        return None
    strip = without_markup if node.get("type") in ("html", "text/html") else without_inline_markup
    return plain(strip(_text(node))) or None


def _text(node: Any) -> str:
    return "".join(node.itertext()).strip()


def _name(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]


def _child(node: Any, name: str) -> Any:
    return next((child for child in node if isinstance(child.tag, str) and _name(child) == name), None)


def _next_url(channel: Any, url: str) -> str | None:
    links = (child for child in channel if isinstance(child.tag, str) and _name(child) == "link")
    hrefs = (link.get("href") for link in links if link.get("rel") == "next")
    return next((normalise(href, url) for href in hrefs if href), None)


def _json_feed(data: bytes, url: str) -> Feed:
    try:
        feed = json.loads(data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return NO_FEED
    items = feed.get("items")
    if not isinstance(items, list):
        return NO_FEED
    entries = (_json_entry(item, url) for item in items[:MAX_ENTRIES] if isinstance(item, dict))
    return Feed(
        kind="json",
        title=_string(feed.get("title")) or None,
        entries=tuple(entry for entry in entries if entry),
        next_url=normalise(_string(feed.get("next_url")), url) if _string(feed.get("next_url")) else None,
    )


def _json_entry(item: dict[str, Any], base: str) -> Witness | None:
    address = _string(item.get("url")) or _string(item.get("id"))
    url = normalise(address, base) if address else None
    if url is None:
        return None
    authors, tags = item.get("authors") or [item.get("author")], item.get("tags")
    names = (_string(each.get("name")) for each in authors if isinstance(each, dict))
    labels = (_string(tag) for tag in tags) if isinstance(tags, list) else ()
    return Witness(
        url=url,
        source="feed",
        title=_string(item.get("title")) or None,
        authors=tuple(dict.fromkeys(name for name in names if name)),
        published=iso_date(_string(item.get("date_published"))),
        updated=iso_date(_string(item.get("date_modified"))),
        labels=tuple(dict.fromkeys(label for label in labels if label)),
    )


def _string(value: object) -> str:
    return plain(value) if isinstance(value, str) else ""
