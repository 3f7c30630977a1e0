"""robots.txt as RFC 9309 has it: what may be fetched, how slowly, and which sitemaps it names."""

import asyncio
import codecs
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any, Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Request, Response
from scrapy.signals import bytes_received

from crawler.body import BodyError, decode
from crawler.failures import FETCH_ERRORS, RefusedError, kind_of_error, kind_of_status
from crawler.identity import secrets_for
from crawler.net import names_private
from crawler.polite import Pace, StoppedError
from crawler.report import ErrorKind
from pipeline.site.urls import normalise, same_site

PRODUCT = "copydesk"
MAX_BYTES = 512 * 1024  # RFC 9309 2.5 asks for at least 500 KiB
MAX_INFLATED = 5 * 2**20
MAX_REDIRECTS = 5  # RFC 9309 2.3.1.2
RETRIED = frozenset({"timeout", "connection", "incomplete_body", "bad_http", "http_5xx", "http_4xx"})
"""What may pass; of 4xx only 429 is an error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What one origin's robots.txt says to us."""

    rules: Protego | None = None
    """None: no rules, everything may be fetched."""
    error: ErrorKind | None = None
    """What went wrong where the file should be: nothing may be fetched now."""
    sitemaps: Sequence[str] = ()
    crawl_delay_s: float | None = None
    """As asked for, nonsense dropped, not yet capped."""

    def allows(self, url: str) -> bool:
        """Tell whether we may fetch an address of this origin."""
        return self.error is None and (self.rules is None or bool(self.rules.can_fetch(url, PRODUCT)))


class RobotsMiddleware:
    """Ask robots.txt of each origin before its first page, and again when a run lasts that long."""

    def __init__(self, crawler: Crawler) -> None:
        """Know no origin yet."""
        self._headers = {"User-Agent": crawler.settings["USER_AGENT"]}
        self._timeout_s = crawler.settings.getfloat("DOWNLOAD_TIMEOUT")
        self._crawler = crawler
        self._max_age_s = crawler.settings.getfloat("ROBOTS_MAX_AGE_S")
        self._policies: dict[str, tuple[float, asyncio.Future[Policy]]] = {}
        self._fetching = 0
        self._tries = crawler.settings.getint("TRIES")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the middleware."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Stop a request that robots.txt forbids."""
        if request.meta.get("is_robots"):
            return
        policy = await self.policy(request.url)
        if policy.error is not None:
            raise RefusedError("robots_unreachable")
        if not policy.allows(request.url):
            raise RefusedError("robots")

    async def policy(self, url: str) -> Policy:
        """Give the policy for an address, fetching its robots.txt the first time and once a day."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        since, known = self._policies.get(origin, (0.0, None))
        if known is None or monotonic() - since > self._max_age_s:
            known = asyncio.ensure_future(self._fetch(f"{origin}/robots.txt"))
            self._policies[origin] = monotonic(), known
        return known.result() if known.done() else await known

    async def _fetch(self, url: str) -> Policy:
        # Listening to every byte costs, so it ends with the last of those that are fetched at the same time.
        self._fetching += 1
        self._crawler.signals.connect(_stop_when_long, bytes_received)
        try:
            return await self._ask(url)
        finally:
            self._fetching -= 1
            if not self._fetching:
                self._crawler.signals.disconnect(_stop_when_long, bytes_received)

    async def _ask(self, url: str) -> Policy:
        """Ask again where that may help: one bad answer should not cost a site its night."""
        policy = Policy(error="robots_unreachable")
        pace: Pace = self._crawler.spider.pace  # type: ignore[union-attr]
        for _ in range(self._tries):
            before = pace.host.busy_answers
            try:
                policy = await self._follow(url)
            except StoppedError:  # no time is left to ask again
                return policy
            except FETCH_ERRORS as error:
                policy = Policy(error=kind_of_error(error, url))
            if policy.error not in RETRIED:
                return policy
            if pace.host.busy_answers <= before:
                pace.hold(None)
        return policy

    async def _follow(self, url: str) -> Policy:
        for _ in range(MAX_REDIRECTS + 1):
            response = await self._crawler.engine.download_async(self._request(url))
            target = _redirect_target(response)
            if target is None:
                coding = response.headers.get(b"Content-Encoding") or b""
                return policy_of(response.status, response.body, coding, url)
            if not same_site(target, url) and self._is_private(target):
                return Policy(error="blocked_address")
            url = target
        return Policy()

    def _is_private(self, url: str) -> bool:
        """Tell whether a machine is private; that it was named as a site opens that site's port, no other."""
        named = self._crawler.settings.getlist("PRIVATE_HOSTS")
        return names_private(url) or (urlsplit(url).hostname or "") in named

    def _request(self, url: str) -> Request:
        # No upper size here: a longer file is cut, not refused.
        meta = {"is_robots": True, "download_maxsize": 0, "download_timeout": self._timeout_s}
        spider: Any = self._crawler.spider
        headers = {**self._headers, **secrets_for(spider.site, url)}
        return Request(url, headers=headers, meta=meta, dont_filter=True)


def policy_of(status: int, body: bytes, content_encoding: bytes, url: str) -> Policy:
    """Read an answer: 4xx means no rules, 5xx and 429 mean that nothing may be fetched."""
    if status == 429 or status >= 500:
        return Policy(error=kind_of_status(status))
    if not 200 <= status < 300:
        return Policy()
    try:
        text = text_of(decode(body, content_encoding, MAX_INFLATED)[:MAX_BYTES])
    except BodyError as error:
        return Policy(error=error.kind)
    rules = Protego.parse(text)
    sitemaps = tuple(filter(None, (normalise(line, url) for line in rules.sitemaps)))
    return Policy(rules=rules, sitemaps=sitemaps, crawl_delay_s=_crawl_delay(rules))


def text_of(body: bytes) -> str:
    """Decode robots.txt: UTF-8, but a byte order mark is believed; NULs are no rule."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    return body.decode("utf-8-sig", "replace").replace("\0", "")


def _crawl_delay(rules: Any) -> float | None:
    try:
        delay = rules.crawl_delay(PRODUCT)
    except ValueError:
        return None
    return float(delay) if delay is not None and delay > 0 else None


def _stop_when_long(data: bytes, request: Request) -> None:
    """Hang up once enough of a robots.txt has come; connected only while one is fetched."""
    if request.meta.get("is_robots"):
        request.meta["received"] = request.meta.get("received", 0) + len(data)
        if request.meta["received"] > MAX_BYTES:
            raise StopDownload(fail=False)


def _redirect_target(response: Response) -> str | None:
    location = response.headers.get(b"Location")
    if response.status not in {301, 302, 303, 307, 308} or location is None:
        return None
    return normalise(location.decode("latin-1"), response.url)
