"""A paragraph that stands there twice.

**Finds** a second block with the same words as one before it, next to it or in the same section.

**Why it matters** Readers stumble over it; it comes from a paste, a twin for phones, or an opened and a
closed copy.

**Leaves alone** short lines, headings, table cells, code, calls that a post repeats in several sections, and
a single paragraph that comes back much later: refrains, and quotations in replies, above which the line
with the speaker's name comes back, too.

**Fix** deletes the second copy. *Safe* where it follows the first at once; else an editor decides.

**Source** Editors' pastes, accordions, responsive twins, noscript copies.
"""

from bisect import bisect_left
from collections.abc import Iterator

from pipeline.audit.reading import Reading
from pipeline.audit.rule import Rule, Span
from pipeline.records import Evidence, FixSafety

MIN_CHARS = 60
FAR_CHARS = 100
"""What stands apart from its copy must be longer: captions, names and labels come back on purpose."""
FAR_BLOCKS = 6
"""Further apart a single copy is a quotation or a refrain: replies in a forum, teasers, calls."""
MIN_NAME, MAX_NAME = 3, 60
KINDS = ("paragraph", "list_item", "quote")

rule = Rule(__name__, __doc__, severity="warning", specificity=1, witness="same-text")


@rule.post()
def by_text(reading: Reading) -> Iterator[Span]:
    """Yield each copy after the first of its section."""
    copies = _copies(reading)
    for i, (_, distance) in copies.items():
        text, kind = reading.lines[i], reading.blocks[i].kind
        adjacent = distance == 1
        if not adjacent and not _is_slip(reading, copies, i):
            continue
        same = [Evidence(kind="same-text", detail=text[:80])]
        if adjacent:
            same.append(Evidence(kind="adjacent", detail="follows the first copy"))
        fix: FixSafety = "safe" if adjacent and kind in ("paragraph", "quote") else "suggested"
        start, end = reading.place(i)
        yield Span(start=start, end=end, evidence=(*same,), fix=fix)


def _copies(reading: Reading) -> dict[int, tuple[int, int]]:
    """Give each copy -> the block it repeats, of the same section, and how many blocks before it."""
    seen: dict[str, tuple[int, int]] = {}
    copies: dict[int, tuple[int, int]] = {}
    for at, i in enumerate(reading.shown):
        block, line = reading.blocks[i], reading.lines[i]
        if block.kind == "heading":
            seen.clear()
        elif block.kind in KINDS and len(line) >= MIN_CHARS:
            if line in seen:
                first, stood = seen[line]
                copies[i] = (first, at - stood)
            seen[line] = (i, at)
    return copies


def _is_slip(reading: Reading, copies: dict[int, tuple[int, int]], i: int) -> bool:
    """Tell a paste from a refrain: close to the first copy, or with the neighbours that it had there."""
    if reading.blocks[i].kind == "list_item" or len(reading.lines[i]) < FAR_CHARS:
        return False
    first, distance = copies[i]
    if _is_reply(reading, first, i):
        return False
    if any(i + step in copies and copies[i + step] == (first + step, distance) for step in (-1, 1)):
        return True
    return distance <= FAR_BLOCKS and reading.blocks[i].kind == "paragraph"


def _is_reply(reading: Reading, first: int, copy: int) -> bool:
    """Tell a quotation below the name of whom it quotes: "Ada" below what "Ada, 3 May, 10:15" wrote."""
    above, below = _line_before(reading, first), _line_before(reading, copy)
    name = below.split(" ", 1)[0].rstrip(":,")
    return above != below and len(name) >= MIN_NAME and len(below) <= MAX_NAME and above.startswith(name)


def _line_before(reading: Reading, block: int) -> str:
    at = bisect_left(reading.shown, block)
    return reading.lines[reading.shown[at - 1]] if at else ""
