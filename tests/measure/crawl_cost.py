"""CPU time and memory of a first crawl of the made-up blog, beside plain Scrapy spiders on the same blog."""

import sqlite3
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from measure.bigblog import BigBlog
from measure.ours import COPYDESK
from measure.serve import served
from measure.watch import Cost, watched


def measure(pages: int) -> dict[str, float | None]:
    """Crawl the same blog with copydesk, bare Scrapy and Scrapy with trafilatura."""
    with served(pages) as url:
        mine, posts = _copydesk(url)
        bare = _rival("bare", url)
        rival = _rival("trafilatura", url)
    expected = BigBlog(pages, "").posts
    return {
        "posts stored": posts,
        "posts missing": expected - posts,
        "CPU s per 1,000 pages, copydesk": mine.cpu_s / pages * 1000,
        "CPU s per 1,000 pages, bare Scrapy": bare.cpu_s / pages * 1000,
        "CPU s per 1,000 pages, Scrapy with trafilatura": rival.cpu_s / pages * 1000,
        "crawl, CPU ratio to Scrapy with trafilatura": mine.cpu_s / rival.cpu_s,
        "wall s, copydesk": mine.wall_s,
        "wall s, Scrapy with trafilatura": rival.wall_s,
        "crawling process, peak MB": mine.main_mb,
        "worker, peak MB": mine.child_mb,
        "bare Scrapy, peak MB": bare.main_mb,
        "Scrapy with trafilatura, peak MB": rival.main_mb,
    }


def growth(measured: Sequence[Mapping[str, float | None]]) -> dict[str, float | None]:
    """Compare the crawling process' peaks of several crawls, the smallest first."""
    peaks = [one["crawling process, peak MB"] for one in measured if "crawling process, peak MB" in one]
    known = [peak for peak in peaks if peak]
    return {"crawling process, memory at most pages to least": known[-1] / known[0] if known else None}


def _copydesk(url: str) -> tuple[Cost, int]:
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "copydesk.db"
        command = [*COPYDESK, "crawl", url, "--db", str(db), "--archive", str(Path(folder) / "archive")]
        cost = watched(command)
        if cost.status not in (0, 3):
            raise RuntimeError(f"copydesk crawl: exit {cost.status}\n{cost.errors[-2000:]}")
        with closing(sqlite3.connect(db)) as conn:
            return cost, conn.execute("select count(*) from posts").fetchone()[0]


def _rival(name: str, url: str) -> Cost:
    cost = watched([sys.executable, "-m", "measure.rivals", name, url])
    if cost.status or not cost.output.strip():
        raise RuntimeError(f"the {name} spider: exit {cost.status}\n{cost.errors[-2000:]}")
    return cost
