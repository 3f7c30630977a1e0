"""The section of copydesk.toml that `copydesk init` writes for a site: alone, or below the others."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.cli.targets import site_key
from pipeline.errors import ConfigError
from pipeline.site.config import Config, read_config
from pipeline.site.urls import normalise

HEAD = """# What copydesk crawls. Each site has a section; its name is the site's key in the database.
# Every setting and its source: copydesk config. One more site: copydesk init https://another.example/

"""
SECTION = """[site.{key}]
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
"""
TAIL = """
# [rules]                      # which rules count: copydesk rules
"""
EXAMPLES = {
    "contact": "you@example.org",
    "user_env": "BLOG_USER",
    "password_env": "BLOG_PASSWORD",
    "cookie_env": "BLOG_COOKIE",
}


def configured_at(path: Path) -> Config:
    """Read the file that a site is added to; an empty configuration where there is none yet.

    Raises ConfigError when what is there is wrong.
    """
    return read_config(path) if path.exists() else Config()


def new_key(config: Config, url: str) -> str:
    """Name a site that the configuration does not hold yet: by its host, of several on one host by its path.

    Raises ConfigError when it is there already.
    """
    for site in config.sites:
        if normalise(site.url) == url:
            raise ConfigError(f"[site.{site.key}] is {url} already; change what it says, or crawl it")
    taken = {site.key for site in config.sites}
    host, path = site_key(url), re.sub(r"[^a-z0-9]+", "-", urlsplit(url).path.lower()).strip("-")
    numbered = (f"{host}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (host, f"{host}-{path}", *numbered) if key not in taken and key[-1] != "-")


def section_of(key: str, url: str, given: Mapping[str, str | None]) -> str:
    """Write a site's section, with an example in a comment for whatever is not given."""
    from crawler.net import names_private

    private = (
        "allow_private = true" if names_private(url) else "# allow_private = true        # an intranet's"
    )
    # A string of JSON is one of TOML, too.
    settings = {
        name: f"{name} = {json.dumps(given[name])}" if given.get(name) else f'# {name} = "{example}"'
        for name, example in EXAMPLES.items()
    }
    return SECTION.format(key=key, url=url, private=private, **settings)


def write_section(path: Path, section: str) -> str:
    """Make the file of a section, or add it to one; say what was done."""
    if not path.exists():
        path.write_text(f"{HEAD}{section}{TAIL}", encoding="utf-8")
        return f"written: {path}"
    known = path.read_text(encoding="utf-8")
    path.write_text(f"{known.rstrip()}\n\n{section}", encoding="utf-8")
    return f"added to {path}, where nothing else was changed"
