"""`copydesk extract`: one page, or a stream of them, to post records."""

import json
import re
import sys
from pathlib import Path
from typing import BinaryIO

import click

from pipeline.archive.charset import decode
from pipeline.archive.sniff import media_type_of
from pipeline.cli.jsonl import answer_lines
from pipeline.cli.markdown import to_markdown
from pipeline.cli.profiles import profile_option
from pipeline.cli.rulings import config_option, read_rulings, rules_option
from pipeline.cli.work import Known
from pipeline.errors import ArchiveError, ConfigError
from pipeline.process import process
from pipeline.record_json import to_record
from pipeline.records import Failure, Page, Post
from pipeline.site.config import Config
from pipeline.site.template import Template
from pipeline.site.urls import normalise
from pipeline.spread import Task, attempt, calm_collector

MAX_BYTES = 50 * 2**20
MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|article|main|div|section|p|h[1-6]|ul|ol|table|title)[\s>]", re.I
)


@click.command("extract")
@click.argument("source", metavar="[FILE|URL|-]", default="-")
@click.option("--url", help="The page's address, where FILE does not come from one.")
@click.option(
    "--html", "media_type", flag_value="text/html", help="Take it for HTML, whatever it looks like."
)
@click.option(
    "--text", "media_type", flag_value="text/plain", help="Take it for a plain-text dump of a post."
)
@click.option("--format", "form", type=click.Choice(["json", "markdown"]), default="json", show_default=True)
@config_option
@rules_option
@profile_option
@click.option(
    "--jsonl", is_flag=True, help='One {"id", "url", "html" or "text"} per line in, one record out.'
)
def command(
    source: str,
    url: str | None,
    media_type: str | None,
    form: str,
    config_path: Path | None,
    rule_files: tuple[Path, ...],
    profile_path: Path | None,
    jsonl: bool,
) -> int:
    """Turn one page into a post record: an HTML file, a plain-text dump of a post, or an address."""
    rulings = read_rulings(config_path, rule_files).with_profile(profile_path)
    known = Known(template=Template(profile=rulings.given), book=rulings.book())
    if jsonl:
        calm_collector()
        return answer_lines(_open(source), sys.stdout.buffer, known)
    page = _fetch(source, rulings.config) if "://" in source else _read(source, url, media_type)
    task = Task(function=_process, shared=known, url_of=lambda page: page.url)
    post = attempt(task, page)
    if isinstance(post, Failure):
        click.echo(f"copydesk: {source}: {post.reason}", err=True)
        return 3
    for failure in post.failures:
        click.echo(f"copydesk: {source}: {failure.reason}", err=True)
    if form == "markdown":
        click.echo(to_markdown(post))
    else:
        click.echo(json.dumps(to_record(post), ensure_ascii=False, indent=2))
    return 3 if post.failures else 0


def _process(page: Page, known: Known) -> Post:
    return process(page, known.template, known.book)


def _open(source: str) -> BinaryIO:
    if source == "-":
        return sys.stdin.buffer
    try:
        return Path(source).open("rb")
    except OSError as error:
        raise ConfigError(f"{source} cannot be read: {error.strerror}") from error


def _read(source: str, url: str | None, media_type: str | None) -> Page:
    with _open(source) as file:
        body = file.read(MAX_BYTES + 1)
    if len(body) > MAX_BYTES:
        raise ArchiveError(f"{source}: too_large: more than {MAX_BYTES >> 20} MB")
    if body.strip() and media_type_of(body, "text/plain") is None:
        raise ArchiveError(f"{source} is neither HTML nor text; give a page as it came from the server")
    decoded = decode(body)
    looks = "text/html" if MARKUP.search(decoded.text[:20_000]) else "text/plain"
    return Page(
        url=url,
        text=decoded.text,
        media_type=media_type or looks,
        charset=decoded.charset,
        charset_reason=decoded.reason,
    )


def _fetch(address: str, config: Config) -> Page:
    """Fetch one page with the crawler's own guards."""
    from pipeline.cli.fetch_one import fetch_page

    url = normalise(address)
    if url is None:
        raise ConfigError(f"{address} is no http or https address; give one like https://blog.example/post/")
    return fetch_page(url, [site.url for site in config.sites if site.allow_private])
