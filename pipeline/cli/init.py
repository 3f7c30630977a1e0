"""`copydesk init`: look at a blog once, then write or extend the configuration for every night."""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import click
from sqlite_utils import Database

from pipeline.cli.crawl import Wanted, crawl_targets
from pipeline.cli.options import counted, new_config_option
from pipeline.cli.report import EXIT_CODES, SiteReport
from pipeline.cli.rulings import read_rulings
from pipeline.cli.runs import describe_rules
from pipeline.cli.site_section import configured_at, new_key, section_of, write_section
from pipeline.cli.targets import Target, read_targets
from pipeline.errors import ConfigError
from pipeline.site.config import FILE_NAME
from pipeline.store.db import close_store, open_store

SAMPLE = 12
WITH_JITTER = 1.125


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a first look at a blog showed."""

    report: SiteReport
    sitemaps: int
    feeds: int
    rest: bool
    addresses: int
    told: int
    """Posts that the REST interface lists; 0 where it is closed."""
    platform: str | None
    confidence: float | None
    """How sure the template is; None where there was nothing to learn from."""


@click.command("init")
@click.argument("url")
@new_config_option("The file to write, or to add the site to.")
@click.option("--contact", help="Whom the site's owner may write to: a mail address or a page.")
@click.option("--user-env", metavar="NAME", help="Environment variable with the user name of a staging blog.")
@click.option("--password-env", metavar="NAME", help="Environment variable with its password.")
@click.option("--cookie-env", metavar="NAME", help="Environment variable with the cookie that lets us in.")
def command(url: str, config_path: Path, **given: str | None) -> int:
    """Look at the blog at URL and write copydesk.toml for it.

    One more blog is added to a file that is there; nothing in it is changed.
    """
    target = read_targets([url], Path("archive"), None)[0]
    if target.kind != "url":
        raise ConfigError(f"{url} is no address of a blog; a folder is crawled with: copydesk crawl {url}")
    key = new_key(configured_at(config_path), target.home_url)
    section = section_of(key, target.home_url, given)
    look = _look(replace(target, key=key), section)
    if look.report.state in ("refused", "failed"):
        click.echo(f"copydesk: {_refusal(look.report)}", err=True)
        return EXIT_CODES["refused"] if look.report.state == "refused" else 2
    click.echo("\n".join([*_lines(look), write_section(config_path, section)]))
    click.echo("next: copydesk crawl, then copydesk schedule")
    return 0


def _refusal(report: SiteReport) -> str:
    """Say why there is nothing to write, and how to be let in."""
    hint = " (here: --user-env NAME --password-env NAME)" if "password_env" in report.message else ""
    return f"{report.message.rstrip('.')}{hint}. Nothing was written"


def _look(target: Target, text: str) -> Look:
    """Crawl a dozen pages, as the configuration will have it, into a folder that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="copydesk-init-") as folder:
        (Path(folder) / FILE_NAME).write_text(text, encoding="utf-8")
        rulings = read_rulings(Path(folder) / FILE_NAME, ())
        db = open_store(Path(folder) / "look.db")
        try:
            describe_rules(db)
            wanted = Wanted(limit=SAMPLE, rulings=rulings)
            report = crawl_targets(db, [target], Path(folder) / "archive", wanted)[0]
            return Look(
                report=report,
                sitemaps=_count(db, "urls where source = 'seed' and media_type = 'application/xml'"),
                feeds=_count(db, "urls where source = 'seed' and media_type like 'application/%+%'"),
                rest=_count(db, "urls where source = 'seed' and media_type = 'application/json'") > 0,
                addresses=_count(db, "urls where source not in ('seed', 'probe')"),
                told=_count(db, "listings where source = 'rest'"),
                platform=db.execute("select max(platform) from posts").fetchone()[0],
                confidence=db.execute("select max(template_confidence) from runs").fetchone()[0],
            )
        finally:
            close_store(db)


def _count(db: Database, what: str) -> int:
    return int(db.execute(f"select count(*) from {what}").fetchone()[0])


def _lines(look: Look) -> list[str]:
    seen = look.report.kinds.get("post", 0)
    pages = sum(
        count for kind, count in look.report.kinds.items() if kind not in ("sitemap", "feed", "other")
    )
    hints = [
        counted(look.sitemaps, "sitemap"),
        counted(look.feeds, "feed"),
        *(["the REST interface"] if look.rest else []),
    ]
    return [
        f"{look.report.home_url}: {look.platform or 'no known CMS'}, {', '.join(hints)}",
        f"  posts      {_posts(look, pages, seen)}",
        f"  robots     {_robots(look.report)}",
        f"  template   {'not learned' if look.confidence is None else f'{look.confidence:.0%} sure'}",
        f"  flags      {_flags(look.report, seen)}",
        f"  first      {_first_crawl(look)}",
        "  nights     robots.txt, sitemaps and feeds, then what changed, and a thirtieth of the rest",
    ]


def _posts(look: Look, pages: int, seen: int) -> str:
    """Say how many posts there are: as the CMS counts them, else as the sample suggests."""
    looked = f"of {counted(pages, 'page')} looked at {seen} {'is a post' if seen == 1 else 'are posts'}"
    found = f"{counted(look.addresses, 'address', 'addresses')} so far"
    if look.told:
        return f"{look.told:,}, as the REST interface lists them; {found}; {looked}"
    if seen:
        return f"about {max(seen, round(look.addresses * seen / pages)):,} on {found}; {looked}"
    return f"none seen on {found}; {looked}: if the blog stands elsewhere (/blog/?), give that address"


def _flags(report: SiteReport, seen: int) -> str:
    return (
        f"{sum(report.flags.values())} in {counted(seen, 'post')} checked"
        if seen
        else "no data: no post was checked"
    )


def _robots(report: SiteReport) -> str:
    closed = report.errors.get("robots", 0)
    what = f"closes {closed:,} of the addresses looked at" if closed else "closes nothing that was looked at"
    return f"{what}; {report.delay_s:g} s between requests" if report.delay_s else what


def _first_crawl(look: Look) -> str:
    """Say how long the first crawl takes: politeness decides, or what the sample took."""
    report = look.report
    each_s = report.delay_s * WITH_JITTER or report.seconds / max(1, report.requests)
    minutes = look.addresses * each_s / 60
    return f"about {minutes:,.0f} min" if minutes >= 1 else "less than a minute"
