"""Fetch a single page: a crawl that ends after it, with all the guards of a crawl."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.archive.read import read_pages
from pipeline.crawl_records import FetchOutcome
from pipeline.errors import ArchiveError
from pipeline.records import Page
from pipeline.site.urls import same_site


def fetch_page(url: str, private_sites: Sequence[str] = ()) -> Page:
    """Return the page at a normalised address; one of `private_sites` may be a name for a private machine.

    Raises: ArchiveError with the crawler's sentence when it brought none.
    """
    from crawler.frontier import MemoryFrontier
    from crawler.net import names_private
    from crawler.report import CrawlSite
    from crawler.run import crawl

    frontier = MemoryFrontier()
    allowed = names_private(url) or any(same_site(url, home) for home in private_sites)
    site = CrawlSite(id="page", home_url=url, limit=1, allow_private=allowed)
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
