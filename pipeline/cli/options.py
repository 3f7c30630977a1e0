"""Options that several commands share."""

from pathlib import Path

import click

db_option = click.option(
    "--db",
    "db_path",
    type=click.Path(path_type=Path, dir_okay=True),
    default=Path("copydesk.db"),
    show_default=True,
    help="The database.",
)
archive_option = click.option(
    "--archive",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("archive"),
    show_default=True,
    help="The folder with the WARC files.",
)
json_option = click.option(
    "--json", "as_document", is_flag=True, help="Print the report as one JSON document."
)
fail_on_option = click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    help="Exit with 1 when open flags of this severity or worse remain.",
)


def counted(count: int, thing: str, things: str = "") -> str:
    """Write a number with its noun: "1 file", "2,000 files"."""
    return f"{count:,} {thing if count == 1 else things or thing + 's'}"
