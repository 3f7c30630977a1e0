"""`copydesk inventory`: the content inventory to a spreadsheet and back, as the desk does it."""

import getpass
from pathlib import Path

import click
from sqlite_utils import Database

from pipeline.cli.options import db_option
from pipeline.desk import roundtrip, sheet
from pipeline.errors import ConfigError
from pipeline.store.db import close_store, open_existing
from pipeline.store.transact import give_way, now, transaction

BATCH = 200


@click.group("inventory")
def command() -> None:
    """Write the content inventory, or read back what people decided in it."""


@command.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@db_option
def export(file: Path, db_path: Path) -> int:
    """Write one row per post to FILE, by its ending .csv or .xlsx."""
    if file.suffix.lower() not in (".csv", ".xlsx"):
        raise ConfigError(f"{file} ends in neither .csv nor .xlsx; name it accordingly")
    db = open_existing(db_path)
    try:
        cursor = db.execute(roundtrip.EXPORT)
        head, rows = [column[0] for column in cursor.description], cursor.fetchall()
    finally:
        db.conn.close()
    if file.suffix.lower() == ".xlsx":
        file.write_bytes(sheet.to_xlsx(head, rows))
    else:
        file.write_text(sheet.to_csv(head, rows), encoding="utf-8", newline="")
    click.echo(f"{len(rows)} posts written to {file}.")
    return 0


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--actor", default=getpass.getuser, show_default="who you are here", help="Who decided this.")
@click.option("--apply", is_flag=True, help="Save it; without this option it is only shown.")
@db_option
def import_(file: Path, actor: str, apply: bool, db_path: Path) -> int:
    """Show what a filled-in sheet would change, and save it with --apply.

    Rows that somebody changed since the sheet was exported are refused, one by one.
    """
    try:
        rows = sheet.read_sheet(file.name, file.read_bytes())
    except sheet.SheetError as error:
        raise ConfigError(f"{file}: {error}") from error
    db = open_existing(db_path)
    try:
        cursor = db.execute(roundtrip.CURRENT)
        names = [column[0] for column in cursor.description]
        found = roundtrip.preview(rows, [dict(zip(names, row, strict=True)) for row in cursor.fetchall()])
        if apply:
            save(db, found, actor)
    finally:
        close_store(db)
    _say(found, "saved" if apply else "would change (nothing is saved without --apply)")
    return 3 if found.refused else 0


def save(db: Database, found: roundtrip.Preview, actor: str) -> None:
    """Write the changes as new rows of editorial, in short transactions."""
    shared = {"actor": actor, "decided_at": now()}
    for start in range(0, len(found.changes), BATCH):
        with transaction(db):
            for one in found.changes[start : start + BATCH]:
                keys = {"post_id": one.post_id, "row_version": one.row_version}
                if db.execute(roundtrip.INSERT, {**keys, **one.values, **shared}).rowcount != 1:
                    found.refused.append(f"“{one.title}” was changed a moment ago by somebody else.")
        give_way(db)


def _say(found: roundtrip.Preview, what: str) -> None:
    for change in found.changes[:20]:
        for column, before, after in change.differences:
            click.echo(f"{change.title}: {column} {before or '(empty)'} -> {after or '(empty)'}")
    click.echo(
        f"{len(found.changes)} posts {what}, {found.unchanged} unchanged, {len(found.refused)} refused."
    )
    for sentence in found.refused:
        click.echo(f"copydesk: {sentence}", err=True)
