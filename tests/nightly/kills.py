"""Kill crawls of a changing blog at random moments; the end must be that of crawls that nobody disturbed."""

import random
import sqlite3
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from nightly.blog import Blog, serving
from nightly.night import COMMAND, ask, night


class Kills(NamedTuple):
    """How it ended."""

    kills: int
    nights: int
    differences: list[str]


FACTS = {
    "posts": "select p.url, p.state, p.title, p.text,"
    " (select count(*) from revisions r where r.post_id = p.id) from posts p order by 1",
    "flags": "select p.url, f.rule, f.quote, f.state"
    " from flags f join posts p on p.id = f.post_id order by 1, 2, 3",
    "addresses": "select url, role, is_current from post_urls order by 1",
    "urls": "select url, state, kind from urls order by 1",
    "sections": "select p.url, s.position, s.heading, s.text from sections s join posts p on p.id = s.post_id"
    " order by 1, 2",
    "integrity": "pragma integrity_check",
    "foreign keys": "pragma foreign_key_check",
}


def kill_nights(folder: Path, posts: int, kills: int, seed: int) -> Kills:
    """Crawl one blog into two folders, one of them under fire, until there were so many kills."""
    chance = random.Random(seed)
    done = nights = 0
    differences: list[str] = []
    calm, hurt = folder / "calm", folder / "hurt"
    calm.mkdir(parents=True)
    hurt.mkdir()
    with serving(Blog()) as blog:
        blog.fill(posts, leftovers=20)
        command = [*COMMAND, "crawl", f"{blog.base}/"]
        while done < kills:
            started = time.monotonic()
            night(blog, calm)
            calm_s = time.monotonic() - started
            nights += 1
            for _ in range(min(chance.randint(2, 5), kills - done)):
                done += kill_one(command, hurt, chance.uniform(0.2, 1.1 * calm_s))
                if _ended(hurt) == nights:
                    break
            if _ended(hurt) < nights:
                night(blog, hurt)
            differences += [f"night {nights}, {line}" for line in _compare(calm, hurt)]
            _change(blog, chance)
    return Kills(done, nights, differences)


def kill_one(command: list[str], folder: Path, after_s: float) -> bool:
    """Start a command and kill it after a while; tell whether it was still running by then."""
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(after_s)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return False


def _ended(folder: Path) -> int:
    """Count the crawls that came to their end: one that was killed after that was not disturbed."""
    with suppress(sqlite3.OperationalError):
        return int(ask(folder, "select count(*) from runs where state in ('complete', 'partial')")[0])
    return 0


def _change(blog: Blog, chance: random.Random) -> None:
    """Let a day pass: edits, leftovers that go and come, a new post, one that is gone."""
    entries = list(blog.entries.values())
    for entry in chance.sample(entries, 8):
        entry.edits += 1
        entry.leftover = not entry.leftover
    chance.choice(entries).status = 410
    chance.choice(entries).status = 404
    blog.add(len(entries) + 1)


def _compare(calm: Path, hurt: Path) -> list[str]:
    lines = []
    for name, sql in FACTS.items():
        wanted, found = _rows(calm, sql), _rows(hurt, sql)
        lines += [f"{name}: {row!r:.200} is missing" for row in wanted if row not in found]
        lines += [f"{name}: {row!r:.200} is extra" for row in found if row not in wanted]
        if len(found) != len(wanted):
            lines.append(f"{name}: {len(found)} rows, not {len(wanted)}")
    return lines


def _rows(folder: Path, sql: str) -> list[Any]:
    return ask(folder, sql)
