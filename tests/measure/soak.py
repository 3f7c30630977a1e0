"""Kill crawls with SIGKILL at random moments and resume them: `make soak`. Nothing may be lost or doubled."""

import argparse
import json
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from nightly.blog import Blog, serving
from nightly.kills import kill_nights, kill_one
from nightly.script import Month, thirty

from measure.ours import COPYDESK, run
from measure.sets import Json
from pipeline.sample.build import build
from pipeline.sample.serve import address_of, serve


class Soak(NamedTuple):
    """How a series of killed crawls ended."""

    kills: int
    crawls: int
    """How often a crawl came to its end after one or more kills."""
    differences: list[str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Kill and resume as often as asked; say what differs from an undisturbed crawl."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        result = soak(Path(folder), options.kills, options.seed)
        print(f"{result.kills} kills over {result.crawls} crawls, {len(result.differences)} differences")
        changing = kill_nights(Path(folder) / "changing", 300, options.kills, options.seed)
        print(
            f"{changing.kills} kills over {changing.nights} nights, {len(changing.differences)} differences"
        )
        wrong = _month(Path(folder) / "month", options.seed)
        print(f"30 nights of a scripted blog, {len(wrong)} differences from the truth")
    lines = [*result.differences, *changing.differences, *wrong]
    print("\n".join(f"- {line}" for line in lines[:40]), end="")
    return bool(lines)


def _month(folder: Path, seed: int) -> list[str]:
    """Let a blog of 300 posts live for a month, with a truth that the script knows."""
    folder.mkdir()
    chance = random.Random(seed)
    with serving(Blog()) as blog:
        month = Month(blog, folder)
        thirty(month, 300, lambda most: chance.randint(1, most))
    return month.wrong


def soak(folder: Path, kills: int, seed: int) -> Soak:
    """Crawl the sample blog undisturbed, then again and again with kills, and compare what is stored."""
    chance = random.Random(seed)
    with serve(folder / "site") as server:
        url = address_of(server)
        build(folder / "site", url)
        started = time.monotonic()
        wanted = stored(crawl(url, folder / "calm"))
        calm_s = time.monotonic() - started
        done = crawls = 0
        differences: list[str] = []
        while done < kills:
            place = folder / f"killed-{crawls}"
            for _ in range(min(chance.randint(1, 5), kills - done)):
                done += kill_one([*COPYDESK, *_command(url, place)], folder, chance.uniform(0.1, calm_s))
            differences += compare(wanted, stored(crawl(url, place)), place.name)
            crawls += 1
    return Soak(done, crawls, differences)


def _command(url: str, place: Path) -> list[str]:
    place.mkdir(exist_ok=True)
    return ["crawl", url, "--db", str(place / "copydesk.db"), "--archive", str(place / "archive")]


def crawl(url: str, place: Path) -> Path:
    """Crawl to the end and return the database."""
    run(*_command(url, place))
    return place / "copydesk.db"


def stored(db: Path) -> dict[str, Json]:
    """Read what a crawl left: each post's record, and which URLs are in which state."""
    records = [json.loads(line) for line in run("export", "posts", "--db", str(db)).splitlines()]
    with closing(sqlite3.connect(db)) as conn:
        states = conn.execute("select url, state from urls").fetchall()
        counts = conn.execute("select post_id, count(*) from revisions group by post_id").fetchall()
        problems = conn.execute("pragma integrity_check").fetchone()[0]
    return {
        **{f"record {record['url']}": record for record in records},
        **{f"url {url}": {"state": state} for url, state in states},
        "revisions": {"per post": sorted(count for _, count in counts)},
        "integrity": {"check": problems},
    }


def compare(wanted: dict[str, Json], found: dict[str, Json], name: str) -> list[str]:
    """List what is missing, extra or different."""
    lines = [f"{name}: {key} is missing" for key in wanted.keys() - found.keys()]
    lines += [f"{name}: {key} is extra" for key in found.keys() - wanted.keys()]
    both = wanted.keys() & found.keys()
    return sorted(lines + [f"{name}: {key} differs" for key in both if wanted[key] != found[key]])


if __name__ == "__main__":
    sys.exit(main())
