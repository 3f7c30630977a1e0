"""A blog whose every word attacks, crawled for real, and people who write such words themselves."""

import html
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from test_hostile_text import PAYLOADS

POSTS = 14
WORDS = "The kettle of house {0} sang {0} times before the neighbours of number {0} came to listen to it. "
PAGE = """<!doctype html><html lang="en"><head><title>{0} – {3}</title>
<link rel="canonical" href="http://kettles.example/{number}/"><meta name="author" content="{a1}">
<meta name="description" content="{a2}"><meta property="og:title" content="{a0}">
<script type="application/ld+json">{facts}</script></head><body>
<nav class="breadcrumb"><a href="/">{1}</a></nav><article class="post category-x"><h1>{0}</h1>
<p class="byline">By <a rel="author" href="/by/{number}/">{1}</a> in
<a rel="category tag" href="/c/{number}/">{2}</a> <a rel="tag" href="/t/{number}/">{0}</a></p>
<p>{words} {2}</p><h2>{1}</h2><p>{words} Error: Contact form not found.</p>
<h3>{2}</h3><p><img src="/{number}.jpg" alt="{a0}" title="{a1}"> <a href="http://a.example/{a2}">{0}</a>
<a href="{a1}">{1}</a></p>
<figure><svg><title>{2}</title><text>{0}</text></svg><figcaption>{1}</figcaption></figure>
<blockquote>{0}</blockquote><ul><li>{1}</li><li>{2}</li></ul><p>kettle-base-1024x683.jpg{words}</p>
{raw}</article></body></html>"""
PEOPLE = """
insert into verdicts (finding, verdict, scope, reason, note, actor, decided_at)
select f.key, iif(n % 2, 'dismissed', 'claimed'), 'here', p.value, p.value, p.value, '2026-03-02T00:00:00Z'
from (select key, row_number() over (order by key) as n from flags) f
join json_each(:payloads) p on p.key = f.n % :count;
insert into editorial (post_id, owner, decision, priority, due, notes, last_reviewed, actor, decided_at)
select t.id, p.value, 'keep', p.value, null, p.value, null, p.value, '2026-03-02T00:00:00Z'
from (select id, row_number() over (order by id) as n from posts) t
join json_each(:payloads) p on p.key = t.n % :count;
insert into failures (run_id, site_id, url, stage, reason, failed_at)
select 1, 'kettles', p.value, 'fetch', p.value, '2026-03-01T08:00:30.000Z' from json_each(:payloads) p;
update sites set name = :one;
update runs set message = :one;
update causes set summary = :one;
update posts set description = :one, cms_post_id = :one, language = :one;
insert into images (post_id, position, section, src, alt, caption, title)
select t.id, 90 + p.key, 0, p.value, p.value, p.value, p.value from posts t join json_each(:payloads) p
where t.id = (select min(id) from posts);
insert into links (post_id, position, url, text, internal)
select t.id, 90 + p.key, p.value, p.value, 0 from posts t join json_each(:payloads) p
where t.id = (select min(id) from posts);
insert into events
(summary, posts, examples, last_run_id, last_seen_at, site_id, kind, first_run_id, first_seen_at)
values (:one, 3, json_array(:one), 1, '2026-03-02T00:00Z', 'kettles', 'vanished', 1, '2026-03-02T00:00Z')
"""


def build(folder: Path, listener: str) -> Path:
    """Crawl the blog from its files into kettles.db, an archive beside it, and let people add their part."""
    site = folder / "site"
    for number in range(POSTS):
        place = site / str(number) / "index.html"
        place.parent.mkdir(parents=True)
        place.write_text(page(number, listener), "utf-8")
    (site / PAYLOADS[2].replace("/", " ")).with_suffix(".html").write_text(page(99, listener), "utf-8")
    command = [
        sys.executable,
        "-m",
        "pipeline.cli",
        "crawl",
        str(site),
        "--site",
        "kettles",
        "--db",
        "kettles.db",
    ]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    values = {"payloads": json.dumps(PAYLOADS), "count": len(PAYLOADS), "one": PAYLOADS[1]}
    with closing(sqlite3.connect(folder / "kettles.db")) as conn, conn:
        for statement in PEOPLE.split(";\n"):
            conn.execute(statement, values)
    return folder / "kettles.db"


def page(number: int, listener: str) -> str:
    """Make a post: its text attacks whoever shows it without care, its raw end attacks anyway."""
    three = [PAYLOADS[(3 * number + k) % len(PAYLOADS)] for k in range(3)]
    shown = [html.escape(payload, quote=False) for payload in three]
    facts = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": three[0],
        "keywords": three,
    }
    facts |= {"datePublished": "2024-05-06", "author": {"@type": "Person", "name": three[1]}}
    raw = (
        f'<script src="{listener}/s.js"></script><img src="{listener}/i"><iframe src="{listener}/f"></iframe>'
    )
    raw += f'<link rel="stylesheet" href="{listener}/c.css"><form action="{listener}/x"></form>' + "".join(
        three
    )
    return PAGE.format(
        *shown,
        html.escape(PAYLOADS[number % 40]),
        **{f"a{k}": html.escape(payload) for k, payload in enumerate(three)},
        number=number,
        facts=json.dumps(facts).replace("</", "<\\/"),
        words=WORDS.format(number + 3) * 3,
        raw=raw,
    )
