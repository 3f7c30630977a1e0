"""The post's title, once more, at the head of its body.

**Finds** a block among the first three that says the same as the title, quotes, dashes, case and the site's
name aside.

**Why it matters** Readers meet the title twice; in a feed or a search result three times.

**Leaves alone** the page's one heading that shows the title, the title inside a longer sentence, and any
repetition further down.

**Fix** deletes the block. *Safe*: the title is still there.

**Source** Editors that paste the title into the body, importers that put it there, themes that print it
twice.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from pipeline.audit.reading import Reading
from pipeline.audit.rule import Rule, Span
from pipeline.records import Evidence

FIRST_BLOCKS = 3
NOT_WORDS = re.compile(r"[\W_]+")

rule = Rule(__name__, __doc__, severity="warning", specificity=2, witness="same-text")


@rule.post()
def by_first_blocks(reading: Reading) -> Iterator[Span]:
    """Yield the first blocks that equal the title."""
    title = _folded(reading.metadata.title or "")
    if len(title) < 2:
        return
    wanted = {title, _folded(f"{reading.metadata.title} {reading.metadata.site_name}")}
    for i in islice(reading.shown, FIRST_BLOCKS):
        if _folded(reading.texts[i]) in wanted and reading.blocks[i].kind in (
            "paragraph",
            "heading",
            "quote",
        ):
            if not _is_shown_elsewhere(reading, title, i):
                continue
            start, end = reading.place(i)
            same = Evidence(kind="same-text", detail="equals the title")
            yield Span(start=start, end=end, evidence=(same,))


def _is_shown_elsewhere(reading: Reading, title: str, block: int) -> bool:
    """Tell a repetition from the one place where the page shows its title; a dump's title stands above it."""
    root = reading.article.root
    if root is None:
        return True
    tree = root.getroottree()
    headings = (h for h in tree.iter("h1", "h2", "h3") if h.get("data-block") != str(block))
    if any(_folded("".join(map(str, heading.itertext()))) == title for heading in headings):
        return True
    if reading.blocks[block].kind == "heading":
        return False
    holders = [one for one in root.iter() if one.get("data-block") == str(block)]
    own = {id(one) for holder in holders for one in holder.iter()}
    shown = (one for one in tree.iter("div", "p", "span", "strong", "h4", "h5") if id(one) not in own)
    return any(_is_line(one.text, title) and not _is_listed(one) for one in shown)


def _is_line(text: str | None, title: str) -> bool:
    return text is not None and len(text) < len(title) + 200 and _folded(text) == title


def _is_listed(element: Any) -> bool:
    """Tell a breadcrumb or a link to the post from its title."""
    return any(one.tag in ("nav", "li", "a", "ol", "ul", "button") for one in element.iterancestors())


def _folded(text: str) -> str:
    return NOT_WORDS.sub(" ", text).strip().casefold()
