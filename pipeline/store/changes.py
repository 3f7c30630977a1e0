"""What differs between two revisions of a post, in words. Reads only."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from sqlite_utils import Database

LINES = 3
WIDTH = 90
NAMES = {
    "authors": "author",
    "published": "date",
    "updated": "update",
    "language": "language",
    "category_paths": "categories",
    "tags": "tags",
    "description": "description",
}

SINCE = """
    select p.id, p.url, p.title, r.number, r.first_seen_at, r.id
    from revisions r join posts p on p.id = r.post_id
    where (:site is null or p.site_id = :site)
      and iif(:run is null, r.first_seen_at >= :since, r.first_run_id > :run)
    order by p.site_id, r.first_run_id, p.url, r.number
"""
IN_TIME = "iif(:run is null, {0}.fetched_at >= :since, {0}.run_id > :run)"
GOOD = "('new', 'changed', 'unchanged')"
STATES = f"""
    select p.url, p.title, p.state, p.last_seen_at from posts p
    join urls u on u.site_id = p.site_id and u.url = p.url
    where (:site is null or p.site_id = :site) and p.state <> 'live'
      and exists (select 1 from fetches f where f.url_id = u.id and f.outcome in ('gone', 'redirect')
                  and {IN_TIME.format("f")})
      and (p.state = 'gone' or not exists (select 1 from fetches f where f.url_id = u.id
           and f.outcome in ('gone', 'redirect') and not {IN_TIME.format("f")} and f.id > coalesce(
               (select max(s.id) from fetches s where s.url_id = u.id and s.outcome in {GOOD}), 0)))
    order by p.site_id, p.url
"""
"""A post is missing once: that it was so the night before is no news."""
RETURNED = f"""
    select p.url, p.title, max(f.fetched_at) from posts p
    join urls u on u.site_id = p.site_id and u.url = p.url join fetches f on f.url_id = u.id
    where (:site is null or p.site_id = :site) and p.state = 'live' and f.outcome in {GOOD}
      and {IN_TIME.format("f")} and (select b.outcome from fetches b where b.url_id = u.id and b.id < f.id
                                     order by b.id desc limit 1) = 'gone'
    group by p.id order by p.site_id, p.url
"""
MOVED = """
    select p.url, p.title, pu.first_seen_at, was.url from posts p
    join post_urls pu on pu.post_id = p.id and pu.is_current = 1
    join post_urls was on was.post_id = p.id and was.first_seen_at < pu.first_seen_at
    where (:site is null or p.site_id = :site) and pu.first_seen_at >= iif(:run is null, :since,
        (select min(started_at) from runs where id > :run))
    group by p.id having was.first_seen_at = max(was.first_seen_at) order by p.site_id, p.url
"""

LAST_NIGHT = """
    with last as (select id, started_at from runs
        where action = 'crawl' and (:site is null or site_id = :site) order by id desc limit 1)
    select min(runs.id) from runs, last where runs.id = last.id
        or (:site is null and action = 'crawl' and finished_at >= last.started_at)
"""
"""Runs at the same time belong to one crawl of several sites: the lock lets no other begin meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One post that is not what it was."""

    url: str
    title: str | None
    what: str
    """new, changed, moved, returned, missing, gone."""
    at: str
    words: tuple[str, ...] = ()


def changes_since(db: Database, site_id: str | None, since: str, run_id: int | None) -> Iterator[Change]:
    """Yield what changed since a moment, or after a run."""
    named = {"site": site_id, "since": since, "run": run_id}
    for _, url, title, number, at, revision in db.execute(SINCE, named).fetchall():
        if number == 1:
            yield Change(url=url, title=title, what="new", at=at)
        else:
            yield Change(url=url, title=title, what="changed", at=at, words=tuple(describe(db, revision)))
    for url, title, at, was in db.execute(MOVED, named).fetchall():
        yield Change(url=url, title=title, what="moved", at=at, words=(f"from {was}",))
    for url, title, at in db.execute(RETURNED, named).fetchall():
        yield Change(url=url, title=title, what="returned", at=at)
    for url, title, state, at in db.execute(STATES, named).fetchall():
        yield Change(url=url, title=title, what=state, at=at)


def before_last_night(db: Database, site_id: str | None) -> int:
    """Give the number that stands before the runs of the newest crawl; 0 where there was none."""
    return int(db.execute(LAST_NIGHT, {"site": site_id}).fetchone()[0] or 1) - 1


def describe(db: Database, revision_id: int) -> list[str]:
    """Say what a revision changed, one sentence each."""
    new = _read(db, "r.id = ?", [revision_id])
    old = _read(db, "r.post_id = ? and r.number = ?", [new["post_id"], new["number"] - 1])
    said = [f"title: {old['title']} → {new['title']}"] if old["title"] != new["title"] else []
    said += [
        f"{name}: {_shown(old['metadata'].get(key))} → {_shown(new['metadata'].get(key))}"
        for key, name in NAMES.items()
        if old["metadata"].get(key) != new["metadata"].get(key)
    ]
    return said + _lines(old["text_raw"].split("\n"), new["text_raw"].split("\n"))


def _read(db: Database, where: str, values: Sequence[Any]) -> dict[str, Any]:
    sql = f"select r.post_id, r.number, r.title, r.text_raw, r.metadata from revisions r where {where}"
    row = db.execute(sql, values).fetchone()
    names = ("post_id", "number", "title", "text_raw", "metadata")
    found = dict(zip(names, row, strict=True))
    return {**found, "metadata": json.loads(found["metadata"])}


def _lines(old: Sequence[str], new: Sequence[str]) -> list[str]:
    said: list[str] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        if what == "replace" and b - a == d - c:
            said += [_words(before, after) for before, after in zip(old[a:b], new[c:d], strict=True)]
            continue
        said += [f"removed: {_cut(line)}" for line in old[a:b]]
        said += [f"added: {_cut(line)}" for line in new[c:d]]
    more = len(said) - LINES
    return said if more <= 0 else [*said[:LINES], f"and {more} more line{'s'[: more - 1]}"]


def _words(old: str, new: str) -> str:
    """Show the words that differ within a line, with what stands around them."""
    before, after = old.split(" "), new.split(" ")
    first = next((i for i, (x, y) in enumerate(zip(before, after, strict=False)) if x != y), None)
    if first is None:
        first = min(len(before), len(after))
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last] == after[-1 - last]:
        last += 1
    was = " ".join(before[first : len(before) - last])
    now = " ".join(after[first : len(after) - last])
    around = " ".join(before[max(0, first - 4) : first])
    if not was:
        return f"added after “{_cut(around)}”: {_cut(now)}"
    return f"removed after “{_cut(around)}”: {_cut(was)}" if not now else f"{_cut(was)} → {_cut(now)}"


def _cut(text: str) -> str:
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(one) for one in value) or "none"
    return _cut(str(value)) if value else "none"
