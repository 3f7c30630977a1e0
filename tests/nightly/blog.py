"""A blog on loopback that a script changes between nights, and that remembers every request."""

import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

THINGS = "cup pot leaf tin spoon stove kettle saucer lemon honey biscuit milk tray sugar clove mint".split()
PLACES = "shelf mill barn yard attic porch cellar garden harbour loft stable market bridge chapel".split()
LEFTOVER = "Error: Contact form not found."
HEAD = """<!doctype html><html lang="en"><head><title>{title} – Nightly Tea</title>
<link rel="canonical" href="{base}{path}"><meta property="og:type" content="article">{more}</head>
<body><nav><a href="{base}/">Home</a></nav>"""
FACTS = """<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "BlogPosting",
"headline": "{title}", "datePublished": "2024-03-{day:02}", "author": {{"@type": "Person", "name": "Ann"}}}}
</script>"""


@dataclass
class Entry:
    """One post as the script has it."""

    number: int
    path: str
    edits: int = 0
    leftover: bool = False
    status: int = 200
    moved_to: str | None = None
    linked: bool = True

    @property
    def title(self) -> str:
        return f"Notes on {THINGS[self.number % 16]} {THINGS[self.number // 16 % 16]} {self.number}"

    @property
    def words(self) -> str:
        n = self.number
        own = " ".join(
            f"The {THINGS[(n * k + k) % 16]} of number {n * 17 + k} stands in the {PLACES[(n + k * 5) % 14]}"
            f" beside {THINGS[(n * 3 + k * 7) % 16]} {n + k}."
            for k in range(1, 12)
        )
        return f"{own} It was read through {self.edits} times." if self.edits else own

    @property
    def lastmod(self) -> str:
        return f"2024-0{4 + self.edits % 5}-{1 + self.edits // 5 % 28:02}T{self.edits % 24:02}:00:00+00:00"


@dataclass
class Asked:
    """One request, with what came of it."""

    at: float
    path: str
    status: int
    size: int
    conditional: bool


@dataclass
class Blog:
    """Everything that the script can change."""

    entries: dict[str, Entry] = field(default_factory=dict)
    sitemap: str = "honest"
    """honest, today (for every page), undated, broken, none."""
    validators: str = "none"
    """none, honest (an ETag of the content), lying (always the same one)."""
    nonce: bool = False
    down: bool = False
    soft_404: bool = False
    template: str = ""
    login: bool = False
    password: str = ""
    """The Authorization header without which every answer is 401."""
    robots: str = "User-agent: *\nDisallow: /private/\n"
    busy: list[str] = field(default_factory=list)
    """Answers to be given before the real one: values of Retry-After."""
    log: list[Asked] = field(default_factory=list)
    base: str = ""

    def add(self, number: int, **more: object) -> Entry:
        """Publish a post."""
        entry = Entry(number, f"/notes/{number}-{THINGS[number % 16]}/", **more)  # type: ignore[arg-type]
        self.entries[entry.path] = entry
        return entry

    def fill(self, count: int, leftovers: int = 0) -> None:
        """Publish several."""
        for number in range(1, count + 1):
            self.add(number, leftover=number <= leftovers)

    def pages(self) -> list[str]:
        """List the paths asked for, without machinery, since the log was cleared."""
        return [asked.path for asked in self.log if asked.path in self.entries]

    def answer(self, path: str) -> tuple[int, str, str, dict[str, str]]:
        """Give status, media type, body and headers."""
        if self.busy:
            return 429, "text/plain", "busy", {"Retry-After": self.busy.pop()}
        if self.down:
            return 503, "text/plain", "down", {}
        if path == "/robots.txt":
            return 200, "text/plain", f"{self.robots}Sitemap: {self.base}/sitemap.xml\n", {}
        if path == "/sitemap.xml":
            return self._sitemap()
        if path == "/":
            return 200, "text/html", self._home(), {}
        entry = self.entries.get(path)
        if entry is None or entry.status == 404:
            status = 200 if self.soft_404 else 404
            text = f"<h1>Nothing here</h1><p>We looked for it in every {PLACES[3]} and did not find it.</p>"
            page = HEAD.format(title="Nothing here", base=self.base, path="/nothing/", more="")
            return status, "text/html", f"{page}{text}</body></html>", {}
        if entry.moved_to:
            return 301, "text/html", "", {"Location": self.base + entry.moved_to}
        if entry.status != 200:
            return entry.status, "text/html", "gone", {}
        return 200, "text/html", self.page(entry), {}

    def page(self, entry: Entry) -> str:
        """Make a post's page."""
        if self.login:
            return "<!doctype html><title>Log in</title><form><p>Please log in to go on reading.</p></form>"
        more = FACTS.format(title=entry.title, day=1 + entry.number % 28)
        head = HEAD.format(title=entry.title, base=self.base, path=entry.path, more=more)
        left = f"<p>Take care. {LEFTOVER}</p>" if entry.leftover else ""
        nonce = f"<!-- {time.monotonic_ns()} -->" if self.nonce else ""
        return (
            f"{head}<article><h1>{entry.title}</h1><p>By <a rel='author' href='/ann/'>Ann</a></p>"
            f"<p>{entry.words}</p><h2>More of {entry.number}</h2><p>{entry.words[::-1][:80]}</p>{left}"
            f"{self.template}</article>{nonce}</body></html>"
        )

    def _home(self) -> str:
        links = " ".join(
            f'<a href="{self.base}{e.path}">{e.title}</a>'
            for e in self.entries.values()
            if e.linked and e.status == 200 and not e.moved_to
        )
        head = HEAD.format(title="Home", base=self.base, path="/", more="").replace("article", "website")
        return f"{head}<ul>{links}</ul></body></html>"

    def _sitemap(self) -> tuple[int, str, str, dict[str, str]]:
        if self.sitemap in ("none", "broken"):
            return (
                (404, "text/html", "no", {}) if self.sitemap == "none" else (200, "text/xml", "<urlset>", {})
            )
        today = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(time.time()))
        urls = "".join(
            f"<url><loc>{self.base}{e.path}</loc>{self._lastmod(e, today)}</url>"
            for e in self.entries.values()
            if e.status == 200 and not e.moved_to
        )
        return 200, "text/xml", f"<urlset>{urls}</urlset>", {}

    def _lastmod(self, entry: Entry, today: str) -> str:
        if self.sitemap == "undated":
            return ""
        return f"<lastmod>{today if self.sitemap == 'today' else entry.lastmod}</lastmod>"


class Handler(BaseHTTPRequestHandler):
    """Answers for the blog that its class was made with."""

    protocol_version = "HTTP/1.1"
    blog: Blog

    def do_GET(self) -> None:
        at, blog = time.monotonic(), self.blog
        status, kind, text, headers = blog.answer(self.path)
        if blog.password and self.headers.get("Authorization") != blog.password:
            status, kind, text, headers = 401, "text/plain", "who are you?", {"WWW-Authenticate": "Basic"}
        body = text.encode()
        asked_for = self.headers.get("If-None-Match")
        if status == 200 and blog.validators != "none":
            tag = hashlib.sha1(body).hexdigest()[:12] if blog.validators == "honest" else "always"
            headers = {**headers, "ETag": f'"{tag}"'}
            if asked_for == headers["ETag"]:
                status, body = 304, b""
        blog.log.append(Asked(at, self.path, status, len(body), asked_for is not None))
        with suppress(ConnectionError):
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except ConnectionError:
            self.close_connection = True

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def serving(blog: Blog) -> Iterator[Blog]:
    """Serve until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("OfBlog", (Handler,), {"blog": blog}))
    server.daemon_threads = True
    blog.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield blog
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
