"""Scrapy settings, each with its reason, and the add-on that puts our middlewares into a crawl."""

from typing import Any

from scrapy.http import Request, Response
from scrapy.logformatter import LogFormatter
from scrapy.settings import BaseSettings

from crawler.warcfile import MAX_BYTES

SETTINGS: dict[str, Any] = {
    # The guard: default False, and it would have to be undone per crawl otherwise.
    "TWISTED_DNS_RESOLVER": "crawler.net.PublicOnlyResolver",
    # Only http and https leave this process: a link to file:/// must find no handler.
    "DOWNLOAD_HANDLERS": {"file": None, "data": None, "ftp": None, "s3": None},
    "HTTPPROXY_ENABLED": False,  # a proxy from the environment would connect past the guard
    "DOWNLOAD_VERIFY_CERTIFICATES": True,  # default False
    "DOWNLOAD_TIMEOUT": 30,  # default 180: the whole page, slow headers and slow body included
    "DOWNLOAD_WARNSIZE": 0,  # sizes are counted in the report
    "DNS_TIMEOUT": 20,
    "COOKIES_ENABLED": False,  # a blog reads the same without; cookie traps do not work
    "TELNETCONSOLE_ENABLED": False,  # default on, and it runs Python
    "REMOTE_CONTROL_ENABLED": False,  # likewise
    "ROBOTSTXT_OBEY": False,  # crawler.robots does: Scrapy's allows everything after a 5xx
    "LOG_INSTALL_ROOT_HANDLER": False,  # logging belongs to the command line
    "STATS_DUMP": False,
    "LOG_FORMATTER": "crawler.settings.QuietFormatter",
    # One request at a time; a loopback target gets LOOPBACK_WORKERS.
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    # All of Scrapy's own middlewares and extensions are off: each has its counterpart here, or none is
    # needed, and together they cost 1.1 ms a page (measured). The rest comes from the add-on.
    "DOWNLOADER_MIDDLEWARES_BASE": {},
    "SPIDER_MIDDLEWARES_BASE": {},
    "EXTENSIONS_BASE": {},
    "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",  # the frontier knows each URL once
    "ADDONS": {"crawler.settings.CopydeskAddon": 500},
    # Ours from here on.
    "PRIVATE_HOSTS": [],  # hosts that the operator named: they may resolve to a private address
    "POLITE_DELAY_S": 1.0,
    "ROBOTS_MAX_AGE_S": 24 * 3600.0,  # RFC 9309 2.4
    "CRAWL_DELAY_CAP_S": 60.0,  # what robots.txt may ask for; above it: few pages a run
    "LOOPBACK_WORKERS": 4,
    "BACKOFF_S": 2.0,  # first wait after an answer that says "busy" without saying how long; then doubled
    "LOOPBACK_BACKOFF_S": 0.2,
    "PATIENCE_S": 300.0,  # a site that wants to be left alone for longer ends its run
    "TRIES": 3,  # per URL and run
    "HTML_MAX_BYTES": 5 * 2**20,
    "SITEMAP_MAX_BYTES": 50 * 2**20,  # sitemaps.org; feeds too
    "WARC_MAX_BYTES": MAX_BYTES,
}


class CopydeskAddon:
    """Put our middlewares between engine and network; the first is nearest to the engine."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Add them at add-on priority, so that a caller's settings still win."""
        settings.set(
            "DOWNLOADER_MIDDLEWARES",
            {
                "crawler.robots.RobotsMiddleware": 100,
                "crawler.conditional.ConditionalMiddleware": 200,
                "crawler.polite.PoliteMiddleware": 300,
                "crawler.warc.WarcMiddleware": 900,
            },
            priority="addon",
        )


class QuietFormatter(LogFormatter):
    """Log no line per page: a line costs time, and its URL is a stranger's text."""

    def crawled(self, request: Request, response: Response, spider: Any) -> Any:
        """Log nothing."""
        return None
