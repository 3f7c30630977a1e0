"""A store writes at full speed, two editors decide, two auditors browse: no save fails or is lost."""

import os
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from desk_server import SECRET
from itsdangerous import URLSafeSerializer

from pipeline.store.db import close_store, open_store
from pipeline.store.transact import give_way, transaction

SECONDS = float(os.environ.get("COPYDESK_LOAD_S", "10"))
REVIEW = "/-/desk/kettles/post/p1"
PAGES = ("/-/desk/kettles", REVIEW, "/-/desk/kettles/overview", "/kettles/flags", "/kettles/posts")
LINK = (
    "insert into links (post_id, position, url, text, internal) values ('p2', ?, 'http://x.example/', 'x', 0)"
)


def client(served: str, role: str) -> httpx.Client:
    cookie = URLSafeSerializer(SECRET, "actor").dumps({"a": {"id": role, "role": role}})
    return httpx.Client(base_url=served, cookies={"ds_actor": cookie}, timeout=30)


def crawl(path: Path, until: float, done: Counter[str]) -> None:
    """Write batches of 200 rows as a run does."""
    db = open_store(path)
    while time.monotonic() < until:
        with transaction(db):
            db.conn.executemany(LINK, [(number,) for number in range(200)])
        done["batches"] += 1
        give_way(db)
    close_store(db)


def edit(served: str, key: str, until: float, done: Counter[str]) -> None:
    """Claim a flag and give it back, again and again."""
    with client(served, "editor") as web:
        token = web.get(REVIEW).cookies["ds_csrftoken"]
        action, seen = "claim", "open"
        while time.monotonic() < until:
            form = {"csrftoken": token, "flags": f"{key}:{seen}", "action": action}
            done[str(web.post(f"{REVIEW}/decide", data=form).status_code)] += 1
            action, seen = ("release", "claimed") if action == "claim" else ("claim", "open")


def browse(served: str, until: float, done: Counter[str]) -> None:
    with client(served, "auditor") as web:
        while time.monotonic() < until:
            for page in PAGES:
                done[f"read {web.get(page).status_code}"] += 1


def at_once(jobs: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.slow
def test_nothing_fails_and_nothing_is_lost(served: str, db_path: Path) -> None:
    until, done = time.monotonic() + SECONDS, Counter[str]()
    editors = [lambda key=key: edit(served, key, until, done) for key in ("f1", "f2")]
    readers = [lambda: browse(served, until, done)] * 2
    at_once([lambda: crawl(db_path, until, done), *editors, *readers])
    with closing(sqlite3.connect(db_path)) as connection:
        saved = connection.execute("select count(*) from verdicts").fetchone()[0]
        written = connection.execute("select count(*) from links where post_id = 'p2'").fetchone()[0]
        sound = connection.execute("pragma integrity_check").fetchone()[0]
    assert set(done) == {"batches", "302", "read 200"}
    assert (done["302"], done["batches"] * 200, sound) == (saved, written, "ok")
    print(dict(done))
