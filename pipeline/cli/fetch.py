"""Crawl sites over the network and extract what came: the only place where the crawler meets the store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic

from sqlite_utils import Database

from crawler.report import CrawlReport, CrawlSite, Progress
from pipeline.cli.ghost import probe_path
from pipeline.cli.pending import refine_pending
from pipeline.cli.progress import ProgressLine
from pipeline.cli.report import SiteReport
from pipeline.cli.runs import finish
from pipeline.cli.signals import hearing, raise_when_stopped
from pipeline.cli.survive import surviving
from pipeline.store.frontier import SqliteFrontier
from pipeline.store.run import RunContext
from pipeline.store.sitelist import other_homes
from pipeline.store.trouble import barren_paths

LAST_WORDS_S = 20.0
"""After a signal, so long may the extraction of what was fetched still take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A site to crawl, on behalf of a run."""

    run: RunContext
    home_url: str
    limit: int | None = None
    delay: float | None = None
    allow_private: bool = False
    """The configuration says that its address may be private."""
    contact: str | None = None
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    budget: int | None = None
    ends_at: float | None = None
    verify_tls: bool = True
    warc_max_mb: int | None = None
    """None leaves it to the crawler's settings."""


def crawl_and_store(
    db: Database, orders: Sequence[Order], archive: Path, line: ProgressLine
) -> list[SiteReport]:
    """Crawl all sites at the same time, then extract and store each, also after a signal.

    Raises Stopped when another signal comes while posts are stored.
    """
    started = monotonic()
    fetched, number = _crawl(db, orders, archive, line)
    raise_when_stopped()
    deadline = None if number is None else monotonic() + LAST_WORDS_S
    reports: list[SiteReport] = []
    for order, result in zip(orders, fetched, strict=True):
        with surviving(db, order.run, order.home_url, reports):
            refined = refine_pending(db, order.run, archive, line.watch(), deadline)
            reports.append(finish(db, order.run, result, refined, order.home_url, started))
    return reports


def _crawl(
    db: Database, orders: Sequence[Order], archive: Path, line: ProgressLine
) -> tuple[list[CrawlReport], int | None]:
    """Run the crawler; return what each site brought, and the signal that ended it."""
    from crawler.net import names_private
    from crawler.run import CrawlJob, crawl_sites

    def job(order: Order) -> CrawlJob:
        site = CrawlSite(
            id=order.run.site_id,
            home_url=order.home_url,
            limit=order.limit,
            delay=order.delay,
            allow_private=order.allow_private or names_private(order.home_url),
            contact=order.contact,
            secrets=order.secrets,
            budget=order.budget,
            ends_at=order.ends_at,
            verify_tls=order.verify_tls,
            probe=probe_path(order.run.site_id),
            barren=barren_paths(db, order.run),
            others=other_homes(db, order.run.site_id),
            settings={"WARC_MAX_BYTES": order.warc_max_mb * 2**20} if order.warc_max_mb else {},
        )
        return CrawlJob(site=site, frontier=SqliteFrontier(db, order.run), progress=show)

    def show(progress: Progress) -> None:
        line.say(f"{progress.pages:,} pages, {progress.waiting:,} waiting  {progress.url}")

    with hearing() as heard:
        reports = crawl_sites([job(order) for order in orders], archive)
        number = heard.first()
    return [replace(report, signal=number) for report in reports], number
