"""`copydesk doctor`: check everything that a run relies on, and name the remedy for what is wrong."""

import json
from collections.abc import Iterator
from pathlib import Path

import click

from pipeline.cli import doctor_data, doctor_here, doctor_online
from pipeline.cli.checkup import Check, Place, as_document, as_text, exit_code_of
from pipeline.cli.options import archive_option, db_option, new_config_option
from pipeline.desk.shared import SECRET, folder_beside
from pipeline.store.db import close_store, open_existing
from pipeline.store.lock import run_lock
from pipeline.store.search import rebuild_search


@click.command("doctor")
@db_option
@archive_option
@new_config_option("The configuration.")
@click.option("--online", is_flag=True, help="Also ask each configured site for its robots.txt.")
@click.option(
    "--fix", is_flag=True, help="First build the search index anew, and close what others can read."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(db_path: Path, archive: Path, config_path: Path, online: bool, fix: bool, as_json: bool) -> int:
    """Check everything that a run relies on, and name the remedy for what is wrong.

    It changes nothing without --fix, and asks nobody without --online. Exit code 0 when nothing fails; else
    5 for the database or the disk, 2 for the configuration, 4 for a site that shuts us out, 3 otherwise.
    """
    place = Place(db=db_path, archive=archive, config=config_path)
    if fix:
        mend(place)
    checks = list(examine(place, online=online))
    click.echo(json.dumps(as_document(checks), indent=2) if as_json else as_text(checks))
    if not as_json and not exit_code_of(checks):
        warned = sum(check.state == "warn" for check in checks)
        click.echo("nothing fails" + (f"; {warned} to think about" if warned else ""))
    return exit_code_of(checks)


def examine(place: Place, *, online: bool) -> Iterator[Check]:
    """Look at one thing after the other."""
    yield from doctor_here.versions(place)
    rulings, found = doctor_here.configuration(place)
    yield from found
    yield from doctor_here.secrets(place, rulings.config)
    yield from doctor_here.lock(place)
    yield from doctor_data.database(place)
    newest, late = doctor_data.runs(place)
    yield from late
    yield from doctor_data.archive(place)
    yield from doctor_here.disk(place)
    yield from doctor_here.clock(newest)
    if online:
        yield from doctor_online.sites(rulings.config.sites)


def mend(place: Place) -> None:
    """Do what is safe to do without asking."""
    secret = folder_beside(place.db) / SECRET
    for path, mode in ((secret.parent, 0o700), (secret, 0o600)):
        if path.exists():
            path.chmod(mode)
    if place.db.is_file():
        with run_lock(place.db):
            db = open_existing(place.db)
            try:
                rebuild_search(db)
            finally:
                close_store(db)
