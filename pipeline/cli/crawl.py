"""`copydesk crawl`: fetch or read blogs, find their posts, extract, audit and store them."""

from collections.abc import Sequence
from pathlib import Path

import click
from sqlite_utils import Database

from pipeline.cli.fetch import Order, crawl_and_store
from pipeline.cli.options import archive_option, db_option, fail_on_option, json_option
from pipeline.cli.outcome import print_reports
from pipeline.cli.progress import ProgressLine
from pipeline.cli.report import SiteReport
from pipeline.cli.runs import describe_rules, run_over
from pipeline.cli.targets import Target, read_targets, site_key
from pipeline.cli.version import pipeline_version
from pipeline.errors import ConfigError
from pipeline.store.db import close_store, open_store
from pipeline.store.lock import run_lock
from pipeline.store.read import site_at
from pipeline.store.run import RunContext, ensure_site, start_run


@click.command("crawl")
@click.argument("targets", metavar="TARGET...", nargs=-1, required=True)
@db_option
@archive_option
@click.option("--limit", type=click.IntRange(min=1), help="Stop after so many pages of each site.")
@click.option("--delay", type=click.FloatRange(min=0), help="Seconds between two requests to a site.")
@click.option("--base-url", help="Where a folder's pages will stand, when they do not say so themselves.")
@click.option("--site", "key", help="The site's key in the database; made of its host when it is new.")
@json_option
@fail_on_option
def command(
    targets: tuple[str, ...],
    db_path: Path,
    archive: Path,
    limit: int | None,
    delay: float | None,
    base_url: str | None,
    key: str | None,
    as_document: bool,
    fail_on: str | None,
) -> int:
    """Fetch a blog, find its posts, extract, audit and store them.

    TARGET is a blog's address, a folder with a built site (public/, _site/), or WARC files. A second crawl
    asks only for what may have changed. The report goes to standard output.
    """
    found = read_targets(targets, archive, base_url)
    if key is not None and len(found) > 1:
        raise ConfigError(f"--site names one site, but {len(found)} are given; crawl them one by one")
    with run_lock(db_path):
        db = open_store(db_path)
        try:
            describe_rules(db)
            reports = crawl_targets(db, found, archive, key, limit, delay)
        finally:
            close_store(db)
    return print_reports(reports, db_path, fail_on, as_document=as_document)


def crawl_targets(
    db: Database,
    targets: Sequence[Target],
    archive: Path,
    key: str | None = None,
    limit: int | None = None,
    delay: float | None = None,
) -> list[SiteReport]:
    """Crawl every target; return their reports, folders and archives first."""
    reports: list[SiteReport] = []
    with ProgressLine() as line:
        for target in targets:
            if target.kind != "url":
                items, run = target.items[:limit], open_run(db, target, key)
                reports.append(run_over(db, run, items, target.failures, target.home_url, line.watch()))
        orders = [
            Order(run=open_run(db, target, key), home_url=target.home_url, limit=limit, delay=delay)
            for target in targets
            if target.kind == "url"
        ]
        if orders:
            reports += crawl_and_store(db, orders, archive, line)
    return reports


def open_run(db: Database, target: Target, key: str | None) -> RunContext:
    """Find or make the target's site and open a run for it."""
    site_id = key or site_at(db, target.home_url) or site_key(target.home_url)
    ensure_site(db, site_id, target.home_url)
    return start_run(db, site_id, "crawl", pipeline_version())
