"""Every record that crosses a room: frozen, documented per field, no behaviour.

All but `Article` can be pickled. Tuples, never lists: a record that was handed over does not change.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

PageKind = Literal["post", "listing", "page", "attachment", "feed", "sitemap", "error", "other"]
BlockKind = Literal["heading", "paragraph", "list_item", "table_cell", "caption", "quote", "code"]
Where = BlockKind | Literal["title", "attribute", "metadata", "furniture"]
Severity = Literal["error", "warning", "info"]
FixSafety = Literal["safe", "suggested", "none"]
Glued = Literal["before", "after", "both", "none"]
Marked = Literal["heading", "bold"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One fetched representation of one URL, as text."""

    url: str | None
    """Address after redirects, as fetched; None for a dump without one."""
    text: str
    """The decoded body, without NUL and other control characters that text cannot hold."""
    media_type: str = "text/html"
    """Sniffed, not believed: "text/html", "text/plain", "application/xml" …"""
    status: int = 200
    fetched_at: str | None = None
    """ISO 8601, UTC; None when nobody fetched it."""
    charset: str = "utf-8"
    charset_reason: str = "text"
    """Which witness named the charset: bom, header, meta, guess, or text (it came decoded)."""
    digest: str | None = None
    """SHA-256 of the payload as it came, hex."""
    warc_file: str | None = None
    """Name of the WARC file, relative to the archive folder."""
    warc_offset: int | None = None
    """Where its record starts in that file, in bytes."""
    link_header: str | None = None
    """The HTTP Link header, as it came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """What another page of the site (feed, listing, sitemap) says about a post."""

    url: str
    """Normalised address of the post that it speaks of."""
    source: Literal["feed", "listing", "sitemap", "rest"]
    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    updated: str | None = None
    category_paths: tuple[tuple[str, ...], ...] = ()
    tags: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    """Terms that the source does not tell apart as category or tag (RSS `category`)."""
    cms_post_id: str | None = None
    category_ids: tuple[int, ...] = ()
    """Numbers of its categories in the CMS, where their names stand in another document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of the article."""

    src: str
    """Absolute where the page's address is known; the real one where a lazy loader hides it."""
    alt: str | None = None
    title: str | None = None
    caption: str | None = None
    section: int | None = None
    """Index in the post's sections; None stands before the first."""
    names: tuple[str, ...] = ()
    """Every other address the picture goes by (src, data-src, srcset, data-orig-file): evidence for rules."""
    block: int = 0
    """Index of the block that it stands in, or, when `inline` is false, stands directly before."""
    inline: bool = False
    """Stands inside the block `block`; otherwise alone between `block - 1` and `block`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link of the article."""

    url: str
    text: str
    internal: bool
    section: int | None = None
    block: int = 0
    """Index of the block that it stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block-level stretch of the article: paragraph, heading, item, caption, cell."""

    kind: BlockKind
    text: str
    """White space folded (kept in code). "" only for an empty heading: such a block takes no line."""
    level: int = 0
    """1–6 for a heading, else 0."""
    marked: Marked | None = None
    """For a heading: a real one, or a bold paragraph that acts as one."""
    anchor: str | None = None
    """The id by which a heading can be linked to."""
    tokens: frozenset[str] = frozenset()
    """Class and id names of the element and its ancestors inside the article, lower case."""
    hidden: bool = False
    """Not shown to a reader with scripts on (noscript, display:none) though it is in the markup."""
    rich: bool = False
    """Holds inline code or quotation (code, kbd, samp, q, tt): look-alikes live there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The post's body inside its page, before audit. Lives in one process only."""

    blocks: tuple[Block, ...]
    images: tuple[Image, ...] = ()
    links: tuple[Link, ...] = ()
    root: Any = field(default=None, repr=False, compare=False)
    """The body's lxml element, None for a dump. Elements that opened block i carry data-block="i"."""
    page_text: str = field(default="", repr=False, compare=False)
    """The whole page's source: what a rule may search cheaply before it asks for a tree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What the page says about the post. Dates as written (contracts: never converted)."""

    title: str | None = None
    """Without the site's name; artifacts still in. The audit makes the clean one."""
    authors: tuple[str, ...] = ()
    published: str | None = None
    updated: str | None = None
    language: str | None = None
    categories: tuple[str, ...] = ()
    """As displayed, page order, each once; of a nested category the last part."""
    category_paths: tuple[tuple[str, ...], ...] = ()
    """The full path of each category, outermost first; as long as `categories`."""
    tags: tuple[str, ...] = ()
    raw_categories: tuple[str, ...] = ()
    """As displayed with repetitions: what `repeated-category` reads."""
    provenance: dict[str, str] = field(default_factory=dict)
    """Field -> json-ld, meta, rel-tag, feed, listing, markup, text or profile."""
    canonical_url: str | None = None
    site_name: str | None = None
    description: str | None = None
    platform: str | None = None
    """CMS or generator: "wordpress", "hugo", …"""
    theme: str | None = None
    cms_post_id: str | None = None
    comment_count: int | None = None
    edit_url: str | None = None
    """Where the post is edited in the CMS, if the site's profile says how."""
    said: tuple[tuple[str, str, str], ...] = ()
    """Who said what of title, authors, published and updated: field, source as in `provenance`, value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One reason to believe a finding."""

    kind: str
    """kebab-case: "file-name", "glued", "size-suffix", "same-post" …"""
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A rule's claim about one place in one revision (contracts §2)."""

    rule: str
    severity: Severity
    confidence: float
    quote: str
    prefix: str = ""
    suffix: str = ""
    where: Where
    section: int | None = None
    glued: Glued = "none"
    fix: FixSafety = "none"
    replacement: str | None = None
    """Text to put there; "" deletes; None when `fix` is "none"."""
    evidence: tuple[Evidence, ...] = ()
    cause: str | None = None
    start: int | None = None
    """Offset of `quote` in `text_raw`, in characters; None outside it (attribute, title …)."""
    occurrence: int = 0
    """Number among equal (rule, quote) of the post, from 0: part of the finding's key."""
    block: int | None = None
    """Index of the block that the quote starts in; None outside the body. Not part of the printed record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading, its number if printed, its level, and the text up to the next heading."""

    level: int
    heading: str
    heading_raw: str
    number: str | None
    parent: int | None
    marked: Marked
    anchor: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Metadata, sections and findings of one page: what is stored and what `extract` prints."""

    url: str | None
    kind: PageKind
    metadata: Metadata
    title: str | None
    """The clean title; `metadata.title` is the one before cleaning."""
    intro: str
    sections: tuple[Section, ...]
    text: str
    text_raw: str
    images: tuple[Image, ...]
    links: tuple[Link, ...]
    findings: tuple[Finding, ...]
    blocks: tuple[Block, ...]
    """The article's blocks before cleaning, for the review page: text_raw is their texts, one line each."""
    fetched_at: str | None = None
    digest: str | None = None
    warc_file: str | None = None
    warc_offset: int | None = None
    failures: "tuple[Failure, ...]" = ()
    layout: str | None = None
    """Where the body stands in its page, in tags and lasting classes; None for a plain-text dump."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A page that could not become a post."""

    url: str | None
    stage: Literal["fetch", "archive", "extract", "audit", "store"]
    reason: str
    """One sentence for a person."""
    detail: str | None = None
    """A traceback, where there is one."""
