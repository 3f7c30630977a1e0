"""Take out what reprocessing found to be no post after all."""

from collections.abc import Sequence

from sqlite_utils import Database

from pipeline.store.search import forget_posts, forget_sections

CONTENT = (
    "flags findings furniture_posts sections headings images links post_categories post_tags post_authors"
    " revisions post_urls"
).split()


def drop_posts(db: Database, post_ids: Sequence[str]) -> None:
    """Remove posts with all machine-owned content, unless a person said something about them."""
    marks = ",".join("?" * len(post_ids))
    kept = {
        row[0]
        for row in db.execute(
            "select post_id from verdicts v join finding_history h on h.key = v.finding"
            f" where h.post_id in ({marks}) union select post_id from editorial where post_id in ({marks})",
            [*post_ids, *post_ids],
        )
    }
    dropped = [post_id for post_id in post_ids if post_id not in kept]
    forget_sections(db, dropped)
    forget_posts(db, dropped)
    ids = [(post_id,) for post_id in dropped]
    db.conn.executemany("update links set target_post_id = null where target_post_id = ?", ids)
    for table in CONTENT:
        db.conn.executemany(f"delete from {table} where post_id = ?", ids)
    db.conn.executemany("delete from posts where id = ?", ids)
