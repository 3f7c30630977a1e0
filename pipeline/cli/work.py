"""What a worker does to one item: read it, learn from it, or turn it into rows. Imports no store library."""

from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.archive.read import find_page_at
from pipeline.audit.rulebook import PLAIN_BOOK, RuleBook
from pipeline.errors import ArchiveError
from pipeline.extract.kind import xml_kind
from pipeline.learn import is_feed, tally
from pipeline.process import process
from pipeline.records import Page, PageKind
from pipeline.site.profile import Profile
from pipeline.site.template import Tally, Template
from pipeline.site.urls import normalise
from pipeline.store.rows import PostRows, rows_of

MARKUP = ("text/html", "application/xhtml+xml", "text/plain")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A page's place in the archive."""

    path: Path
    offset: int
    root: Path
    """The archive folder."""
    url: str
    """The address it was asked for under."""
    media_type: str | None = None


Item = Place | Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """What became of an item that is no HTML page."""

    url: str
    kind: PageKind


def item_url(item: Item) -> str | None:
    """Name an item."""
    return item.url


def is_markup(item: Item) -> bool:
    """Tell HTML pages from feeds and sitemaps, as far as it can be told unread."""
    return item.media_type is None or item.media_type in MARKUP


def read_item(item: Item) -> Page | None:
    """Read an item; None when it is no page."""
    page = find_page_at(item.path, item.offset, item.root) if isinstance(item, Place) else item
    # Archives of other crawlers spell addresses in their own way.
    return replace(page, url=normalise(page.url) or page.url) if page and page.url else page


def tally_item(item: Item, profile: Profile | None) -> Tally:
    """Note what an item tells of its site."""
    try:
        page = read_item(item)
    except ArchiveError:
        return Tally()
    return tally(page, profile) if page is not None else Tally()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a worker knows of the site besides the item."""

    template: Template
    book: RuleBook = PLAIN_BOOK


def rows_of_item(item: Item, known: Known) -> PostRows | Other:
    """Turn an item into the rows of its post; of anything but a post only the kind is kept."""
    page = read_item(item)
    if page is None:
        return Other(url=item.url or "", kind="other")
    if page.media_type not in MARKUP:
        kind: PageKind = "feed" if is_feed(page) else xml_kind(page.text)
        return Other(url=item.url or "", kind=kind)
    post = process(page, known.template, known.book)
    if post.kind != "post":
        post = replace(
            post, intro="", sections=(), text="", text_raw="", images=(), links=(), findings=(), blocks=()
        )
    return rows_of(post)
