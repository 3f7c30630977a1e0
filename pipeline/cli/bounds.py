"""What the configuration sets around a site's crawl: secrets from the environment, budget, hours."""

import base64
import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from pipeline.cli.redact import conceal
from pipeline.errors import ConfigError
from pipeline.site.config import SiteConfig
from pipeline.store.run import requests_since

DAY_M = 24 * 60


def secret_headers(site: SiteConfig) -> Mapping[str, str]:
    """Make the headers that let us in, from the environment: the configuration holds names only.

    Raises ConfigError for a variable that is named and not set.
    """
    headers: dict[str, str] = {}
    if site.user_env or site.password_env:
        pair = f"{_value(site, site.user_env)}:{_value(site, site.password_env)}"
        conceal(encoded := base64.b64encode(pair.encode()).decode())
        headers["Authorization"] = f"Basic {encoded}"
    if site.cookie_env:
        headers["Cookie"] = _value(site, site.cookie_env)
    return headers


def left_of_budget(db: Database, site: SiteConfig) -> int | None:
    """Count the requests that a site still grants today (UTC)."""
    if site.budget is None:
        return None
    return max(0, site.budget - requests_since(db, site.key, datetime.now(UTC).date().isoformat()))


def end_of_window(site: SiteConfig) -> float | None:
    """Give the moment at which a site's hours end; now, when they have not begun."""
    return None if site.hours is None else window_end(datetime.now(UTC), *site.hours).timestamp()


def window_end(now: datetime, first_m: int, last_m: int) -> datetime:
    """Give the end of the window that a moment lies in, the moment itself outside of any."""
    minute = now.hour * 60 + now.minute
    length = (last_m - first_m) % DAY_M or DAY_M
    since = (minute - first_m) % DAY_M
    return now if since >= length else now + timedelta(minutes=length - since)


def _value(site: SiteConfig, name: str | None) -> str:
    value = os.environ.get(name or "")
    if not value:
        raise ConfigError(f"[site.{site.key}] needs the environment variable {name or 'user_env'}; set it")
    conceal(value)
    return value
