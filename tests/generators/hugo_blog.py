"""Hugo with a small theme of our own around its embedded templates; contents list inside the article."""

import json
import shutil
from pathlib import Path

from generators.club import ABOUT, TITLE, Entry, markdown, picture_names, read_posts
from generators.generator import Generator, flat, static, write
from generators.programs import run

from pipeline.sample.pictures import draw

THEME = Path(__file__).with_name("hugo_theme")
SETTINGS = {
    "title": TITLE,
    "languageCode": "en",
    "theme": "club",
    "paginate": 4,
    "timeZone": "UTC",
    "permalinks": {"posts": "/:year/:month/:slug/"},
    "markup": {"goldmark": {"renderer": {"unsafe": True}}},
}


def build(work: Path, output: Path, address: str) -> None:
    """Write Hugo's input and run it."""
    write(work / "config.json", json.dumps({**SETTINGS, "baseURL": f"{address}/"}))
    shutil.copytree(THEME, work / "themes/club/layouts")
    title, _, words = ABOUT.partition("\n\n")
    write(work / "content/about.md", f"{json.dumps({'title': title})}\n\n{words}\n")
    for entry in read_posts():
        write(work / f"content/posts/{entry.slug}.md", _source(entry))
    (work / "static/images").mkdir(parents=True)
    for name in picture_names():
        (work / "static/images" / name).write_bytes(draw(name))
    run("hugo", "--quiet", "--destination", output, cwd=work, more={"HUGO_CACHEDIR": str(work / "cache")})


def _source(entry: Entry) -> str:
    facts = {
        "title": entry.title,
        "date": f"{entry.date.replace(' ', 'T')}:00Z",
        "slug": entry.slug,
        "author": entry.author,
        "language": entry.language,
        "categories": [entry.categories[-1]],
        "tags": list(entry.tags),
    }
    return f"{json.dumps(facts, ensure_ascii=False, indent=1)}\n\n{markdown(entry, '/images')}"


def path(entry: Entry) -> str:
    """Give the address that our settings ask for."""
    return f"/{entry.date[:4]}/{entry.date[5:7]}/{entry.slug}/"


HUGO = Generator(name="hugo", serve=static(build), path=path, categories=flat)
