"""`copydesk site`: the sites of a database, one by one."""

from collections.abc import Callable
from pathlib import Path

import click
from sqlite_utils import Database

from pipeline.cli.options import counted, db_option
from pipeline.store.db import close_store, open_existing
from pipeline.store.lock import run_lock
from pipeline.store.read import home_of, require_site, site_ids
from pipeline.store.sitelist import paused_sites, remove_contents, remove_site, set_paused, weigh


@click.group("site")
def command() -> None:
    """List, pause, resume or remove sites."""


@command.command("list")
@db_option
def list_sites(db_path: Path) -> int:
    """Name the sites, their addresses, and which of them are paused."""
    db = open_existing(db_path)
    try:
        paused = paused_sites(db)
        for key in site_ids(db):
            click.echo(f"{key}  {home_of(db, key)}{'  (paused)' if key in paused else ''}")
    finally:
        db.conn.close()
    return 0


@command.command("pause")
@click.argument("key")
@db_option
def pause(key: str, db_path: Path) -> int:
    """Leave a site alone from now on; everything that is known of it stays."""
    return _switch(db_path, key, 1, f"{key} is paused; go on with: copydesk site resume {key}")


@command.command("resume")
@click.argument("key")
@db_option
def resume(key: str, db_path: Path) -> int:
    """Go on with a site that was paused."""
    return _switch(db_path, key, 0, f"{key} is crawled again")


@command.command("remove")
@click.argument("key")
@db_option
@click.option("--with-history", is_flag=True, help="Also its runs, verdicts and what was first seen when.")
@click.option("--yes", is_flag=True, help="Do it; without this it is only said what would be removed.")
def remove(key: str, db_path: Path, with_history: bool, yes: bool) -> int:
    """Take a site's posts out of the database; the archive is left alone."""
    db = open_existing(db_path)
    try:
        require_site(db, key)
        held = weigh(db, key)
    finally:
        db.conn.close()
    words = f"{counted(held.posts, 'post')} with {counted(held.revisions, 'revision')}"
    words += f" and {counted(held.flags, 'flag')}"
    if with_history:
        words += f", {counted(held.verdicts, 'verdict')}, {counted(held.runs, 'run')}"
        words += f" and {counted(held.urls, 'address', 'addresses')}"
    if not yes:
        click.echo(f"{key}: would remove {words}; add --yes to do it (copydesk backup FILE first?)")
        return 0
    _change(db_path, key, lambda db: (remove_site if with_history else remove_contents)(db, key))
    kept = "" if with_history else "; its history stays and it is paused"
    click.echo(f"{key}: removed {words}{kept}")
    return 0


def _switch(db_path: Path, key: str, paused: int, said: str) -> int:
    _change(db_path, key, lambda db: set_paused(db, key, paused))
    click.echo(said)
    return 0


def _change(db_path: Path, key: str, change: Callable[[Database], None]) -> None:
    with run_lock(db_path):
        db = open_existing(db_path)
        try:
            require_site(db, key)
            change(db)
        finally:
            close_store(db)
