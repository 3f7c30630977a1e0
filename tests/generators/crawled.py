"""Run copydesk on a served blog, as a person does, and compare what it exports with the club's posts."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from generators.club import Entry, read_posts
from generators.generator import Generator

COPYDESK = Path(sys.executable).with_name("copydesk")
FOLD = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "″": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "×": "x", "\xa0": " "}
)
"""Typography that generators change as they like."""


@dataclass(frozen=True, slots=True)
class Crawled:
    """What a crawl of a generator's blog left behind."""

    generator: Generator
    report: dict[str, Any]
    records: list[dict[str, Any]]

    def found(self, look: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
        """Give what `look` sees in the record of each of the club's posts."""
        by_path = {urlsplit(record["url"]).path: record for record in self.records}
        paths = {entry.slug: self.generator.path(entry) for entry in read_posts()}
        return {slug: look(by_path[path]) for slug, path in paths.items() if path in by_path}


def expected(look: Callable[[Entry], Any]) -> dict[str, Any]:
    """Give what `look` sees in each of the club's posts."""
    return {entry.slug: look(entry) for entry in read_posts()}


def copydesk(*words: str | Path) -> str:
    """Run the command line; give its standard output."""
    done = subprocess.run(
        [COPYDESK, *words], capture_output=True, text=True, encoding="utf-8", check=False, timeout=120
    )
    assert done.returncode == 0, (
        f"{' '.join(map(str, words))}: exit {done.returncode}\n{done.stdout[-900:]}{done.stderr[-2000:]}"
    )
    return done.stdout


def crawl(address: str, folder: Path) -> dict[str, Any]:
    """Crawl a blog into a folder, first or once more, and give the site's part of the report."""
    places = ("--db", folder / "club.db", "--archive", folder / "archive")
    sites: list[dict[str, Any]] = json.loads(copydesk("crawl", f"{address}/", *places, "--json"))["sites"]
    assert len(sites) == 1
    return sites[0]


def export(folder: Path) -> list[dict[str, Any]]:
    """Give the stored posts."""
    lines = copydesk("export", "posts", "--db", folder / "club.db").splitlines()
    return [json.loads(line) for line in lines]


def folded(text: str) -> str:
    """Take typography out of a line, so that lines compare by their words."""
    return " ".join(text.translate(FOLD).split())


def lines_of(text: str) -> list[str]:
    """Give the lines of a text, without typography."""
    return [folded(line) for line in text.splitlines()]
