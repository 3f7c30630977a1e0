"""`copydesk archive`: look after the WARC files."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from pipeline.archive.cdxj import INDEX, Entry, entries_of, write_index
from pipeline.archive.files import warc_files
from pipeline.archive.mend import damages_of
from pipeline.archive.wacz import Package, write_wacz
from pipeline.cli.archive_prune import prune
from pipeline.cli.archive_verify import repair, verify
from pipeline.cli.logs import log_option
from pipeline.cli.options import archive_option, counted, db_option
from pipeline.cli.progress import ProgressLine
from pipeline.cli.version import release
from pipeline.errors import ArchiveError, ConfigError
from pipeline.store.db import open_existing


@click.group("archive")
def command() -> None:
    """Look after the WARC files: check, mend, index, prune, pack."""


command.add_command(verify)
command.add_command(repair)
command.add_command(prune)


@command.command("index")
@archive_option
@click.option("--json", "as_document", is_flag=True, help="Print one JSON document.")
@log_option
def index(archive: Path, as_document: bool) -> int:
    """Write index.cdxj into the archive folder, for pywb and other tools that replay."""
    files = listed(archive)
    with ProgressLine() as line:
        count = write_index(_entries(archive, files, line), archive / INDEX)
    if as_document:
        told = {"index": str(archive / INDEX), "files": len(files), "entries": count}
        click.echo(json.dumps(told, indent=2))
    else:
        click.echo(
            f"{archive / INDEX}: {counted(count, 'entry', 'entries')} of {counted(len(files), 'file')}"
        )
    return 0


@command.command("pack")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@archive_option
@db_option
@click.option("--site", "key", help="Only the files of this site.")
@click.option("--json", "as_document", is_flag=True, help="Print one JSON document.")
@log_option
def pack(file: Path, archive: Path, db_path: Path, key: str | None, as_document: bool) -> int:
    """Put the archive into one WACZ FILE that ReplayWeb.page and pywb open by itself."""
    if file.suffix != ".wacz":
        raise ConfigError(f"{file}: replay tools know such a file by its ending; call it {file.stem}.wacz")
    if file.exists():
        raise ConfigError(f"{file} is there already; name another file, or remove it")
    files = [path for path in listed(archive) if key is None or path.name.startswith(f"{key}-")]
    if not files:
        raise ConfigError(f"{archive} holds no file of {key}; their names begin with the site's key")
    named = {path.relative_to(archive).as_posix(): path for path in files}
    if hurt := next((name for name, path in named.items() if damages_of(path)), None):
        raise ArchiveError(f"{hurt} is damaged; mend it before it is packed: copydesk archive repair")
    with ProgressLine() as line:
        entries = list(_entries(archive, files, line))
        package = Package(
            title=key or archive.resolve().parent.name,
            created=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            software=f"copydesk {release()}",
            files=named,
            entries=[_flat(entry) for entry in entries],
            titles=_titles(db_path),
        )
        line.say(f"writing {file}")
        pages = write_wacz(package, file)
    told = {"file": str(file), "pages": pages, "warc_files": len(files), "size_bytes": file.stat().st_size}
    if as_document:
        click.echo(json.dumps(told, indent=2))
    else:
        size = file.stat().st_size / 2**20
        click.echo(f"{file}: {counted(pages, 'page')}, {counted(len(files), 'WARC file')}, {size:,.1f} MB")
        click.echo("Open it at https://replayweb.page/, which keeps it on your machine.")
    return 0


def listed(archive: Path) -> list[Path]:
    """List the WARC files of a folder.

    Raises: ConfigError when there is none.
    """
    files = warc_files(archive) if archive.is_dir() else []
    if not files:
        raise ConfigError(f"{archive} holds no WARC files; name the folder with --archive, or crawl first")
    return files


def _entries(archive: Path, files: list[Path], line: ProgressLine) -> Iterator[Entry]:
    for number, path in enumerate(files, 1):
        for count, entry in enumerate(entries_of(path, path.relative_to(archive).as_posix())):
            line.say(f"file {number:,} of {len(files):,}: {count:,} entries")
            yield entry


def _flat(entry: Entry) -> Entry:
    """Name a file as it is called inside a WACZ: without folders."""
    return replace(entry, filename=Path(entry.filename).name)


def _titles(db_path: Path) -> dict[str, str]:
    """Look up what the posts are called, where there is a database."""
    if not db_path.is_file():
        return {}
    db = open_existing(db_path)
    try:
        return dict(db.execute("select url, title from posts where title is not null").fetchall())
    finally:
        db.conn.close()
