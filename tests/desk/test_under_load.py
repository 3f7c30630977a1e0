"""A crawl writes at full speed, four editors decide, ten auditors browse: no save fails or is lost."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from desk_server import SECRET
from itsdangerous import URLSafeSerializer

SECONDS = float(os.environ.get("COPYDESK_LOAD_S", "8"))
EDITORS, AUDITORS = ("f1", "f2", "f3", "f4"), 10
REVIEW = "/-/desk/kettles/post/p1"
PAGES = ("/-/desk/kettles", REVIEW, "/-/desk/kettles/overview", "/kettles/flags", "/kettles/posts")
POSTS = 400
POST = """<html lang=en><head><title>Note {n}</title><link rel=canonical href="http://{host}/note-{n}/"></head><body>
<article><h1>Note {n}</h1><time datetime=2024-05-06>6 May 2024</time><p>{words}</p><h2>More</h2><p>{words}</p>
<p>Error: Contact form not found.</p></article></body></html>"""
PATIENCE_S = 90
WRITTEN = "select count(*) from fetches"
NOT_YET_AT_WORK = -signal.SIGTERM
CRAWL = "from pipeline.cli.main import main; main()"


class Notes(BaseHTTPRequestHandler):
    """A blog whose every post reads otherwise each time that it is asked for."""

    def do_GET(self) -> None:
        host = self.headers["Host"]
        links = "".join(f"<p><a href=/note-{n}/>Note {n}</a></p>" for n in range(POSTS))
        words = " ".join(f"w{random.randrange(900)}" for _ in range(120))
        n = self.path.strip("/").removeprefix("note-")
        found = self.path == "/" or n.isdecimal()
        body = (links if self.path == "/" else POST.format(n=n, host=host, words=words)).encode()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def blog() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Notes) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def crawl(home: str, path: Path, over: threading.Event, done: Counter[str]) -> None:
    """Crawl the blog over and over, as the command does it, until it is over."""
    command = [sys.executable, "-c", CRAWL, "crawl", home, "--db", str(path), "--accept-changes", "--quiet"]
    while not over.is_set():
        run = subprocess.Popen(command, cwd=path.parent, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        while run.poll() is None:
            if over.wait(0.1):
                run.terminate()
                break
        said = run.communicate()[1].decode()
        assert run.returncode in (0, 143, NOT_YET_AT_WORK), said
        done[f"crawl {run.returncode}"] += 1


class Visitor:
    """Somebody who is logged in and keeps the connection."""

    def __init__(self, served: str, role: str) -> None:
        self._line = HTTPConnection(served.removeprefix("http://"), timeout=60)
        session = URLSafeSerializer(SECRET, "actor").dumps({"a": {"id": role, "role": role}})
        self._cookies = f"ds_actor={session}"
        self.token = ""

    def close(self) -> None:
        self._line.close()

    def get(self, page: str) -> int:
        return self._ask("GET", page, None)

    def post(self, page: str, form: dict[str, str]) -> int:
        return self._ask("POST", page, urlencode({"csrftoken": self.token, **form}))

    def _ask(self, method: str, page: str, body: str | None) -> int:
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        self._line.request(method, page, body, {"Cookie": self._cookies, **kind})
        answer = self._line.getresponse()
        answer.read()
        given = answer.getheader("Set-Cookie") or ""
        if given.startswith("ds_csrftoken="):
            self.token = given.partition("=")[2].partition(";")[0]
            self._cookies += f"; ds_csrftoken={self.token}"
        return answer.status


def edit(served: str, key: str, over: threading.Event, done: Counter[str]) -> None:
    """Claim a flag and give it back, again and again."""
    with closing(Visitor(served, "editor")) as editor:
        editor.get(REVIEW)
        action, seen = "claim", "open"
        while not over.is_set():
            status = editor.post(f"{REVIEW}/decide", {"flags": f"{key}:{seen}", "action": action})
            done[f"saved {status}"] += 1
            action, seen = ("release", "claimed") if action == "claim" else ("claim", "open")


def browse(served: str, over: threading.Event, done: Counter[str]) -> None:
    with closing(Visitor(served, "auditor")) as auditor:
        while not over.is_set():
            for page in PAGES:
                done[f"read {auditor.get(page)}"] += 1


def call_time(path: Path, over: threading.Event) -> None:
    """End it all after a while; where the crawl needs longer to write anything, after that."""
    time.sleep(SECONDS)
    for _ in range(PATIENCE_S):
        if ask(path, WRITTEN):
            break
        time.sleep(1)
    over.set()


def ask(path: Path, sql: str) -> Any:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchone()[0]


def at_once(jobs: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.slow
def test_nothing_fails_and_nothing_is_lost(served: str, db_path: Path) -> None:
    over, done = threading.Event(), Counter[str]()
    people = [lambda key=key: edit(served, key, over, done) for key in EDITORS]
    people += [lambda: browse(served, over, done)] * AUDITORS
    with blog() as home:
        at_once([lambda: crawl(home, db_path, over, done), *people, lambda: call_time(db_path, over)])
    saved = ask(db_path, "select count(*) from verdicts")
    written = ask(db_path, WRITTEN)
    sound = ask(db_path, "pragma integrity_check")
    print(dict(done), {"exchanges": written})
    assert {name for name in done if not name.startswith("crawl")} == {"saved 302", "read 200"}
    assert (done["saved 302"], written > 0, sound) == (saved, True, "ok")
