"""`copydesk diff`: what changed on the blogs, in words."""

import json
import re
from dataclasses import asdict
from pathlib import Path

import click
from sqlite_utils import Database

from pipeline.cli.options import db_option
from pipeline.errors import ConfigError
from pipeline.store.changes import Change, before_last_night, changes_since
from pipeline.store.db import open_existing
from pipeline.store.read import require_site

DATE = re.compile(r"\d{4}-\d{2}-\d{2}([T ][\d:.]+Z?)?$")


@click.command("diff")
@click.argument("site", required=False)
@db_option
@click.option(
    "--since", help="A date (2025-02-07) or a run's number; without it, what the last crawl changed."
)
@click.option("--json", "as_document", is_flag=True, help="Print one JSON document.")
def command(site: str | None, db_path: Path, since: str | None, as_document: bool) -> int:
    """Say in words what changed: posts that are new, edited, moved, back, missing or gone."""
    db = open_existing(db_path)
    try:
        if site is not None:
            require_site(db, site)
        moment, run_id = _since(db, site, since)
        found = list(changes_since(db, site, moment, run_id))
    finally:
        db.conn.close()
    if as_document:
        click.echo(
            json.dumps({"changes": [asdict(change) for change in found]}, indent=2, ensure_ascii=False)
        )
        return 0
    after = f"run {run_id}" if run_id is not None else moment
    click.echo("\n".join(_as_text(change) for change in found) or f"nothing changed since {after}")
    return 0


def _since(db: Database, site: str | None, since: str | None) -> tuple[str, int | None]:
    if since is None:
        return "", before_last_night(db, site)
    if since.isdigit():
        return "", int(since)
    if not DATE.match(since):
        raise ConfigError(f"--since {since}: give a date like 2025-02-07, or the number of a run")
    return since.replace(" ", "T"), None


def _as_text(change: Change) -> str:
    lines = [f"{change.at[:10]}  {change.what:<9}{change.title or 'without a title'}  {change.url}"]
    return "\n".join([*lines, *(f"{'':21}{words}" for words in change.words)])
