"""`copydesk export`: what is stored, on standard output."""

import json
import sys
from pathlib import Path

import click

from pipeline.cli.decided import decided
from pipeline.cli.options import db_option
from pipeline.record_json import to_record
from pipeline.store.db import open_existing
from pipeline.store.read import decided_posts, require_site


@click.group("export")
def command() -> None:
    """Write what is stored to standard output."""


@command.command("posts")
@db_option
@click.option("--site", "key", help="Only this site.")
def posts(db_path: Path, key: str | None) -> int:
    """Write every stored post as one JSON line: the record that `extract` prints, as editors decided."""
    db = open_existing(db_path)
    try:
        if key is not None:
            require_site(db, key)
        for stored, states in decided_posts(db, key):
            record = to_record(decided(stored, states))
            sys.stdout.buffer.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
        sys.stdout.buffer.flush()
    finally:
        db.conn.close()
    return 0
