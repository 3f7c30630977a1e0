"""What every request says of us, and what it says to one site only: never to another, never in clear text."""

from collections.abc import Mapping

from scrapy.settings import BaseSettings

from crawler.body import ACCEPT_ENCODING
from crawler.report import CrawlSite
from pipeline.site.urls import same_site

ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"
SECRET_HEADERS = frozenset({b"Authorization", b"Cookie"})
"""Sent where the owner of a site asked for it; left out of the archive."""


def headers_for(site: CrawlSite, settings: BaseSettings) -> dict[str, str]:
    """Give the headers that any server may see."""
    headers = {
        "User-Agent": str(settings.get("USER_AGENT")),
        "Accept": ACCEPT,
        "Accept-Encoding": ACCEPT_ENCODING,
    }
    if site.contact is not None and "@" in site.contact:
        headers["From"] = site.contact.removeprefix("mailto:")
    return headers


def secrets_for(site: CrawlSite, url: str) -> Mapping[str, str]:
    """Give the headers that let us in: for the site itself only, and never from https down to http."""
    if not site.secrets or not same_site(url, site.home_url):
        return {}
    downgraded = site.home_url.startswith("https://") and url.startswith("http://")
    return {} if downgraded else site.secrets
