"""`copydesk process`: extract and audit again from the archive, without the network."""

import json
from pathlib import Path

import click
from sqlite_utils import Database

from pipeline.cli.options import archive_option, db_option, fail_on_option, json_option
from pipeline.cli.outcome import print_reports
from pipeline.cli.progress import ProgressLine
from pipeline.cli.refine import learn_site, refine
from pipeline.cli.report import SiteReport
from pipeline.cli.runs import Fetched, describe_rules, finish, places, stop
from pipeline.cli.signals import Stopped
from pipeline.cli.version import pipeline_version
from pipeline.errors import ConfigError
from pipeline.store.db import close_store, open_existing
from pipeline.store.lock import run_lock
from pipeline.store.read import all_sources, archived_sources, home_of, require_site, site_ids, source_at
from pipeline.store.run import start_run


@click.command("process")
@db_option
@archive_option
@click.option("--site", "key", help="Only this site.")
@click.option("--explain", metavar="URL", help="Print what each step makes of one page, and store nothing.")
@json_option
@fail_on_option
def command(
    db_path: Path,
    archive: Path,
    key: str | None,
    explain: str | None,
    as_document: bool,
    fail_on: str | None,
) -> int:
    """Extract and audit again from the archive, without the network.

    For after an upgrade of the rules or the extraction. It makes no revisions and closes no flags.
    """
    if explain is not None:
        return _explain(db_path, archive, explain)
    with run_lock(db_path):
        db = open_existing(db_path)
        try:
            describe_rules(db)
            if key is not None:
                require_site(db, key)
            with ProgressLine() as line:
                reports = [
                    _process_site(db, site, archive, line) for site in ([key] if key else site_ids(db))
                ]
        finally:
            close_store(db)
    return print_reports(reports, db_path, fail_on, as_document=as_document)


def _process_site(db: Database, site_id: str, archive: Path, line: ProgressLine) -> SiteReport:
    from time import monotonic

    started = monotonic()
    home = home_of(db, site_id)
    items = places(all_sources(db, site_id), archive)
    known = places(archived_sources(db, site_id), archive)
    run = start_run(db, site_id, "process", pipeline_version())
    try:
        refined = refine(db, run, items, known or items, line.watch())
    except Stopped as stopped:
        stop(db, run, stopped)
        raise
    message = f"{home}: {len(items):,} archived pages read again."
    if not items:
        message = f"{home}: nothing of it is in the archive; crawl its folder or WARC files again instead."
    return finish(db, run, Fetched(state="complete", message=message), refined, home, started)


def _explain(db_path: Path, archive: Path, url: str) -> int:
    from pipeline.cli.explain import explain

    db = open_existing(db_path)
    try:
        found = source_at(db, url)
        if found is None:
            raise ConfigError(f"{url} is not archived; crawl it first, or use: copydesk extract {url}")
        site_id, source = found
        item = places([source], archive)[0]
        template = learn_site(places(archived_sources(db, site_id), archive), lambda *_: None)
    finally:
        close_store(db)
    click.echo(json.dumps(explain(item, template), ensure_ascii=False, indent=2))
    return 0
