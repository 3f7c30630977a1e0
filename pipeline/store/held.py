"""Pages that are held back: what came for them is archived, not believed, and not read again every night."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlite_utils import Database

from pipeline.store.run import RunContext
from pipeline.store.settle import too_many
from pipeline.store.transact import transaction

BATCH = 500
COUNT = "select count(*) from urls where site_id = ? and held_event_id is not null"
EARLIER = """
    select e.kind, e.mark, e.summary, e.examples, (select count(*) from urls u where u.held_event_id = e.id)
    from events e where e.site_id = ? and e.ended_at is null
    and e.id in (select held_event_id from urls where site_id = e.site_id)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An event of an earlier night that still holds pages back."""

    kind: Literal["collapsed", "template"]
    mark: str | None
    """The line that came or went on all of them; None where their text was lost."""
    summary: str
    examples: Sequence[str]
    posts: int


def release_held(db: Database, run: RunContext) -> None:
    """Let held pages be read again: somebody accepts them, or so few are left that they may be true."""
    held = int(db.execute(COUNT, [run.site_id]).fetchone()[0])
    if held and (run.accepts or not too_many(db, run.site_id, held)):
        with transaction(db):
            db.execute("update urls set held_event_id = null where site_id = ?", [run.site_id])


def held_earlier(db: Database, site_id: str) -> Earlier | None:
    """Give the event whose pages are still held back; None when there is none."""
    row = db.execute(EARLIER, [site_id]).fetchone()
    if row is None:
        return None
    kind, mark, summary, examples, posts = row
    return Earlier(kind=kind, mark=mark, summary=summary, examples=json.loads(examples or "[]"), posts=posts)


def hold(db: Database, site_id: str, urls: Sequence[str], event_id: int) -> None:
    """Note which pages are held back by an event: they wait until something else comes for them."""
    for start in range(0, len(urls), BATCH):
        rows = [(event_id, site_id, url) for url in urls[start : start + BATCH]]
        with transaction(db):
            db.conn.executemany("update urls set held_event_id = ? where site_id = ? and url = ?", rows)
