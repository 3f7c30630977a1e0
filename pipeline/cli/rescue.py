"""`copydesk rescue`: what can be read of a damaged database, as a new one."""

from pathlib import Path

import click

from pipeline.cli.options import counted, db_option
from pipeline.errors import StoreError
from pipeline.store.rescue import rescue


@click.command("rescue")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@db_option
def command(file: Path, db_path: Path) -> int:
    """Copy what can be read of a damaged database into FILE, a new one. A backup is better.

    What was made of lost pages comes back with: copydesk process, and with the next crawl.
    """
    if not db_path.is_file():
        raise StoreError(f"there is no database at {db_path}; name the damaged one with --db")
    found = rescue(db_path, file)
    kept = [(found.get(table, 0), one) for table, one in (("posts", "post"), ("verdicts", "verdict"))]
    click.echo(f"{file}: {', '.join(counted(count, one) for count, one in kept)}; all of it checked")
    click.echo(f"next: copydesk process --db {file}; then let it take the place of {db_path}")
    return 0
