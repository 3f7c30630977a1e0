"""Sites that are blogs one night and something else the next, crawled together by one command."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler_server import Answer, Server, answer
from hostile.blogs import home, post
from hostile.world import Said, World, copydesk

POSTS = 12
QUICK = {
    "POLITE_DELAY_S": 0.0,
    "DOWNLOAD_TIMEOUT": 2,
    "BACKOFF_S": 0.002,
    "TRIES": 2,
    "PATIENCE_S": 5.0,
    "SITEMAP_MAX_BYTES": 400_000,
    "CRAWL_DELAY_CAP_S": 0.01,
}
KEPT = """
select p.url, p.state, p.text, p.title, (select count(*) from revisions r where r.post_id = p.id)
from posts p where p.site_id = ? order by 1
"""


class Routes(dict[str, Answer]):
    """Answers by path; what has none may be made up as it is asked for."""

    def __init__(self, more: Callable[[str], bytes | None] = lambda path: None) -> None:
        super().__init__()
        self.more = more

    def get(self, path: str, default: Any = None) -> Any:
        return super().get(path) or self.more(path) or default


def paths(count: int = POSTS) -> list[str]:
    """Name the posts of a site."""
    return [f"/p{number}" for number in range(count)]


def blog(server: Server, count: int = POSTS) -> None:
    """Let a server be a blog, with a sitemap."""
    server.routes = Routes()
    server.routes["/"] = home(*paths(count))
    server.routes |= {path: post(number) for number, path in enumerate(paths(count))}


def sitemap(*places: str, head: str = "", **more: str) -> bytes:
    """Answer with a sitemap."""
    listed = "".join(f"<url><loc>{place}</loc></url>" for place in places)
    return answer(f"{head}<urlset>{listed}</urlset>".encode(), kind="text/xml", **more)


@dataclass
class Nights:
    """Two nights of many sites."""

    folder: Path
    servers: dict[str, Server] = field(default_factory=dict)
    world: World = field(default_factory=lambda: World(settings=dict(QUICK)))
    said: list[Said] = field(default_factory=list)
    before: dict[str, list[Any]] = field(default_factory=dict)

    def crawl(self) -> None:
        """Crawl all sites with one command."""
        for server in self.servers.values():
            server.asked.clear()
            server.heads.clear()
        places = [f"http://{name}.example/" for name in self.servers]
        self.said.append(copydesk(self.world, "crawl", *places, "--json", cwd=self.folder))

    def posts(self, name: str) -> list[Any]:
        """Give what is stored of a site's posts."""
        return self.ask(KEPT, f"{name}-example")

    def ask(self, sql: str, *values: str) -> list[Any]:
        """Ask the database."""
        with closing(sqlite3.connect(self.folder / "copydesk.db")) as conn:
            return conn.execute(sql, values).fetchall()

    def report(self, name: str) -> dict[str, Any]:
        """Give what the last command said of a site."""
        return next(site for site in self.said[-1].sites if site["site"] == f"{name}-example")

    def is_kept(self, name: str) -> bool:
        """Tell whether a site's posts are what they were before the second night."""
        return bool(self.before[name]) and set(self.before[name]) <= set(self.posts(name))


@contextmanager
def two_nights(folder: Path, rudeness: dict[str, Callable[[Server], None]]) -> Iterator[Nights]:
    """Crawl blogs, let each become what its function makes of it, and crawl again."""
    nights = Nights(folder)
    for name in rudeness:
        nights.servers[name] = Server()
        nights.world.put(f"{name}.example", nights.servers[name].port)
        blog(nights.servers[name])
    nights.crawl()
    nights.before = {name: nights.posts(name) for name in rudeness}
    for name, become in rudeness.items():
        become(nights.servers[name])
    nights.world.names.pop("dns.example", None)
    nights.crawl()
    try:
        yield nights
    finally:
        for server in nights.servers.values():
            server.close()
