"""What a page's JSON-LD says about its post.

Source: schema.org; the habits of Yoast, Rank Math, Ghost, Jekyll SEO tag, Blogger and news systems.
"""

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Node = dict[str, Any]

POST_TYPES = frozenset(
    "article blogposting newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle techarticle"
    " scholarlyarticle report review criticreview socialmediaposting liveblogposting recipe howto"
    " podcastepisode"
    " backgroundnewsarticle advertisercontentarticle satiricalarticle reviewnewsarticle askpublicnewsarticle"
    " medicalscholarlyarticle qapage discussionforumposting webcontent".split()
)
WEAK_TYPES = frozenset(
    "webpage itempage creativework videoobject medicalwebpage imagegallery episode event".split()
)
SITE_TYPES = frozenset(("website", "blog"))
PEOPLE = frozenset(("", "person"))
DEPTH = 12
TRAILING_COMMA = re.compile(r",(\s*[}\]])")
COMMENT = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|(?://\s*)?\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$"
)
CONTROL = re.compile(r"[\x00-\x1f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedData:
    """The page's own statements; empty where it makes none."""

    headline: str | None = None
    people: tuple[str, ...] = ()
    """Names of authors that are persons, or of no stated kind."""
    others: tuple[str, ...] = ()
    """Names of authors that are organisations."""
    published: str | None = None
    """As written, not yet read."""
    updated: str | None = None
    sections: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    language: str | None = None
    description: str | None = None
    site_names: tuple[str, ...] = ()
    """Names of the WebSite, Blog or publisher."""
    crumbs: tuple[tuple[str, str], ...] = ()
    """Name and address of each breadcrumb, outermost first."""
    comment_count: int | None = None


NOTHING = LinkedData()


def read_linked_data(sources: Sequence[str], url: str | None) -> LinkedData:
    """Read all JSON-LD scripts of a page; what cannot be parsed is skipped."""
    nodes = [node for source in sources for node in _nodes(_parse(source), DEPTH)]
    if not nodes:
        return NOTHING
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 2}
    post = _main_post(nodes, url)
    if post is None:
        return LinkedData(site_names=_site_names(nodes, {}, known), crumbs=_crumbs(nodes))
    people, others = _authors(post, known)
    return LinkedData(
        headline=_text(post.get("headline"))
        or (_text(post.get("name")) if _kind(post) & POST_TYPES else None),
        people=people,
        others=others,
        published=_first_text(post, ("datePublished", "uploadDate", "dateCreated")),
        updated=_first_text(post, ("dateModified",)),
        sections=tuple(_strings(post.get("articleSection"))),
        keywords=tuple(keyword for text in _strings(post.get("keywords")) for keyword in _split(text)),
        language=_language(post.get("inLanguage")),
        description=_text(post.get("description")),
        site_names=_site_names(nodes, post, known),
        crumbs=_crumbs(nodes),
        comment_count=_comment_count(post),
    )


def _parse(source: str) -> Any:
    source = COMMENT.sub("", source.strip()).strip()
    try:
        return json.loads(source, strict=False)
    except (ValueError, RecursionError):
        pass
    # The faults seen most: a comma too many, a raw line break, the whole script escaped as HTML.
    repaired = TRAILING_COMMA.sub(r"\1", CONTROL.sub(" ", source)).rstrip(";")
    for attempt in (repaired, html.unescape(repaired)):
        try:
            return json.JSONDecoder(strict=False).raw_decode(attempt)[0]
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any, depth: int) -> Iterator[Node]:
    """Yield every object that has a type, outer ones first."""
    if depth == 0:
        return
    if isinstance(value, list):
        for each in value:
            yield from _nodes(each, depth - 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for key, each in value.items():
            # Comments and parts are posts of their own kind, and not this one.
            if isinstance(each, list | dict) and key not in ("comment", "hasPart", "isPartOf", "citation"):
                yield from _nodes(each, depth - 1)


def _kind(node: Node) -> set[str]:
    kinds = node.get("@type")
    return {
        str(kind).rpartition("/")[2].rpartition(":")[2].lower()
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    }


def _main_post(nodes: list[Node], url: str | None) -> Node | None:
    """Choose the node that speaks of this page: an article before a page, its own address before another."""
    for kinds in (POST_TYPES, WEAK_TYPES):
        found = [node for node in nodes if _kind(node) & kinds]
        own = [node for node in found if url and _speaks_of(node, url)]
        dated = [node for node in own or found if node.get("datePublished") or node.get("headline")]
        if dated or own or found:
            return (dated or own or found)[0]
    return None


def _speaks_of(node: Node, url: str) -> bool:
    page = node.get("mainEntityOfPage")
    page = page.get("@id") or page.get("url") if isinstance(page, dict) else page
    wanted = _bare(url)
    return any(
        isinstance(each, str) and _bare(each) == wanted for each in (page, node.get("url"), node.get("@id"))
    )


def _bare(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|[#?].*$|/$", "", url.lower())


def _authors(post: Node, known: dict[str, Node]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    people: dict[str, None] = {}
    others: dict[str, None] = {}
    for author in _list(post.get("author") or post.get("creator")):
        if isinstance(author, dict):
            author = {**known.get(str(author.get("@id")), {}), **author}
            names, kinds = _strings(author.get("name")), _kind(author) - {"none"}
        else:
            names, kinds = _strings(author), set()
        target = people if not kinds or kinds & PEOPLE else others
        target.update(dict.fromkeys(names))
    return tuple(people), tuple(others)


def _site_names(nodes: list[Node], post: Node, known: dict[str, Node]) -> tuple[str, ...]:
    sites = [node for node in nodes if _kind(node) & SITE_TYPES]
    sites += [each for each in _list(post.get("publisher")) if isinstance(each, dict)]
    sites += [
        each for each in _list(post.get("isPartOf")) if isinstance(each, dict) and _kind(each) & SITE_TYPES
    ]
    names = (_text({**known.get(str(site.get("@id")), {}), **site}.get("name")) for site in sites)
    return tuple(dict.fromkeys(name for name in names if name))


def _crumbs(nodes: list[Node]) -> tuple[tuple[str, str], ...]:
    trails = [node for node in nodes if "breadcrumblist" in _kind(node)]
    crumbs: list[tuple[str, str]] = []
    for item in _list(trails[0].get("itemListElement")) if trails else []:
        if isinstance(item, dict):
            thing = item.get("item")
            inner: Node = thing if isinstance(thing, dict) else {}
            name = _text(item.get("name")) or _text(inner.get("name"))
            address = thing if isinstance(thing, str) else inner.get("@id") or inner.get("url")
            if name:
                crumbs.append((name, str(address or "")))
    return tuple(crumbs)


def _comment_count(post: Node) -> int | None:
    count = post.get("commentCount")
    return (
        int(count)
        if isinstance(count, int) or (isinstance(count, str) and count.isascii() and count.isdigit())
        else None
    )


def _language(value: Any) -> str | None:
    value = _list(value)[0] if _list(value) else None
    return _text(value.get("alternateName") or value.get("name") if isinstance(value, dict) else value)


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _strings(value: Any) -> list[str]:
    texts = (_text(each.get("name") if isinstance(each, dict) else each) for each in _list(value))
    return [text for text in texts if text]


def _first_text(node: Node, names: Sequence[str]) -> str | None:
    return next((text for name in names if (text := _text(node.get(name)))), None)


def _text(value: Any) -> str | None:
    value = value[0] if isinstance(value, list) and value else value
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return None
    return " ".join(html.unescape(value).split()) or None
