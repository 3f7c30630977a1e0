"""Call the pipeline in this process: no command line, no HTTP, no database."""

import json
import tarfile
from multiprocessing import get_context
from pathlib import Path

from measure.sets import Json
from pipeline.errors import CopydeskError
from pipeline.learn import learn
from pipeline.process import process
from pipeline.record_json import to_record
from pipeline.records import Page


def records(pages: list[Json]) -> list[Json]:
    """Turn pages into records, each on its own, on two cores."""
    with get_context("spawn").Pool(2) as pool:
        return pool.map(_record, pages, chunksize=4)


def _record(page: Json) -> Json:
    try:
        return {"id": page["id"], **to_record(process(Page(url=page.get("url") or None, text=page["html"])))}
    except CopydeskError as error:
        return {"id": page["id"], "error": str(error)}


def crawl(folder: Path, name: str) -> list[Json]:
    """Learn one blog from its files, then turn each of its pages into a record; posts only."""
    pages = site_pages(folder / name)
    template = learn(pages)
    posts = []
    for page in (page for page in pages if page.media_type == "text/html"):
        try:
            post = process(page, template)
        except CopydeskError:
            continue
        if post.kind == "post":
            posts.append(to_record(post))
    return posts


def site_pages(site: Path) -> list[Page]:
    """Read a packed blog as the pages that a crawler would get."""
    base = json.loads((site / "site.json").read_text(encoding="utf-8"))["base_url"]
    pages = []
    with tarfile.open(site / "site.tar.gz") as tar:
        for member in tar:
            data = tar.extractfile(member)
            path = member.name.partition("/")[2]
            if data is not None and path.endswith((".html", ".xml")) and path != "404.html":
                kind = "text/html" if path.endswith(".html") else "application/xml"
                url = f"{base.rstrip('/')}/{path.removesuffix('index.html').removesuffix('index.xml')}"
                pages.append(Page(url=url, text=data.read().decode("utf-8", "replace"), media_type=kind))
    return pages
