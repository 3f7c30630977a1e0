"""A heading that skips a level.

**Finds** a heading two or more levels below the one before it: an h4 under an h2.

**Why it matters** The outline has a hole; screen readers and tables of contents show a section without its
parent.

**Leaves alone** the first heading of a post, whatever its level, steps back up, bold lines that act as
headings, and a step between two parts of the page with something else in between.

**Fix** none: an editor has to know what the section belongs to.

**Source** Headings chosen for their size; WCAG technique H42.
"""

from collections.abc import Iterator
from typing import Any

from pipeline.audit.reading import Reading
from pipeline.audit.rule import Remark, Rule
from pipeline.records import Evidence

rule = Rule(__name__, __doc__, severity="info", fix="none", specificity=1, witness="markup")

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@rule.post()
def by_levels(reading: Reading) -> Iterator[Remark]:
    """Yield headings that lie more than one level below the one before."""
    before = 0
    for i, block in enumerate(reading.blocks):
        if block.kind != "heading" or block.marked == "bold" or not reading.texts[i]:
            continue
        if before and block.level > before + 1 and _follows(reading, i, before):
            evidence = (Evidence(kind="markup", detail=f"h{block.level} after h{before}"),)
            yield Remark(where="heading", quote=reading.texts[i], evidence=evidence, block=i)
        before = block.level


def _follows(reading: Reading, block: int, before: int) -> bool:
    """Tell that the page, too, has no other heading between the two: extraction may have left one out."""
    root = reading.article.root
    if root is None:
        return True
    level = 0
    for heading in filter(_has_words, root.iter(*HEADINGS)):
        if heading.get("data-block") == str(block):
            return level in (0, before)
        level = int(heading.tag[1])
    return False


def _has_words(heading: Any) -> bool:
    return any(text.strip() for text in heading.itertext())
