"""Downloader middleware: how fast a host is asked, and for how long it is left alone when it says so."""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.settings import BaseSettings

BUSY = frozenset({429, 503})
JITTER = 0.25
SLOW_S = 60.0
MAX_BACKOFF_S = 60.0


class StoppedError(IgnoreRequest):
    """The run ended while a request waited for its turn."""


class Host:
    """What all sites on one host share: its connections, how it answers, and when it may be asked again."""

    def __init__(self, connections: int = 1) -> None:
        """Know nothing of it yet; all times are of the monotonic clock."""
        self.line = asyncio.Semaphore(connections)
        """Held for as long as an exchange lasts."""
        self.next_at = 0.0
        self.latency_s = 0.0
        self.busy_answers = 0


class Pace:
    """The turn-taking of one site: no request before the one before it, of any site there, had its time.

    Own, not AutoThrottle: that one would undercut a Crawl-delay and knows no Retry-After.
    """

    def __init__(self, delay_s: float, settings: BaseSettings, host: Host) -> None:
        """Start with the configured delay."""
        self.delay_s = delay_s
        self.host = host
        self.patience_s = settings.getfloat("PATIENCE_S")
        self.refused_for_s: float | None = None
        """Set once the host asked for more time than this run has."""
        self.budget: int | None = None
        """Requests that may still go out in this run; None for any number."""
        self.requests = 0
        """That went out, robots.txt and further tries included."""
        self._backoff_s = settings.getfloat("BACKOFF_S")
        self._stopped = asyncio.Event()

    def slow_down_to(self, delay_s: float) -> None:
        """Keep at least this delay from now on."""
        self.delay_s = max(self.delay_s, delay_s)

    async def turn(self) -> None:
        """Wait until the next request may go out; a hold that comes meanwhile counts, too.

        Raises StoppedError when the run ends first, has no time for so long a wait, or may ask no more:
        nothing was sent.
        """
        while (wait_s := self.host.next_at - monotonic()) > 0:
            if wait_s > self.patience_s:
                self.refused_for_s = wait_s
                raise StoppedError
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopped.wait(), wait_s)
            if self._stopped.is_set():
                raise StoppedError
        if self.is_spent():
            raise StoppedError
        self.requests += 1
        if self.delay_s:
            # A site that answers slowly is asked less: never more than half of its time is ours.
            gap_s = min(max(self.delay_s, self.host.latency_s), max(self.delay_s, SLOW_S))
            self.host.next_at = monotonic() + gap_s * random.uniform(1, 1 + JITTER)

    def is_spent(self) -> bool:
        """Tell whether the site's budget is used up."""
        return self.budget is not None and self.requests >= self.budget

    def stop(self) -> None:
        """Let nobody wait any longer."""
        self._stopped.set()

    def note(self, latency_s: float) -> None:
        """Remember how long an answer took."""
        self.host.latency_s = 0.8 * self.host.latency_s + 0.2 * latency_s

    def answered(self) -> None:
        """Forget the back-off: the host answers again."""
        self.host.busy_answers = 0

    def hold(self, asked_s: float | None) -> None:
        """Leave the whole host alone as long as it asked for, or ever longer when it did not say."""
        self.host.busy_answers += 1
        seconds = asked_s
        if seconds is None:
            seconds = self._backoff_s * 2 ** min(self.host.busy_answers - 1, 8)
            seconds = min(seconds, MAX_BACKOFF_S) * random.uniform(1, 1 + JITTER)
        if seconds > self.patience_s:
            self.refused_for_s = seconds
        self.host.next_at = max(self.host.next_at, monotonic() + seconds)


class PoliteMiddleware:
    """Make every request wait for its turn, and every answer that says "later" hold the whole site."""

    def __init__(self, pace: Pace, now: Callable[[], datetime]) -> None:
        """Keep the site's pace."""
        self._pace = pace
        self._now = now

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the pace that the spider brought."""
        return cls(crawler.spider.pace, lambda: datetime.now(UTC))  # type: ignore[union-attr]

    async def process_request(self, request: Request) -> None:
        """Wait."""
        await self._pace.turn()

    def process_response(self, request: Request, response: Response) -> Response:
        """Learn from the answer."""
        self._pace.note(request.meta.get("download_latency", 0.0))
        asked_s = retry_after(response.headers.get(b"Retry-After"), self._now())
        if response.status in BUSY or (asked_s is not None and 300 <= response.status < 400):
            self._pace.hold(asked_s)
        else:
            self._pace.answered()
        return response


def retry_after(value: bytes | None, now: datetime) -> float | None:
    """Read Retry-After, in seconds from now; None for an absent, past, negative or unreadable one.

    Source: RFC 9110 10.2.3.
    """
    if value is None:
        return None
    text = value.decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return float(text[:12])
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    seconds = (until - now).total_seconds()
    return seconds if seconds > 0 else None
