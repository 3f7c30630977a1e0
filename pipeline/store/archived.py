"""What the database remembers of places in the archive, and how it learns that they moved or are lost."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.store.transact import give_way, transaction

BATCH = 200
Place = tuple[str, int]
"""File, relative to the archive folder, and offset."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Somebody who remembers a place."""

    table: str
    url: str
    digest: str | None


REFERENCES = """
    select warc_offset, 'urls', url, digest from urls where warc_file = :file and warc_offset is not null
    union all
    select f.warc_offset, 'fetches', u.url, null from fetches f join urls u on u.id = f.url_id
    where f.warc_file = :file and f.warc_offset is not null
    union all
    select r.warc_offset, 'revisions', p.url, r.digest from revisions r join posts p on p.id = r.post_id
    where r.warc_file = :file and r.warc_offset is not null
"""
FILES = """
    select warc_file from urls union select warc_file from fetches union select warc_file from revisions
"""
CURRENT = """
    select warc_file, warc_offset from urls where warc_offset is not null
    union
    select r.warc_file, r.warc_offset from posts p join revisions r on r.id = p.revision_id
    where r.warc_offset is not null
"""
TABLES = ("urls", "fetches", "revisions")
AGAIN = """, digest = null, etag = null, last_modified = null, next_try_at = null,
    state = iif(state = 'done', 'todo', state)"""


def files_referred_to(db: Database) -> list[str]:
    """List the WARC files that anything stored was read from."""
    return sorted(row[0] for row in db.execute(FILES).fetchall() if row[0] is not None)


def references(db: Database, file: str) -> Mapping[int, list[Reference]]:
    """Give who remembers which place of a file."""
    found: dict[int, list[Reference]] = defaultdict(list)
    for offset, *rest in db.execute(REFERENCES, {"file": file}):
        found[offset].append(Reference(*rest))
    return found


def current_places(db: Database) -> set[Place]:
    """Give the places of what is newest: of each address, and of each post."""
    return {(row[0], row[1]) for row in db.execute(CURRENT)}


def move_places(db: Database, file: str, moves: Mapping[int, Place]) -> None:
    """Tell everybody where the records of a file stand now."""
    for table in TABLES:
        rows = [(*moves[offset], row) for row, offset in _rows(db, table, file) if offset in moves]
        _update(db, f"update {table} set warc_file = ?, warc_offset = ? where id = ?", rows)


def forget_places(db: Database, file: str, offsets: Set[int]) -> None:
    """Let go of places that are no more: texts stay; addresses are asked for again, without validators."""
    for table in TABLES:
        rows = [(row,) for row, offset in _rows(db, table, file) if offset in offsets]
        more = AGAIN if table == "urls" else ""
        _update(db, f"update {table} set warc_file = null, warc_offset = null{more} where id = ?", rows)


def _rows(db: Database, table: str, file: str) -> list[tuple[int, int]]:
    sql = f"select id, warc_offset from {table} where warc_file = ? and warc_offset is not null"
    return [(row[0], row[1]) for row in db.execute(sql, [file]).fetchall()]


def _update(db: Database, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
    for start in range(0, len(rows), BATCH):
        with transaction(db):
            db.conn.executemany(sql, rows[start : start + BATCH])
        give_way(db)
