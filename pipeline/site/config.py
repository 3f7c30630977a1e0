"""`copydesk.toml`: the sites that are crawled, and how the rules are to be used."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.site.profile import edit_url_problem
from pipeline.site.tomlfile import TomlFile, read_toml
from pipeline.site.urls import normalise

FILE_NAME = "copydesk.toml"
SECTIONS = {"rules": "table", "site": "table", "notify": "table", "archive": "table"}
NOTIFY_KEYS = {"ping": "text", "metrics": "text", "webhook": "text", "mail": "text"}
ARCHIVE_KEYS = {"max_mb": "number"}
SITE_KEYS = {
    "url": "text",
    "delay": "number",
    "allow_private": "flag",
    "contact": "text",
    "paused": "flag",
    "edit_url": "text",
    "rules": "table",
    "budget": "number",
    "hours": "text",
    "user_env": "text",
    "password_env": "text",
    "cookie_env": "text",
    "insecure": "flag",
}
HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteConfig:
    """A section `[site.<key>]`."""

    key: str
    url: str
    delay_s: float | None = None
    """Between two requests; None leaves it to the crawler."""
    allow_private: bool = False
    """Whether its address may be a private or loopback one."""
    contact: str | None = None
    """Whom the site's owner may write to: goes into the user agent."""
    paused: bool = False
    edit_url: str | None = None
    """Where a post is edited, with "{id}" for its id in the CMS."""
    rules: Mapping[str, Any] = field(default_factory=dict)
    """Like `[rules]`, for this site only; read by `pipeline.audit.control`."""
    budget: int | None = None
    """Requests a day; None for any number."""
    hours: tuple[int, int] | None = None
    """Minutes after midnight, UTC, between which it may be crawled; the second may be the smaller one."""
    user_env: str | None = None
    """Name of the environment variable that holds the user name for basic authentication."""
    password_env: str | None = None
    cookie_env: str | None = None
    """Name of the environment variable that holds a Cookie header."""
    insecure: bool = False
    """Whether its certificate is taken as it comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The whole file."""

    file: TomlFile | None = None
    """For pointing into it; None when there is no file."""
    sites: tuple[SiteConfig, ...] = ()
    rules: Mapping[str, Any] = field(default_factory=dict)
    """The section `[rules]`; read by `pipeline.audit.control`."""
    notify: Mapping[str, str] = field(default_factory=dict)
    """The section `[notify]`: who is told how a run went."""
    warc_max_mb: int | None = None
    """A WARC file that has grown past this is followed by a new one; None leaves it to the crawler."""

    def site(self, key: str) -> SiteConfig | None:
        """Give the section of a site."""
        return next((site for site in self.sites if site.key == key), None)


def read_config(path: Path) -> Config:
    """Read the file.

    Raises ConfigError, with file, line and key, for anything in it that is not understood.
    """
    file = read_toml(path)
    file.check((), file.table, SECTIONS)
    sections = file.table.get("site", {})
    file.check(("site",), sections, dict.fromkeys(sections, "table"))
    sites = tuple(_site(file, key, table) for key, table in sections.items())
    notify = file.table.get("notify", {})
    file.check(("notify",), notify, NOTIFY_KEYS)
    return Config(
        file=file,
        sites=sites,
        rules=file.table.get("rules", {}),
        notify=notify,
        warc_max_mb=_warc_max_mb(file),
    )


def _warc_max_mb(file: TomlFile) -> int | None:
    table = file.table.get("archive", {})
    file.check(("archive",), table, ARCHIVE_KEYS)
    size = table.get("max_mb")
    if size is not None and not 1 <= size <= 100_000:
        raise file.error(("archive", "max_mb"), "give megabytes, from 1 to 100,000")
    return None if size is None else int(size)


def _site(file: TomlFile, key: str, table: Mapping[str, Any]) -> SiteConfig:
    at = ("site", key)
    file.check(at, table, SITE_KEYS)
    if "url" not in table:
        raise file.error(at, 'url is missing; add url = "https://…"')
    url = normalise(table["url"])
    if url is None:
        raise file.error(
            (*at, "url"), "this is no http or https address; give one like https://blog.example/"
        )
    delay = table.get("delay")
    if delay is not None and not 0 <= delay < 3600:
        raise file.error((*at, "delay"), "give seconds, from 0 to an hour")
    return SiteConfig(
        budget=_budget(file, at, table),
        hours=_hours(file, at, table),
        user_env=table.get("user_env"),
        password_env=table.get("password_env"),
        cookie_env=table.get("cookie_env"),
        insecure=table.get("insecure", False),
        key=key,
        url=url,
        delay_s=delay,
        allow_private=table.get("allow_private", False),
        contact=table.get("contact"),
        paused=table.get("paused", False),
        edit_url=_edit_url(file, at, table),
        rules=table.get("rules", {}),
    )


def _edit_url(file: TomlFile, at: tuple[str, str], table: Mapping[str, Any]) -> str | None:
    template: str | None = table.get("edit_url")
    problem = edit_url_problem(template or "")
    if problem:
        raise file.error((*at, "edit_url"), problem)
    return template


def _budget(file: TomlFile, at: tuple[str, str], table: Mapping[str, Any]) -> int | None:
    budget = table.get("budget")
    if budget is not None and not 1 <= budget <= 10_000_000:
        raise file.error((*at, "budget"), "give a number of requests a day, from 1")
    return None if budget is None else int(budget)


def _hours(file: TomlFile, at: tuple[str, str], table: Mapping[str, Any]) -> tuple[int, int] | None:
    if "hours" not in table:
        return None
    match = HOURS.fullmatch(table["hours"])
    if match is None:
        raise file.error((*at, "hours"), 'give two times of the day in UTC, like "22:00-06:00"')
    first, last = (int(match[n]) * 60 + int(match[n + 1]) for n in (1, 3))
    return first, last
