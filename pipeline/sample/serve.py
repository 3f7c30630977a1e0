"""Serve a folder of static pages on loopback, the way a careful web server does."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import formatdate, parsedate_to_datetime
from functools import partial
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote, unquote, urlsplit

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
FEEDS = {"feed.xml": "application/rss+xml; charset=utf-8", "atom.xml": "application/atom+xml; charset=utf-8"}


@contextmanager
def serve(folder: Path) -> Iterator[ThreadingHTTPServer]:
    """Serve `folder` on a free loopback port until the block ends; it may still be empty at the start."""
    server = Server(("127.0.0.1", 0), partial(Handler, folder.resolve()))
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def address_of(server: ThreadingHTTPServer) -> str:
    """Give the server's address without a slash at the end: what `build` wants as `base_url`."""
    return f"http://127.0.0.1:{server.server_address[1]}"


class Server(ThreadingHTTPServer):
    """Says nothing of clients that hang up: a killed crawl does."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Print a traceback of our own mistakes only."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD with validators, 304 where nothing changed, 301 to a folder's slash, or 404."""

    protocol_version = "HTTP/1.1"
    server_version = "copydesk-sample"
    sys_version = ""
    timeout = 30

    def __init__(self, folder: Path, *rest: object) -> None:
        """Remember the folder; the other arguments are the server's own."""
        self.folder = folder
        super().__init__(*rest)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with the file."""
        self._answer()

    def do_HEAD(self) -> None:
        """Answer as to a GET, without the body."""
        self._answer()

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent: the terminal belongs to the command that serves."""

    def _answer(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = (self.folder / path.lstrip("/").replace("\0", "")).resolve()
        if not file.is_relative_to(self.folder):
            return self._missing()
        if file.is_dir() and not path.endswith("/"):
            return self._redirect(f"/{quote(path.strip('/'))}/")
        file = file / "index.html" if path.endswith("/") else file
        return self._send(file) if file.is_file() else self._missing()

    def _send(self, file: Path) -> None:
        body = file.read_bytes()
        changed = int(file.stat().st_mtime)
        etag = f'"{sha256(body).hexdigest()[:20]}"'
        headers = {
            "ETag": etag,
            "Last-Modified": formatdate(changed, usegmt=True),
            "Cache-Control": "no-cache",
        }
        if self._unchanged(etag, changed):
            return self._reply(304, headers, b"")
        kind = FEEDS.get(file.name) or TYPES.get(file.suffix, "application/octet-stream")
        return self._reply(200, {"Content-Type": kind, **headers}, body)

    def _unchanged(self, etag: str, changed: int) -> bool:
        """Say whether the client has this version: If-None-Match decides where both are sent (RFC 9110)."""
        known = self.headers.get("If-None-Match")
        if known is not None:
            return known.strip() == "*" or etag in [
                tag.strip().removeprefix("W/") for tag in known.split(",")
            ]
        try:
            since = parsedate_to_datetime(self.headers.get("If-Modified-Since", ""))
        except ValueError:
            return False
        return changed <= since.timestamp()

    def _redirect(self, location: str) -> None:
        self._reply(301, {"Location": location, "Content-Type": TYPES[".html"]}, b"")

    def _missing(self) -> None:
        page = self.folder / "404.html"
        body = page.read_bytes() if page.is_file() else b"<title>Not found</title><h1>Not found</h1>"
        self._reply(404, {"Content-Type": TYPES[".html"]}, body)

    def _reply(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and status != 304:
            self.wfile.write(body)
