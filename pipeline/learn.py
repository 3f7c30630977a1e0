"""Pages -> Template: the fold that learns a site before its pages are extracted."""

from collections.abc import Iterable
from functools import reduce
from operator import add

from pipeline.errors import ExtractionError
from pipeline.extract.edges import edges_of
from pipeline.extract.kind import xml_kind
from pipeline.extract.listing import listed_terms
from pipeline.extract.naming import outer_parts
from pipeline.extract.page import Extracted, extract_page
from pipeline.extract.places import known_fields, shown_texts
from pipeline.extract.words import fold
from pipeline.records import Page
from pipeline.site.cms import read_posts, read_terms, witnesses_of
from pipeline.site.feeds import parse_feed
from pipeline.site.fields import Showing
from pipeline.site.layout import Note
from pipeline.site.profile import Profile
from pipeline.site.stand import layout_of, places_inside
from pipeline.site.template import Tally, Template, fingerprint, tally_witnesses
from pipeline.site.urls import normalise


def learn(pages: Iterable[Page], profile: Profile | None = None) -> Template:
    """Learn a site from its pages in one go; tallies added up let several processes share the work."""
    tallies = (tally(page, profile) for page in pages)
    return Template.from_tally(reduce(add, tallies, Tally()), profile)


def tally(page: Page, profile: Profile | None = None) -> Tally:
    """Note what one page tells of its site; an empty tally for a page that cannot be read."""
    if page.url is None or page.status >= 400:
        return Tally()
    if is_feed(page):
        return tally_witnesses(parse_feed(page.text, page.url).entries)
    if page.media_type == "application/json":
        said = tally_witnesses(witnesses_of(read_posts(page.text), page.url))
        return said + Tally(terms=read_terms(page.text))
    if page.media_type not in ("text/html", "application/xhtml+xml"):
        return Tally()
    try:
        found = extract_page(page, Template(profile=profile, is_learning=True))
    except ExtractionError:
        return Tally()
    note = _note(found, page.url)
    said = tally_witnesses(listed_terms(found, note.url)) if note.kind == "listing" else Tally()
    return Tally(notes={note.url: note}) + said


def is_feed(page: Page) -> bool:
    """Tell a feed (RSS, Atom, JSON Feed) from other pages."""
    if page.media_type in ("application/feed+json", "application/json"):
        return "jsonfeed.org" in page.text[:2048]
    return page.media_type.endswith("xml") and xml_kind(page.text) == "feed"


def _note(found: Extracted, url: str) -> Note:
    # A feed may know of a page without a date that it is a post.
    may_be_post = found.kind in ("post", "page")
    return Note(
        url=normalise(url) or url,
        layout=layout_of(found.article.root),
        kind=found.kind,
        published=found.metadata.published,
        blocks=frozenset(fingerprint(block.text) for block in found.article.blocks),
        says=(found.metadata.site_name, found.metadata.platform, found.metadata.theme),
        named=outer_parts(fold(found.tree.findtext(".//title") or ""))
        if found.tree is not None
        else frozenset(),
        inside=places_inside(found.article.root) if may_be_post else frozenset(),
        showing=_showing(found) if may_be_post else None,
        edges=edges_of(found.article.root, url, found.metadata) if may_be_post else {},
    )


def _showing(found: Extracted) -> Showing | None:
    if found.tree is None:
        return None
    shown = shown_texts(found.tree, found.metadata.language or "en")
    return Showing(shown=shown, known=known_fields(found.metadata))
