"""A paragraph that stands there twice.

**Finds** a second block with the same words as one before it, next to it or in the same section.

**Why it matters** Readers stumble over it; it comes from a paste, a twin for phones, or an opened and a
closed copy.

**Leaves alone** short lines, headings, table cells, code, and calls that a post repeats in several
sections.

**Fix** deletes the second copy. *Safe* where it follows the first at once; else an editor decides.

**Source** Editors' pastes, accordions, responsive twins, noscript copies.
"""

from collections.abc import Iterator

from pipeline.audit.reading import Reading
from pipeline.audit.rule import Rule, Span
from pipeline.records import Evidence, FixSafety

MIN_CHARS = 60
FAR_CHARS = 100
"""What stands apart from its copy must be longer: captions, names and labels come back on purpose."""

rule = Rule(__name__, __doc__, severity="warning", specificity=1, witness="same-text")


@rule.post()
def by_text(reading: Reading) -> Iterator[Span]:
    """Yield each copy after the first of its section."""
    seen: dict[str, int] = {}
    previous = ""
    for i in reading.shown:
        block, line = reading.blocks[i], reading.lines[i]
        if block.kind == "heading":
            seen.clear()
        if block.kind not in ("paragraph", "list_item", "quote") or len(line) < MIN_CHARS:
            previous = line
            continue
        if line in seen:
            start, end = reading.place(i)
            same = Evidence(kind="same-text", detail=line[:80])
            adjacent = (
                (Evidence(kind="adjacent", detail="follows the first copy"),) if previous == line else ()
            )
            if not adjacent and (block.kind == "list_item" or len(line) < FAR_CHARS):
                continue
            prose = block.kind in ("paragraph", "quote")
            fix: FixSafety = "safe" if adjacent and prose else "suggested"
            yield Span(start=start, end=end, evidence=(same, *adjacent), fix=fix)
        seen[line] = i
        previous = line
