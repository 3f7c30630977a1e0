"""Causes: what findings of one origin share, counted over the flags that wait for somebody."""

from typing import Any

from sqlite_utils import Database

TOP = 5

OF_CAUSE = """
    select summary, rule, findings, posts, since
    from causes where site_id = ? and findings > 0 order by posts desc, findings desc, id limit ?
"""

WAITING = "from flags f where f.cause_id = c.id and f.state in ('open', 'claimed', 'reopened')"
COUNT_FINDINGS = f"(select count(*) {WAITING})"
OF_POSTS = f"""(
    select f.post_id as id {WAITING} and f.post_id is not null
    union select fp.post_id from furniture_posts fp where fp.key in (select f.key {WAITING}))"""
"""Broken furniture has no post of its own: the posts that show it count."""
COUNT_POSTS = f"(select count(*) from {OF_POSTS})"
SINCE = f"(select min(substr(p.published, 1, 7)) from posts p where p.id in {OF_POSTS})"


def top_causes(db: Database, site_id: str, limit: int = TOP) -> list[dict[str, Any]]:
    """Give the causes that most posts have: summary, rule, findings, posts, and since which month's posts."""
    cursor = db.execute(OF_CAUSE, [site_id, limit])
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
