"""Doctor: what was stored: the database, its search index, the archive, and how long ago anything came in."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from pipeline.archive.record import DamageError, RawRecord, read_from
from pipeline.cli.checkup import Check, Place, fail, ok, warn
from pipeline.cli.options import counted
from pipeline.errors import ArchiveError
from pipeline.store.db import MAGIC, network_drive
from pipeline.store.examine import (
    broken_indexes,
    damage_in,
    last_complete,
    lock_holder,
    newest_run,
    opened,
    schema_of,
)

STALE = timedelta(days=2)
LARGE_LOG = 200 * 2**20
BACKUP = "put a backup in its place: copydesk restore BACKUP"
RESCUE = "; without one: copydesk rescue rescued.db --db {0} (or SQLite's own .recover)"


def database(place: Place) -> Iterator[Check]:
    """Look at the database: a place it can live in, sound, ours, of this release, searchable."""
    if kind := network_drive(place.db.parent):
        said = f"{place.db} is on a network drive ({kind}), where SQLite may lose data"
        yield fail("database", said, "move it to a local disk", 5)
    if not place.db.is_file():
        yield warn("database", f"there is no {place.db} yet", "the first crawl makes it: copydesk crawl")
        return
    try:
        with place.db.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                remedy = f"name another file with --db, or {BACKUP}"
                yield fail("database", f"{place.db} is not an SQLite database", remedy, 5)
                return
        with opened(place.db) as conn:
            yield from _inside(place, conn)
    except (OSError, sqlite3.Error) as error:
        remedy = (
            f"check who may read it: ls -l {place.db}*; or put a backup in its place: copydesk restore BACKUP"
        )
        yield fail("database", f"{place.db} cannot be read ({error})", remedy, 5)


def _inside(place: Place, conn: sqlite3.Connection) -> Iterator[Check]:
    damage = damage_in(conn)
    if damage is not None:
        yield fail("database", f"{place.db} is damaged ({damage})", BACKUP + RESCUE.format(place.db), 5)
        return
    pending, unknown = schema_of(conn)
    if unknown:
        said = f"{place.db} was written by a newer copydesk ({max(unknown)})"
        yield fail("database", said, "pip install -U copydesk", 5)
        return
    size = place.db.stat().st_size / 2**20
    steps = f"; the next run upgrades it by {counted(len(pending), 'step')}, after a copy" if pending else ""
    yield ok("database", f"{place.db}: {size:,.1f} MB, sound{steps}")
    log = place.db.with_name(place.db.name + "-wal")
    if log.is_file() and log.stat().st_size > LARGE_LOG:
        said = f"its log has {log.stat().st_size / 2**20:,.0f} MB: a reader keeps it from being folded in"
        yield warn("database", said, "restart copydesk serve, and whatever else has the database open")
    if not pending:
        yield from _search(place)


def _search(place: Place) -> Iterator[Check]:
    try:
        broken = broken_indexes(place.db)
    except sqlite3.OperationalError as error:
        remedy = "ask again when nobody writes"
        yield warn("search", f"the search index was not checked ({error})", remedy)
        return
    if broken and lock_holder(place.db) is None:
        said = f"the search index of {', '.join(broken)} does not agree with the texts"
        yield fail("search", said, f"build it anew: copydesk doctor --fix --db {place.db}", 5)
    else:
        yield ok("search", "the index agrees with the texts" if not broken else "a run is filling the index")


def runs(place: Place) -> tuple[str | None, list[Check]]:
    """Tell when the newest run began, and which sites were not crawled completely of late."""
    try:
        with opened(place.db) as conn:
            newest, complete = newest_run(conn), last_complete(conn)
    except (OSError, sqlite3.Error):
        return None, []  # `database` says what is wrong
    since = (datetime.now(UTC) - STALE).isoformat()
    late = {site: at for site, at in complete.items() if at is None or at < since}
    if not late:
        return newest, [ok("runs", "every site was crawled completely in the last two days")]
    shown = ", ".join(
        f"{site} ({'never' if at is None else at[:10]})" for site, at in sorted(late.items())[:5]
    )
    more = f" and {len(late) - 5} more" if len(late) > 5 else ""
    remedy = "why: copydesk status; every night: copydesk schedule --install cron"
    return newest, [warn("runs", f"last crawled completely: {shown}{more}", remedy)]


def archive(place: Place) -> Iterator[Check]:
    """Look quickly at the archive: each file that is needed is there, its last needed record, and its end."""
    if not place.db.is_file():
        return
    try:
        with opened(place.db) as conn:
            ends = _last_places(conn)
    except (OSError, sqlite3.Error):
        return
    troubles = [trouble for name, offset in ends for trouble in _file(place, name, offset)]
    if not troubles:
        said = f"{place.archive}: {counted(len(ends), 'file')} as remembered"
        yield ok("archive", f"{said}; every record: copydesk archive verify")
    for said, remedy in troubles[:5]:
        yield fail("archive", said, remedy, 3)
    if len(troubles) > 5:
        yield fail("archive", f"{len(troubles) - 5} more files", "list them all: copydesk archive verify", 3)


def _last_places(conn: sqlite3.Connection) -> list[tuple[str, int]]:
    return conn.execute(
        "select warc_file, max(warc_offset) from (select warc_file, warc_offset from urls union all"
        " select warc_file, warc_offset from revisions) where warc_offset is not null group by 1 order by 1"
    ).fetchall()


def _file(place: Place, name: str, offset: int) -> Iterator[tuple[str, str]]:
    path = place.archive / name
    if not path.is_file():
        yield f"{path} is not there", "put it back from a backup, or name its folder with --archive"
        return
    try:
        records = list(read_from(path, offset))
    except (ArchiveError, OSError) as error:
        yield f"{path}: {error}", "put it back from a backup"
        return
    if not records or not isinstance(records[0], RawRecord):
        yield f"{path} holds no record at byte {offset}", "look closer: copydesk archive verify"
    elif any(isinstance(record, DamageError) for record in records) and lock_holder(place.db) is None:
        yield f"{path} does not end with a whole record", "cut it off there: copydesk archive repair"
