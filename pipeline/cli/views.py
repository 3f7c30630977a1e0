"""`copydesk views`: page views out of a visitor count's export, so that the queue knows what is read."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import click
from sqlite_utils import Database

from pipeline.cli.options import db_option
from pipeline.desk.sheet import SheetError, read_sheet
from pipeline.errors import ConfigError
from pipeline.site.urls import normalise, same_site
from pipeline.store.db import close_store, open_existing
from pipeline.store.read import home_of, require_site, site_ids
from pipeline.store.views import post_addresses, store_views

ADDRESS_COLUMNS = (
    "url", "address", "page url", "page location", "page", "page path", "path", "pagepath", "landing page",
    "page path and screen class", "label", "name",
)  # fmt: skip
VIEW_COLUMNS = (
    "views", "page views", "pageviews", "screenpageviews", "unique pageviews", "nb_hits", "hits", "visits",
    "nb_visits", "visitors",
)  # fmt: skip
"""Headings that Google Analytics, Matomo, Plausible and server statistics use; the first one found counts."""
Rows = Sequence[Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What a file says of a site."""

    views: Mapping[str, int]
    """Post -> views, all of its addresses together."""
    strangers: Sequence[str]
    """Addresses that lead to no post."""


@click.group("views")
def command() -> None:
    """Tell the queue how often each post is read: views then weigh in the place of links in."""


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--site", "key", help="Whose views they are; needed where the database holds several sites.")
@click.option("--address-column", help="Heading of the addresses or paths, where it is not found.")
@click.option("--views-column", help="Heading of the views, where it is not found.")
@click.option("--dry-run", is_flag=True, help="Say what would be stored, and store nothing.")
@db_option
def import_(
    file: Path,
    key: str | None,
    address_column: str | None,
    views_column: str | None,
    dry_run: bool,
    db_path: Path,
) -> int:
    """Read page views from a CSV or XLSX file, one row per address.

    The views of all addresses of a post are added up and replace what an earlier import said; posts that the
    file does not name had none. Addresses that lead to no post are counted and passed over.
    """
    rows = read_rows(file)
    address, views = column(rows, address_column, ADDRESS_COLUMNS), column(rows, views_column, VIEW_COLUMNS)
    db = open_existing(db_path)
    try:
        site = _site(db, key)
        found = match(rows, (address, views), home_of(db, site), post_addresses(db, site))
        if not found.views:
            raise ConfigError(f"{file}: none of its {len(rows)} rows is of a post of {site}; {_such(found)}")
        if not dry_run:
            store_views(db, site, found.views)
    finally:
        close_store(db)
    verb = "Would store" if dry_run else "Stored"
    click.echo(f"{verb} {sum(found.views.values()):,} views of {len(found.views):,} posts of {site}.")
    if found.strangers:
        click.echo(
            f"Passed over, for they lead to no post: {len(found.strangers):,} addresses, {_such(found)}.",
            err=True,
        )
    return 0


@command.command("clear")
@click.option("--site", "key", help="Whose; needed where the database holds several sites.")
@db_option
def clear(key: str | None, db_path: Path) -> int:
    """Forget the views: links in weigh again."""
    db = open_existing(db_path)
    try:
        site = _site(db, key)
        store_views(db, site, {})
    finally:
        close_store(db)
    click.echo(f"The posts of {site} are weighed by their links in.")
    return 0


def read_rows(file: Path) -> Rows:
    """Read a table; lines that begin with # above its headings are an export's remarks."""
    content = file.read_bytes()
    if not content.startswith(b"PK"):
        content = re.sub(rb"\A(\xef\xbb\xbf)?(?:#[^\n]*\n|\s*\n)+", rb"", content)
    try:
        rows = read_sheet(file.name, content)
    except SheetError as error:
        raise ConfigError(f"{file}: {error}") from error
    if not rows:
        raise ConfigError(f"{file} holds no row below its headings")
    return rows


def column(rows: Rows, named: str | None, known: Sequence[str]) -> str:
    """Find a column by its heading, as named or among the known ones.

    Raises ConfigError that lists the headings.
    """
    heads = {head.strip().lower(): head for head in rows[0]}
    for name in [named.strip().lower()] if named else known:
        if name in heads:
            return heads[name]
    option = "--address-column" if known is ADDRESS_COLUMNS else "--views-column"
    raise ConfigError(f"no column is named {named or known[0]}; name one with {option}: {', '.join(rows[0])}")


def match(rows: Rows, columns: tuple[str, str], home: str, posts: Mapping[str, str]) -> Matched:
    """Add up the views of each post; paths are read as the site's own, host names and queries forgiven."""
    by_address = {_folded(address, home): post for address, post in posts.items()}
    views: Counter[str] = Counter()
    strangers = []
    for row in rows:
        address, count = row.get(columns[0], ""), _number(row.get(columns[1], ""))
        asked = [_folded(address, home), _folded(address.partition("?")[0], home)]
        post = next((by_address[one] for one in asked if one in by_address), None)
        if post is not None:
            views[post] += count
        elif count:
            strangers.append(address)
    return Matched(views={post: count for post, count in views.items() if count}, strangers=strangers)


def _folded(address: str, home: str) -> str:
    """Reduce an address to what tells posts of one site apart; "" for another site's."""
    whole = normalise(urljoin(home, address.strip())) or ""
    if "://" not in address and not address.strip().startswith("/"):
        whole = normalise(f"http://{address.strip()}") or whole
    return whole.partition("://")[2].partition("/")[2].rstrip("/") + "/" if same_site(whole, home) else ""


def _number(text: str) -> int:
    """Read a whole number as people write it: 1204, 1,204, 1.204, "1 204", 1204.0."""
    digits = re.sub(r"\D", "", re.sub(r"[.,]0$", "", text.strip()))
    return int(digits) if digits else 0


def _such(found: Matched) -> str:
    return f"such as {', '.join(found.strangers[:3])}" if found.strangers else "check its columns"


def _site(db: Database, key: str | None) -> str:
    if key is not None:
        require_site(db, key)
        return key
    keys = site_ids(db)
    if len(keys) != 1:
        raise ConfigError(f"the database holds {len(keys)} sites; name one with --site: {', '.join(keys)}")
    return keys[0]
