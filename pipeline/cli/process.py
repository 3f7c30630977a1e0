"""`copydesk process`: extract and audit again from the archive, without the network."""

import json
from pathlib import Path
from typing import Any

import click
from sqlite_utils import Database

from crawler.report import CrawlReport
from pipeline.cli.explain_text import as_text
from pipeline.cli.logs import log_option
from pipeline.cli.notices import telling
from pipeline.cli.options import archive_option, db_option, fail_on_option, json_option
from pipeline.cli.outcome import exit_code, print_reports
from pipeline.cli.profiles import profile_option
from pipeline.cli.progress import ProgressLine
from pipeline.cli.refine import learn_site, refine
from pipeline.cli.report import SiteReport
from pipeline.cli.rulings import Rulings, config_option, read_rulings, ruled, rules_option
from pipeline.cli.runs import describe_rules, finish, places, stop
from pipeline.cli.signals import Stopped
from pipeline.cli.version import pipeline_version
from pipeline.errors import ConfigError
from pipeline.store.db import close_store, open_existing
from pipeline.store.learned import store_edit_url
from pipeline.store.lock import run_lock
from pipeline.store.read import all_sources, archived_sources, home_of, require_site, site_ids, source_at
from pipeline.store.run import start_run


@click.command("process")
@db_option
@archive_option
@click.option("--site", "key", help="Only this site.")
@click.option("--explain", metavar="URL", help="Print what each step makes of one page, and store nothing.")
@config_option
@rules_option
@profile_option
@log_option
@json_option
@fail_on_option
def command(
    db_path: Path,
    archive: Path,
    key: str | None,
    explain: str | None,
    config_path: Path | None,
    rule_files: tuple[Path, ...],
    profile_path: Path | None,
    as_document: bool,
    fail_on: str | None,
) -> int:
    """Extract and audit again from the archive, without the network.

    For after an upgrade of the rules or the extraction. It makes no revisions and closes no flags.
    """
    if profile_path is not None and key is None and explain is None:
        raise ConfigError("--profile describes one site; name it with --site")
    rulings = read_rulings(config_path, rule_files).with_profile(profile_path)
    if explain is not None:
        told = _explain(db_path, archive, explain, rulings)
        click.echo(json.dumps(told, ensure_ascii=False, indent=2) if as_document else as_text(told))
        return 0
    with telling({}, {}) as notice, run_lock(db_path):
        db = open_existing(db_path)
        try:
            describe_rules(db, rulings)
            if key is not None:
                require_site(db, key)
            with ProgressLine() as line:
                notice.reports = [
                    _process_site(db, site, archive, line, rulings)
                    for site in ([key] if key else site_ids(db))
                ]
        finally:
            close_store(db)
        notice.code = exit_code(notice.reports, fail_on)
    return print_reports(notice.reports, db_path, fail_on, as_document=as_document)


def _process_site(
    db: Database, site_id: str, archive: Path, line: ProgressLine, rulings: Rulings
) -> SiteReport:
    from time import monotonic

    started = monotonic()
    home = home_of(db, site_id)
    items = places(all_sources(db, site_id), archive)
    known = places(archived_sources(db, site_id), archive)
    store_edit_url(db, site_id, rulings.edit_url(site_id))
    run = ruled(start_run(db, site_id, "process", pipeline_version()), rulings)
    try:
        refined = refine(db, run, items, known or items, line.watch())
    except Stopped as stopped:
        stop(db, run, stopped)
        raise
    message = f"{home}: {len(items):,} archived pages read again."
    if not items:
        message = f"{home}: nothing of it is in the archive; crawl its folder or WARC files again instead."
    return finish(
        db, run, CrawlReport(site_id=run.site_id, state="complete", message=message), refined, home, started
    )


def _explain(db_path: Path, archive: Path, url: str, rulings: Rulings) -> dict[str, Any]:
    from pipeline.cli.explain import explain

    db = open_existing(db_path)
    try:
        found = source_at(db, url)
        if found is None:
            raise ConfigError(f"{url} is not archived; crawl it first, or use: copydesk extract {url}")
        site_id, source = found
        item = places([source], archive)[0]
        known = places(archived_sources(db, site_id), archive)
        template = learn_site(known, lambda *_: None, rulings.profile(site_id))
    finally:
        close_store(db)
    return explain(item, template, rulings.book(site_id))
