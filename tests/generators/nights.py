"""Seven nights of a real WordPress that people edit in between; what the database says after each."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from generators.club import read_posts
from generators.crawled import crawl, export
from generators.wordpress import WordPress

Night = dict[str, Any]
"""`report` of the crawl, and `posts`: the club's posts by slug, as `_post` tells them."""
NEW = "open-night"
FAR = "2099-01-01T10:00:00"
NAME = "Winter Sky Camp 696x463"


def seven_nights(wordpress: WordPress, folder: Path) -> dict[str, Night]:
    """Crawl, and let the editors work between the crawls."""

    def crawled() -> Night:
        return _look(crawl(wordpress.address, folder), folder)

    told = {"first": crawled(), "quiet": crawled()}
    _edit(wordpress)
    told["edited"] = crawled()
    wordpress.replace("winter-camp", "Clothes for standing still", f"{NAME}Clothes for standing still")
    told["relapsed"] = crawled()
    told["late"] = crawled()
    wordpress.rename_category("Planets", "Wandering stars")
    told["renamed"] = crawled()
    wordpress.edit("visit-us", status="publish", slug="visit-us")
    told["restored"] = crawled()
    return told


def _edit(wordpress: WordPress) -> None:
    """Do a day's work: mend, move, write and throw away."""
    wordpress.replace("first-telescope", "a six-inch Dobsonian", "an eight-inch Dobsonian")
    wordpress.replace("winter-camp", NAME, "")
    wordpress.edit("loan-shelf", slug="things-to-borrow")
    words = "<p>On the first Friday in May the barn stays open until the Moon has set behind the mill.</p>"
    wordpress.add(title="An open night in May", slug=NEW, content=words, date_gmt="2024-05-01T10:00:00")
    wordpress.add(title="Not for anybody yet", slug="draft", content=words, status="draft")
    wordpress.add(title="Not before the fair", slug="soon", content=words, status="future", date=FAR)
    wordpress.delete("visit-us")


def _look(report: dict[str, Any], folder: Path) -> Night:
    texts = {record["title"]: record["text"] for record in export(folder)}
    with closing(sqlite3.connect(folder / "club.db")) as conn:
        conn.row_factory = sqlite3.Row
        rows = [dict(row) for row in conn.execute("select * from posts order by id")]
        return {"report": report, "posts": {_slug(conn, row): _post(conn, row, texts) for row in rows}}


def _post(conn: sqlite3.Connection, row: dict[str, Any], texts: dict[str, str]) -> dict[str, Any]:
    key = (row["id"],)
    revisions = "select changes from revisions where post_id = ? order by number"
    names = (
        "select c.name from categories c join post_categories p on p.category_id = c.id where p.post_id = ?"
    )
    urls = "select url, is_current from post_urls where post_id = ? order by first_seen_at, url"
    flags = "select rule, state from flags where post_id = ?"
    return {
        "id": row["id"],
        "cms_post_id": row["cms_post_id"],
        "state": row["state"],
        "path": urlsplit(row["url"]).path,
        "text": texts.get(row["title"], ""),
        "changes": [change for (change,) in conn.execute(revisions, key)],
        "categories": [name for (name,) in conn.execute(names, key)],
        "paths": {urlsplit(url).path: current for url, current in conn.execute(urls, key)},
        "flags": dict(conn.execute(flags, key)),
    }


def _slug(conn: sqlite3.Connection, row: dict[str, Any]) -> str:
    """Name a post by the club's slug that any of its addresses holds."""
    urls = conn.execute("select url from post_urls where post_id = ? order by first_seen_at", (row["id"],))
    slugs = [urlsplit(url).path.strip("/").rpartition("/")[2] for (url,) in urls]
    known = {entry.slug for entry in read_posts()}
    return next((slug for slug in slugs if slug in known), str(slugs[0]))
