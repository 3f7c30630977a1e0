"""What an answer means: the outcome for the frontier, and the addresses that it offers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urljoin

from scrapy.http import Response
from scrapy.settings import BaseSettings

from crawler.barren import Barren
from crawler.body import (
    MEDIA_TYPES,
    BodyError,
    BodyKind,
    charset_of,
    decode,
    is_sitemap_in_disguise,
    kind_of_body,
    start_of,
)
from crawler.discovery import Href, blog_feeds, read_links, suspicious_markup
from crawler.failures import kind_of_status
from crawler.hrefs import Hrefs
from crawler.ledger import Ledger
from crawler.listed import read_list
from crawler.net import names_private
from crawler.outcomes import kept_validators, outcome_of, without_content
from crawler.redirects import Redirects
from crawler.report import UrlState
from crawler.rest import Shelf, first_pages, is_rest
from crawler.scope import Scope
from crawler.traps import Variants, is_dated, is_pagination, trap
from pipeline.crawl_records import Candidate, CrawlTask, FetchOutcome, Validators
from pipeline.site.urls import normalise, same_site

MAX_DEPTH = 20
MAX_SEEDS = 1000
TOLD = frozenset({"growing path", "calendar", "variants", "too deep", "nothing new"})
"""Traps that the run's report names; files, doubles and machinery are on every blog."""


class Reader:
    """Reads answers of one site; remembers which addresses it has already looked at."""

    def __init__(self, scope: Scope, ledger: Ledger, settings: BaseSettings, barren: Barren) -> None:
        """Know the home page only."""
        self._scope, home_url = scope, scope.home_url
        self.barren = barren
        self.home_url = home_url
        self.home_outcome: FetchOutcome | None = None
        self._homes = {home_url}
        self._is_https = home_url.startswith("https://")
        self._ledger = ledger
        self._html_max = settings.getint("HTML_MAX_BYTES")
        self._sitemap_max = settings.getint("SITEMAP_MAX_BYTES")
        self._this_year = datetime.now(UTC).year
        self._redirects = Redirects()
        self._variants = Variants()
        self._seeds: set[str] = set()
        self._hrefs = Hrefs(home_url)
        self._shelf = Shelf()

    def seed(self, url: str, depth: int = 0) -> None:
        """Offer an address that is asked for in every run: home page, sitemap, feed."""
        if url not in self._seeds and len(self._seeds) < MAX_SEEDS:
            self._seeds.add(url)
            self._ledger.offer([Candidate(url=url, source="seed", depth=depth)])

    def shelved(self) -> Iterator[Candidate]:
        """Yield the categories of known posts, where the CMS says something new of any."""
        for url, categories in self._shelf.said():
            if self._ledger.is_known(url := self._secure(url)):
                yield Candidate(url=url, source="rest", categories=categories)

    def largest(self, task: CrawlTask) -> int:
        """Give the size up to which a task's body is downloaded."""
        return self._sitemap_max if task.source == "seed" else self._html_max

    def read(self, task: CrawlTask, response: Response) -> FetchOutcome:
        """Turn an answer into an outcome, and offer what it links to."""
        outcome = outcome_of(task, response)
        try:
            outcome = self._judge(task, response, outcome)
        except BodyError as error:
            outcome = without_content(outcome, "failed", error.kind)
        if task.url in self._homes:
            self.home_outcome = outcome
        return outcome

    def failed(self, task: CrawlTask, outcome: FetchOutcome) -> FetchOutcome:
        """Note a failure without an answer."""
        if task.url in self._homes:
            self.home_outcome = outcome
        return outcome

    def _judge(self, task: CrawlTask, response: Response, outcome: FetchOutcome) -> FetchOutcome:
        status = response.status
        if status == 304 and task.digest is not None:
            return replace(
                outcome, unchanged=True, digest=task.digest, validators=kept_validators(task, outcome)
            )
        if status in {301, 302, 303, 307, 308}:
            return self._redirected(task, response, outcome)
        error = kind_of_status(status)
        if error is not None:
            guess = task.source == "seed" and status < 500 and task.url not in self._homes
            state: UrlState = "skipped" if guess else "gone" if status in {404, 410} else "failed"
            return without_content(outcome, state, error)
        if not 200 <= status < 300:
            return without_content(outcome, "failed", "bad_http")
        return self._read_body(task, response, outcome)

    def _read_body(self, task: CrawlTask, response: Response, outcome: FetchOutcome) -> FetchOutcome:
        coding = response.headers.get(b"Content-Encoding") or b""
        body = self._unpacked(task, response.body, coding)
        kind = kind_of_body(body)
        if task.source == "seed" and is_sitemap_in_disguise(kind, body):
            kind = "sitemap"
        elif task.source == "seed" and is_rest(task.url) and body.lstrip()[:1] == b"[":
            kind = "rest"
            self._shelf.read(body, task.url, unchanged=outcome.unchanged)
        outcome = replace(outcome, media_type=MEDIA_TYPES[kind])
        if kind == "empty":
            return without_content(outcome, "failed", "empty_body")
        if kind in {"text", "binary"} or (kind == "html" and self._is_guess(task)):
            return without_content(outcome, "skipped", "not_html")
        if kind == "html":
            return self._read_html(task, body, outcome, response)
        if not outcome.unchanged:
            self._ledger.offer(self._entries(kind, task, body))
        return outcome

    def _unpacked(self, task: CrawlTask, body: bytes, coding: bytes) -> bytes:
        """Undo the packing; of a list that is too large, take the beginning."""
        try:
            return decode(body, coding, self.largest(task))
        except BodyError as error:
            if error.kind != "too_large" or task.source != "seed" or not coding:
                raise
            self._note_cut()
            return start_of(body, self._sitemap_max)

    def _read_html(
        self, task: CrawlTask, body: bytes, outcome: FetchOutcome, response: Response
    ) -> FetchOutcome:
        if len(body) > self._html_max:
            raise BodyError("too_large")
        if suspicious_markup(body):
            return without_content(outcome, "failed", "suspicious_markup")
        if not outcome.unchanged:
            if task.source == "link":
                self.barren.note(task.url, body)
            self._offer_links(task, body, charset_of(response.headers.get(b"Content-Type")))
        return outcome

    def _is_guess(self, task: CrawlTask) -> bool:
        """Tell whether a page came where a sitemap or feed was asked for: a soft 404."""
        return task.source == "seed" and task.url not in self._homes

    def _offer_links(self, task: CrawlTask, body: bytes, charset: str | None) -> None:
        links = read_links(body, charset)
        self._ledger.left_out["links beyond the limit"] += links.cut
        base = urljoin(task.url, links.base) if links.base else task.url
        if task.url in self._homes:
            for feed in blog_feeds(links, base):
                if same_site(feed, self.home_url):
                    self.seed(feed)
            rest = normalise(links.rest, base) if links.rest else None
            if rest is not None and same_site(rest, self.home_url):
                for page in first_pages(rest):
                    self.seed(page)
        fresh = []
        for link in links.hrefs:
            if not links.base and self._hrefs.looked_at(link.href):
                continue
            if self._hrefs.leads_elsewhere(link.href):
                continue
            candidate = self._candidate(link, base, task)
            if candidate is not None:
                fresh.append(candidate)
        self._ledger.offer(fresh)

    def _candidate(self, link: Href, base: str, task: CrawlTask) -> Candidate | None:
        found, depth = normalise(link.href, base), task.depth
        if found is None or not self._scope.holds(found):
            return None
        url = self._secure(found)
        if self._ledger.is_known(url):
            self._ledger.link(url)
            return None
        if not is_pagination(url) and (not link.sideways or is_dated(url)):
            depth += 1
        why = "nothing new" if self.barren.leads_on(task.url, url) else self._trap(url, depth)
        if why:
            self._ledger.left_out[why] += why in TOLD
            return None
        return Candidate(url=url, source="link", depth=max(depth, 1))

    def _trap(self, url: str, depth: int) -> str | None:
        if depth > MAX_DEPTH:
            return "too deep"
        return trap(url, self._this_year) or ("variants" if self._variants.too_many(url) else None)

    def _entries(self, kind: BodyKind, task: CrawlTask, body: bytes) -> Iterator[Candidate]:
        """Yield what a sitemap or feed lists, of this site only."""
        for entry in read_list(kind, task, body, self._sitemap_max, self._note_cut):
            url = self._secure(entry.url)
            if not (same_site(url, self.home_url) if entry.is_list else self._scope.holds(url)):
                self._ledger.left_out["other sites"] += 1
            elif entry.is_list:
                self.seed(url, task.depth + 1)
            elif trap(url, self._this_year) is None:
                yield Candidate(
                    url=url, source=entry.source, depth=1, lastmod=entry.lastmod, listed_in=task.url
                )

    def _note_cut(self) -> None:
        self._ledger.left_out["lists beyond the limit"] += 1

    def _secure(self, url: str) -> str:
        """Prefer https where the home page does: old sitemaps and links still say http, a redirect each."""
        if self._is_https and url.startswith("http://") and same_site(url, self.home_url):
            return f"https{url[4:]}"
        return url

    def _redirected(self, task: CrawlTask, response: Response, outcome: FetchOutcome) -> FetchOutcome:
        location = (response.headers.get(b"Location") or b"").decode("utf-8", "replace")
        target = normalise(location, task.url) if location else None
        if target is None:
            return without_content(outcome, "failed", "foreign_scheme" if location else "bad_http")
        # What a redirect says in its body is no content of the page.
        outcome = replace(outcome, final_url=target, digest=None, validators=Validators())
        if not same_site(target, self.home_url):
            if names_private(target):
                return without_content(outcome, "failed", "blocked_address")
            return without_content(outcome, "skipped", "off_site")
        if self._redirects.loops(task.url, target):
            return without_content(outcome, "failed", "redirect_loop")
        if task.url in self._homes:
            self._homes.add(target)
            self._is_https = target.startswith("https://")
        if task.source == "seed":
            self.seed(target, task.depth)
        elif self._scope.holds(target) and trap(target, self._this_year) is None:
            self._ledger.offer([Candidate(url=target, source="redirect", depth=task.depth)])
        return outcome
