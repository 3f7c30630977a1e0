"""A TARGET that is no blog gets a clear sentence and the right exit code."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

COPYDESK = str(Path(sys.executable).with_name("copydesk"))
SHOP = "<html><title>Shop</title><body><h1>Shop</h1><ul>{}</ul></body></html>".format(
    "".join(f"<li><a href='/thing-{n}'>Thing {n}</a></li>" for n in range(5))
)


class Answer(BaseHTTPRequestHandler):
    """Answers every address but robots.txt in one way."""

    status = 200
    location = ""
    body = ""

    def do_GET(self) -> None:
        missing = self.path == "/robots.txt" and self.status != 500
        body = b"" if missing else self.body.encode()
        self.send_response(404 if missing else self.status)
        if self.location and not missing:
            self.send_header("Location", self.location)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(handler: type[Answer]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


class Broken(Answer):
    status = 500


class Moved(Answer):
    status = 301
    location = "http://elsewhere.example/"


class Shop(Answer):
    body = SHOP


class Empty(Answer):
    body = ""


@pytest.fixture
def crawl(tmp_path: Path) -> Callable[[str], tuple[int, str]]:
    def run(target: str) -> tuple[int, str]:
        command = [COPYDESK, "crawl", target, "--db", "c.db", "--archive", "archive"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
        assert "Traceback" not in done.stderr
        return done.returncode, f"{done.stdout}{done.stderr}"

    return run


@pytest.mark.parametrize(
    ("handler", "code", "sentence"),
    [
        (Broken, 4, "robots.txt could not be read"),
        (Moved, 3, "it redirects to http://elsewhere.example/, another site"),
        (Shop, 3, "no posts found in 7 pages"),
        (Empty, 3, "empty_body"),
    ],
)
def test_a_server_without_a_blog(
    crawl: Callable[[str], tuple[int, str]], handler: type[Answer], code: int, sentence: str
) -> None:
    with served(handler) as url:
        found, said = crawl(url)
    assert (found, sentence in said) == (code, True), said


def test_nobody_listens(crawl: Callable[[str], tuple[int, str]]) -> None:
    with served(Shop) as url:
        pass
    code, said = crawl(url)
    assert (code, "0 pages fetched" in said) == (4, True), said


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("", "the name of a blog is empty"),
        ("nowhere/", "is no address, no folder and no WARC file"),
        ("ftp://blog.example/", "is no http or https address"),
        ("missing.warc.gz", "there is no file missing.warc.gz"),
    ],
)
def test_a_target_that_cannot_be_one(
    crawl: Callable[[str], tuple[int, str]], target: str, sentence: str
) -> None:
    code, said = crawl(target)
    assert (code, sentence in said) == (2, True), said


@pytest.mark.row(80)
def test_a_corrupt_archive(crawl: Callable[[str], tuple[int, str]], tmp_path: Path) -> None:
    (tmp_path / "broken.warc.gz").write_bytes(b"\x1f\x8b\x08\x00 this is not gzip")
    code, said = crawl("broken.warc.gz")
    assert (code, "broken.warc.gz" in said) == (2, True), said


@pytest.mark.row(73)
def test_a_foreign_database_is_left_alone(crawl: Callable[[str], tuple[int, str]], tmp_path: Path) -> None:
    (tmp_path / "c.db").write_text("somebody else's notes")
    code, said = crawl("http://127.0.0.1:1/")
    assert (code, (tmp_path / "c.db").read_text()) == (5, "somebody else's notes"), said
