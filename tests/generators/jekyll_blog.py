"""Jekyll with minima and the feed, SEO and sitemap plug-ins: categories only in addresses and in the feed."""

import json
from pathlib import Path
from urllib.parse import quote

from generators.club import ABOUT, TITLE, Entry, markdown, picture_names, read_posts
from generators.generator import Generator, flat, static, write
from generators.programs import run

from pipeline.sample.pictures import draw

SETTINGS = """
title: {title}
url: {address}
theme: minima
timezone: UTC
plugins: [jekyll-feed, jekyll-seo-tag, jekyll-sitemap]
minima: {{date_format: "%d %B %Y"}}
"""


def build(work: Path, output: Path, address: str) -> None:
    """Write Jekyll's input and run it."""
    write(work / "_config.yml", SETTINGS.format(title=TITLE, address=address))
    title, _, words = ABOUT.partition("\n\n")
    write(work / "index.md", "---\nlayout: home\n---\n")
    write(work / "about.md", f"---\nlayout: page\ntitle: {title}\npermalink: /about/\n---\n{words}\n")
    for entry in read_posts():
        write(work / f"_posts/{entry.date[:10]}-{entry.slug}.md", _source(entry))
    (work / "images").mkdir()
    for name in picture_names():
        (work / "images" / name).write_bytes(draw(name))
    run("jekyll", "build", "--quiet", "--source", work, "--destination", output, cwd=work)


def _source(entry: Entry) -> str:
    facts = {
        "layout": "post",
        "title": entry.title,
        "date": f"{entry.date}:00 +0000",
        "author": entry.author,
        "lang": entry.language,
        "categories": [entry.categories[-1]],
        "tags": list(entry.tags),
    }
    head = "\n".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items())
    return f"---\n{head}\n---\n{markdown(entry, '/images')}"


def path(entry: Entry) -> str:
    """Jekyll puts the category before the date, in lower case."""
    return f"/{quote(entry.categories[-1].lower())}/{entry.date[:10].replace('-', '/')}/{entry.slug}.html"


JEKYLL = Generator(name="jekyll", serve=static(build), path=path, categories=flat, hides=frozenset({"tags"}))
