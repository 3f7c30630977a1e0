"""How each site stands: last run, posts, flags, hints, what needs a person. Reads only."""

import json
from typing import Any

from sqlite_utils import Database

from pipeline.store.events import open_events
from pipeline.store.trust import trust_of

RUN = """
    select id, state, started_at, finished_at, message, requests, fetched, unchanged, new_posts,
           changed_posts, gone_posts, failed, skipped_by_robots, template_confidence, report
    from runs where site_id = ? and action = 'crawl' order by id desc limit 1
"""
COUNTS = {
    "posts": "select count(*) from posts where site_id = ? and state = 'live'",
    "missing": "select count(*) from posts where site_id = ? and state = 'missing'",
    "gone": "select count(*) from posts where site_id = ? and state = 'gone'",
    "waiting_urls": "select count(*) from urls where site_id = ? and state in ('todo', 'doing')",
    "orphans": "select count(*) from orphans where site_id = ?",
    "broken_links": "select count(*) from broken_links where site_id = ?",
    "broken_targets": "select count(distinct url) from broken_links where site_id = ?",
}
LAST_COMPLETE = """
    select max(finished_at) from runs where site_id = ? and action = 'crawl' and state = 'complete'
"""
FLAGS = """
    select severity, count(*) from flags where site_id = ? and state in ('open', 'claimed', 'reopened')
    group by 1
"""


def site_status(db: Database, site_id: str) -> dict[str, Any]:
    """Tell how one site stands; `flags` is null where nothing was ever looked at."""
    home, paused = db.execute("select home_url, paused from sites where id = ?", [site_id]).fetchone()
    counts = {name: int(db.execute(sql, [site_id]).fetchone()[0]) for name, sql in COUNTS.items()}
    has_posts = counts["posts"] + counts["missing"] + counts["gone"] > 0
    flags = dict(db.execute(FLAGS, [site_id]).fetchall())
    return {
        "site": site_id,
        "home_url": home,
        "paused": bool(paused),
        "last_run": _last_run(db, site_id),
        "last_complete_at": db.execute(LAST_COMPLETE, [site_id]).fetchone()[0],
        **counts,
        "flags": {name: flags.get(name, 0) for name in ("error", "warning", "info")} if has_posts else None,
        "hints": trust_of(db, site_id),
        "events": open_events(db, site_id),
    }


def _last_run(db: Database, site_id: str) -> dict[str, Any] | None:
    cursor = db.execute(RUN, [site_id])
    row = cursor.fetchone()
    if row is None:
        return None
    run = dict(zip([column[0] for column in cursor.description], row, strict=True))
    return {**run, "report": json.loads(run["report"] or "{}")}


def last_success(db: Database, site_id: str) -> str | None:
    """Tell when the last complete crawl of a site ended."""
    value = db.execute(LAST_COMPLETE, [site_id]).fetchone()[0]
    return str(value) if value else None
