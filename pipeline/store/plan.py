"""Decide what each incoming post is to the database: new, a new revision, the same again. Reads only."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlite_utils import Database

from pipeline.store.keys import post_id
from pipeline.store.rows import PostRows

Action = Literal["new", "revise", "replace", "unchanged", "older", "ignore", "drop", "lost", "other"]
"""new, revise: a first or further revision. replace: the newest revision in place. unchanged: only seen.
older: an earlier revision in place. ignore: an earlier fetch that made no revision. drop: reprocessing says
it was no post. lost: a new fetch is no post any more. other: never was one."""

SIMILAR = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The newest revision of a post that is stored."""

    post_id: str
    url: str
    revision_id: int
    number: int
    content_hash: str
    part_hashes: dict[str, str]
    pipeline_version: str
    warc_file: str | None
    warc_offset: int | None
    digest: str | None
    first_seen_at: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to do with one incoming post."""

    rows: PostRows
    action: Action
    post_id: str
    url: str
    """The post's current address from now on."""
    known: Known | None = None
    changed: frozenset[str] = frozenset()
    """Parts whose rows differ from the stored ones."""
    older_revision_id: int | None = None
    reread: bool = False
    """The page comes from the very place in the archive that the stored revision was read from."""


def plan_batch(db: Database, site_id: str, version: str, batch: Sequence[PostRows]) -> list[Plan]:
    """Decide for posts that share no address with each other."""
    owners = _owners(db, site_id, batch)
    known = _known(db, {post_id for post_id, _ in owners.values()})
    older = _older(db, list(known))
    return [_plan(db, site_id, version, rows, owners, known, older) for rows in batch]


def _plan(
    db: Database,
    site_id: str,
    version: str,
    rows: PostRows,
    owners: dict[str, tuple[str, str]],
    known: dict[str, Known],
    older: dict[tuple[str, str, int], int],
) -> Plan:
    owner = _identify(db, rows, owners)
    if owner is None or owner not in known:
        action: Action = "new" if rows.kind == "post" else "other"
        return Plan(rows=rows, action=action, post_id=_fresh_id(db, site_id, rows), url=rows.url)
    stored = known[owner]
    older_id = older.get((owner, rows.warc_file or "", rows.warc_offset or 0))
    return Plan(
        rows=rows,
        action=_action(db, rows, stored, version, older_id),
        post_id=owner,
        url=stored.url if f"for now {rows.url}" in owners else _current_url(rows, owners, owner),
        known=stored,
        changed=frozenset(p for p, h in rows.part_hashes.items() if stored.part_hashes.get(p) != h),
        older_revision_id=older_id,
        reread=_reread(rows, stored),
    )


def _action(db: Database, rows: PostRows, stored: Known, version: str, older_id: int | None) -> Action:
    if older_id is not None:
        return "older" if rows.kind == "post" else "ignore"
    same_fetch = _same_fetch(rows, stored)
    if rows.kind != "post":
        return "drop" if same_fetch else "lost"
    if not same_fetch and _is_old(db, rows, stored):
        return "ignore"
    same_parts = rows.part_hashes == stored.part_hashes
    if same_parts and stored.pipeline_version == version and stored.state == "live":
        return "unchanged"
    # Another pipeline version would show its own differences as the author's: no revision is made of it.
    same_source = rows.content_hash == stored.content_hash or stored.pipeline_version != version
    return "replace" if same_fetch or same_source else "revise"


ASKED_LAST = """
    select 1 from urls u join posts p on p.site_id = u.site_id
    where p.id = ? and u.url = ? and u.warc_file = ? and u.warc_offset = ?
"""


def _is_old(db: Database, rows: PostRows, stored: Known) -> bool:
    """Tell whether a page was fetched before what is stored; a clock that jumped makes none of tonight so."""
    if not rows.fetched_at or rows.fetched_at >= stored.first_seen_at:
        return False
    place = [stored.post_id, rows.url, rows.warc_file, rows.warc_offset]
    return db.execute(ASKED_LAST, place).fetchone() is None


def _reread(rows: PostRows, stored: Known) -> bool:
    place = (rows.warc_file, rows.warc_offset)
    return rows.warc_file is not None and place == (stored.warc_file, stored.warc_offset)


def _same_fetch(rows: PostRows, stored: Known) -> bool:
    return _reread(rows, stored) or (rows.digest is not None and rows.digest == stored.digest)


def _identify(db: Database, rows: PostRows, owners: dict[str, tuple[str, str]]) -> str | None:
    """Find the post that an address belongs to; a mere claim counts only where the texts are alike."""
    for url in (rows.url, rows.canonical_url, f"moved {rows.url}", f"for now {rows.url}"):
        if url not in owners:
            continue
        owner, role = owners[url]
        certain = url == rows.url and role != "canonical"
        if certain or _alike(db, owner, rows):
            return owner
    return None


def _alike(db: Database, owner: str, rows: PostRows) -> bool:
    found = db.execute(
        "select r.text_raw from posts p join revisions r on r.id = p.revision_id where p.id = ?", [owner]
    ).fetchone()
    if found is None:
        return False
    stored, incoming = set(found[0].split("\n")), set(rows.revision[3].split("\n"))
    return len(stored & incoming) >= SIMILAR * max(len(stored), len(incoming))


def _current_url(rows: PostRows, owners: dict[str, tuple[str, str]], owner: str) -> str:
    canonical = rows.canonical_url
    return canonical if canonical and owners.get(canonical) == (owner, "fetched") else rows.url


def _fresh_id(db: Database, site_id: str, rows: PostRows) -> str:
    wished = post_id(site_id, rows.canonical_url or rows.url)
    taken = db.execute("select 1 from posts where id = ?", [wished]).fetchone()
    return post_id(site_id, rows.url) if taken else wished


def _owners(db: Database, site_id: str, batch: Sequence[PostRows]) -> dict[str, tuple[str, str]]:
    """Map the batch's addresses to the post and role they are stored with.

    "moved URL" leads to who moved there for good, "for now URL" to who is only answered from there.
    """
    urls = {rows.url for rows in batch} | {rows.canonical_url for rows in batch if rows.canonical_url}
    marks = _marks(urls)
    owners = {
        url: (owner, role)
        for url, owner, role in db.execute(
            f"select url, post_id, role from post_urls where site_id = ? and url in ({marks})",
            [site_id, *urls],
        )
    }
    moved = db.execute(
        "select iif(u.status in (301, 308), 'moved ', 'for now ') || u.redirects_to, pu.post_id, pu.role"
        " from urls u join post_urls pu"
        f" on pu.site_id = u.site_id and pu.url = u.url where u.site_id = ? and u.redirects_to in ({marks})",
        [site_id, *urls],
    )
    owners.update({url: (owner, role) for url, owner, role in moved})
    return owners


KNOWN = """
    select p.id, p.url, r.id, r.number, r.content_hash, r.part_hashes, r.pipeline_version,
           r.warc_file, r.warc_offset, r.digest, r.first_seen_at, p.state
    from posts p join revisions r on r.id = p.revision_id where p.id in ({})
"""


def _known(db: Database, ids: set[str]) -> dict[str, Known]:
    return {known.post_id: known for known in _read_known(db, ids)}


def _read_known(db: Database, ids: set[str]) -> Iterator[Known]:
    for row in db.execute(KNOWN.format(_marks(ids)), list(ids)):
        yield Known(
            post_id=row[0],
            url=row[1],
            revision_id=row[2],
            number=row[3],
            content_hash=row[4],
            part_hashes=json.loads(row[5]),
            pipeline_version=row[6],
            warc_file=row[7],
            warc_offset=row[8],
            digest=row[9],
            first_seen_at=row[10],
            state=row[11],
        )


def _older(db: Database, ids: list[str]) -> dict[tuple[str, str, int], int]:
    """Map post and place in the archive to earlier revisions."""
    found = db.execute(
        "select r.post_id, r.warc_file, r.warc_offset, r.id from revisions r join posts p on p.id = r.post_id"
        f" where r.post_id in ({_marks(ids)}) and r.id <> p.revision_id and r.warc_file is not null",
        ids,
    )
    return {(post_id, file, offset): revision for post_id, file, offset, revision in found}


def _marks(values: Sequence[str] | set[str]) -> str:
    return ",".join("?" * len(values))
