"""Write the sample blog as a folder of static pages, and its truth beside that folder."""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from pathlib import Path
from urllib.parse import unquote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.sample.inline import clean_of, html_of, raw_of
from pipeline.sample.listings import Listing, archives, categories, home, newest_of, tree
from pipeline.sample.names import slug, url_path
from pipeline.sample.pictures import draw
from pipeline.sample.posts import SamplePost, attachment, read_posts
from pipeline.sample.truth import truth_of

TEMPLATES = Path(__file__).parent / "templates"
SITE_NAME = "Spanner & Thimble"
TRUTH = "truth.jsonl"


def build(out_dir: Path, base_url: str) -> Path:
    """Write the site into `out_dir` and return the path of its truth, `truth.jsonl` beside `out_dir`.

    `base_url` is where the site will answer ("http://127.0.0.1:8000"): canonical links, feeds and sitemaps
    are absolute. The same call writes the same bytes and the same modification times.
    """
    posts = read_posts()
    newest = max(post.changed for post in posts)
    for path, content, changed in _files(posts, base_url.rstrip("/")):
        _write(out_dir / path, content, changed or newest)
    truth = out_dir.parent / TRUTH
    lines = [json.dumps(truth_of(post), ensure_ascii=False) + "\n" for post in posts]
    truth.write_text("".join(lines), encoding="utf-8")
    return truth


Files = Iterator[tuple[str, bytes, datetime | None]]


def _files(posts: list[SamplePost], base_url: str) -> Files:
    """Yield each file's path, bytes, and when it last changed (None: with the newest post)."""
    render = partial(_render, _environment(posts, base_url))
    yield from _post_pages(posts, render)
    for listing in (home(posts), *archives(posts)):
        yield from _listing_pages(listing, render)
    for name in ("about", "contact"):
        yield f"{name}/index.html", render(f"site/{name}.html", path=f"/{name}/"), None
    yield "404.html", render("site/404.html", path="/404.html"), None
    listed = [listing.path for listing in archives(posts)]
    for name in (
        "robots.txt",
        "feed.xml",
        "atom.xml",
        "sitemap.xml",
        "sitemap-posts.xml",
        "sitemap-pages.xml",
    ):
        yield name, render(f"site/{name}", posts=posts, listed=listed), None
    yield "style.css", (TEMPLATES / "site" / "style.css").read_bytes(), None
    yield "media/logo.svg", draw("logo.svg"), None


def _post_pages(posts: list[SamplePost], render: Callable[..., bytes]) -> Files:
    for at, post in enumerate(posts):
        newer = posts[at - 1] if at else None
        older = posts[at + 1] if at + 1 < len(posts) else None
        shared = {"post": post, "path": post.path, "newer": newer, "older": older}
        page = render(f"{post.era}/post.html", related=_related(post, posts), **shared)
        yield _file_of(post.path), page, post.changed
        for picture in _pictures(post):
            yield unquote(post.media).lstrip("/") + picture, draw(picture), post.published
        if post.era == "old":
            for picture in {name: 1 for chunk in post.body for name in chunk.pictures}:
                path = f"{post.path}{attachment(picture)}/"
                page = render("old/attachment.html", post=post, path=path, picture=picture)
                yield _file_of(path), page, post.published


def _listing_pages(listing: Listing, render: Callable[..., bytes]) -> Files:
    for page in listing.pages():
        yield _file_of(page.path), render(f"{listing.era}/listing.html", page=page, path=page.path), None


def _pictures(post: SamplePost) -> list[str]:
    """Name every picture that the body shows, in lines too."""
    html = "".join(chunk.html for chunk in post.body)
    return sorted({part.split('"')[0] for part in html.split(f'src="{post.media}')[1:]})


def _related(post: SamplePost, posts: list[SamplePost]) -> list[SamplePost]:
    same = [other for other in posts if other is not post and other.categories[0] == post.categories[0]]
    return same[:3]


def _file_of(path: str) -> str:
    return unquote(path).lstrip("/") + "index.html"


def _write(file: Path, content: bytes, changed: datetime) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    os.utime(file, (changed.timestamp(), changed.timestamp()))


def _render(environment: Environment, template: str, **facts: object) -> bytes:
    return environment.get_template(template).render(**facts).encode()


def _environment(posts: list[SamplePost], base_url: str) -> Environment:
    """Make the templates' world: the site's facts and the few filters that they use."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.globals |= {
        "base_url": base_url,
        "site_name": SITE_NAME,
        "recent": posts[:5],
        "categories": categories(posts),
        "cloud": sorted(Counter(tag for post in posts for tag in post.tags)),
        "authors": sorted({author for post in posts for author in post.authors}),
        "old_years": sorted({post.published.year for post in posts if post.era == "old"}),
        "url_path": url_path,
        "term_path": lambda kind, *names: url_path(kind, *map(slug, names)),
        "newest": newest_of(posts),
        "minutes": lambda when, n: when + timedelta(hours=5 * n + 3, minutes=7 * n),
    }
    environment.filters |= {
        "raw": lambda runs: raw_of(runs),
        "clean": clean_of,
        "markup": lambda runs: Markup(html_of(runs)),
        "body": lambda post: Markup("\n".join(chunk.html for chunk in post.body)),
        "excerpt": excerpt,
        "tree": tree,
        "json": lambda value: Markup(json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")),
        "rfc822": lambda when: format_datetime(when.astimezone(UTC), usegmt=True),
        "us_date": lambda when: f"{when:%B} {when.day}, {when.year}",
        "uk_date": lambda when: f"{when.day} {when:%B} {when.year}",
        "headings": lambda post: [
            line for chunk in post.body for line in chunk.lines if line.kind == "heading" and line.anchor
        ],
    }
    return environment


def excerpt(post: SamplePost) -> str:
    """Give the first words of the first real paragraph."""
    lines = (line for chunk in post.body for line in chunk.lines if line.kind == "paragraph")
    text = next((words for line in lines if len(words := clean_of(line.runs)) > 40), post.name)
    return text if len(text) <= 180 else text[:180].rpartition(" ")[0] + " …"
