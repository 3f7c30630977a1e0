"""Bare Scrapy asking each known page whether it changed: `python -m measure.night_rival FILE`."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response

from measure.rivals import SETTINGS


class ConditionalSpider(scrapy.Spider):
    """Send If-None-Match and count the 304s."""

    name = "conditional"
    handle_httpstatus_list = (304,)

    def __init__(self, file: str, **kwargs: Any) -> None:
        """Read what is known."""
        super().__init__(**kwargs)
        self.known = [line.split("\t") for line in Path(file).read_text(encoding="utf-8").splitlines()]
        self.unchanged = 0

    async def start(self) -> AsyncIterator[Any]:
        """Ask for every page."""
        for url, etag in self.known:
            yield scrapy.Request(url, headers={"If-None-Match": etag})

    def parse(self, response: Response, **kwargs: Any) -> None:
        """Count."""
        self.unchanged += response.status == 304

    def closed(self, reason: str) -> None:
        """Say how many had not changed."""
        print(self.unchanged)


if __name__ == "__main__":
    process = CrawlerProcess(SETTINGS)
    process.crawl(ConditionalSpider, file=sys.argv[1])
    process.start()
