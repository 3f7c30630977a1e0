"""BlogSpider: takes URLs from the frontier, asks for them, books what came. It extracts nothing.

Pages are asked for with `engine.download_async`, Scrapy's call for inline requests: every task then begins
and ends in one coroutine, so none can vanish between scheduler, duplicate filter and errback, and a page
costs 0.8 ms instead of the 2.8 of scheduler and scraper (measured).
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from time import time
from typing import Any, Self
from urllib.parse import urljoin

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Headers, Request
from scrapy.settings import BaseSettings
from scrapy.signals import headers_received

from crawler.barren import Barren
from crawler.breaker import Breaker
from crawler.discovery import SITEMAP_GUESSES
from crawler.failures import FETCH_ERRORS, REASONS, kind_of_error, may_pass
from crawler.identity import headers_for, secrets_for
from crawler.ledger import Ledger
from crawler.net import names_loopback
from crawler.polite import Host, Pace, StoppedError
from crawler.reading import Reader
from crawler.report import CrawlSite, CrawlState, UrlState
from crawler.rest import is_outdated
from crawler.robots import Policy, RobotsMiddleware
from crawler.scope import Scope
from crawler.warcfile import Archive
from pipeline.crawl_records import Candidate, CrawlTask, FetchOutcome
from pipeline.site.urls import same_site

log = logging.getLogger(__name__)

READABLE = ("text/", "application/xhtml", "application/xml", "application/rss", "application/atom")
UNREADABLE = ("text/css", "text/javascript", "text/calendar", "text/csv", "text/vcard")
FOR_SEEDS = ("application/", "binary/")
PAGES_A_RUN_WHEN_TOO_SLOW = 20
STATES: dict[str, UrlState] = {"robots": "skipped", "not_html": "skipped", "robots_unreachable": "todo"}
NOTHING_TO_YIELD: tuple[Request, ...] = ()


class BlogSpider(Spider):
    """One site, from robots.txt to the last page that the frontier holds."""

    name = "blog"

    def __init__(
        self, site: CrawlSite, ledger: Ledger, archive: Archive, host: Host, settings: BaseSettings
    ) -> None:
        """Keep what the crawl is made of; `site.home_url` is normalised by now."""
        super().__init__()
        self.site = site
        self.archive = archive
        self.ledger = ledger
        self.breaker = Breaker(site.home_url)
        self.reader = Reader(Scope(site.home_url, site.others), ledger, settings, Barren(site.barren))
        self.is_loopback = names_loopback(site.home_url)
        default_s = 0.0 if self.is_loopback else settings.getfloat("POLITE_DELAY_S")
        self.pace = Pace(default_s if site.delay is None else site.delay, settings, host)
        self.pace.budget = site.budget
        self.remarks: list[str] = [] if site.verify_tls else ["Its certificate was not checked."]
        """Sentences that the run's report adds."""
        self.stopping = False
        self.finished = False
        self._timeout_s = settings.getfloat("DOWNLOAD_TIMEOUT")
        self._crawl_delay_cap_s = settings.getfloat("CRAWL_DELAY_CAP_S")
        self._tries = settings.getint("TRIES")
        self._workers = settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self._headers = headers_for(site, settings)
        self._busy = 0
        self._rechecked = False
        self._wake = asyncio.Event()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Hand the settings over, and look at the headers of every answer before its body comes."""
        spider = super().from_crawler(crawler, *args, settings=crawler.settings, **kwargs)
        crawler.signals.connect(spider.judge_headers, headers_received)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Crawl; nothing is yielded, because requests and answers meet in `_fetch`."""
        try:
            if not self._over():
                await self._open()
            await asyncio.gather(*(self._work() for _ in range(self._workers)))
            if self.pace.is_spent() and self._has_more():
                self.breaker.call_it_a_day("its budget of requests is used up for today")
        finally:
            self.stop()
        self.ledger.hand_back(self.pace.refused_for_s)
        self.finished = True
        for request in NOTHING_TO_YIELD:
            yield request

    def stop(self) -> None:
        """Finish the pages in flight, then end."""
        self.stopping = True
        self.pace.stop()
        self._wake.set()

    def judge_headers(self, headers: Headers, request: Request) -> None:
        """Hang up before the body when it is of a kind that is never read."""
        task = request.meta.get("task")
        kind = (headers.get(b"Content-Type") or b"").decode("latin-1").strip().lower()
        if task is None or not kind:
            return
        readable = kind.startswith(READABLE) or (task.source == "seed" and kind.startswith(FOR_SEEDS))
        if not readable or kind.startswith(UNREADABLE):
            raise StopDownload(fail=True)

    async def _open(self) -> None:
        """Read robots.txt, then offer what every run begins with."""
        home = self.site.home_url
        self.reader.seed(home)
        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        assert robots is not None
        async with self.pace.host.line:
            policy = await robots.policy(home)
        if policy.error is not None and not self._over():
            state: CrawlState = "failed" if policy.error in REASONS else "refused"
            reason = REASONS.get(policy.error, "its robots.txt could not be read, so nothing may be fetched")
            self.breaker.trip(state, f"{reason} ({policy.error})")
        self._slow_down(policy)
        named = [url for url in policy.sitemaps if same_site(url, home)]
        known = self.ledger.known_seeds()
        guesses = (
            []
            if any("sitemap" in url for url, _ in known)
            else [urljoin(home, guess) for guess in SITEMAP_GUESSES]
        )
        for url in named or guesses:
            self.reader.seed(url)
        for url, depth in known:
            if not is_outdated(url):
                self.reader.seed(url, depth)
        if self.site.probe is not None:
            probe = urljoin(home, self.site.probe)
            self.ledger.offer([Candidate(url=probe, source="probe", depth=1)])

    def _slow_down(self, policy: Policy) -> None:
        # One's own machine needs no politeness; where the operator set a delay, it is asked like any other.
        if policy.crawl_delay_s is None or (self.is_loopback and not self.site.delay):
            return
        cap_s = self._crawl_delay_cap_s
        self.pace.slow_down_to(min(policy.crawl_delay_s, cap_s))
        if policy.crawl_delay_s > cap_s:
            self.remarks.append(
                f"It asks for {policy.crawl_delay_s:,.0f} seconds between requests: with {cap_s:g},"
                f" {PAGES_A_RUN_WHEN_TOO_SLOW} pages a run at most."
            )
            self.ledger.limit_to(PAGES_A_RUN_WHEN_TOO_SLOW)

    async def _work(self) -> None:
        while not self._over():
            task = None if self.ledger.full(self._busy) else self.ledger.next_task()
            if task is not None:
                await self._handle(task)
            elif self._busy:
                self._wake.clear()
                await self._wake.wait()
            elif not self._rechecked and not self.ledger.full(0):
                self._recheck()
            else:
                return

    def _has_more(self) -> bool:
        """Tell whether anything is left; where the budget's last request was the last of all, nothing is."""
        if not self.pace.requests:
            return True
        self._recheck()
        task = self.ledger.next_task()
        if task is not None:
            self.ledger.put_back(task)
        return task is not None

    def _recheck(self) -> None:
        """Queue what hints leave open, once: nothing is in flight, so every hint was read."""
        if not self._rechecked:
            self._rechecked = True
            self.ledger.offer(self.reader.shelved())
            self.ledger.recheck()

    def _over(self) -> bool:
        if self.site.ends_at is not None and time() >= self.site.ends_at:
            when = "are over" if self.pace.requests else "have not begun"
            self.breaker.call_it_a_day(f"its hours for crawling (UTC) {when}")
        elif self.pace.refused_for_s is not None:
            self.breaker.trip(
                "refused", f"it asks to be left alone for {self.pace.refused_for_s:,.0f} seconds"
            )
        return self.stopping or self.pace.is_spent() or self.breaker.state is not None or self.ledger.full(0)

    async def _handle(self, task: CrawlTask) -> None:
        self._busy += 1
        try:
            outcome = await self._fetch(task)
            self._learn(outcome)
            self.ledger.record(task, outcome, self._tries)
        except StoppedError:
            self.ledger.put_back(task)
        finally:
            self._busy -= 1
            self._wake.set()

    async def _fetch(self, task: CrawlTask) -> FetchOutcome:
        if not same_site(task.url, self.site.home_url):
            return FetchOutcome(url=task.url, final_url=task.url, state="skipped", error="off_site")
        if task.source == "link" and self.reader.barren.is_left_alone(task.url):
            return FetchOutcome(url=task.url, final_url=task.url, state="skipped", error="trap")
        meta = {
            "task": task,
            "download_maxsize": self.reader.largest(task),
            "download_timeout": self._timeout_s,
        }
        headers = {**self._headers, **secrets_for(self.site, task.url)}
        request = Request(task.url, headers=headers, meta=meta, dont_filter=True)
        try:
            async with self.pace.host.line:
                response = await self.crawler.engine.download_async(request)
            self.ledger.received(len(response.body))
            return self.reader.read(task, response)
        except StoppedError:
            raise
        except FETCH_ERRORS as error:
            return self.reader.failed(task, self._failure(task, error))

    def _failure(self, task: CrawlTask, error: Exception) -> FetchOutcome:
        kind = kind_of_error(error, task.url)
        if kind == "unexpected":
            log.warning("unexpected answer url=%s", task.url, exc_info=error)
        state = STATES.get(kind, "failed")
        return FetchOutcome(url=task.url, final_url=task.url, state=state, error=kind)

    def _learn(self, outcome: FetchOutcome) -> None:
        """Slow down or end after trouble."""
        self.breaker.note(outcome)
        if outcome.status not in {429, 503} and may_pass(outcome.error, outcome.status):
            self.pace.hold(None)
        if self._over():
            self.pace.stop()
