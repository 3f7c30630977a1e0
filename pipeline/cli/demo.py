"""`copydesk demo`: crawl the bundled sample blog over HTTP, compare with its truth, open it in Datasette."""

import json
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click
from sqlite_utils import Database

from pipeline.cli.crawl import Wanted, crawl_targets
from pipeline.cli.outcome import exit_code
from pipeline.cli.report import as_text
from pipeline.cli.runs import describe_rules
from pipeline.cli.serve import PORT, free_port, serve
from pipeline.cli.targets import Target
from pipeline.errors import ConfigError
from pipeline.sample.build import TRUTH, build
from pipeline.sample.serve import address_of
from pipeline.sample.serve import serve as serve_folder
from pipeline.store.db import close_store, open_store
from pipeline.store.lock import run_lock
from pipeline.store.read import read_posts

KEY = "sample-blog"


@click.command("demo")
@click.option("--no-serve", is_flag=True, help="End after the report.")
@click.option("--port", type=click.IntRange(1, 65535), help=f"Datasette's port; {PORT} or the next free one.")
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo"),
    show_default=True,
    help="Where the sample blog, its archive and its database go.",
)
def command(no_serve: bool, port: int | None, folder: Path) -> int:
    """Crawl the bundled sample blog, say what was found of what is there, and open it in Datasette."""
    db_path = folder / "copydesk.db"
    make_room(folder, db_path)
    code = crawl_sample(folder, db_path)
    if no_serve:
        return code
    click.echo("")
    serve([db_path], "127.0.0.1", port or free_port("127.0.0.1"))
    return code


def make_room(folder: Path, db_path: Path) -> None:
    """Make the folder, and remove an earlier demo: the blog answers at another port each time.

    Raises: ConfigError when the folder holds a database that no demo made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not db_path.exists():
        return
    if not (folder / TRUTH).exists():
        raise ConfigError(f"{db_path} is no demo's; name another folder with --dir")
    with run_lock(db_path):
        for path in [*folder.glob("copydesk.db*"), *(folder / "archive").glob("*.warc.gz")]:
            if path.suffix != ".lock":
                path.unlink()


def crawl_sample(folder: Path, db_path: Path) -> int:
    """Build the blog, serve it on loopback, crawl it, and print the report; return the exit code."""
    site = folder / "blog"
    site.mkdir(exist_ok=True)
    with run_lock(db_path), serve_folder(site) as server:
        truth = build(site, address_of(server))
        click.echo(f"The sample blog answers at {address_of(server)}/ while it is crawled.\n")
        db = open_store(db_path)
        try:
            describe_rules(db)
            target = Target(kind="url", home_url=f"{address_of(server)}/")
            reports = crawl_targets(db, [target], folder / "archive", Wanted(key=KEY))
            click.echo("\n\n".join(as_text(report) for report in reports))
            click.echo(f"\n{compare(db, truth)}")
        finally:
            close_store(db)
    return exit_code(reports, None)


def compare(db: Database, truth: Path) -> str:
    """Say how many of the posts and leftovers that are there were found, and what was flagged besides."""
    facts = [json.loads(line) for line in truth.read_text(encoding="utf-8").splitlines()]
    posts = {_path(post.url): post for post in read_posts(db)}
    planted = Counter((_path(fact["url"]), a["rule"]) for fact in facts for a in fact["artifacts"])
    found = Counter((path, finding.rule) for path, post in posts.items() for finding in post.findings)
    known = {rule for _, rule in planted}
    besides = sum(((found - planted)[key] for key in found if key[1] in known), 0)
    return (
        f"Posts: found {sum(_path(fact['url']) in posts for fact in facts)} of {len(facts)}."
        f" Leftovers: found {(planted & found).total()} of {planted.total()};"
        f" flagged besides: {besides}."
    )


def _path(url: str | None) -> str:
    """Drop scheme and host: the blog answers at another port each time."""
    return unquote(urlsplit(url or "").path)
