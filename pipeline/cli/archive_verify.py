"""`copydesk archive verify` and `repair`: is everything there that was archived, and what can be saved."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from sqlite_utils import Database

from pipeline.archive.check import FileCheck, check_file
from pipeline.archive.files import warc_files
from pipeline.archive.mend import damages_of, mend
from pipeline.cli.logs import log_option
from pipeline.cli.options import archive_option, counted, db_option
from pipeline.cli.progress import ProgressLine
from pipeline.cli.redact import printable
from pipeline.errors import ArchiveError, ConfigError
from pipeline.site.urls import normalise
from pipeline.store.archived import Reference, files_referred_to, forget_places, references
from pipeline.store.db import close_store, open_existing
from pipeline.store.lock import run_lock

SHOWN = 20
ANSWERS = ("response", "revisit", "resource")
json_option = click.option("--json", "as_document", is_flag=True, help="Print one JSON document.")


@click.command("verify")
@archive_option
@db_option
@json_option
@log_option
def verify(archive: Path, db_path: Path, as_document: bool) -> int:
    """Read every record: members, lengths, digests; and look up every place that the database remembers."""
    with lock_of(db_path):  # a file that is being written has no whole last record
        found = _verify(archive, db_path)
    troubles = [f"{file['file']}: {what}" for file in found for what in file["troubles"]]
    if as_document:
        click.echo(json.dumps({"archive": str(archive), "sound": not troubles, "files": found}, indent=2))
    else:
        click.echo("\n".join(_summary(found, troubles)))
    return 3 if troubles else 0


@click.command("repair")
@archive_option
@db_option
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@json_option
@log_option
def repair(archive: Path, db_path: Path, dry_run: bool, as_document: bool) -> int:
    """Cut damaged files off behind their last whole record, and fill damaged stretches; copies are kept.

    Whatever can be read stays at its place. Pages whose record is lost are asked for at the next crawl; their
    posts keep the text that the database holds.
    """
    with lock_of(db_path):
        done = [_mend(path, archive, dry_run=dry_run) for path in _files(archive)]
        lost = _forget(db_path, archive, dry_run=dry_run)
    told = {"dry_run": dry_run, "files": [one for one in done if one], "lost_records": lost}
    if as_document:
        click.echo(json.dumps(told, indent=2))
        return 0
    lines = [str(one["said"]) for one in done if one]
    if lost:
        lines.append(
            f"lost to the database: {counted(lost, 'record')}; the next crawl asks for the pages again"
        )
    click.echo("\n".join(lines) or f"{archive}: nothing to repair")
    return 0


def lock_of(db_path: Path) -> AbstractContextManager[None]:
    """Keep crawls away for the block; where there is no database, nobody writes."""
    return run_lock(db_path) if db_path.is_file() else nullcontext()


def _verify(archive: Path, db_path: Path) -> list[dict[str, Any]]:
    found = []
    files = _files(archive)
    with ProgressLine() as line, closing(_Books(db_path)) as books:
        named = {path.relative_to(archive).as_posix(): path for path in files}
        for name in books.files():
            named.setdefault(name, archive / name)
        for number, (name, path) in enumerate(sorted(named.items()), 1):
            line.say(f"file {number:,} of {len(named):,}: {name}")
            found.append(_file(name, path, books))
    return found


def _file(name: str, path: Path, books: "_Books") -> dict[str, Any]:
    """Check one file, and everybody who refers to it."""
    asked = books.references(name)
    check, missing = FileCheck(name=name), ""
    try:
        check = check_file(path, name)
    except FileNotFoundError:
        missing = f"it is not there ({counted(len(asked), 'record')} remembered); put it back from a backup"
    except ArchiveError as error:
        missing = str(error)
    troubles = [missing] if missing else []
    troubles += [f"{damage}; mend it with: copydesk archive repair" for damage in check.damages]
    troubles += check.troubles
    if not missing:
        troubles += list(_strays(check, asked))
    return {
        "file": name,
        "records": dict(check.records),
        "referred_to": len(asked),
        "unchecked": check.unchecked,
        "troubles": troubles,
    }


def _strays(check: FileCheck, asked: dict[int, list[Reference]]) -> Iterator[str]:
    """Yield who refers to a record that is not there, or is another one."""
    for offset, referring in sorted(asked.items()):
        for one in referring:
            kept = check.places.get(offset)
            who = f"{one.table} ({one.url})"
            if kept is None or kept.kind not in ANSWERS:
                yield f"no answer at byte {offset}, where {who} looks for one"
            elif one.digest is not None and kept.digest is not None and one.digest != kept.digest:
                yield f"the record at byte {offset} has another payload than {who} says"
            elif one.table != "revisions" and normalise(kept.url) != normalise(one.url):
                yield f"the record at byte {offset} is of {kept.url}, not of {who}"


class _Books:
    """What the database remembers; nothing where there is none."""

    def __init__(self, db_path: Path) -> None:
        self._db: Database | None = open_existing(db_path) if db_path.is_file() else None

    def files(self) -> list[str]:
        return files_referred_to(self._db) if self._db is not None else []

    def references(self, name: str) -> dict[int, list[Reference]]:
        return dict(references(self._db, name)) if self._db is not None else {}

    def close(self) -> None:
        if self._db is not None:
            self._db.conn.close()


def _summary(found: list[dict[str, Any]], troubles: list[str]) -> Iterator[str]:
    kinds = sum((Counter(file["records"]) for file in found), Counter())
    listed = ", ".join(f"{count:,} {kind}" for kind, count in kinds.most_common())
    referred = sum(file["referred_to"] for file in found)
    yield f"{counted(len(found), 'file')}, {counted(kinds.total(), 'record')} ({listed})"
    yield f"{counted(referred, 'place')} in the database, each looked up"
    if unchecked := sum(file["unchecked"] for file in found):
        yield f"{counted(unchecked, 'record')} without a digest that could be checked"
    yield from (f"  {printable(trouble)}" for trouble in troubles[:SHOWN])
    if len(troubles) > SHOWN:
        yield f"  … and {len(troubles) - SHOWN:,} more: --json lists them all"
    yield "sound" if not troubles else counted(len(troubles), "trouble")


def _mend(path: Path, archive: Path, *, dry_run: bool) -> dict[str, Any] | None:
    name = path.relative_to(archive).as_posix()
    try:
        damages = damages_of(path)
    except ArchiveError as error:
        return {"file": name, "said": f"{name}: left alone: {error}"}
    if not damages:
        return None
    if dry_run:
        stretches = ", ".join(f"{damage.offset}–{damage.end}" for damage in damages)
        return {
            "file": name,
            "said": f"{name}: would mend {counted(len(damages), 'stretch', 'stretches')}: bytes {stretches}",
        }
    done = mend(path, damages, datetime.now(UTC))
    filled = counted(done.filled, "damaged stretch", "damaged stretches")
    said = f"{name}: {counted(done.cut_bytes, 'byte')} cut off its end, {filled} filled"
    said += f", {done.left} too short to fill" if done.left else ""
    return {
        "file": name,
        "copy": str(done.copy),
        "cut_bytes": done.cut_bytes,
        "filled": done.filled,
        "left": done.left,
        "said": f"{said}; as it was: {done.copy}",
    }


def _forget(db_path: Path, archive: Path, *, dry_run: bool) -> int:
    """Let the database go of records that are no more; return how many."""
    if not db_path.is_file():
        return 0
    db, lost = open_existing(db_path), 0
    try:
        for name in files_referred_to(db):
            path = archive / name
            if not path.is_file():
                continue  # a missing file may come back from a backup
            held = {o for o, kept in check_file(path, name).places.items() if kept.kind in ANSWERS}
            gone = set(references(db, name)) - held
            lost += len(gone)
            if gone and not dry_run:
                forget_places(db, name, gone)
    finally:
        close_store(db)
    return lost


def _files(archive: Path) -> list[Path]:
    if not archive.is_dir():
        raise ConfigError(f"there is no folder {archive}; name it with --archive")
    return warc_files(archive)
