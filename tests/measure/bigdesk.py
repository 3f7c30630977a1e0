"""A made-up database of any size for the desk: posts, sections, findings, verdicts, runs."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from pipeline.store.db import close_store, open_store
from pipeline.store.search import rebuild_search

SITE = "big"
RULES = {
    "image-filename": ("error", "safe"),
    "broken-form": ("error", "safe"),
    "shortcode": ("error", "suggested"),
    "repeated-title": ("warning", "suggested"),
    "comment-form": ("warning", "safe"),
    "mojibake": ("error", "safe"),
    "skipped-level": ("info", "none"),
    "empty-heading": ("info", "safe"),
}
CATEGORIES = 40
RUNS = 30
WORDS = (
    "lamp kettle workshop repair bench handle copper winter morning spring cable motor brush wheel paint"
    " paper glue clamp saw board timber thread needle fabric collar zip button clock gear bell"
).split()
RARE = "heliograph"
"""A word in one section of a thousand: what the bench searches for."""
POST = """insert into posts (id, site_id, url, title, published, language, words, section_count, in_links,
    text, state, revision_id, first_seen_at, last_seen_at, last_run_id)
    values (?, 'big', ?, ?, ?, 'en', ?, ?, ?, ?, 'live', ?, '2025-01-01', '2026-01-01', ?)"""
REVISION = """insert into revisions (id, post_id, number, content_hash, title, title_raw, text, text_raw,
    intro, blocks, metadata, pipeline_version, first_seen_at, first_run_id)
    values (?, ?, 1, ?, ?, ?, '', ?, '', ?, '{}', '0', '2025-01-01', 1)"""
SECTION = """insert into sections (post_id, revision_id, position, level, heading, heading_raw, marked, words,
    text) values (?, ?, ?, 2, ?, ?, 'heading', ?, ?)"""
FINDING = """insert into findings (id, key, site_id, post_id, revision_id, rule, severity, confidence, quote,
    prefix, suffix, start, place, glued, fix, replacement, evidence, cause_id)
    values (?, ?, 'big', ?, ?, ?, ?, ?, ?, '', '', ?, 'paragraph', 'none', ?, ?, '[]', ?)"""
HISTORY = """insert into finding_history
    (key, post_id, site_id, rule, quote, first_seen_at, first_run_id, last_seen_at, last_run_id)
    values (?, ?, 'big', ?, ?, ?, ?, '2026-01-01', 30)"""
VERDICT = """insert into verdicts (finding, verdict, reason, actor, decided_at)
    values (?, ?, 'why', 'Ada', '2026-01-02')"""


def build(path: Path, posts: int, sections: int, findings: int, seed: int = 1) -> Path:
    """Write the database; sections and findings are spread evenly over the posts."""
    db = open_store(path)
    chance = random.Random(seed)
    db.execute("pragma foreign_keys = off")  # they hold by how it is built; asking slows loading
    db.execute("pragma synchronous = off")
    triggers = _without_triggers(db)
    db.execute("begin")
    _frame(db)
    for number in range(posts):
        _post(db, chance, number, sections // posts)
    _findings(db, chance, posts, findings)
    db.execute("insert into flags select * from flags_now")
    db.execute("insert into queue select * from queue_now")
    _history(db)
    db.execute("commit")
    for sql in triggers:
        db.execute(sql)
    rebuild_search(db)
    db.execute("analyze")
    close_store(db)
    return path


def _without_triggers(db: Database) -> list[str]:
    """Drop the triggers for the time of loading; return how to make them again."""
    found = db.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
    for name, _ in found:
        db.execute(f"drop trigger {name}")
    return [sql for _, sql in found]


def _frame(db: Database) -> None:
    """Write the site, its runs, rules, causes and categories."""
    db.execute(
        "insert into sites(id, home_url, name, created_at) values ('big', 'http://big/', 'Big', '2025')"
    )
    for run in range(1, RUNS + 1):
        day = f"2025-{(run - 1) // 3 + 1:02}-{run % 3 * 9 + 1:02}"
        db.execute(
            "insert into runs(id, site_id, action, state, started_at, finished_at, posts, pipeline_version)"
            " values (?, 'big', 'crawl', 'complete', ?, ?, 50000, '0')",
            [run, day, day],
        )
    for rule, (severity, fix) in RULES.items():
        db.execute("insert into rules values (?, 'What it finds.', ?, ?, '')", [rule, severity, fix])
        for cause in range(20):
            db.execute(
                "insert into causes(id, site_id, rule, summary, first_seen_at)"
                " values (?, 'big', ?, ?, '2025')",
                [f"{rule}-{cause}", rule, f"Cause {cause} of {rule}"],
            )
    for number in range(1, CATEGORIES + 1):
        parent = (number // 4) or None
        db.execute(
            "insert into categories values (?, 'big', ?, ?, ?)",
            [number, f"Category {number}", parent, f"{parent or ''} / Category {number}"],
        )


def _sentences(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words))


def _post(db: Database, chance: random.Random, number: int, sections: int) -> None:
    key, revision = f"p{number}", number + 1
    parts = [(f"Heading {i}", _sentences(chance, chance.randint(10, 40))) for i in range(sections)]
    if number % 50 == 0 and parts:
        parts[0] = (parts[0][0], f"{RARE} {parts[0][1]}")
    text = "\n".join(line for part in parts for line in part)
    blocks = json.dumps([["heading", 2, 1, "heading", None], ["paragraph", 0, 1, None, None]] * sections)
    title = f"Post {number} on {chance.choice(WORDS)}"
    day = f"{2010 + number % 15}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    url, words = f"http://big/{number}/", len(text.split())
    db.execute(REVISION, [revision, key, key, title, title, text, blocks])
    row = [key, url, title, day, words, sections, chance.randint(0, 30), text, revision, RUNS]
    db.execute(POST, row)
    rows = [(key, revision, i, head, head, len(body.split()), body) for i, (head, body) in enumerate(parts)]
    db.conn.executemany(SECTION, rows)
    db.execute("insert into post_categories values (?, ?, 0)", [key, chance.randint(1, CATEGORIES)])


def _findings(db: Database, chance: random.Random, posts: int, findings: int) -> None:
    rows = list(_made_up(chance, posts, findings))
    db.conn.executemany(FINDING, [finding for finding, _ in rows])
    db.conn.executemany(HISTORY, [history for _, history in rows])
    decided = [
        (finding[1], chance.choice(["accepted", "accepted", "dismissed"])) for finding, _ in rows[::100]
    ]
    db.conn.executemany(VERDICT, decided)


def _made_up(
    chance: random.Random, posts: int, findings: int
) -> Iterator[tuple[tuple[object, ...], tuple[object, ...]]]:
    names = list(RULES)
    for number in range(findings):
        rule = chance.choice(names)
        severity, fix = RULES[rule]
        post = chance.randrange(posts)
        quote, key = f"leftover-{number % 900}.jpg", f"f{number}"
        cause = f"{rule}-{chance.randrange(20)}" if number % 3 == 0 else None
        replacement = None if fix == "none" else ""
        sure = round(chance.uniform(0.5, 1), 2)
        place = (rule, severity, sure, quote, chance.randrange(60), fix, replacement, cause)
        first = chance.randint(1, RUNS)
        seen = f"2025-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}T00:00:00.000Z"
        history = (key, f"p{post}", rule, quote, seen, first)
        yield (number + 1, key, f"p{post}", post + 1, *place), history


def _history(db: Database) -> None:
    """Give every run its counts, as if the flags had come one run after the other."""
    db.execute(
        """insert into run_flags select r.id, s.severity,
               sum(h.first_run_id <= r.id), sum(h.first_run_id = r.id), 0, 0
           from (select first_run_id, severity, count(*) as n from finding_history
                 join findings using (key) group by 1, 2) h
           join (select distinct severity from rules) s on s.severity = h.severity
           join runs r group by 1, 2"""
    )
