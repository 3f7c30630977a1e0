"""A blog of any number of pages, made up as it is asked for; about 40 kB and 100 links a page."""

import random
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from measure.bigblog_theme import TOPICS, Entry, article, page, slug

PER_LISTING = 10
TAGS = 40


class Answer(NamedTuple):
    """What the server sends for a path."""

    body: bytes
    media_type: str = "text/html; charset=utf-8"
    status: int = 200


@dataclass(frozen=True)
class BigBlog:
    """A blog whose HTML pages (posts, listings, category and tag pages) add up to about `pages`."""

    pages: int
    base: str
    """The address that absolute links start with, without a final slash."""

    @cached_property
    def posts(self) -> int:
        """How many of the pages are posts."""
        return max(1, round((self.pages - len(TOPICS) - TAGS) / (1 + 1 / PER_LISTING)))

    @cached_property
    def listings(self) -> int:
        """How many pages the front page is split into."""
        return -(-self.posts // PER_LISTING)

    @cached_property
    def entries(self) -> list[Entry]:
        """All posts, newest first, without their bodies."""
        return [self._entry(number) for number in range(self.posts)]

    def _entry(self, number: int) -> Entry:
        chance = random.Random(number)
        words = chance.sample(list(chain.from_iterable(TOPICS.values())), 3)
        topic = list(TOPICS)[number % len(TOPICS)]
        title = f"{words[0].title()} and {words[1]}: note {self.posts - number} on {words[2]}"
        day = f"{2025 - number // 1000:04}-{12 - number // 84 % 12:02}-{28 - number % 28:02}"
        tags = [f"tag {n:02}" for n in sorted(chance.sample(range(TAGS), 4))]
        return Entry(f"/{day[:4]}/{slug(title)}/", title, day, topic, tags, number)

    @cached_property
    def paths(self) -> dict[str, Entry]:
        """Posts by path."""
        return {entry.path: entry for entry in self.entries}

    def answer(self, path: str) -> Answer:
        """Answer one GET."""
        if entry := self.paths.get(path):
            return self._html(entry.title, article(entry, self.base), entry)
        parts = path.strip("/").split("/")
        if path == "/" or (parts[0] == "page" and len(parts) == 2 and parts[1].isdigit()):
            return self._listing(int(parts[1]) if path != "/" else 1)
        if parts[0] in ("category", "tag") and len(parts) == 2:
            return self._taxonomy(parts[0], parts[1])
        if path == "/about/":
            return self._html("About", "<h1>About</h1><p>Ines Calder keeps this notebook.</p>", None)
        if path in (
            feeds := {"/robots.txt": self._robots, "/sitemap.xml": self._sitemap, "/feed/": self._feed}
        ):
            return feeds[path]()
        return Answer(b"<html><title>Not found</title><h1>Not found</h1></html>", status=404)

    def _html(self, title: str, main: str, entry: Entry | None) -> Answer:
        return Answer(page(title, main, self.base, self.entries, entry).encode())

    def _listing(self, number: int) -> Answer:
        if not 1 <= number <= self.listings:
            return Answer(b"<html><h1>Not found</h1></html>", status=404)
        shown = self.entries[(number - 1) * PER_LISTING : number * PER_LISTING]
        older = f'<a class="next" href="/page/{number + 1}/">Older</a>' if number < self.listings else ""
        return self._html(f"Page {number}", _teasers(shown) + older, None)

    def _taxonomy(self, kind: str, name: str) -> Answer:
        shown = [
            e for e in self.entries if name in ([slug(e.topic)] if kind == "category" else map(slug, e.tags))
        ]
        return self._html(f"{kind.title()}: {name}", _teasers(shown[:PER_LISTING]), None)

    def _robots(self) -> Answer:
        return Answer(f"User-agent: *\nAllow: /\nSitemap: {self.base}/sitemap.xml\n".encode(), "text/plain")

    def _sitemap(self) -> Answer:
        rows = [f"<url><loc>{self.base}{e.path}</loc><lastmod>{e.day}</lastmod></url>" for e in self.entries]
        head = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        return Answer(f"{head}{''.join(rows)}</urlset>".encode(), "application/xml")

    def _feed(self) -> Answer:
        items = [
            f"<item><title>{e.title}</title><link>{self.base}{e.path}</link><category>{e.topic}</category></item>"
            for e in self.entries[:PER_LISTING]
        ]
        head = '<?xml version="1.0"?><rss version="2.0"><channel><title>The Long Notebook</title>'
        return Answer(f"{head}{''.join(items)}</channel></rss>".encode(), "application/rss+xml")


def _teasers(entries: list[Entry]) -> str:
    return "".join(
        f'<article class="teaser"><h2><a href="{e.path}">{e.title}</a></h2>'
        f'<time datetime="{e.day}">{e.day}</time>'
        f'<p>What happened with {e.topic.lower()} that day. <a href="{e.path}">Read on</a></p></article>'
        for e in entries
    )
