"""The line, readable in one breath: a page becomes a post.

Nothing here fetches, stores, logs or reads a clock.
"""

from dataclasses import replace

from pipeline.archive.textdump import read_dump
from pipeline.audit.guard import audit_safely
from pipeline.audit.rulebook import PLAIN_BOOK, RuleBook
from pipeline.extract.outline import Outline, outline
from pipeline.extract.page import Extracted, extract_page
from pipeline.records import Finding, Image, Link, Page, Post
from pipeline.rules import load_rules
from pipeline.site.stand import layout_of
from pipeline.site.template import Template


def extract(page: Page, template: Template | None = None) -> Extracted:
    """Find metadata and article of a page; a plain-text page is read as a dump of one post."""
    if page.media_type == "text/plain":
        metadata, article = read_dump(page.text)
        return Extracted(kind="post", metadata=metadata, article=article, tree=None)
    return extract_page(page, template)


def process(page: Page, template: Template | None = None, book: RuleBook = PLAIN_BOOK) -> Post:
    """Turn one fetched page into one post, ready to store.

    Raises ExtractionError when the page cannot be read at all; a page without an article gives a post
    without text.
    """
    found = extract(page, template)
    rules, setting = book.at(page.url, load_rules())
    if template is not None and template.repeats:
        setting = replace(setting, repeats=template.pages_with)
    audited = audit_safely(found.article, found.metadata, rules, setting)
    cut = outline(found.article.blocks, audited.clean_texts)
    return Post(
        url=page.url,
        kind=found.kind,
        metadata=found.metadata,
        title=audited.title,
        intro=cut.intro,
        sections=cut.sections,
        text="\n".join(text for text in audited.clean_texts if text),
        text_raw="\n".join(block.text for block in found.article.blocks if block.text),
        images=tuple(_placed_image(image, cut) for image in found.article.images),
        links=tuple(_placed_link(link, cut) for link in found.article.links),
        findings=tuple(_placed_finding(finding, cut) for finding in audited.findings),
        blocks=found.article.blocks,
        failures=tuple(replace(failure, url=page.url) for failure in audited.failures),
        fetched_at=page.fetched_at,
        digest=page.digest,
        warc_file=page.warc_file,
        warc_offset=page.warc_offset,
        layout=layout_of(found.article.root) if found.tree is not None else None,
    )


def _section_at(block: int, cut: Outline) -> int | None:
    """A picture alone after the last block stands in the last section."""
    return cut.section_of[min(block, len(cut.section_of) - 1)] if cut.section_of else None


def _placed_image(image: Image, cut: Outline) -> Image:
    # A picture alone stands before the block of its index: in the section that was open by then.
    block = image.block if image.inline else image.block - 1
    return replace(image, section=_section_at(block, cut) if block >= 0 else None)


def _placed_link(link: Link, cut: Outline) -> Link:
    return replace(link, section=_section_at(link.block, cut))


def _placed_finding(finding: Finding, cut: Outline) -> Finding:
    return finding if finding.block is None else replace(finding, section=_section_at(finding.block, cut))
