"""`copydesk profile`: what was learned of a site, in TOML, with the evidence; saved and corrected it wins."""

from pathlib import Path

import click

from pipeline.cli.learned import draft_profile, look_at
from pipeline.cli.options import archive_option, db_option
from pipeline.cli.progress import ProgressLine
from pipeline.cli.refine import learn_site
from pipeline.cli.runs import places
from pipeline.errors import ConfigError
from pipeline.store.db import close_store, open_existing
from pipeline.store.read import archived_sources, require_site


@click.command("profile")
@click.argument("site")
@db_option
@archive_option
def command(site: str, db_path: Path, archive: Path) -> int:
    """Print what was learned of SITE from its archived pages, as a profile.

    Saved as profiles/SITE.toml beside copydesk.toml and corrected, it wins over what is learned.
    """
    db = open_existing(db_path)
    try:
        require_site(db, site)
        items = places(archived_sources(db, site), archive)
    finally:
        close_store(db)
    if not items:
        raise ConfigError(f"no page of {site} is in the archive; crawl its address or WARC files of it first")
    with ProgressLine() as line:
        template = learn_site(items, line.watch())
    click.echo(draft_profile(site, template, look_at(items, template)))
    return 0
