"""A small blog as files, a server for it, and the command as a user calls it."""

import subprocess
import sys
import threading
from contextlib import contextmanager, suppress
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

COMMAND = [sys.executable, "-c", "from pipeline.cli.main import main; main()"]

PAGE = """<!doctype html><html lang="en"><head><title>{title} – Tea Times</title>
<link rel="canonical" href="{base}{path}">{meta}</head>
<body><nav><a href="{base}/">Home</a> {links}</nav>{body}</body></html>"""

POST = """<article><h1>{title}</h1><p class="meta">By <a rel="author" href="/ann/">Ann</a> on
<time datetime="2025-02-0{n}">February {n}, 2025</time> in <a rel="category tag" href="/cat/">Tea</a></p>
<p>{words}</p><h2>{heading}</h2><p>{more}</p>{leftover}</article>"""

LEFTOVER = "<p>Take care. Error: Contact form not found.</p>"
META = """<script type="application/ld+json">
{{"@context": "https://schema.org", "@type": "BlogPosting",
"headline": "{title}", "datePublished": "2025-02-0{n}", "author": {{"@type": "Person", "name": "Ann"}}}}
</script>"""

PATIENCE_S = 90

THINGS = "cup pot leaf tin spoon stove kettle saucer lemon honey biscuit milk".split()


def words(n: int) -> str:
    """Sentences that no other post has: the crawler takes what pages share for furniture."""
    own = [THINGS[(n * step) % len(THINGS)] + THINGS[(n + step) % len(THINGS)] for step in range(1, 12)]
    return " ".join(f"The {thing} of {own[n % 11]} stands beside the {THINGS[n % 12]}." for thing in own)


def post(n: int, leftover: str = "") -> str:
    """An article with one section."""
    more, heading = words(n + 50), " ".join(words(n + 7).split()[1:4]).title()
    facts = {"title": f"Cup number {n}", "n": n % 9 + 1, "words": words(n), "leftover": leftover}
    return POST.format(**facts, more=more, heading=heading)


def build_blog(root: Path, base: str, posts: int = 5, fixed: bool = False) -> Path:
    """Write a blog with a feed; one post has a leftover unless it was fixed."""
    names = [f"/post-{n}/" for n in range(1, posts + 1)]
    links = " ".join(f'<a href="{base}{name}">Post {name}</a>' for name in names)
    write(
        root,
        "/",
        PAGE.format(title="Home", base=base, path="/", meta="", links=links, body=f"<ul>{links}</ul>"),
    )
    for name in ("/ann/", "/cat/"):
        write(
            root,
            name,
            PAGE.format(title="Posts", base=base, path=name, meta="", links="", body=f"<ul>{links}</ul>"),
        )
    for n, name in enumerate(names, 1):
        leftover = LEFTOVER if n == 1 and not fixed else ""
        body = post(n, leftover)
        meta = META.format(title=f"Cup number {n}", n=n % 9 + 1)
        page = PAGE.format(title=f"Cup number {n}", base=base, path=name, meta=meta, links="", body=body)
        write(root, name, page)
    urls = "".join(sitemap_entry(f"{base}{name}", fixed and name == "/post-1/") for name in names)
    (root / "sitemap.xml").write_text(f"<urlset>{urls}</urlset>")
    return root


def sitemap_entry(url: str, changed: bool) -> str:
    return f"<url><loc>{url}</loc><lastmod>2025-0{7 if changed else 3}-01</lastmod></url>"


def write(root: Path, path: str, text: str) -> None:
    folder = root / path.strip("/")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(text, encoding="utf-8")


class Gate:
    """Lets so many requests pass; the others wait until it is opened."""

    def __init__(self, requests: int):
        self._left = threading.Semaphore(requests)
        self._opened = threading.Event()
        self._reached = threading.Event()

    def enter(self) -> None:
        if not self._left.acquire(blocking=False):
            self._reached.set()
            self._opened.wait(PATIENCE_S)

    def wait(self) -> None:
        """Wait until a request stands before it."""
        assert self._reached.wait(PATIENCE_S), "the crawl did not get going"

    def open(self) -> None:
        self._opened.set()


@contextmanager
def serving(root: Path, status: int = 200, gate: Gate | None = None):
    """Serve a folder on loopback, behind a gate, or answer everything with an error."""

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *args):
            super().__init__(*args, directory=str(root))

        def do_GET(self):
            if gate is not None:
                gate.enter()
            if status != 200:
                self.send_error(status)
                return
            with suppress(ConnectionError):
                super().do_GET()

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def copydesk(*arguments, cwd: Path, **more) -> subprocess.CompletedProcess:
    """Run a command to its end."""
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=90, **more)


def start(*arguments, cwd: Path, **more) -> subprocess.Popen:
    """Start a command."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.PIPE}
    return subprocess.Popen([*COMMAND, *map(str, arguments)], cwd=cwd, text=True, **(pipes | more))
