"""Crawl in a process of its own, as the command does, and bring back what it said."""

import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from crawler.report import CrawlReport, CrawlSite
from pipeline.crawl_records import FetchOutcome

CHILD = Path(__file__).with_name("crawler_child.py")
ROOT = Path(__file__).parents[2]
QUICK = {
    "DOWNLOAD_TIMEOUT": 2,
    "BACKOFF_S": 0.002,
    "TRIES": 2,
    "HTML_MAX_BYTES": 200_000,
    "SITEMAP_MAX_BYTES": 400_000,
    "PATIENCE_S": 5.0,
}


@dataclass
class Result:
    report: CrawlReport
    outcomes: dict[str, FetchOutcome]
    counts: dict[str, int]
    folder: Path

    def error(self, path: str) -> str | None:
        """Return the kind of failure of a path, or "never asked"."""
        found = [outcome for url, outcome in self.outcomes.items() if url.endswith(path)]
        return found[0].error if found else "never asked"


Crawl = Callable[..., Result]


def make_crawl(folder: Path) -> Crawl:
    def crawl(url: str, kept: Path | None = None, **changes: object) -> Result:
        child = start_crawl(site_of(url, **changes), folder, kept)
        out, err = child.communicate(timeout=60)
        assert child.returncode == 0, err.decode()
        return Result(*pickle.loads(out), folder)

    return crawl


def site_of(url: str, **changes: object) -> CrawlSite:
    settings = QUICK | changes.pop("settings", {})
    return CrawlSite(**{"id": "blog", "home_url": url, "allow_private": True, "settings": settings} | changes)


def start_crawl(site: CrawlSite, folder: Path, kept: Path | None = None) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    command = [sys.executable, "-W", "error::DeprecationWarning:crawler", str(CHILD)]
    child = subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}
    )
    assert child.stdin is not None
    child.stdin.write(pickle.dumps((site, folder, kept)))
    child.stdin.close()
    child.stdin = None
    return child
