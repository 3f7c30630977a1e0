"""Plain Scrapy spiders to compare with, which store nothing: `python -m measure.rivals bare URL`."""

import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import urldefrag, urljoin

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response, TextResponse

SETTINGS = {
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "DOWNLOAD_DELAY": 0,
    "LOG_LEVEL": "WARNING",
    "TELNETCONSOLE_ENABLED": False,
}


class BareSpider(scrapy.Spider):
    """Follow every link of the site; the cheap way, a request only for an address not seen before."""

    name = "bare"

    def __init__(self, url: str, **kwargs: Any) -> None:
        """Start at this address."""
        super().__init__(**kwargs)
        self.start_urls = [url]
        self.home = url
        self.seen = {url}
        self.pages = 0

    def parse(self, response: Response, **kwargs: Any) -> Iterator[scrapy.Request]:
        """Look at the page, then follow its links."""
        if not isinstance(response, TextResponse):
            return
        self.pages += 1
        self.look(response)
        for href in response.xpath("//a/@href").getall():
            url = urldefrag(urljoin(response.url, href)).url
            if url.startswith(self.home) and "?" not in url and url not in self.seen:
                self.seen.add(url)
                yield scrapy.Request(url)

    def look(self, response: TextResponse) -> None:
        """Do nothing with the page."""

    def closed(self, reason: str) -> None:
        """Say how many pages came."""
        print(self.pages)


class TrafilaturaSpider(BareSpider):
    """Follow every link of the site and extract every page."""

    name = "trafilatura"

    def look(self, response: TextResponse) -> None:
        """Extract the page and forget what came out."""
        import trafilatura

        trafilatura.extract(response.text, url=response.url)


if __name__ == "__main__":
    process = CrawlerProcess(SETTINGS)
    process.crawl({"bare": BareSpider, "trafilatura": TrafilaturaSpider}[sys.argv[1]], url=sys.argv[2])
    process.start()
