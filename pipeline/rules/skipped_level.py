"""A heading that skips a level.

**Finds** a heading two or more levels below the one before it: an h4 under an h2.

**Why it matters** The outline has a hole; screen readers and tables of contents show a section without its
parent.

**Leaves alone** the first heading of a post, whatever its level, steps back up, and bold lines that act as
headings.

**Fix** none: an editor has to know what the section belongs to.

**Source** Headings chosen for their size; WCAG technique H42.
"""

from collections.abc import Iterator

from pipeline.audit.reading import Reading
from pipeline.audit.rule import Remark, Rule
from pipeline.records import Evidence

rule = Rule(__name__, __doc__, severity="info", fix="none", specificity=1, witness="markup")


@rule.post()
def by_levels(reading: Reading) -> Iterator[Remark]:
    """Yield headings that lie more than one level below the one before."""
    before = 0
    for i, block in enumerate(reading.blocks):
        if block.kind != "heading" or block.marked == "bold" or not reading.texts[i]:
            continue
        if before and block.level > before + 1:
            evidence = (Evidence(kind="markup", detail=f"h{block.level} after h{before}"),)
            yield Remark(where="heading", quote=reading.texts[i], evidence=evidence, block=i)
        before = block.level
