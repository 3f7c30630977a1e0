"""Full-text search over posts and sections, kept by the writer and not by triggers.

An FTS5 table writes out its pending words at every statement and merges them later: 200 rows a statement
cost a quarter of six. So new rows wait until there are 200 of them; they are the ones beyond the highest
row that is indexed, which also holds after a kill. Changed rows are taken out and put back at once.
"""

from collections.abc import Sequence

from sqlite_utils import Database

from pipeline.store.transact import transaction

BATCH = 200
SEARCHED = {"posts": ("title", "text"), "sections": ("heading", "text")}


def enable_search(db: Database) -> None:
    """Create posts_fts and sections_fts the way Datasette recognises them."""
    for table, columns in SEARCHED.items():
        db.table(table).enable_fts(columns, fts_version="FTS5", tokenize="unicode61 remove_diacritics 2")


def index_pending(db: Database, at_least: int = 1) -> None:
    """Index rows that were added since, in transactions of 200; leave fewer than `at_least` waiting."""
    for table in SEARCHED:
        while _pending(db, table) >= at_least:
            with transaction(db):
                db.execute(ADD[table])


def _pending(db: Database, table: str) -> int:
    found = db.execute(
        f"select coalesce((select max(rowid) from {table}), 0)"
        f" - coalesce((select max(id) from {table}_fts_docsize), 0)"
    )
    return int(found.fetchone()[0])


ADD = {
    table: f"insert into {table}_fts(rowid, {', '.join(columns)})"
    f" select rowid, {', '.join(columns)} from {table}"
    f" where rowid > coalesce((select max(id) from {table}_fts_docsize), 0) order by rowid limit {BATCH}"
    for table, columns in SEARCHED.items()
}


def index_posts(db: Database, post_ids: Sequence[str]) -> None:
    """Put back the words of posts that were just rewritten."""
    db.execute(
        "insert into posts_fts(rowid, title, text) select rowid, title, text from posts"
        f" where id in ({_marks(post_ids)})",
        post_ids,
    )


def forget_posts(db: Database, post_ids: Sequence[str]) -> None:
    """Drop the words of posts that are about to change; to be called while their old text still stands."""
    db.execute(
        "insert into posts_fts(posts_fts, rowid, title, text) select 'delete', rowid, title, text from posts"
        f" where id in ({_marks(post_ids)})",
        post_ids,
    )


def forget_sections(db: Database, post_ids: Sequence[str]) -> None:
    """Drop the words of all sections of these posts; to be called before they are deleted."""
    db.execute(
        "insert into sections_fts(sections_fts, rowid, heading, text)"
        f" select 'delete', id, heading, text from sections where post_id in ({_marks(post_ids)})",
        post_ids,
    )


def rebuild_search(db: Database) -> None:
    """Build both indexes anew from their tables."""
    for table in SEARCHED:
        db.table(table).rebuild_fts()


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
