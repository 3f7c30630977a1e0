"""A heading without words.

**Finds** heading elements in the article that show nothing: no text and no picture.

**Why it matters** Screen readers announce it, and tables of contents get an empty line.

**Leaves alone** headings that hold a picture or an icon, headings that a script fills, and headings outside
the article.

**Fix** removes the element. *Safe*: nothing was there to read.

**Source** Editors that keep an empty heading line; builders whose heading field was left blank.
"""

import re
from collections.abc import Iterator

from pipeline.audit.reading import Reading
from pipeline.audit.rule import Remark, Rule
from pipeline.records import Evidence

rule = Rule(__name__, __doc__, severity="info", specificity=1, witness="markup")

LATER = re.compile(r"\b(?:icons?|icomoon|glyphicons?|fa[bsr]?|dashicons|skeleton|modal)(?:\b|_)")
"""Class names of icons, which a style sheet draws, and of what is empty until a script runs."""


@rule.post()
def by_text(reading: Reading) -> Iterator[Remark]:
    """Yield headings that hold neither words nor a picture."""
    pictured = {image.block for image in reading.article.images if image.inline}
    for i, block in enumerate(reading.blocks):
        if block.kind != "heading" or block.text.strip() or block.hidden or i in pictured:
            continue
        if not any(map(LATER.search, block.tokens)):
            evidence = (Evidence(kind="markup", detail=f"h{block.level}"),)
            yield Remark(where="heading", quote="", replacement="", evidence=evidence, block=i)
