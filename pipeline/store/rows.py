"""Post -> rows per table, and back. Pure: made in the workers, so that the one writer only writes."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from hashlib import sha256
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from pipeline.measure import count_words, reading_ease, reading_minutes
from pipeline.records import Block, Failure, Finding, Metadata, PageKind, Post, Section

Row = tuple[Any, ...]

POST_COLUMNS = (
    "kind title published updated language words section_count image_count link_count reading_ease"
    " description comment_count platform cms_post_id text reading_time_min theme"
).split()
REVISION_COLUMNS = "title title_raw text text_raw intro blocks metadata".split()
SECTION_COLUMNS = "position level heading heading_raw number parent marked anchor words text".split()
IMAGE_COLUMNS = "position section src alt title caption".split()
LINK_COLUMNS = "position section url text internal".split()

METADATA_FIELDS = tuple(field.name for field in fields(Metadata))
SOURCE_FIELDS = "title authors published updated language category_paths tags description".split()
"""What counts as a difference in the source. Not: a comment more, a new theme."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
CONTROL_REPR = re.compile(r"\\(?:x0[0-8bcef]|x1|x7f|ud[89a-f]|u00[01])")


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRows:
    """A post as rows without ids: those are known once the database is asked."""

    url: str
    canonical_url: str | None
    kind: PageKind
    fetched_at: str | None
    digest: str | None
    warc_file: str | None
    warc_offset: int | None
    post: Row
    revision: Row
    sections: tuple[Row, ...]
    images: tuple[Row, ...]
    links: tuple[Row, ...]
    categories: tuple[tuple[str, ...], ...]
    """Full paths, outermost first."""
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    findings: tuple[Finding, ...]
    content_hash: str
    """Over what the source says: text_raw and metadata."""
    part_hashes: dict[str, str]
    """Part -> hash of its rows."""
    headings: tuple[str, ...] = ()
    """Each once, as the source has them."""
    failures: tuple[Failure, ...] = ()
    """Rules that failed on this post: what they would have said is not known."""
    layout: str | None = None

    @property
    def size(self) -> int:
        """Number of rows that storing it writes at most."""
        terms = len(self.categories) + len(self.tags) + len(self.authors)
        return 4 + len(self.sections) + len(self.images) + len(self.links) + terms + 3 * len(self.findings)


def rows_of(post: Post) -> PostRows:
    """Turn a post that has an address into rows."""
    parts = _parts(post)
    printed = {part: repr(value) for part, value in parts.items()}
    if any(("\\x" in text or "\\u" in text) and CONTROL_REPR.search(text) for text in printed.values()):
        post = _storable(post)
        parts = _parts(post)
        printed = {part: repr(value) for part, value in parts.items()}
    metadata = post.metadata
    categories, tags, authors = parts.pop("terms")
    parts.pop("search")
    url = post.url or ""
    return PostRows(
        url=url,
        canonical_url=believable(metadata.canonical_url, url),
        kind=post.kind,
        fetched_at=post.fetched_at,
        digest=post.digest,
        warc_file=post.warc_file,
        warc_offset=post.warc_offset,
        categories=categories,
        tags=tags,
        authors=authors,
        content_hash=_hash(repr([post.text_raw, *(getattr(metadata, name) for name in SOURCE_FIELDS)])),
        part_hashes={part: _hash(text) for part, text in printed.items()},
        headings=headings_in(post.blocks),
        failures=post.failures,
        layout=post.layout,
        **parts,
    )


def _parts(post: Post) -> dict[str, Any]:
    """Give the rows of each part of a post that is compared and replaced on its own."""
    metadata = post.metadata
    paths = metadata.category_paths or tuple((name,) for name in metadata.categories)
    return {
        "post": _post_row(post),
        "search": (post.title, post.text),
        "revision": _revision_row(post),
        "sections": tuple(_section_row(index, section) for index, section in enumerate(post.sections)),
        "images": tuple((i, m.section, m.src, m.alt, m.title, m.caption) for i, m in enumerate(post.images)),
        "links": tuple((i, m.section, m.url, m.text, int(m.internal)) for i, m in enumerate(post.links)),
        "terms": (paths, metadata.tags, metadata.authors),
        "findings": post.findings,
    }


def believable(canonical: str | None, url: str) -> str | None:
    """Return a canonical address that may be true: same host, and not the front page for a page below it."""
    if canonical is None or canonical == url:
        return None
    claimed, fetched = urlsplit(canonical), urlsplit(url)
    if claimed.netloc.removeprefix("www.") != fetched.netloc.removeprefix("www."):
        return None
    return canonical if claimed.path.strip("/") or not fetched.path.strip("/") else None


def _post_row(post: Post) -> Row:
    metadata = post.metadata
    return (
        post.kind,
        post.title,
        metadata.published,
        metadata.updated,
        metadata.language,
        count_words(post.text),
        len(post.sections),
        len(post.images),
        len(post.links),
        reading_ease(post.text, metadata.language),
        metadata.description,
        metadata.comment_count,
        metadata.platform,
        metadata.cms_post_id,
        post.text,
        reading_minutes(post.text),
        metadata.theme,
    )


def _revision_row(post: Post) -> Row:
    return (
        post.title,
        post.metadata.title,
        post.text,
        post.text_raw,
        post.intro,
        _json([_block_row(block) for block in post.blocks]),
        _json({name: getattr(post.metadata, name) for name in METADATA_FIELDS}),
    )


def _block_row(block: Block) -> list[Any]:
    lines = block.text.count("\n") + 1 if block.text else 0
    return [block.kind, block.level, lines, block.marked, block.anchor]


def _section_row(position: int, section: Section) -> Row:
    return (
        position,
        section.level,
        section.heading,
        section.heading_raw,
        section.number,
        section.parent,
        section.marked,
        section.anchor,
        count_words(section.text),
        section.text,
    )


def metadata_from(text: str) -> Metadata:
    """Read a metadata record back; fields that a newer version dropped are left out."""
    stored = json.loads(text)
    known = {name: _tuples(stored[name]) for name in METADATA_FIELDS if name in stored}
    return Metadata(**known)


def blocks_from(text: str, text_raw: str) -> tuple[Block, ...]:
    """Cut text_raw into its blocks again."""
    lines = iter(text_raw.split("\n"))
    return tuple(
        Block(kind=kind, level=level, marked=marked, anchor=anchor, text=_take(lines, count))
        for kind, level, count, marked, anchor in json.loads(text)
    )


def headings_in(blocks: Iterable[Block]) -> tuple[str, ...]:
    """Give the headings among blocks that hold words, each once."""
    return tuple(dict.fromkeys(block.text for block in blocks if block.kind == "heading" and block.text))


def _take(lines: Iterator[str], count: int) -> str:
    return "\n".join(islice(lines, count))


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


def _storable(value: Any) -> Any:
    """Drop what SQLite text cannot hold, at any depth: NUL, other control characters, lone surrogates."""
    if isinstance(value, str):
        return CONTROL.sub("", value)
    if isinstance(value, tuple | frozenset):
        return type(value)(_storable(item) for item in value)
    if isinstance(value, dict):
        return {_storable(name): _storable(item) for name, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{field.name: _storable(getattr(value, field.name)) for field in fields(value)}
        )
    return value


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
