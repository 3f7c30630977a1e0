"""Pelican with the theme it comes with: flat addresses, one category per post, Atom feeds, no sitemap."""

from pathlib import Path

from generators.club import ABOUT, TITLE, Entry, markdown, picture_names, read_posts
from generators.generator import Generator, flat, static, write
from generators.install import CACHE
from generators.programs import run

from pipeline.sample.pictures import draw

SETTINGS = """
AUTHOR = "The club"
SITENAME = {title!r}
SITEURL = {address!r}
PATH = "content"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
DEFAULT_PAGINATION = 4
FEED_ALL_ATOM = "feeds/all.atom.xml"
CATEGORY_FEED_ATOM = "feeds/{{slug}}.atom.xml"
STATIC_PATHS = ["images"]
"""
POST = """Title: {title}
Date: {date}
Category: {category}
Tags: {tags}
Authors: {author}
Slug: {slug}
Lang: {language}

"""


def build(work: Path, output: Path, address: str) -> None:
    """Write Pelican's input and run it."""
    write(work / "pelicanconf.py", SETTINGS.format(title=TITLE, address=address))
    title, _, words = ABOUT.partition("\n\n")
    write(work / "content/pages/about.md", f"Title: {title}\nSlug: about\n\n{words}\n")
    for entry in read_posts():
        write(work / f"content/{entry.slug}.md", _source(entry))
    (work / "content/images").mkdir()
    for name in picture_names():
        (work / "content/images" / name).write_bytes(draw(name))
    run(CACHE / "pelican/bin/pelican", "-s", "pelicanconf.py", "-o", output, "--fatal", "errors", cwd=work)


def _source(entry: Entry) -> str:
    head = POST.format(
        title=entry.title,
        date=entry.date,
        category=entry.categories[-1],
        tags=", ".join(entry.tags),
        author=entry.author,
        slug=entry.slug,
        language=entry.language,
    )
    return head + markdown(entry, "/images")


def path(entry: Entry) -> str:
    """Pelican names a post in another language after it."""
    return f"/{entry.slug}.html" if entry.language == "en" else f"/{entry.slug}-{entry.language}.html"


PELICAN = Generator(name="pelican", serve=static(build), path=path, categories=flat)
