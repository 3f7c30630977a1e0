"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from pipeline.site.config import FILE_NAME

Command = TypeVar("Command", bound=Callable[..., Any])

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


def new_config_option(purpose: str) -> Callable[[Command], Command]:
    """Give --config for a command that does without the file, or writes it."""
    return click.option(
        "--config",
        "config_path",
        type=click.Path(path_type=Path, dir_okay=False),
        default=Path(FILE_NAME),
        show_default=True,
        help=purpose,
    )


def counted(count: int, thing: str, things: str = "") -> str:
    """Write a number with its noun: "1 file", "2,000 files"."""
    return f"{count:,} {thing if count == 1 else things or thing + 's'}"
