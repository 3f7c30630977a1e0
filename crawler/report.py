"""What a crawl is told and what it tells: the records at the crawler's only door."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

ErrorKind = Literal[
    "bad_encoding",
    "bad_http",
    "blocked_address",
    "connection",
    "dns",
    "empty_body",
    "foreign_scheme",
    "http_4xx",
    "http_5xx",
    "incomplete_body",
    "not_html",
    "off_site",
    "redirect_loop",
    "robots",
    "robots_unreachable",
    "suspicious_markup",
    "timeout",
    "tls",
    "too_large",
    "trap",
    "unexpected",
]
"""Every value that `FetchOutcome.error` can take."""

HARMLESS: frozenset[str] = frozenset({"http_4xx", "not_html", "off_site", "robots", "trap"})
"""Kinds that every healthy blog shows some of: they do not make a run partial."""

UrlState = Literal["done", "gone", "failed", "skipped", "todo"]
CrawlState = Literal["complete", "partial", "refused", "failed", "stopped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlSite:
    """One site to crawl, and how."""

    id: str
    """The site's key: names the WARC files."""
    home_url: str
    limit: int | None = None
    """Stop after so many pages; None crawls everything."""
    delay: float | None = None
    """Seconds between two requests; None means polite (none at all for loopback)."""
    allow_private: bool = False
    """The operator named this private or loopback address: it may be asked."""
    contact: str | None = None
    """URL or mail address by which the site's owner can reach whoever runs this."""
    verify_tls: bool = True
    probe: str | None = None
    """A path that no site has: what comes instead of a 404 shows what "not found" looks like here."""
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Request headers for this site only (Authorization, Cookie); never logged, never archived."""
    ends_at: float | None = None
    """Moment of the wall clock, in seconds, at which the run ends: the window is over."""
    budget: int | None = None
    """Requests that this run may make; None for any number."""
    barren: Sequence[str] = ()
    """Path patterns that brought nothing new in an earlier run: left alone."""
    others: Sequence[str] = ()
    """Home pages of the other sites that are crawled: what is theirs is left to them."""
    settings: Mapping[str, object] = field(default_factory=dict)
    """Scrapy settings and our own (`crawler.settings`) that differ: short time limits for tests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a crawl is; handed out a few times a second."""

    pages: int
    failed: int
    waiting: int
    """URLs heard of and not yet asked for, in this run."""
    url: str
    """The one just settled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlReport:
    """What a crawl did, for people and for the table `runs`."""

    site_id: str
    state: CrawlState
    """complete, partial (pages failed), refused (the site said no), failed (no page), stopped (signal)."""
    message: str
    """One sentence."""
    requests: int = 0
    pages: int = 0
    """HTML pages that came with a body."""
    unchanged: int = 0
    size_bytes: int = 0
    delay_s: float = 0.0
    """Kept between two requests, at least: what robots.txt asks for counts."""
    outcomes: Mapping[str, int] = field(default_factory=dict)
    """State -> number of URLs settled in this run."""
    errors: Mapping[str, int] = field(default_factory=dict)
    """Kind of failure -> number of URLs."""
    warc_files: tuple[str, ...] = ()
    """Names relative to the archive folder, oldest first."""
    limit_reached: bool = False
    signal: int | None = None
    """Number of the signal that stopped the run; None when none did."""
    barren: tuple[str, ...] = ()
    """Path patterns that were left alone, for they brought nothing new."""
    moved_to: str | None = None
    """Another site that the home page redirects to; None when it answers itself."""

    @property
    def failed(self) -> int:
        """Count what failed in a way that makes the run partial."""
        return sum(count for kind, count in self.errors.items() if kind not in HARMLESS)
