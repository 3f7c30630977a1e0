"""Crawl a scripted blog once, as cron does, and look at what the database says afterwards."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from nightly.blog import Blog

COMMAND = [sys.executable, "-c", "from pipeline.cli.main import main; main()"]


def copydesk(
    *words: str | Path, cwd: Path, env: Mapping[str, str] = MappingProxyType({})
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, with some more variables in its environment."""
    return subprocess.run(
        [*COMMAND, *map(str, words)],
        cwd=cwd,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def night(blog: Blog, folder: Path, *more: str) -> dict[str, Any]:
    """Crawl; give the site's report with the exit code, and leave only this night's requests in the log."""
    blog.log.clear()
    done = copydesk("crawl", f"{blog.base}/", "--json", *more, cwd=folder)
    assert done.stdout, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)["sites"][0]
    return {**report, "exit": done.returncode, "stderr": done.stderr}


def ask(folder: Path, sql: str) -> list[Any]:
    """Give the rows that a query finds; of a single column its values."""
    with closing(sqlite3.connect(folder / "copydesk.db")) as conn:
        rows = conn.execute(sql).fetchall()
    return [row[0] if len(row) == 1 else row for row in rows]


def states(folder: Path) -> dict[str, tuple[str, int, str | None]]:
    """Map each post's number to its state, its revisions and the state of its flag."""
    rows = ask(
        folder,
        "select p.title, p.state, (select count(*) from revisions r where r.post_id = p.id),"
        " (select f.state from flags f where f.post_id = p.id) from posts p",
    )
    return {title.rpartition(" ")[2]: (state, revisions, flag) for title, state, revisions, flag in rows}


def paths(folder: Path, sql: str) -> set[str]:
    """Give the paths of the addresses that a query finds."""
    return {urlsplit(url).path for url in ask(folder, sql)}
