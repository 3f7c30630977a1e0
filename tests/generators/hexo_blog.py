"""Hexo with its landscape theme: nested categories, code in tables with line numbers, no author anywhere."""

import json
from pathlib import Path

from generators.club import ABOUT, TITLE, Entry, markdown, picture_names, read_posts
from generators.generator import Generator, static, write
from generators.install import CACHE, HEXO_PACKAGES
from generators.programs import run

from pipeline.sample.pictures import draw

SETTINGS = """
title: {title}
url: {address}
author: The club
language: en
timezone: UTC
theme: landscape
per_page: 4
index_generator: {{per_page: 4}}
archive_generator: {{per_page: 4}}
feed: {{type: atom, path: atom.xml, limit: 20}}
sitemap: {{path: sitemap.xml}}
"""
GENERATE = """
const Hexo = require('hexo');
const hexo = new Hexo(process.cwd(), {silent: true});
hexo.init().then(() => hexo.call('generate', {})).then(() => hexo.exit())
  .catch(error => { console.error(error); process.exit(1); });
"""


def build(work: Path, output: Path, address: str) -> None:
    """Write Hexo's input and run it from a script of ours."""
    write(work / "_config.yml", SETTINGS.format(title=TITLE, address=address) + f"public_dir: {output}\n")
    package = {"name": "club", "hexo": {"version": ""}, "dependencies": dict.fromkeys(HEXO_PACKAGES, "*")}
    write(work / "package.json", json.dumps(package))
    (work / "node_modules").symlink_to(CACHE / "hexo/node_modules")
    title, _, words = ABOUT.partition("\n\n")
    write(work / "source/about/index.md", f"---\ntitle: {title}\n---\n{words}\n")
    for entry in read_posts():
        write(work / f"source/_posts/{entry.slug}.md", _source(entry))
    (work / "source/images").mkdir()
    for name in picture_names():
        (work / "source/images" / name).write_bytes(draw(name))
    run("node", "-e", GENERATE, cwd=work)


def _source(entry: Entry) -> str:
    facts = {
        "title": entry.title,
        "date": f"{entry.date}:00",
        "categories": list(entry.categories),
        "tags": list(entry.tags),
    }
    head = "\n".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items())
    return f"---\n{head}\n---\n{markdown(entry, '/images')}"


def path(entry: Entry) -> str:
    """Give the address that Hexo makes of the date and the file's name."""
    return f"/{entry.date[:10].replace('-', '/')}/{entry.slug}/"


def categories(entry: Entry) -> list[list[str]]:
    """Hexo shows a chain of categories as so many categories, and lists the post under each."""
    return [list(entry.categories[:depth]) for depth in range(1, len(entry.categories) + 1)]


HEXO = Generator(
    name="hexo",
    serve=static(build),
    path=path,
    categories=categories,
    hides=frozenset({"authors", "language"}),
)
