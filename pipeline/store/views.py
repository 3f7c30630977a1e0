"""Page views of posts, as a visitor count knows them: what makes a post matter more than its links in."""

from collections.abc import Mapping

from sqlite_utils import Database

from pipeline.store.transact import give_way, transaction

BATCH = 200
ADDRESSES = """
select pu.url, pu.post_id from post_urls pu join posts p on p.id = pu.post_id
where p.site_id = ? and p.state <> 'gone'
"""
WRITE = "update posts set page_views = ?, views_share = ? where id = ?"


def post_addresses(db: Database, site_id: str) -> dict[str, str]:
    """Return every address that ever led to a post of the site -> its id, but for posts that are gone."""
    return dict(db.execute(ADDRESSES, [site_id]).fetchall())


def store_views(db: Database, site_id: str, views: Mapping[str, int]) -> int:
    """Replace the views of a site's posts (id -> views; not named means none); return how many have some.

    Without any view at all the site's posts are weighed by their links in again.
    """
    posts = [post for (post,) in db.execute("select id from posts where site_id = ?", [site_id]).fetchall()]
    seen = [views[post] for post in posts if views.get(post)]
    average = sum(seen) / len(seen) if seen else None
    rows = [_row(post, views.get(post, 0), average) for post in posts]
    for start in range(0, len(rows), BATCH):
        with transaction(db):
            db.conn.executemany(WRITE, rows[start : start + BATCH])
        give_way(db)
    return len(seen)


def _row(post: str, views: int, average: float | None) -> tuple[int | None, float | None, str]:
    return (None, None, post) if average is None else (views, views / average, post)
