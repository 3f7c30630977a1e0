"""`copydesk login`: a link that logs somebody in once."""

from pathlib import Path

import click

from pipeline.cli.options import db_option
from pipeline.desk import shared
from pipeline.desk.login import LINK_S, ROLES, mint
from pipeline.errors import ConfigError


@click.command("login")
@click.argument("name")
@click.option(
    "--role", type=click.Choice(ROLES), default="auditor", show_default=True, help="What they may do."
)
@click.option(
    "--at", "address", default="http://127.0.0.1:8001", show_default=True, help="The desk's address."
)
@click.option("--revoke", is_flag=True, help="Log NAME out everywhere, and make old links worthless.")
@db_option
def command(name: str, role: str, address: str, revoke: bool, db_path: Path) -> int:
    """Print a link that logs NAME in: good for a quarter of an hour and for one use.

    Auditors read and ask; editors also decide. The server has to run over the same database, or share its
    DATASETTE_SECRET.
    """
    if not db_path.is_file():
        raise ConfigError(f"there is no database at {db_path}; name the one that is served with --db")
    if revoke:
        shared.revoke(shared.folder_beside(db_path), name)
        click.echo(f"{name} is logged out; links, sessions and feed addresses made until now are worthless.")
        return 0
    click.echo(address.rstrip("/") + mint(shared.secret_for(db_path), name, role))
    click.echo(f"Good once, for {LINK_S // 60} minutes.", err=True)
    return 0
