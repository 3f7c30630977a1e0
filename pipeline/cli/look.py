"""A second look at one page: which selectors find its body, and the words of what its layout shares."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from pipeline.cli.work import Item, read_item
from pipeline.errors import CopydeskError
from pipeline.extract.article import read_article
from pipeline.extract.blocks import MIN_SHARED
from pipeline.extract.declared import matches
from pipeline.extract.page import survey
from pipeline.site.stand import layout_of, plain_names
from pipeline.site.template import Template, fingerprint

MOST_TRIED = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one page shows of its layout."""

    layout: str
    selectors: frozenset[str]
    """CSS selectors whose first match is the body."""
    samples: dict[int, str]
    """Fingerprint of a block that the layout shares -> its words here."""


def look_at_item(item: Item, template: Template) -> Look | None:
    """Look at a page; None when it cannot be read."""
    try:
        page = read_item(item)
        if page is None or page.status >= 400:
            return None
        found = survey(page, None)
        blocks = read_article(found.tree, page, found.body, None).blocks
    except CopydeskError:
        return None
    body = found.body.element
    layout = layout_of(body)
    shared = template.furniture_of(layout)
    long = (block.text for block in blocks if not block.level and len(block.text) >= MIN_SHARED)
    tried = list(_candidates(body))[:MOST_TRIED]
    return Look(
        layout=layout,
        selectors=frozenset(css for css in tried if next(matches(found.tree, css), None) is body),
        samples={mark: text for text in long if (mark := fingerprint(text)) in shared},
    )


def _candidates(body: HtmlElement) -> Iterator[str]:
    """Yield selectors for an element, the plainest first: by itself, then below an ancestor."""
    own = list(_names(body))
    yield from own
    for ancestor in list(body.iterancestors())[:3]:
        for name in _names(ancestor):
            yield from (f"{name} {css}" for css in own[:4])


def _names(element: HtmlElement) -> Iterator[str]:
    tag = str(element.tag)
    yield from (f"{tag}{name}" for name in plain_names(element))
    yield tag
