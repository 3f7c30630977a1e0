"""A heading without words.

**Finds** heading elements in the article that show nothing: no text and no picture.

**Why it matters** Screen readers announce it, and tables of contents get an empty line.

**Leaves alone** headings that hold a picture or an icon, headings that a script fills, and headings outside
the article.

**Fix** removes the element. *Safe*: nothing was there to read.

**Source** Editors that keep an empty heading line; builders whose heading field was left blank.
"""

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from pipeline.audit.reading import Reading
from pipeline.audit.rule import Remark, Rule
from pipeline.records import Evidence

rule = Rule(__name__, __doc__, severity="info", specificity=1, witness="markup")

LATER = re.compile(r"\b(?:icons?|icomoon|glyphicons?|fa[bsr]?|dashicons|skeleton|modal)(?:\b|_)")
"""Class names of icons, which a style sheet draws, and of what is empty until a script runs."""


HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLANK = " \t\r\n\f\u00a0\u00ad\u200b\u200c\u200d\u200e\u2060\ufeff"
SHOWN = ("img", "svg", "picture", "canvas", "video", "object", "iframe", "input", "button", "select")
"""What shows something without words."""


@rule.post()
def by_text(reading: Reading) -> Iterator[Remark]:
    """Yield headings that hold neither words nor a picture."""
    pictured = {image.block for image in reading.article.images if image.inline}
    bare = [
        i
        for i, block in enumerate(reading.blocks)
        if block.kind == "heading" and not (block.text.strip() or block.hidden or i in pictured)
    ]
    left = _empty_elements(reading) if bare else Counter()
    for i in bare:
        level = reading.blocks[i].level
        if any(map(LATER.search, reading.blocks[i].tokens)) or (left is not None and left[level] < 1):
            continue
        if left is not None:
            left[level] -= 1
        evidence = (Evidence(kind="markup", detail=f"h{level}"),)
        yield Remark(where="heading", quote="", replacement="", evidence=evidence, block=i)


def _empty_elements(reading: Reading) -> Counter[int] | None:
    """Count the headings of each level in which the page itself shows nothing; None for a dump.

    A block without text may also be a heading whose words were no part of the post: a credit, a form's title.
    """
    root = reading.article.root
    if root is None:
        return None
    return Counter(int(one.tag[1]) for one in root.iter(*HEADINGS) if _shows_nothing(one))


def _shows_nothing(heading: etree._Element) -> bool:
    return _is_blank(heading) and not _is_slot(heading)


def _is_blank(element: etree._Element) -> bool:
    return not "".join(map(str, element.itertext())).strip(BLANK) and next(element.iter(*SHOWN), None) is None


def _is_slot(heading: etree._Element) -> bool:
    """Tell a part of a box that a script fills: what stands beside it has a class, too, and nothing in it.

    An editor's blank line holds a line break.
    """
    if not heading.get("class") or next(heading.iter("br"), None) is not None:
        return False
    beside = (heading.getprevious(), heading.getnext())
    return any(
        one is not None and one.get("class") and one.tag not in HEADINGS and _is_blank(one) for one in beside
    )
