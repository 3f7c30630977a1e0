"""Every step of the line for one page, for whoever asks why it came out as it did."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from lxml.html import HtmlElement

from crawler.sitemaps import read_sitemap
from pipeline.audit.rulebook import PLAIN_BOOK, RuleBook
from pipeline.cli.work import Item, read_item
from pipeline.errors import ArchiveError
from pipeline.extract.article import base_address, read_article
from pipeline.extract.blocks import MIN_SHARED, Walker
from pipeline.extract.body import Body, is_site_element
from pipeline.extract.declared import matches
from pipeline.extract.frame import HEADINGS
from pipeline.extract.furniture import names_of
from pipeline.extract.kind import xml_kind
from pipeline.extract.lead import leads
from pipeline.extract.page import Surveyed, judge_kind, survey
from pipeline.extract.phrases import ALL_OPENERS
from pipeline.extract.prune import Reason, left_out
from pipeline.learn import is_feed
from pipeline.process import process
from pipeline.record_json import to_record
from pipeline.records import Block, Page
from pipeline.site.feeds import parse_feed
from pipeline.site.stand import layout_of
from pipeline.site.template import Template, fingerprint

WHY: dict[Reason, str] = {
    "title": "shows the title",
    "profile": "the profile drops it",
    "learned": "a box beside the text that says nothing of its own on most posts",
    "talk": "stands under a heading of comments",
    "teaser": "teaser: its heading links to another page of the site",
    "links": "on a page that stands alone: only leads to other pages of the site",
    "aside": "on a page that stands alone: names a picture's maker or calls to another channel",
}
SAMPLE = 80
"""Characters of a text that is quoted."""


def explain(item: Item, template: Template, book: RuleBook = PLAIN_BOOK) -> dict[str, Any]:
    """Take a page down the line and keep what each step makes of it, and why."""
    page = read_item(item)
    if page is None:
        raise ArchiveError(f"{item.url} is no page that could be read")
    record = {name: getattr(page, name) for name in page.__slots__ if name != "text"}
    out: dict[str, Any] = {"page": record | {"characters": len(page.text)}}
    if is_feed(page):
        return out | {"feed": asdict(parse_feed(page.text, page.url or ""))}
    if page.media_type.endswith("xml") and xml_kind(page.text) == "sitemap":
        data = page.text.encode()
        return out | {"sitemap": [asdict(entry) for entry in read_sitemap(data, len(data), lambda: None)]}
    if page.media_type != "text/plain":
        found = survey(page, template)
        article = read_article(found.tree, page, found.body, template)
        kind, why = judge_kind(found, page, article, template)
        out |= {
            "site": _site(found, template),
            "body": _body(found.body),
            "blocks": list(_blocks(found, page, template)),
            "left_out": [*_inside(found.body, page.url), *_outside(found.body)],
            "fields": list(_fields(found)),
            "kind": {"kind": kind, "why": why},
            "witnesses": [asdict(witness) for witness in template.witnesses_of(page.url)],
        }
    return out | {"post": to_record(process(page, template, book))}


def _site(found: Surveyed, template: Template) -> dict[str, Any]:
    layout = layout_of(found.body.element)
    known = template.layouts.get(layout)
    profile = template.profile
    return {
        "pages": template.pages,
        "confidence": template.confidence,
        "layout": layout,
        "layout_known": known is not None and known.is_known,
        "layout_pages": known.pages if known is not None else 0,
        "layout_posts_from": known.first if known is not None else None,
        "layout_posts_to": known.last if known is not None else None,
        "profile": profile.name if profile is not None else None,
        "era": asdict(found.era) if found.era is not None else None,
        "idle": list(_idle(found)),
    }


def _idle(found: Surveyed) -> Iterator[dict[str, str]]:
    """Yield the selectors of the profile that find nothing: the page is read as if they were not there."""
    declared = asdict(found.era) if found.era is not None else {}
    pairs = [(key, css) for key, css in declared.items() if css and key not in ("until", "drop")]
    for key, css in (*pairs, *(("drop", css) for css in declared.get("drop", ()))):
        if next(matches(found.tree, css), None) is None:
            yield {"key": key, "selector": css}


def _body(body: Body) -> dict[str, Any]:
    why = "it holds nearly all the prose, or the title and much of it"
    if body.pinned:
        why = "the profile says so"
    elif body.placed:
        why = "other posts of the site have it there"
    elif body.strong:
        why = "the page calls it a body"
    weight, total = body.scale.of(body.element), body.scale.total
    return {"path": layout_of(body.element), "why": why, "share": round(weight / total, 3) if total else 0.0}


def _blocks(found: Surveyed, page: Page, template: Template) -> Iterator[dict[str, Any]]:
    """Yield every block of the body that is not furniture by itself, and whether it is kept."""
    body = found.body
    shared = template.furniture_of(layout_of(body.element))
    base = base_address(found.tree, page.url)
    walker = Walker(body.scale.page, base, left_out(body, page.url), lambda _: False)
    for block in walker.walk([*leads(body), body.element]).blocks:
        count = _shared_by(block, shared.get(fingerprint(block.text), 0))
        why = f"shared by {count} pages of its layout" if count else "text of the body"
        yield {"kind": block.kind, "level": block.level, "text": block.text, "kept": not count, "why": why}


def _shared_by(block: Block, count: int) -> int:
    return 0 if block.level or len(block.text) < MIN_SHARED else count


def _inside(body: Body, url: str | None) -> Iterator[dict[str, str]]:
    """Yield what is left out of the body, in page order; nothing inside something that is left out."""
    reasons = left_out(body, url)
    for element in body.element.iter("*"):
        reason = reasons.get(element)
        if reason is None or not _text(element) or any(above in reasons for above in element.iterancestors()):
            continue
        yield {
            "place": _name(element),
            "why": WHY.get(reason) or _why(body, element, reason),
            "text": _text(element),
        }


def _outside(body: Body) -> Iterator[dict[str, str]]:
    """Yield what stands beside the body, outermost last."""
    lead = set(leads(body))
    for node in (body.element, *body.element.iterancestors()):
        parent = node.getparent()
        if parent is None or node.tag == "body":
            return
        for element in parent.iterchildren("*"):
            if element is node or not _text(element) or element.tag in ("script", "style", "noscript"):
                continue
            if not any(inner in lead for inner in element.iter("*")):
                furniture = body.scale.is_furniture(element)
                why = _why(body, element, "box") if furniture else "stands outside the body"
                yield {"place": _name(element), "why": why, "text": _text(element)}


def _why(body: Body, element: HtmlElement, reason: Reason) -> str:
    if reason == "opener":
        before = (element, *element.itersiblings(*HEADINGS, preceding=True))
        openers = (
            _text(h) for each in before for h in each.iter(*HEADINGS) if ALL_OPENERS.fullmatch(_text(h))
        )
        return f"the heading {next(openers, '')!r} opens it"
    if element.tag == "header":
        return "header of the post: title, author, date"
    page = body.scale.page
    if is_site_element(page, page.place[element]):
        return f"furniture by its tag, role or visibility: {_name(element)}"
    return f"furniture by its names: {names_of(element)}"


def _fields(found: Surveyed) -> Iterator[dict[str, Any]]:
    """Yield each field with its value, where it came from, and what everybody said of it."""
    metadata = found.metadata
    for name in ("title", "authors", "published", "updated", "language", "categories", "tags"):
        said = [{"source": source, "value": value} for field, source, value in metadata.said if field == name]
        value = getattr(metadata, name)
        yield {"field": name, "value": value, "won": metadata.provenance.get(name), "said": said}


def _name(element: HtmlElement) -> str:
    return ".".join([str(element.tag), *names_of(element).split()])


def _text(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())[:SAMPLE]
