"""`copydesk verdicts`: what editors decided, out to JSON lines and in again."""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import click

from pipeline.cli.options import db_option
from pipeline.errors import ConfigError
from pipeline.store.db import backup_store, close_store, open_existing
from pipeline.store.verdict_lines import Imported, export_verdicts, import_verdicts


@click.group("verdicts")
def command() -> None:
    """Carry what editors decided from one database to another."""


@command.command("export")
@db_option
def export(db_path: Path) -> int:
    """Write every verdict as one JSON line, oldest first."""
    db = open_existing(db_path)
    try:
        for line in export_verdicts(db):
            sys.stdout.buffer.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        sys.stdout.buffer.flush()
    finally:
        db.conn.close()
    return 0


@command.command("import")
@click.argument("file", type=click.File(encoding="utf-8"), default="-")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")
@db_option
def import_(file: TextIO, dry_run: bool, db_path: Path) -> int:
    """Add verdicts from JSON lines (FILE or standard input); what is there already stays as it is.

    A verdict is matched by its finding's key, else by the post's address, the rule and the quote.
    """
    lines = list(_lines(file))
    result = rehearse(db_path, lines) if dry_run else _import(db_path, lines)
    counts = result.counts
    click.echo(
        f"{'Would add' if dry_run else 'Added'} {counts['new'] + counts['early']} verdicts"
        f" ({counts['early']} of findings not seen here yet); {counts['known']} were there already."
    )
    for problem in result.problems:
        click.echo(f"copydesk: {problem}", err=True)
    return 3 if result.problems else 0


def _import(db_path: Path, lines: list[dict[str, Any]]) -> Imported:
    db = open_existing(db_path)
    try:
        return import_verdicts(db, lines)
    finally:
        close_store(db)


def rehearse(db_path: Path, lines: list[dict[str, Any]]) -> Imported:
    """Do the import on a copy that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="copydesk-") as folder:
        copy = Path(folder, "copy.db")
        db = open_existing(db_path)
        try:
            backup_store(db, copy)
        finally:
            db.conn.close()
        return _import(copy, lines)


def _lines(file: TextIO) -> Iterator[dict[str, Any]]:
    for number, text in enumerate(file, 1):
        if not text.strip():
            continue
        try:
            line = json.loads(text)
        except ValueError as error:
            raise ConfigError(f"line {number} is no JSON ({error}); nothing was written") from error
        if not isinstance(line, dict):
            raise ConfigError(f"line {number} is no JSON object; nothing was written")
        yield line
