"""`copydesk restore`: put a backup in the database's place, and keep what was there."""

from pathlib import Path

import click

from pipeline.cli.options import db_option
from pipeline.store.copies import restore_backup
from pipeline.store.lock import run_lock


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@db_option
def command(file: Path, db_path: Path) -> int:
    """Put FILE in the place of the database after checking it; what was there is kept beside it."""
    with run_lock(db_path):
        kept, counts = restore_backup(file, db_path)
    click.echo(f"{db_path}: {counts['posts']:,} posts, {counts['verdicts']:,} verdicts; checked")
    if kept is not None:
        click.echo(f"what was there is kept as {kept}")
    return 0
