"""Records between the crawler and whoever remembers its URLs: frozen, documented per field, no behaviour."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a conditional request sends; bytes-exact as the server gave them."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A URL that the crawler has heard of and may ask for."""

    url: str
    """Normalised by `pipeline.site.urls.normalise`."""
    source: Literal["seed", "sitemap", "feed", "link", "redirect", "canonical", "rest", "probe"]
    depth: int = 0
    lastmod: str | None = None
    """What a sitemap or feed says of its last change, as written."""
    listed_in: str | None = None
    """The sitemap, feed or REST page that lists it; None for a link."""
    categories: str | None = None
    """How the CMS calls its categories, in words; None says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlTask:
    """A URL that the frontier hands out: now in state "doing"."""

    url: str
    depth: int
    source: str
    tries: int = 0
    validators: Validators = Validators()
    digest: str | None = None
    """SHA-256 of the payload that came last time, hex; None when none is archived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOutcome:
    """What came of one CrawlTask; its exchange is on disk in the WARC when this is written."""

    url: str
    """As it was asked for."""
    final_url: str
    state: Literal["done", "gone", "failed", "skipped", "todo"]
    """The state that the frontier's row takes; "todo" asks again later (`retry_after_s`)."""
    status: int | None = None
    size_bytes: int = 0
    digest: str | None = None
    unchanged: bool = False
    """304, or the same payload digest as the last time."""
    validators: Validators = Validators()
    warc_file: str | None = None
    warc_offset: int | None = None
    fetched_at: str | None = None
    duration_ms: int | None = None
    error: str | None = None
    """Kind of failure, of the closed set in `crawler.report`: "timeout", "too_large", "blocked_address" …"""
    retry_after_s: float | None = None
    media_type: str | None = None
