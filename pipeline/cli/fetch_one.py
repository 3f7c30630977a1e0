"""Fetch a single page: a crawl that ends after it, with all the guards of a crawl."""

from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.archive.read import read_pages
from pipeline.crawl_records import FetchOutcome
from pipeline.errors import ArchiveError, ConfigError
from pipeline.records import Page
from pipeline.site.urls import normalise


def fetch_page(address: str) -> Page:
    """Return the page at an address.

    Raises: ArchiveError with the crawler's sentence when it brought none.
    """
    from crawler.frontier import MemoryFrontier
    from crawler.report import CrawlSite
    from crawler.run import crawl

    url = normalise(address)
    if url is None:
        raise ConfigError(f"{address} is no http or https address; give one like https://blog.example/post/")
    frontier = MemoryFrontier()
    site = CrawlSite(id="page", home_url=url, limit=1, allow_private=True)
    with TemporaryDirectory(prefix="copydesk-") as folder:
        report = crawl(site, frontier, Path(folder))
        wanted = _end_of(url, {outcome.url: outcome for outcome in frontier.outcomes()})
        for name in report.warc_files:
            for page in read_pages(Path(folder, name), Path(folder)):
                if isinstance(page, Page) and page.url == wanted:
                    return page
    raise ArchiveError(report.message)


def _end_of(url: str, outcomes: dict[str, FetchOutcome]) -> str:
    """Follow redirects through what came of each address."""
    for _ in range(len(outcomes)):
        outcome = outcomes.get(url)
        if outcome is None or outcome.final_url == url:
            break
        url = outcome.final_url
    return url
