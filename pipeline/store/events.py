"""What needs a person: one open event of a kind per site, whatever the number of nights that show it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlite_utils import Database

from pipeline.store.run import RunContext
from pipeline.store.transact import now, transaction

EventKind = Literal["vanished", "collapsed", "template", "moved", "unreachable", "trap"]
EXAMPLES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something a run saw and did not believe, or could not do."""

    kind: EventKind
    summary: str
    posts: int = 0
    examples: Sequence[str] = ()
    mark: str | None = None
    """What its posts are known by, where that can be said."""


def note_event(db: Database, run: RunContext, event: Event) -> int:
    """Write an event, or that it goes on; give its id."""
    at = now()
    examples = json.dumps(list(event.examples[:EXAMPLES]))
    facts = [event.summary, event.posts, examples, event.mark, run.run_id, at]
    with transaction(db):
        went_on = db.execute(
            "update events set summary = ?, posts = ?, examples = ?, mark = ?, last_run_id = ?,"
            " last_seen_at = ? where site_id = ? and kind = ? and ended_at is null",
            [*facts, run.site_id, event.kind],
        ).rowcount
        if not went_on:
            db.execute(
                "insert into events(summary, posts, examples, mark, last_run_id, last_seen_at, site_id, kind,"
                " first_run_id, first_seen_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [*facts, run.site_id, event.kind, run.run_id, at],
            )
        found = db.execute(
            "select id from events where site_id = ? and kind = ? and ended_at is null",
            [run.site_id, event.kind],
        )
        return int(found.fetchone()[0])


def end_events(
    db: Database, run: RunContext, kinds: Sequence[EventKind], by: Literal["crawl", "accepted"]
) -> None:
    """Close open events of these kinds that this run did not see again."""
    marks = ",".join("?" * len(kinds))
    with transaction(db):
        db.execute(
            f"update events set ended_at = ?, ended_by = ? where site_id = ? and ended_at is null"
            f" and last_run_id <> ? and kind in ({marks})",
            [now(), by, run.site_id, run.run_id, *kinds],
        )


def open_events(db: Database, site_id: str) -> list[dict[str, Any]]:
    """List what still needs a person."""
    rows = db.execute(
        "select kind, summary, posts, examples, first_seen_at, last_seen_at from events"
        " where site_id = ? and ended_at is null order by id",
        [site_id],
    )
    names = ("kind", "summary", "posts", "examples", "first_seen_at", "last_seen_at")
    found = [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
    return [{**event, "examples": json.loads(event["examples"] or "[]")} for event in found]


def nights_without_answer(db: Database, site_id: str, states: Sequence[str]) -> int:
    """Count the newest crawls in a row that ended in one of these states."""
    rows = db.execute(
        "select state from runs where site_id = ? and action = 'crawl' and state <> 'running'"
        " order by id desc limit 30",
        [site_id],
    )
    count = 0
    for (state,) in rows:
        if state not in states:
            break
        count += 1
    return count
