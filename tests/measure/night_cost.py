"""What a night with nothing new costs: with hints that are believed, and with conditional requests only."""

import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from nightly.blog import Blog, serving

from measure.ours import COPYDESK
from measure.watch import Cost, watched

Figures = dict[str, float | None]


def measure(posts: int) -> Figures:
    """Crawl a scripted blog twice in each way, and a tiny one for what starting up costs."""
    start_up = _nights(Blog(), 1)[1].cpu_s
    with tempfile.TemporaryDirectory() as folder, serving(Blog()) as blog:
        blog.fill(posts)
        _crawl(blog, Path(folder))
        blog.log.clear()
        quiet = _crawl(blog, Path(folder))
        asked = len(blog.log)
        rechecked = len(blog.pages())
    asking, figures = _conditional(posts, start_up)
    return {
        "quiet night, trusted hints, requests": asked,
        "of these, the rotating re-check": rechecked,
        "CPU s in all": quiet.cpu_s,
        "CPU s of starting up (a night of one post)": start_up,
        "CPU s beyond starting up": quiet.cpu_s - start_up,
        "CPU s beyond starting up and re-check": quiet.cpu_s - start_up - rechecked * asking,
        **figures,
    }


def _conditional(posts: int, start_up: float) -> tuple[float, Figures]:
    """Ask for every page whether it changed; give what asking for one costs, and the figures."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Blog(sitemap="undated", validators="honest")) as blog,
    ):
        blog.fill(posts)
        _crawl(blog, Path(folder))
        first_bytes = sum(asked.size for asked in blog.log)
        blog.log.clear()
        mine = _crawl(blog, Path(folder))
        bytes_again = sum(asked.size for asked in blog.log)
        unchanged = sum(asked.status == 304 for asked in blog.log)
        rival = watched([sys.executable, "-m", "measure.night_rival", str(_known(Path(folder)))])
        asked = len(_rows(Path(folder)))
    if rival.status or not posts <= int(rival.output.split()[-1]) == asked:
        raise RuntimeError(f"{unchanged} 304s here, {rival.output} of {asked} there\n{rival.errors[-2000:]}")
    return (mine.cpu_s - start_up) / asked, {
        "quiet night, no hints, 304s": unchanged,
        "bytes of the first crawl": first_bytes,
        "share of them in the quiet night": bytes_again / first_bytes,
        "CPU s, copydesk": mine.cpu_s,
        "CPU s, bare Scrapy's 304s": rival.cpu_s,
        "CPU ratio to bare Scrapy's 304s": mine.cpu_s / rival.cpu_s,
    }


def _nights(blog: Blog, posts: int) -> tuple[Cost, Cost]:
    with tempfile.TemporaryDirectory() as folder, serving(blog):
        blog.fill(posts)
        return _crawl(blog, Path(folder)), _crawl(blog, Path(folder))


def _crawl(blog: Blog, folder: Path) -> Cost:
    command = [*COPYDESK, "crawl", f"{blog.base}/", "--db", str(folder / "copydesk.db")]
    cost = watched([*command, "--archive", str(folder / "archive")])
    if cost.status:
        raise RuntimeError(f"copydesk crawl: exit {cost.status}\n{cost.output}\n{cost.errors[-2000:]}")
    return cost


def _known(folder: Path) -> Path:
    path = folder / "known.tsv"
    path.write_text("".join(f"{url}\t{etag}\n" for url, etag in _rows(folder)), encoding="utf-8")
    return path


def _rows(folder: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(folder / "copydesk.db")) as conn:
        return conn.execute("select url, etag from urls where etag is not null").fetchall()
