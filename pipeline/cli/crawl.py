"""`copydesk crawl`: fetch or read blogs, find their posts, extract, audit and store them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click
from sqlite_utils import Database

from pipeline.cli.bounds import end_of_window, left_of_budget, secret_headers
from pipeline.cli.fetch import Order, crawl_and_store
from pipeline.cli.folder_crawl import crawl_folder
from pipeline.cli.logs import log_option
from pipeline.cli.notices import notice_options, telling
from pipeline.cli.options import archive_option, db_option, fail_on_option, json_option
from pipeline.cli.outcome import exit_code, print_reports
from pipeline.cli.profiles import profile_option
from pipeline.cli.progress import ProgressLine
from pipeline.cli.refine import Watch
from pipeline.cli.report import SiteReport
from pipeline.cli.rulings import NO_RULINGS, Rulings, config_option, read_rulings, ruled, rules_option
from pipeline.cli.runs import describe_rules, run_over
from pipeline.cli.survive import surviving
from pipeline.cli.targets import Target, cut, read_targets, site_key
from pipeline.cli.version import pipeline_version
from pipeline.errors import ConfigError
from pipeline.site.config import FILE_NAME
from pipeline.store.db import close_store, open_store
from pipeline.store.learned import store_edit_url
from pipeline.store.lock import run_lock
from pipeline.store.move import follow_move
from pipeline.store.read import site_at
from pipeline.store.run import RunContext, ensure_site, start_run
from pipeline.store.sitelist import paused_sites


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the command line and the configuration say of a crawl."""

    key: str | None = None
    limit: int | None = None
    delay: float | None = None
    rulings: Rulings = NO_RULINGS
    accepts: bool = False


@click.command("crawl")
@click.argument("targets", metavar="[TARGET...]", nargs=-1)
@db_option
@archive_option
@click.option("--limit", type=click.IntRange(min=1), help="Stop after so many pages of each site.")
@click.option("--delay", type=click.FloatRange(min=0), help="Seconds between two requests to a site.")
@click.option("--base-url", help="Where a folder's pages will stand, when they do not say so themselves.")
@click.option("--site", "key", help="The site's key in the database; made of its host when it is new.")
@config_option
@rules_option
@profile_option
@click.option(
    "--accept-changes", is_flag=True, help="Believe it when very many posts changed or vanished at once."
)
@notice_options
@log_option
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
    config_path: Path | None,
    rule_files: tuple[Path, ...],
    profile_path: Path | None,
    accept_changes: bool,
    quiet: bool,
    told: Mapping[str, str | None],
    as_document: bool,
    fail_on: str | None,
) -> int:
    """Fetch a blog, find its posts, extract, audit and store them.

    TARGET is a blog's address, a folder with a built site (public/, _site/), or WARC files; without one,
    the sites of the configuration are crawled. A second crawl asks only for what may have changed. The
    report goes to standard output.
    """
    rulings = read_rulings(config_path, rule_files).with_profile(profile_path)
    found = read_targets(targets, archive, base_url) if targets else configured(rulings)
    if key is not None and len(found) > 1:
        raise ConfigError(f"--site names one site, but {len(found)} are given; crawl them one by one")
    if profile_path is not None and len(found) > 1:
        raise ConfigError(f"--profile describes one site, but {len(found)} are given; crawl them one by one")
    wanted = Wanted(key=key, limit=limit, delay=delay, rulings=rulings, accepts=accept_changes)
    with telling(told, rulings.config.notify) as notice:
        notice.reports = _crawl(db_path, archive, found, wanted)
        notice.code = exit_code(notice.reports, fail_on)
    if not notice.reports and not quiet:
        click.echo("nothing to do: every site is paused; go on with: copydesk site resume KEY", err=True)
    elif not quiet or notice.code:
        print_reports(notice.reports, db_path, fail_on, as_document=as_document)
    return notice.code


def _crawl(db_path: Path, archive: Path, targets: Sequence[Target], wanted: Wanted) -> list[SiteReport]:
    with run_lock(db_path):
        db = open_store(db_path)
        try:
            describe_rules(db, wanted.rulings)
            return crawl_targets(db, awake(db, targets), archive, wanted)
        finally:
            close_store(db)


def crawl_targets(db: Database, targets: Sequence[Target], archive: Path, wanted: Wanted) -> list[SiteReport]:
    """Crawl every target; return their reports, folders and archives first."""
    reports: list[SiteReport] = []
    with ProgressLine() as line:
        for target in targets:
            if target.kind != "url":
                run = open_run(db, target, wanted)
                with surviving(db, run, target.home_url, reports):
                    reports.append(_read(db, run, cut(target, wanted.limit), archive, line.watch()))
        orders: list[Order] = []
        for target in (target for target in targets if target.kind == "url"):
            run = open_run(db, target, wanted)
            with surviving(db, run, target.home_url, reports):
                orders.append(_order(db, run, target, wanted))
        if orders:
            reports += crawl_and_store(db, orders, archive, line)
    return reports


def _read(db: Database, run: RunContext, target: Target, archive: Path, watch: Watch) -> SiteReport:
    if target.kind == "folder":
        return crawl_folder(db, run, target, archive, watch)
    return run_over(db, run, target, watch)


def _order(db: Database, run: RunContext, target: Target, wanted: Wanted) -> Order:
    """Order a crawl; what the command line says counts more than the configuration.

    Raises ConfigError when a secret that the configuration names is not in the environment.
    """
    config = wanted.rulings.config
    site = config.site(run.site_id)
    if site is None:
        return Order(
            run=run,
            home_url=target.home_url,
            limit=wanted.limit,
            delay=wanted.delay,
            warc_max_mb=config.warc_max_mb,
        )
    return Order(
        budget=left_of_budget(db, site),
        run=run,
        home_url=target.home_url,
        limit=wanted.limit,
        delay=site.delay_s if wanted.delay is None else wanted.delay,
        allow_private=site.allow_private,
        contact=site.contact,
        secrets=secret_headers(site),
        ends_at=end_of_window(site),
        verify_tls=not site.insecure,
        warc_max_mb=config.warc_max_mb,
    )


def configured(rulings: Rulings) -> list[Target]:
    """List the sites of the configuration that are not paused.

    Raises ConfigError when there is none.
    """
    sites = rulings.config.sites
    if not sites:
        raise ConfigError(f"nothing to crawl: give an address, or describe a [site.<key>] in {FILE_NAME}")
    return [Target(kind="url", home_url=site.url, key=site.key) for site in sites if not site.paused]


def awake(db: Database, targets: Sequence[Target]) -> list[Target]:
    """Leave out configured sites that are paused; a night with nothing to do is no mistake."""
    paused = paused_sites(db)
    return [target for target in targets if target.key not in paused]


def site_of(db: Database, target: Target, wanted: Wanted) -> str:
    """Name the site that a target is: as asked, as configured, as stored, or by its host."""
    return wanted.key or target.key or site_at(db, target.home_url) or site_key(target.home_url)


def open_run(db: Database, target: Target, wanted: Wanted) -> RunContext:
    """Find or make the target's site and open a run for it."""
    site_id = site_of(db, target, wanted)
    if target.kind == "url":
        follow_move(db, site_id, target.home_url)
    ensure_site(db, site_id, target.home_url)
    store_edit_url(db, site_id, wanted.rulings.edit_url(site_id))
    run = start_run(db, site_id, "crawl", pipeline_version())
    return ruled(replace(run, accepts=wanted.accepts), wanted.rulings)
