"""Everything a page says about its post, one field after the other."""

from collections.abc import Sequence

from lxml.html import HtmlElement

from pipeline.extract.authors import find_authors
from pipeline.extract.facts import Facts, lines_in, window
from pipeline.extract.flat import Flat
from pipeline.extract.front_matter import read_front_matter
from pipeline.extract.jsonld import read_linked_data
from pipeline.extract.language import find_language
from pipeline.extract.links import hosts_of
from pipeline.extract.naming import site_names
from pipeline.extract.platform import (
    count_comments,
    find_address,
    find_platform,
    find_post_id,
    own_addresses,
)
from pipeline.extract.published import find_dates
from pipeline.extract.scan import scan_page
from pipeline.extract.terms import find_terms
from pipeline.extract.title import Title, find_title
from pipeline.extract.zones import Zones
from pipeline.records import Metadata, Page, Witness

DESCRIPTION_METAS = ("description", "og:description", "twitter:description", "dc.description")


def extract_metadata(
    flat: Flat, page: Page, body: HtmlElement | None, witnesses: Sequence[Witness] = ()
) -> Metadata:
    """Read the post's metadata; `body` is the article's element, `witnesses` what other pages say of it."""
    scan = scan_page(flat, page.text)
    linked = read_linked_data(scan.linked_data, page.url)
    names = site_names(scan, linked, page.url)
    span = _span(flat, body)
    title = find_title(scan, linked, names, (page.url, tuple(witnesses), span))
    language, language_source = find_language(flat.nodes[0], scan, linked, body)
    anchor = title.place if title.place is not None else (span.start if span else None)
    facts = Facts(
        scan=scan,
        linked=linked,
        url=page.url,
        hosts=hosts_of((page.url, *own_addresses(scan))),
        text=page.text,
        language=language or "",
        names=names,
        title=title.text,
        anchor=anchor,
        body=span,
        zones=Zones(title.node, body),
        witnesses=tuple(witnesses),
        front_matter=read_front_matter(scan.front_matter) if scan.front_matter else {},
        latest=page.fetched_at[:10] if page.fetched_at else None,
        near=lines_in(scan, window(anchor, len(scan.elements))),
    )
    return _record(facts, title, (language, language_source))


def _record(facts: Facts, title: Title, language: tuple[str | None, str]) -> Metadata:
    scan = facts.scan
    dates = find_dates(facts)
    published, updated = dates.published, dates.updated
    authors, authors_source, authors_said = find_authors(facts)
    terms = find_terms(facts)
    platform, theme = find_platform(scan)
    sources = {
        "title": (title.text, title.source),
        "authors": (authors, authors_source),
        "published": (published, published.provenance if published else ""),
        "updated": (updated, updated.provenance if updated else ""),
        "language": language,
        "categories": (terms.categories, terms.category_source),
        "tags": (terms.tags, terms.tag_source),
    }
    return Metadata(
        title=title.text,
        authors=authors,
        published=published.date if published else None,
        updated=updated.date if updated else None,
        language=language[0],
        categories=terms.categories,
        category_paths=terms.paths,
        tags=terms.tags,
        raw_categories=terms.raw_categories,
        provenance={name: source for name, (value, source) in sources.items() if value},
        canonical_url=find_address(scan, facts.url),
        site_name=facts.names[0] if facts.names else None,
        description=facts.linked.description or scan.first(DESCRIPTION_METAS),
        platform=platform,
        theme=theme,
        cms_post_id=find_post_id(facts),
        comment_count=count_comments(facts),
        said=(*title.said, *authors_said, *dates.said, *terms.said),
    )


def _span(flat: Flat, body: HtmlElement | None) -> range:
    """Give the places of the article's elements; none when the body is not in this page."""
    start = flat.place.get(body)
    return range(0) if start is None else range(start, flat.ends[start])
