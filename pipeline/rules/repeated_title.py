"""The post's title, once more, at the head of its body.

**Finds** a block among the first three that says the same as the title, quotes, dashes, case and the site's
name aside.

**Why it matters** Readers meet the title twice; in a feed or a search result three times.

**Leaves alone** the page's one heading that shows the title, its only h1, names in tables, links to the post,
the title inside a longer sentence, and any repetition further down.

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
SIGNS = 100
"""So many signs more than letters may stand in a line that still says no more than the title."""
NOT_WORDS = re.compile(r"[\W_]+")
KINDS = ("paragraph", "heading", "quote")
HEADINGS = ("h1", "h2", "h3")
LINES = ("div", "p", "span", "strong", "b", "h4", "h5")
LISTS = ("nav", "li", "a", "ol", "ul", "button")
OF_A_TABLE = frozenset(("table", "td", "th"))
STICKY = re.compile(r"\b(?:nav|sticky|fixed)\b|breadcrumb", re.I)

rule = Rule(__name__, __doc__, severity="warning", specificity=2, witness="same-text")


@rule.post()
def by_first_blocks(reading: Reading) -> Iterator[Span]:
    """Yield the first blocks that equal the title."""
    title = _folded(reading.metadata.title or "")
    if len(title) < 2:
        return
    wanted = {title, _folded(f"{reading.metadata.title} {reading.metadata.site_name}")}
    longest = SIGNS + 2 * max(map(len, wanted))
    for i in islice(reading.shown, FIRST_BLOCKS):
        text = reading.texts[i]
        if reading.blocks[i].kind in KINDS and len(text) <= longest and _folded(text) in wanted:
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
    own, tags = _elements_of(root, block)
    if "h1" in tags:
        names: tuple[str, ...] = ("h1",)
    elif tags & OF_A_TABLE:
        return False
    else:
        names = HEADINGS if tags & set(HEADINGS) else (*HEADINGS, *LINES)
    for one in root.getroottree().iter(*names):
        if one not in own and not _is_later(one, block) and _says(one, title) and not _is_listed(one):
            return True
    return False


def _elements_of(root: Any, block: int) -> tuple[set[Any], set[str]]:
    """Give the elements that show a block, and the tags of these and of what holds them."""
    holders = root.getroottree().xpath(f"//*[@data-block='{block}']")
    own = {one for holder in holders for one in holder.iter()}
    return own, {one.tag for holder in holders for one in (holder, *holder.iterancestors())}


def _is_later(element: Any, block: int) -> bool:
    """Tell an element of a later block: there, the title is what is repeated, not here."""
    number = next((n for one in (element, *element.iterancestors()) if (n := one.get("data-block"))), None)
    return number is not None and int(number) > block


def _says(element: Any, title: str) -> bool:
    if element.tag in HEADINGS:
        return _folded("".join(map(str, element.itertext()))) == title
    text = element.text
    return text is not None and len(text) < len(title) + 200 and _folded(text) == title


def _is_listed(element: Any) -> bool:
    """Tell a breadcrumb, a bar that follows the reader, or a link to the post from its title."""
    holders = (element, *element.iterancestors())
    return any(one.tag in LISTS or STICKY.search(one.get("class") or "") for one in holders)


def _folded(text: str) -> str:
    return NOT_WORDS.sub(" ", text).strip().casefold()
