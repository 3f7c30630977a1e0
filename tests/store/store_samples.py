"""Hand-made posts for the store's tests."""

from dataclasses import replace
from typing import Any

from pipeline.records import Block, Evidence, Finding, Image, Link, Metadata, Post, Section
from pipeline.store.run import ensure_site, finish_run, start_run
from pipeline.store.settle import settle_run
from pipeline.store.write import write_posts

SITE = "blog"
HOME = "http://blog.example/"


def finding(quote: str = "IMG_1.jpg", **more: Any) -> Finding:
    facts: dict[str, Any] = {
        "rule": "image-filename",
        "severity": "error",
        "confidence": 0.9,
        "quote": quote,
        "where": "paragraph",
        "start": 0,
        "fix": "safe",
        "replacement": "",
        "evidence": (Evidence(kind="file-name", detail="a picture's name"),),
    }
    return Finding(**(facts | more))


BLOCKS = (
    Block(kind="heading", text="1. Pour", level=2, marked="heading", anchor="pour"),
    Block(kind="code", text="pour\n  twice"),
    Block(kind="heading", text="", level=3, marked="heading"),
)
SECTION = Section(
    level=2,
    heading="1. Pour",
    heading_raw="1. Pour",
    number="1",
    parent=None,
    marked="heading",
    anchor="pour",
    text="pour\n  twice",
)
METADATA = Metadata(
    title="Tea IMG_1.jpg",
    authors=("Ann", "Bo"),
    published="2025-02-07",
    language="en",
    categories=("Hot", "News"),
    category_paths=(("Drinks", "Hot"), ("News",)),
    tags=("tea", "cups"),
    provenance={"title": "json-ld"},
)


def post(
    name: str = "tea", text: str = "Tea is hot.", findings: tuple[Finding, ...] = (), **more: Any
) -> Post:
    """A post with a bit of everything."""
    whole = f"{text}\n1. Pour\npour\n  twice"
    facts: dict[str, Any] = {
        "url": f"{HOME}{name}/",
        "kind": "post",
        "title": name.title(),
        "metadata": METADATA,
        "intro": text,
        "sections": (SECTION,),
        "text": whole,
        "text_raw": whole,
        "images": (Image(src=f"{HOME}a.jpg", alt="", caption="A cup", section=0),),
        "links": (Link(url=f"{HOME}coffee/#top", text="coffee", internal=True, section=0),),
        "findings": findings,
        "blocks": (Block(kind="paragraph", text=text), *BLOCKS),
        "digest": f"{name}-1",
        "warc_file": "blog-1.warc.gz",
        "warc_offset": sum(map(ord, name)),
        "fetched_at": "2026-01-01T00:00:00Z",
    }
    return Post(**(facts | more))


def refetched(old: Post, night: int, **more: Any) -> Post:
    """The same address as a later night brings it."""
    facts = {
        "digest": f"{old.digest}-{night}",
        "warc_file": f"blog-{night}.warc.gz",
        "fetched_at": f"2026-01-{night:02}T00:00:00Z",
    }
    return replace(old, **(facts | more))


def store(db: Any, *posts: Post, state: str = "complete", action: str = "crawl", version: str = "v1") -> Any:
    """Do a whole run that brings these posts; return what it settled and counted."""
    ensure_site(db, SITE, HOME)
    run = start_run(db, SITE, action, version)
    counts = write_posts(db, run, posts)
    settled = settle_run(db, run, complete=state == "complete")
    finish_run(db, run, state, "done", {"new_posts": counts["new"]})
    return settled, counts


def flags(db: Any) -> list[str]:
    """The states of all flags, after proving that the table equals its definition."""
    assert list(db.query("select * from flags order by key")) == list(
        db.query("select * from flags_now order by key")
    )
    return [row["state"] for row in db.query("select state from flags order by rule, quote, key")]


def decide(db: Any, verdict: str, **more: Any) -> int:
    """Write a verdict on the first finding, as the desk would."""
    key = next(db.query("select key from finding_history order by first_seen_at, key limit 1"))["key"]
    row = {"finding": key, "verdict": verdict, "actor": "ann", "decided_at": "2100-01-01T00:00:00Z"} | more
    db.table("verdicts").insert(row)
    return next(db.query("select max(id) as id from verdicts"))["id"]
