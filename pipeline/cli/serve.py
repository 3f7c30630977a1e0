"""`copydesk serve`: Datasette over any number of databases, with our metadata, plugin and settings."""

import ipaddress
import json
import os
import socket
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import yaml

from pipeline.cli.operator import joined, metadata_option, read_added
from pipeline.desk.shared import secret_for
from pipeline.errors import ConfigError
from pipeline.store.db import close_store, open_existing

PORT = 8001
SETTINGS = {
    "suggest_facets": "off",  # three quarters of a table page's time, on every column
    "facet_time_limit_ms": "1500",
    "sql_time_limit_ms": "4000",
    "default_page_size": "50",
    "num_sql_threads": "4",
    "truncate_cells_html": "300",
    "max_csv_mb": "0",
}
MEMBERS: dict[str, Any] = {"allow": {"role": ["auditor", "editor", "admin"]}}
"""What the metadata says where people who are not logged in see nothing."""
LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")
"""What this machine calls itself: a page elsewhere can lead its own name here, but not one of these."""
NAME = "datasette-metadata.yml"
PACKAGE = Path(__file__).parent.parent
PLACES = (PACKAGE / "desk" / NAME, PACKAGE.parent / NAME)
"""In a wheel it stands beside the plugin, in a checkout at the top."""


@click.command("serve")
@click.argument("databases", nargs=-1, type=click.Path(path_type=Path))
@click.option("--db", "db_path", type=click.Path(path_type=Path), help="The same as naming it.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help=f"Port; {PORT} or the next free one by default.")
@click.option(
    "--anonymous",
    type=click.Choice(["nothing", "read"]),
    help="What people see who are not logged in; by default they read where only this machine can ask.",
)
@click.option(
    "--archive",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder with the WARC files; archive beside each database by default.",
)
@click.option(
    "--public-url",
    metavar="URL",
    help="Where others reach it through a reverse proxy, like https://desk.example/blog/.",
)
@metadata_option
@click.option("--open", "open_browser", is_flag=True, help="Open a browser, logged in.")
def command(
    databases: tuple[Path, ...],
    db_path: Path | None,
    host: str,
    port: int | None,
    anonymous: str | None,
    archive: Path | None,
    public_url: str | None,
    added: Path | None,
    open_browser: bool,
) -> int:
    """Open databases in Datasette; copydesk.db when none is named."""
    paths = list(databases) + ([db_path] if db_path else []) or [Path("copydesk.db")]
    port = free_port(host) if port in (None, 0) else port or PORT
    shown = Shown(
        anonymous=anonymous,
        archive=archive,
        public_url=public_url,
        added=read_added(added),
        open_browser=open_browser,
    )
    serve(paths, host, port, shown)
    return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is shown, to whom."""

    anonymous: str | None = None
    """"nothing" or "read"; None for what suits the address."""
    archive: Path | None = None
    """Folder of WARC files; None for `archive` beside each database."""
    public_url: str | None = None
    """Where a reverse proxy lets others in; None where there is none."""
    added: Mapping[str, Any] = field(default_factory=dict)
    """What an operator adds to our metadata."""
    open_browser: bool = False


def serve(paths: Sequence[Path], host: str, port: int, shown: Shown = Shown()) -> None:
    """Serve until somebody stops it; print the address first.

    Raises: ConfigError when it would be open to others without a secret that an operator made.
    """
    for path in paths:
        close_store(open_existing(path))
    local = _is_loopback(host)
    if not local and "DATASETTE_SECRET" not in os.environ:
        raise ConfigError(
            f"--host {host} is open to others; set DATASETTE_SECRET to a long random text first"
            " (copydesk login needs the same one)"
        )
    secret = os.environ["DATASETTE_SECRET"] = secret_for(paths[0])
    closed = (shown.anonymous or ("read" if local else "nothing")) == "nothing"
    address = (shown.public_url or f"http://{_printable(host)}:{port}").rstrip("/")
    login = address + _login_path(secret)
    click.echo(f"Datasette: {address}/\nTo decide about flags, log in once with: {login}")
    for sentence in _without_archive(paths, shown.archive):
        click.echo(sentence, err=True)
    with tempfile.TemporaryDirectory(prefix="copydesk-") as folder:
        metadata = Path(folder, "metadata.json")
        said = metadata_for([path.stem for path in paths]) | (MEMBERS if closed else {})
        said["plugins"] = {"copydesk": _plugin(shown, local=local)}
        metadata.write_text(json.dumps(joined(said, shown.added), default=str))
        if shown.open_browser:
            click.launch(login)
        _run_datasette(paths, metadata, ["-h", host, "-p", str(port), *_proxied(shown.public_url)])


def _plugin(shown: Shown, *, local: bool) -> dict[str, Any]:
    """Tell the desk where the archive lies, and by which names this server goes."""
    said: dict[str, Any] = {}
    if shown.archive is not None:
        said["archive"] = str(shown.archive.resolve())
    if local or shown.public_url:
        public = urlsplit(shown.public_url or "").hostname
        said["hosts"] = [*LOCAL_NAMES, *([public] if public else [])]
    return said


def _proxied(public_url: str | None) -> list[str]:
    """Give Datasette's settings for standing behind a reverse proxy.

    Raises: ConfigError for what is no address.
    """
    if public_url is None:
        return []
    parts = urlsplit(public_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigError(f"--public-url {public_url} is no address; give one like https://desk.example/")
    path = ["--setting", "base_url", parts.path.rstrip("/") + "/"]
    return path + (["--setting", "force_https_urls", "1"] if parts.scheme == "https" else [])


def metadata_for(stems: Sequence[str]) -> dict[str, Any]:
    """Read our metadata and give what it says of "copydesk" to every database that is served."""
    place = next((place for place in PLACES if place.is_file()), None)
    if place is None:
        raise ConfigError(f"{NAME} is missing from this installation; install copydesk again")
    metadata: dict[str, Any] = yaml.safe_load(place.read_text(encoding="utf-8"))
    ours = metadata.get("databases", {}).get("copydesk", {})
    return {**metadata, "databases": dict.fromkeys(stems, ours)}


def free_port(host: str, first: int = PORT) -> int:
    """Find a port that nobody listens on, from the usual one upwards."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for port in range(first, first + 100):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise ConfigError(f"no port from {first} on is free at {host}; name one with --port")


def _without_archive(paths: Sequence[Path], archive: Path | None) -> Iterator[str]:
    """Say of which databases the archived pages cannot be shown, and what helps."""
    for path in [] if archive else paths:
        if not (path.resolve().parent / "archive").is_dir():
            yield f"No archive lies beside {path}; to show archived pages, name its folder with --archive."


def _run_datasette(paths: Sequence[Path], metadata: Path, more: Sequence[str]) -> None:
    from datasette.cli import cli as datasette
    from datasette.version import __version__

    settings = [word for name, value in SETTINGS.items() for word in ("--setting", name, value)]
    # Datasette 1.0 reads descriptions from one file and permissions from another; ours is both.
    both = ["-m", str(metadata)] + ([] if __version__.startswith("0.") else ["-c", str(metadata)])
    arguments = ["serve", *(str(path) for path in paths), *both, *more]
    datasette.main(args=[*arguments, *settings], standalone_mode=False)


def _login_path(secret: str) -> str:
    from pipeline.desk.login import mint

    return mint(secret, "editor", "editor")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _printable(host: str) -> str:
    return f"[{host}]" if ":" in host else host
