"""`copydesk init`: look at a blog once, then write the configuration for every night."""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click
from sqlite_utils import Database

from pipeline.cli.crawl import Wanted, crawl_targets
from pipeline.cli.options import counted, new_config_option
from pipeline.cli.report import SiteReport
from pipeline.cli.rulings import read_rulings
from pipeline.cli.runs import describe_rules
from pipeline.cli.targets import Target, read_targets, site_key
from pipeline.errors import ConfigError
from pipeline.site.config import FILE_NAME
from pipeline.store.db import close_store, open_store

SAMPLE = 12
WITH_JITTER = 1.125
TEMPLATE = """# What copydesk crawls. Each site has a section; its name is the site's key in the database.
# Every setting and its source: copydesk config

[site.{key}]
url = "{url}"
{private}
{contact}
# delay = 1.0                  # seconds between two requests; a Crawl-delay in robots.txt counts, too
# budget = 5000                # requests a day at most
# hours = "22:00-06:00"        # only between these times (UTC)
# paused = true
# A staging blog: names of environment variables, never the secrets themselves.
{user_env}
{password_env}
{cookie_env}

# [rules]                      # which rules count: copydesk rules
"""
EXAMPLES = {
    "contact": "you@example.org",
    "user_env": "BLOG_USER",
    "password_env": "BLOG_PASSWORD",
    "cookie_env": "BLOG_COOKIE",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a first look at a blog showed."""

    report: SiteReport
    sitemaps: int
    feeds: int
    rest: bool
    addresses: int
    platform: str | None
    confidence: float | None
    """How sure the template is; None where there was nothing to learn from."""


@click.command("init")
@click.argument("url")
@new_config_option("The file to write.")
@click.option("--contact", help="Whom the site's owner may write to: a mail address or a page.")
@click.option("--user-env", metavar="NAME", help="Environment variable with the user name of a staging blog.")
@click.option("--password-env", metavar="NAME", help="Environment variable with its password.")
@click.option("--cookie-env", metavar="NAME", help="Environment variable with the cookie that lets us in.")
def command(url: str, config_path: Path, **given: str | None) -> int:
    """Look at the blog at URL and write copydesk.toml for it; nothing that exists is overwritten."""
    if config_path.exists():
        raise ConfigError(f"{config_path} is there already; add a [site.<key>] to it, or use --config FILE")
    target = read_targets([url], Path("archive"), None)[0]
    if target.kind != "url":
        raise ConfigError(f"{url} is no address of a blog; a folder is crawled with: copydesk crawl {url}")
    text = _text(site_key(target.home_url), target.home_url, given)
    look = _look(target, text)
    if look.report.state in ("refused", "failed"):
        raise ConfigError(f"{look.report.message} Nothing was written")
    config_path.write_text(text, encoding="utf-8")
    click.echo("\n".join(_lines(look, config_path)))
    return 0


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
                platform=db.execute("select max(platform) from posts").fetchone()[0],
                confidence=db.execute("select max(template_confidence) from runs").fetchone()[0],
            )
        finally:
            close_store(db)


def _count(db: Database, what: str) -> int:
    return int(db.execute(f"select count(*) from {what}").fetchone()[0])


def _text(key: str, url: str, given: Mapping[str, str | None]) -> str:
    from crawler.net import names_private

    private = (
        "allow_private = true" if names_private(url) else "# allow_private = true        # an intranet's"
    )
    # A string of JSON is one of TOML, too.
    settings = {
        name: f"{name} = {json.dumps(given[name])}" if given.get(name) else f'# {name} = "{example}"'
        for name, example in EXAMPLES.items()
    }
    return TEMPLATE.format(key=key, url=url, private=private, **settings)


def _lines(look: Look, path: Path) -> list[str]:
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
        f"  addresses  {look.addresses:,} so far; of {pages} pages looked at {seen} are posts",
        f"  robots     {_robots(look.report)}",
        f"  template   {'not learned' if look.confidence is None else f'{look.confidence:.0%} sure'}",
        f"  flags      {sum(look.report.flags.values())} in these {seen} posts",
        f"  first      {_first_crawl(look)}",
        "  nights     robots.txt, sitemaps and feeds, then what changed, and a thirtieth of the rest",
        f"written: {path}",
        "next: copydesk crawl, then copydesk schedule",
    ]


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
