"""`copydesk backup`: a copy of the database that was looked at after it was written."""

from pathlib import Path

import click

from pipeline.cli.options import db_option
from pipeline.store.copies import write_backup
from pipeline.store.db import open_existing


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@db_option
def command(file: Path, db_path: Path) -> int:
    """Copy the database to FILE while others go on reading and writing, and check the copy."""
    db = open_existing(db_path)
    try:
        counts = write_backup(db, file)
    finally:
        db.conn.close()
    size = file.stat().st_size / 2**20
    click.echo(f"{file}: {counts['posts']:,} posts, {counts['verdicts']:,} verdicts, {size:,.1f} MB; checked")
    return 0
