"""One page read as a whole: what kind it is, its metadata and its article."""

from dataclasses import dataclass

from lxml.html import HtmlElement

from pipeline.extract.article import read_article
from pipeline.extract.body import find_body
from pipeline.extract.dom import parse_html
from pipeline.extract.kind import is_page_address, page_kind
from pipeline.extract.metadata import extract_metadata
from pipeline.records import Article, Metadata, Page, PageKind
from pipeline.site.template import Template


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """A page before audit."""

    kind: PageKind
    metadata: Metadata
    article: Article
    tree: HtmlElement | None
    """The parsed page; None for a plain-text dump."""


def extract_page(page: Page, template: Template | None = None) -> Extracted:
    """Parse an HTML page once and read everything from the one tree.

    Raises ExtractionError when the page cannot be read.
    """
    tree = parse_html(page.text)
    body = find_body(tree)
    witnesses = template.witnesses_of(page.url) if template is not None else ()
    metadata = extract_metadata(tree, page, body.element, witnesses)
    article = read_article(tree, page, body, metadata.title, template)
    kind = page_kind(tree, page, article, metadata)
    if template is not None and not is_page_address(page.url):
        kind = template.settle_kind(page.url, kind, dated=metadata.published is not None)
    return Extracted(kind=kind, metadata=metadata, article=article, tree=tree)
