"""What a document that lists posts names: a sitemap, a feed, a page of the REST interface (pure)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from crawler.body import BodyKind
from crawler.rest import next_page
from crawler.sitemaps import MAX_INDEX_DEPTH, read_sitemap
from pipeline.crawl_records import CrawlTask
from pipeline.site.cms import read_posts, read_terms
from pipeline.site.feeds import parse_feed
from pipeline.site.urls import normalise

ListKind = Literal["sitemap", "feed", "rest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One address that a document names."""

    url: str
    source: ListKind
    lastmod: str | None = None
    is_list: bool = False
    """Another document of this kind, not a post."""


def read_list(
    kind: BodyKind, task: CrawlTask, body: bytes, max_bytes: int, on_cut: Callable[[], None]
) -> Iterator[Listed]:
    """Yield what a document names, on whatever host; `on_cut` is called where a limit ends it."""
    if kind == "sitemap":
        yield from _sitemap(task, body, max_bytes, on_cut)
    elif kind == "rest":
        yield from _rest(task, body)
    else:
        yield from _feed(task, body)


def _sitemap(task: CrawlTask, body: bytes, max_bytes: int, on_cut: Callable[[], None]) -> Iterator[Listed]:
    for entry in read_sitemap(body, max_bytes, on_cut):
        url = normalise(entry.url, task.url)
        if url is not None and (not entry.is_sitemap or task.depth < MAX_INDEX_DEPTH):
            yield Listed(url=url, source="sitemap", lastmod=entry.lastmod, is_list=entry.is_sitemap)


def _feed(task: CrawlTask, body: bytes) -> Iterator[Listed]:
    feed = parse_feed(body, task.url)
    for said in feed.entries:
        yield Listed(url=said.url, source="feed", lastmod=said.updated)
    if feed.next_url is not None:
        yield Listed(url=feed.next_url, source="feed", is_list=True)


def _rest(task: CrawlTask, body: bytes) -> Iterator[Listed]:
    posts = read_posts(body)
    for post in posts:
        url = normalise(post.url, task.url)
        if url is not None:
            yield Listed(url=url, source="rest", lastmod=post.modified)
    further = next_page(task.url, len(posts) or len(read_terms(body)))
    if further is not None:
        yield Listed(url=further, source="rest", is_list=True)
