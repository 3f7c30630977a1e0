"""The crawler's only door: one site or several at the same time, into WARC files and their frontiers."""

import asyncio
import logging
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings
from scrapy.signals import spider_error
from twisted.python.failure import Failure

from crawler.frontier import Frontier
from crawler.ledger import Ledger, Watcher
from crawler.net import names_loopback
from crawler.polite import Host
from crawler.report import CrawlReport, CrawlSite
from crawler.settings import SETTINGS
from crawler.spider import BlogSpider
from crawler.summary import summarise
from crawler.warcfile import Archive
from pipeline.errors import ConfigError, CopydeskError
from pipeline.site.urls import normalise, site_of

_started = False
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlJob:
    """One site, its frontier, and who watches."""

    site: CrawlSite
    frontier: Frontier
    progress: Watcher | None = None


def crawl(
    site: CrawlSite, frontier: Frontier, archive_dir: Path, progress: Watcher | None = None
) -> CrawlReport:
    """Crawl one site until its frontier is empty, its limit is reached, or a signal comes.

    Works once per process: see `crawl_sites`. Raises ConfigError for an address that is none, and whatever
    the frontier raises.
    """
    return crawl_sites([CrawlJob(site=site, frontier=frontier, progress=progress)], archive_dir)[0]


def crawl_sites(jobs: Sequence[CrawlJob], archive_dir: Path) -> list[CrawlReport]:
    """Crawl several sites at the same time, each host at its own pace; give their reports in the same order.

    The network loop below cannot be started twice in a process, so this can be called once.
    """
    global _started
    if _started:
        raise RuntimeError("crawl_sites was called before in this process: pass all sites at once")
    _started = True
    runs = [_Run(job, archive_dir) for job in jobs]
    process = _quiet_process(jobs)
    hosts: dict[str, Host] = {}
    for run in runs:
        workers = run.crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        host = hosts.setdefault(site_of(run.site.home_url), Host(workers))
        run.task = process.crawl(run.crawler, run.site, run.ledger, run.archive, host)
    with _signals(runs) as received:
        process.start(install_signal_handlers=False)
    return [_report(run, received[0] if received else None, alone=len(runs) == 1) for run in runs]


def _report(run: "_Run", signal_number: int | None, *, alone: bool) -> CrawlReport:
    """Give a site's report; that one of several met a mistake of ours is no reason to lose the others'."""
    try:
        return run.report(signal_number)
    except CopydeskError:
        raise
    except Exception as error:
        if alone:
            raise
        log.exception("unexpected error site=%s", run.site.id)
        message = f"{run.site.home_url}: unexpected {type(error).__name__}: {error}; the log has the details."
        return CrawlReport(site_id=run.site.id, state="failed", message=message)


class _Run:
    """One site's crawl while it lasts."""

    def __init__(self, job: CrawlJob, archive_dir: Path) -> None:
        home = normalise(job.site.home_url)
        if home is None:
            raise ConfigError(
                f"{job.site.home_url}: not an http or https address; give one like https://blog.example/"
            )
        self.site = site = replace(job.site, home_url=home)
        settings = Settings(SETTINGS)
        # Above "project": the process merges its own settings of that priority into each crawl.
        settings.setdict({**_site_settings(site), **site.settings}, priority="cmdline")
        self.archive = Archive(
            archive_dir, job.site.id, settings.getint("WARC_MAX_BYTES"), settings["USER_AGENT"]
        )
        self.ledger = Ledger(site, job.frontier, self.archive, job.progress)
        self.crawler = Crawler(BlogSpider, settings)
        self.task: asyncio.Task[None] | None = None
        self._errors: list[Failure] = []
        self.crawler.signals.connect(self._note_error, spider_error)

    def report(self, signal_number: int | None) -> CrawlReport:
        self.archive.close()
        for failure in self._errors:
            failure.raiseException()
        if self.task is not None:
            self.task.result()
        spider = self.crawler.spider
        if not isinstance(spider, BlogSpider) or not spider.finished:
            raise RuntimeError(f"the crawl of {self.site.home_url} ended before it was done")
        return summarise(spider, signal_number)

    def stop(self) -> None:
        if isinstance(self.crawler.spider, BlogSpider):
            self.crawler.spider.stop()

    def _note_error(self, failure: Failure) -> None:
        self._errors.append(failure)


def _quiet_process(jobs: Sequence[CrawlJob]) -> AsyncCrawlerProcess:
    """Make the process; Scrapy sets its loggers to DEBUG, but what it would say, the report says."""
    for name in ("scrapy.utils.log", "scrapy.crawler"):  # these speak before their level can be set
        logging.getLogger(name).addFilter(lambda record: record.levelno >= logging.WARNING)
    process = AsyncCrawlerProcess(_process_settings(jobs))
    logging.getLogger("scrapy").setLevel(logging.WARNING)
    # Twisted logs a stranger's bad certificate with a traceback; the report counts it as "tls".
    logging.getLogger("twisted").addFilter(lambda record: "verifying certificate" not in record.getMessage())
    return process


def user_agent(contact: str | None) -> str:
    """Name ourselves as RFC 9110 10.1.5 has it: product, version, and where to complain."""
    try:
        product = f"copydesk/{version('copydesk')}"
    except PackageNotFoundError:
        product = "copydesk"
    return f"{product} (+{contact})" if contact and "@" not in contact else product


def _site_settings(site: CrawlSite) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "USER_AGENT": user_agent(site.contact),
        "DOWNLOAD_VERIFY_CERTIFICATES": site.verify_tls,
    }
    if names_loopback(site.home_url) and not site.delay:
        settings["CONCURRENT_REQUESTS_PER_DOMAIN"] = SETTINGS["LOOPBACK_WORKERS"]
        settings["BACKOFF_S"] = SETTINGS["LOOPBACK_BACKOFF_S"]
    return settings


def _process_settings(jobs: Sequence[CrawlJob]) -> Settings:
    """Make the settings that the whole process shares: the resolver must know every host that was named."""
    named = [urlsplit(job.site.home_url).hostname or "" for job in jobs if job.site.allow_private]
    return Settings({**SETTINGS, "PRIVATE_HOSTS": [host.rstrip(".").lower() for host in named]})


@contextmanager
def _signals(runs: Sequence[_Run]) -> Iterator[list[int]]:
    """Turn the first SIGINT or SIGTERM into a graceful stop; the second ends the process.

    It may: a page counts as fetched only in the transaction that follows its exchange to disk.
    """
    received: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield received
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def stop(number: int, _: object) -> None:
        from twisted.internet import reactor

        received.append(number)
        for each in before:
            signal.signal(each, signal.SIG_DFL)
        for run in runs:
            reactor.callFromThread(run.stop)

    for number in before:
        signal.signal(number, stop)
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
