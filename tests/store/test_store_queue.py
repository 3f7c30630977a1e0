"""The desk's kept tables: equal to what defines them, whatever happens to the flags."""

import random

from sqlite_utils import Database

STATES = ("open", "claimed", "accepted", "dismissed", "reopened", "fixed")
FLAG = """insert into flags
    select ?, 1, 's', ?, 'r', ?, ?, 1.0, '', 'title', null, 'none', 'none', null, null, null, null, ?, ''"""


def kept(db: Database) -> list[tuple[object, ...]]:
    return db.execute("select * from queue order by post_id").fetchall()


def computed(db: Database) -> list[tuple[object, ...]]:
    return db.execute("select * from queue_now order by post_id").fetchall()


def disturb(db: Database, chance: random.Random) -> None:
    """Add, change or drop one flag."""
    key = str(chance.randrange(20))
    post = chance.choice(["p1", "p2", "p3", None])
    severity, state = chance.choice(["error", "warning", "info"]), chance.choice(STATES)
    db.execute("delete from flags where key = ?", [key])
    if chance.random() < 0.7:
        db.execute(FLAG, [key, post, severity, state, f"2026-01-{chance.randrange(1, 29):02}"])
    if chance.random() < 0.2:
        db.execute("update flags set state = ?, severity = ? where key = ?", [state, severity, str(key)])


def test_queue_equals_its_definition_after_any_change(db: Database) -> None:
    db.conn.execute("pragma foreign_keys = off")
    for post in ("p1", "p2", "p3"):
        db.execute(
            "insert into posts(id, site_id, url, first_seen_at, last_seen_at) values (?, 's', ?, '', '')",
            [post, post],
        )
    chance = random.Random(5)
    for _ in range(400):
        disturb(db, chance)
        assert kept(db) == computed(db)
    db.execute("update posts set in_links = 7, views_share = iif(id = 'p2', 0.5, null)")
    assert kept(db) == computed(db) != []


def test_a_finished_run_leaves_its_counts(db: Database) -> None:
    db.conn.execute("pragma foreign_keys = off")
    db.execute("insert into sites(id, home_url, created_at) values ('s', 'http://s/', '2026')")
    db.execute(
        "insert into runs(id, site_id, action, state, started_at, pipeline_version)"
        " values (7, 's', 'crawl', 'running', '2026', '0')"
    )
    db.execute(FLAG, ["k", "p1", "error", "open", "2026"])
    db.execute("update runs set state = 'complete' where id = 7")
    rows = db.execute("select severity, waiting, new from run_flags where run_id = 7 order by 1").fetchall()
    assert rows == [("error", 1, 0), ("info", 0, 0), ("warning", 0, 0)]
