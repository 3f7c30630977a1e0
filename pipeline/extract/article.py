"""Page -> Article: the post's blocks, with the site's furniture left out."""

from collections.abc import Callable

from lxml.html import HtmlElement

from pipeline.extract.blocks import Walker
from pipeline.extract.body import Body, find_body
from pipeline.extract.flat import lay_flat
from pipeline.extract.lead import leads, leads_as_text
from pipeline.extract.prune import left_out
from pipeline.extract.pseudo import promote_bold
from pipeline.records import Article, Page
from pipeline.site.stand import layout_of
from pipeline.site.template import Template, fingerprint


def extract_article(tree: HtmlElement, page: Page, template: Template | None = None) -> Article:
    """Find the post's body and read it."""
    return read_article(tree, page, find_body(lay_flat(tree)), template)


def read_article(tree: HtmlElement, page: Page, body: Body, template: Template | None) -> Article:
    """Split the post's body into blocks; no blocks when the page holds no text.

    The heading that shows the title is not part of the body. Elements that opened block i carry
    data-block="i" afterwards.
    """
    base = base_address(tree, page.url)
    dropped = left_out(body, page.url or _own_address(tree))
    walker = Walker(body.scale.page, base, dropped, _shared(body.element, template))
    above = len(walker.walk(leads(body)).blocks)
    walked = walker.walk([body.element])
    blocks = leads_as_text(walked.blocks, above)
    return Article(
        blocks=promote_bold(blocks),
        images=walked.images,
        links=walked.links,
        root=body.element,
        page_text=page.text,
    )


def _own_address(tree: HtmlElement) -> str | None:
    """Give the address that a page without one says it has: what leads elsewhere is told by it."""
    links = (link.get("href") or "" for link in tree.iterfind("head/link[@rel='canonical']"))
    return next((href for href in links if href.startswith(("http://", "https://"))), None)


def _shared(body: HtmlElement, template: Template | None) -> Callable[[str], bool]:
    """Give a test for texts that stand on most pages of the body's layout."""
    known = template.furniture_of(layout_of(body)) if template is not None else None
    if not known:
        return lambda text: False
    return lambda text: fingerprint(text) in known


def base_address(tree: HtmlElement, url: str | None) -> str | None:
    """Give the address that relative links start from: the page's own, or that of its base element."""
    base = tree.find(".//base[@href]")
    if base is None or url is None:
        return url
    href: str = base.get("href") or ""
    return href if href.startswith(("http://", "https://")) else url
