"""One page read as a whole: what kind it is, its metadata and its article."""

from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from pipeline.extract.addresses import is_page_address
from pipeline.extract.article import read_article
from pipeline.extract.body import Body, find_body
from pipeline.extract.declared import declared_body, declared_metadata
from pipeline.extract.dom import parse_html
from pipeline.extract.edges import without_edges
from pipeline.extract.flat import lay_flat
from pipeline.extract.frame import HEADINGS
from pipeline.extract.headline import words_of
from pipeline.extract.kind import Judged, judge_page
from pipeline.extract.metadata import extract_metadata
from pipeline.extract.naming import without_site
from pipeline.extract.places import placed_body, placed_metadata
from pipeline.records import Article, Metadata, Page, PageKind
from pipeline.site.profile import Era
from pipeline.site.stand import layout_of
from pipeline.site.template import Template

SETTLED: dict[PageKind, str] = {
    "post": "a feed, the CMS or a category lists it, or it lies among posts",
    "listing": "it lies among pages that list posts",
    "attachment": "it lies below a post",
    "page": "it has no date where others have one",
}
"""Kind -> why the template settles on it against the page's own word."""


PART_OF_TITLE = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """A page before audit."""

    kind: PageKind
    metadata: Metadata
    article: Article
    tree: HtmlElement | None
    """The parsed page; None for a plain-text dump."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """A page of which is known where the body stands and what is said of it."""

    tree: HtmlElement
    body: Body
    metadata: Metadata
    era: Era | None
    """What the profile declares for its time; None without a profile."""


def extract_page(page: Page, template: Template | None = None) -> Extracted:
    """Parse an HTML page once and read everything from the one tree.

    Raises ExtractionError when the page cannot be read.
    """
    found = survey(page, template)
    article = read_article(found.tree, page, found.body, template)
    kind, _ = judge_kind(found, page, article, template)
    return Extracted(kind=kind, metadata=found.metadata, article=article, tree=found.tree)


def survey(page: Page, template: Template | None) -> Surveyed:
    """Find the body and the metadata, and let the profile correct them."""
    tree = parse_html(page.text)
    flat = lay_flat(tree)
    body = find_body(flat)
    if template is not None:
        body = placed_body(body, tree, template)
    witnesses = template.witnesses_of(page.url) if template is not None else ()
    metadata = extract_metadata(flat, page, body.element, witnesses)
    if template is not None:
        layout = layout_of(body.element)
        body = replace(body, alone=not template.is_learning and not template.is_known(layout))
        metadata = placed_metadata(metadata, tree, template.fields_of(layout))
        metadata = _without_site(metadata, template)
        body = without_edges(body, template.edges_of(layout))
    profile = template.profile if template is not None else None
    if profile is None:
        return Surveyed(tree=tree, body=_titled(body, metadata.title, tree), metadata=metadata, era=None)
    era = profile.era_of(metadata.published, page.url)
    declared = declared_body(body, tree, era)
    if declared.element is not body.element:
        metadata = extract_metadata(flat, page, declared.element, witnesses)
        metadata = _without_site(metadata, template) if template is not None else metadata
    metadata = declared_metadata(metadata, tree, profile, era)
    edit_url = profile.edit_address(page.url, metadata.cms_post_id)
    metadata = replace(metadata, edit_url=edit_url)
    return Surveyed(tree=tree, body=_titled(declared, metadata.title, tree), metadata=metadata, era=era)


def _without_site(metadata: Metadata, template: Template) -> Metadata:
    """Cut off a title that only the head states what nearly all titles of the site begin or end with."""
    if metadata.title is None or metadata.provenance.get("title") != "meta":
        return metadata
    return replace(metadata, title=without_site(metadata.title, template.in_titles, None))


def judge_kind(found: Surveyed, page: Page, article: Article, template: Template | None) -> Judged:
    """Judge what a page is by itself, then by what is learned of its site and declared about it."""
    kind, why = judge_page(found.tree, page, article, found.metadata)
    if template is None or kind == "error":
        return kind, why
    declared = template.profile.kind_of(page.url) if template.profile is not None else None
    if declared is not None:
        return declared, "the profile says so"
    settled = template.settle_kind(page.url, kind, dated=found.metadata.published is not None)
    if settled == kind or is_page_address(page.url):
        return kind, why
    return settled, f"{SETTLED[settled]} (by itself {kind}: {why})"


def _titled(body: Body, title: str | None, tree: HtmlElement) -> Body:
    """Note the heading that reads as the title does, where none was found or one that says a part of it."""
    wanted = words_of(title or "")
    if not wanted or (body.title is not None and not _says_a_part(body.title, wanted)):
        return body
    headings = (h for h in tree.iter(*HEADINGS) if words_of("".join(h.itertext())) == wanted)
    return replace(body, title=next(headings, None))


def _says_a_part(heading: HtmlElement, wanted: str) -> bool:
    """Tell a section heading such as "Open days" below the title "Summer plans and open days"."""
    words = words_of("".join(heading.itertext()))
    return heading.tag != "h1" and words in wanted and len(words) < PART_OF_TITLE * len(wanted)
