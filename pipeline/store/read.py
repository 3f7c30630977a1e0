"""Read what is stored: posts as records, and where each was archived."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from pipeline.errors import ConfigError
from pipeline.records import Evidence, Finding, Image, Link, Post, Section
from pipeline.store.rows import blocks_from, metadata_from


@dataclass(frozen=True, slots=True)
class Source:
    """A place in the archive that a page can be read from."""

    url: str
    warc_file: str
    warc_offset: int
    media_type: str | None


def read_posts(db: Database, site_id: str | None = None) -> Iterator[Post]:
    """Yield every stored post with its newest revision, in the order of their addresses."""
    ids = db.execute(
        "select id from posts where ?1 is null or site_id = ?1 order by site_id, url", [site_id]
    ).fetchall()
    for (post_id,) in ids:
        yield read_post(db, post_id)


POST = """
    select p.url, p.kind, r.title, r.text, r.text_raw, r.intro, r.blocks, r.metadata, r.digest,
           r.warc_file, r.warc_offset, r.first_seen_at
    from posts p join revisions r on r.id = p.revision_id where p.id = ?
"""


def read_post(db: Database, post_id: str) -> Post:
    """Read one post back as the record that it was stored from, without what only rules need."""
    url, kind, title, text, text_raw, intro, blocks, metadata, digest, file, offset, seen = db.execute(
        POST, [post_id]
    ).fetchone()
    return Post(
        url=url,
        kind=kind,
        metadata=metadata_from(metadata),
        title=title,
        intro=intro,
        sections=tuple(_sections(db, post_id)),
        text=text,
        text_raw=text_raw,
        images=tuple(_images(db, post_id)),
        links=tuple(_links(db, post_id)),
        findings=tuple(_findings(db, post_id)),
        blocks=blocks_from(blocks, text_raw),
        fetched_at=seen,
        digest=digest,
        warc_file=file,
        warc_offset=offset,
    )


PENDING = """
    select url, warc_file, warc_offset, media_type from urls
    where site_id = :site and warc_file is not null and kind is null and held_event_id is null
"""
NEWEST = """
    select url, warc_file, warc_offset, media_type from urls
    where site_id = :site and warc_file is not null and warc_offset is not null
"""
REVISIONS = """
    select p.url, r.warc_file, r.warc_offset, 'text/html' as media_type
    from revisions r join posts p on p.id = r.post_id
    where p.site_id = :site and r.warc_file is not null and r.warc_offset is not null
"""
SUPERSEDED = """
    select p.url, r.warc_file, r.warc_offset, 'text/html' as media_type
    from urls u join post_urls pu on pu.site_id = u.site_id and pu.url = u.url
    join posts p on p.id = pu.post_id join revisions r on r.id = p.revision_id
    where u.site_id = :site and u.kind is null and u.held_event_id is null and u.warc_file is not null
    and r.warc_file is not null
"""


def pending_sources(db: Database, site_id: str) -> list[Source]:
    """List what was fetched and not looked at yet, in the order of the archive.

    Where it replaces a page that is a post already, the page before stands in the list, too: only pages
    that were read by the same pipeline can tell whether their author changed something.
    """
    return _sources(db, f"{SUPERSEDED} union {PENDING}", site_id)


def page_sources(db: Database, site_id: str) -> list[Source]:
    """List what was judged to be a page about the site: more that is known of the site may tell otherwise."""
    return _sources(db, f"{NEWEST} and kind = 'page' and held_event_id is null", site_id)


def archived_sources(db: Database, site_id: str) -> list[Source]:
    """List the newest payload of each address, in the order of the archive: what a site is learned from."""
    return _sources(db, NEWEST, site_id)


def all_sources(db: Database, site_id: str) -> list[Source]:
    """List every payload that something stored was read from, in the order of the archive."""
    return _sources(db, f"{NEWEST} and held_event_id is null union {REVISIONS}", site_id)


def _sources(db: Database, sql: str, site_id: str) -> list[Source]:
    rows = db.execute(f"{sql} order by 2, 3", {"site": site_id})
    return list({row[1:3]: Source(*row) for row in rows}.values())


def site_ids(db: Database) -> list[str]:
    """List the keys of all sites."""
    return [row[0] for row in db.execute("select id from sites order by id")]


def home_of(db: Database, site_id: str) -> str:
    """Return a site's address."""
    return str(db.execute("select home_url from sites where id = ?", [site_id]).fetchone()[0])


def site_at(db: Database, home_url: str) -> str | None:
    """Return the key of the site whose address this is, None for a new one."""
    found = db.execute("select id from sites where home_url = ? order by created_at", [home_url]).fetchone()
    return str(found[0]) if found else None


def source_at(db: Database, url: str) -> tuple[str, Source] | None:
    """Return the site and the newest archived payload of an address."""
    row = db.execute(
        "select site_id, url, warc_file, warc_offset, media_type from urls"
        " where url = ? and warc_file is not null and warc_offset is not null",
        [url],
    ).fetchone()
    return (row[0], Source(*row[1:])) if row else None


def require_site(db: Database, site_id: str) -> None:
    """Raise ConfigError, naming the sites there are, when a key is not among them."""
    known = site_ids(db)
    if site_id not in known:
        raise ConfigError(
            f"there is no site '{site_id}' in this database; it holds: {', '.join(known) or 'none'}"
        )


def _sections(db: Database, post_id: str) -> Iterator[Section]:
    for row in _dicts(
        db,
        "select level, heading, heading_raw, number, parent, marked, anchor, text from sections"
        " where post_id = ? order by position",
        post_id,
    ):
        yield Section(**row)


def _images(db: Database, post_id: str) -> Iterator[Image]:
    for row in _dicts(
        db,
        "select src, alt, title, caption, section from images where post_id = ? order by position",
        post_id,
    ):
        yield Image(**row)


def _links(db: Database, post_id: str) -> Iterator[Link]:
    for row in _dicts(
        db, "select url, text, internal, section from links where post_id = ? order by position", post_id
    ):
        yield Link(**{**row, "internal": bool(row["internal"])})


def _findings(db: Database, post_id: str) -> Iterator[Finding]:
    for row in _dicts(
        db,
        'select f.rule, f.severity, f.confidence, f.quote, f.prefix, f.suffix, f.place as "where", f.section,'
        " f.glued, f.fix, f.replacement, f.evidence, coalesce(c.summary, f.cause_id) as cause, f.start,"
        " f.occurrence from findings f join posts p on p.id = f.post_id and p.revision_id = f.revision_id"
        " left join causes c on c.id = f.cause_id where f.post_id = ? order by f.position",
        post_id,
    ):
        evidence = tuple(Evidence(**item) for item in json.loads(row["evidence"]))
        yield Finding(**{**row, "evidence": evidence})


def decided_posts(db: Database, site_id: str | None = None) -> Iterator[tuple[Post, list[str | None]]]:
    """Yield every stored post with the states of its flags, in the order of its findings."""
    ids = db.execute(
        "select id from posts where ?1 is null or site_id = ?1 order by site_id, url", [site_id]
    ).fetchall()
    for (post_id,) in ids:
        rows = db.execute(
            "select g.state from findings f join posts p on p.id = f.post_id"
            " and p.revision_id = f.revision_id left join flags g on g.key = f.key"
            " where f.post_id = ? order by f.position",
            [post_id],
        )
        yield read_post(db, post_id), [row[0] for row in rows.fetchall()]


def _dicts(db: Database, sql: str, post_id: str) -> Iterator[dict[str, Any]]:
    cursor = db.execute(sql, [post_id])
    names = [column[0] for column in cursor.description]
    for row in cursor.fetchall():
        yield dict(zip(names, row, strict=True))
