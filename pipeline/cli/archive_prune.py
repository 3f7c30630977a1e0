"""`copydesk archive prune`: let old records go, and never the last of anything."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import click
from sqlite_utils import Database

from pipeline.archive.files import warc_files
from pipeline.archive.prune import Cut, cuts, survey, write_kept
from pipeline.cli.archive_verify import lock_of
from pipeline.cli.logs import log_option
from pipeline.cli.options import archive_option, counted, db_option
from pipeline.cli.progress import ProgressLine
from pipeline.errors import ConfigError
from pipeline.store.archived import current_places, forget_places, move_places
from pipeline.store.db import close_store, open_existing

DAYS = re.compile(r"(\d{1,5})d")


@click.command("prune")
@click.option("--older-than", "age", required=True, metavar="AGE", help="365d, or a date: 2024-01-31.")
@archive_option
@db_option
@click.option("--dry-run", is_flag=True, help="Say what would go, and change nothing.")
@click.option("--json", "as_document", is_flag=True, help="Print one JSON document.")
@log_option
def prune(age: str, archive: Path, db_path: Path, dry_run: bool, as_document: bool) -> int:
    """Let records older than AGE go; never the newest copy of an address, nor what a repetition refers to.

    Older revisions of posts lose their archived page and keep their text. Damaged files are left alone.
    """
    before = date_of(age)
    if not archive.is_dir():
        raise ConfigError(f"there is no folder {archive}; name it with --archive")
    with lock_of(db_path), ProgressLine() as line:
        db = open_existing(db_path)
        try:
            told = _prune(db, archive, before, line, dry_run=dry_run)
        finally:
            close_store(db)
    if as_document:
        click.echo(json.dumps({"before": before, "dry_run": dry_run, **told}, indent=2))
    else:
        click.echo(_text(told, archive, before, dry_run=dry_run))
    return 0


def date_of(age: str) -> str:
    """Give the day before which everything is old.

    Raises: ConfigError for what is neither days nor a date in the past.
    """
    today = datetime.now(UTC).date()
    if days := DAYS.fullmatch(age):
        return (today - timedelta(days=int(days[1]))).isoformat()
    try:
        found = date.fromisoformat(age)
    except ValueError:
        raise ConfigError(f"--older-than {age}: give days, like 365d, or a date, like 2024-01-31") from None
    if found > today:
        raise ConfigError(f"--older-than {age}: this day has not come yet")
    return found.isoformat()


def _prune(db: Database, archive: Path, before: str, line: ProgressLine, *, dry_run: bool) -> dict[str, Any]:
    surveys = {}
    for path in warc_files(archive):
        name = path.relative_to(archive).as_posix()
        line.say(f"reading {name}")
        surveys[name] = survey(path, name)
    found = cuts(surveys, before, current_places(db))
    if not dry_run:
        for cut in found:
            line.say(f"writing {cut.file}")
            _apply(db, archive, cut)
    dropped = sum(len(cut.dropped) for cut in found)
    return {
        "files": len(surveys),
        "left_alone": sorted(name for name, one in surveys.items() if not one.whole),
        "rewritten": [cut.file for cut in found if cut.kept],
        "removed": [cut.file for cut in found if not cut.kept],
        "records": dropped,
        "kept_records": sum(len(one.records) for one in surveys.values()) - dropped,
        "freed_bytes": sum(cut.freed_bytes for cut in found),
    }


def _apply(db: Database, archive: Path, cut: Cut) -> None:
    """Write the new file, tell the database, and only then remove the old one: a kill loses nothing."""
    if cut.kept:
        move_places(db, cut.file, write_kept(cut, archive, _free_name(archive, cut.file)))
    forget_places(db, cut.file, {seen.place[1] for seen in cut.dropped})
    (archive / cut.file).unlink()


def _free_name(archive: Path, file: str) -> str:
    """Name the file anew: places in the old one must not be mistaken for places in the new one."""
    stem, dot, ending = file.partition(".warc")
    stem = re.sub(r"-pruned\d+$", "", stem)
    numbers = range(1, 100_000)
    names = (f"{stem}-pruned{number}{dot}{ending}" for number in numbers)
    return next(name for name in names if not (archive / name).exists())


def _text(told: dict[str, Any], archive: Path, before: str, *, dry_run: bool) -> str:
    would = "would go" if dry_run else "went"
    done = f"{len(told['rewritten']):,} rewritten, {len(told['removed']):,} removed"
    lines = [
        f"{archive}: {counted(told['records'], 'record')} older than {before} {would}"
        f" ({told['freed_bytes'] / 2**20:,.1f} MB), {told['kept_records']:,} stay",
        f"  of {counted(told['files'], 'file')}: {done}",
    ]
    lines += [f"  left alone, for it is damaged or packed otherwise: {name}" for name in told["left_alone"]]
    if not dry_run and told["records"] and (archive / "index.cdxj").exists():
        lines.append("  the index is out of date; write it again: copydesk archive index")
    return "\n".join(lines)
