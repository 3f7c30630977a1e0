"""Everything a page says about its post, one field after the other."""

from collections.abc import Sequence

from lxml.html import HtmlElement

from pipeline.extract.authors import find_authors
from pipeline.extract.facts import Facts
from pipeline.extract.front_matter import read_front_matter
from pipeline.extract.jsonld import read_linked_data
from pipeline.extract.language import find_language
from pipeline.extract.naming import site_names
from pipeline.extract.published import find_dates
from pipeline.extract.scan import scan_page
from pipeline.extract.terms import find_terms
from pipeline.extract.title import find_title
from pipeline.extract.zones import Zones
from pipeline.records import Metadata, Page, Witness


def extract_metadata(
    tree: HtmlElement, page: Page, body: HtmlElement | None, witnesses: Sequence[Witness] = ()
) -> Metadata:
    """Read the post's metadata; `body` is the article's element, `witnesses` what other pages say of it."""
    scan = scan_page(tree)
    linked = read_linked_data(scan.linked_data, page.url)
    names = site_names(scan, linked, page.url)
    language, language_source = find_language(tree, scan, linked, body)
    title = find_title(scan, linked, names, page.url, witnesses)
    facts = Facts(
        scan=scan,
        linked=linked,
        url=page.url,
        text=page.text,
        language=language or "",
        names=names,
        title=title.text,
        title_place=title.place,
        zones=Zones(title.node, body),
        body=body,
        witnesses=tuple(witnesses),
        front_matter=read_front_matter(scan.front_matter) if scan.front_matter else {},
        latest=page.fetched_at[:10] if page.fetched_at else None,
    )
    published, updated = find_dates(facts)
    authors, authors_source = find_authors(facts)
    terms = find_terms(facts)
    return Metadata(
        categories=terms.categories, category_paths=terms.paths, raw_categories=terms.raw_categories, tags=terms.tags,
        title=title.text,
        published=published.date if published else None,
        updated=updated.date if updated else None,
        authors=authors,
        language=language,
        provenance={"title": title.source, "authors": authors_source, "tags": terms.tag_source, "categories": terms.category_source, **({"published": published.source} if published else {})},
    )
