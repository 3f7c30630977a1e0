"""Since when and until when each heading stood in its post: told by the post's revisions."""

from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from pipeline.store.plan import Plan
from pipeline.store.rows import blocks_from, headings_in

INSERT = "insert into headings(post_id, heading, first_seen_at, last_seen_at) values (?, ?, ?, ?)"
REVISIONS = "select number, first_seen_at, first_run_id, blocks, text_raw from revisions where post_id = ?"
LAST_FETCH = """select max(f.fetched_at) from post_urls pu
    join urls u on u.site_id = pu.site_id and u.url = pu.url
    join fetches f on f.url_id = u.id and f.outcome in ('new', 'changed', 'unchanged')
    where pu.post_id = ? and f.run_id < ?"""


def write_headings(db: Database, plans: Sequence[Plan], at: str) -> None:
    """Note the headings of new posts; of others, ask all revisions again where one of them changed."""
    fresh = (plan for plan in plans if plan.known is None)
    rows = ((p.post_id, one, p.rows.fetched_at or at, None) for p in fresh for one in p.rows.headings)
    db.conn.executemany(INSERT, rows)
    renew_headings(db, (p.post_id for p in plans if p.known is not None and "revision" in p.changed))


def renew_headings(db: Database, post_ids: Iterable[str]) -> None:
    """Read the headings of posts from their revisions."""
    for post_id in post_ids:
        rows = _history(db, post_id)
        db.execute("delete from headings where post_id = ?", [post_id])
        db.conn.executemany(INSERT, rows)


def _history(db: Database, post_id: str) -> list[tuple[str, str, str, str | None]]:
    """Give each heading with the first revision that has it and, where it is gone, its post's last fetch."""
    revisions = db.execute(f"{REVISIONS} order by number", [post_id]).fetchall()
    first: dict[str, str] = {}
    last: dict[str, int] = {}
    for place, (_, seen_at, _, blocks, text_raw) in enumerate(revisions):
        for heading in headings_in(blocks_from(blocks, text_raw)):
            first.setdefault(heading, seen_at)
            last[heading] = place
    return [
        (post_id, heading, seen_at, _last_seen(db, post_id, revisions[last[heading] :]))
        for heading, seen_at in first.items()
    ]


def _last_seen(db: Database, post_id: str, revisions: Sequence[tuple[int, str, int, str, str]]) -> str | None:
    """Give when a post was last fetched before the second of these revisions; None where there is none."""
    if len(revisions) < 2:
        return None
    (_, seen_at, *_), (_, _, next_run_id, *_) = revisions[:2]
    found: str | None = db.execute(LAST_FETCH, [post_id, next_run_id]).fetchone()[0]
    return max(found or seen_at, seen_at)
