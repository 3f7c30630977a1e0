"""Characters without width or meaning that came in by copying.

**Finds** zero-width spaces, byte order marks, word joiners, object replacements, line separators, icons of
private fonts alone in a block, and marks that turn the reading direction; also between the tags of an
embedded frame.

**Why it matters** Search, sorting and word counts go wrong where nobody can see why; direction overrides
can hide text.

**Leaves alone** soft hyphens, joiners in emoji and in scripts that need them, direction marks in
right-to-left text, and zero-width spaces in scripts that break lines there.

**Fix** deletes them. *Safe*: nobody can see them; where the direction is overridden, an editor is shown the
marks, and they are kept.

**Source** Pasting from word processors, chats and page builders; Unicode TR 36 on direction overrides.
"""

import re
from collections.abc import Iterator

from pipeline.audit.reading import Reading
from pipeline.audit.rule import Remark, Rule, Span
from pipeline.records import Evidence

rule = Rule(__name__, __doc__, severity="info", specificity=3, witness="markup")

INVISIBLE = re.compile("[\u200b\ufeff\u2060\u180e\ufffc\u2028\u2029\u000b\u0080-\u0084\u0086-\u009f]+")
MARKS = re.compile("[\u200e\u200f\u202a-\u202c\u2066-\u2069]+")
OVERRIDES = re.compile("[\u202d\u202e]")
DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]+")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
BREAKS_LINES = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1a20-\u1aaf]")
ICON = re.compile("[\ue000-\ue1ff\ue207-\uf8ff]{1,3}")
TRIGGERS = tuple(
    "\u200b\ufeff\u2060\u180e\ufffc\u2028\u2029\u200e\u200f\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
)


@rule.text(*TRIGGERS)
def by_code_point(text: str) -> Iterator[Span]:
    """Yield runs of characters that show nothing."""
    if not BREAKS_LINES.search(text):
        for run in INVISIBLE.finditer(text):
            separates = "\u2028" in run[0] or "\u2029" in run[0]
            yield Span(
                start=run.start(),
                end=run.end(),
                replacement=" " if separates else "",
                evidence=_named(run[0]),
            )
    if RIGHT_TO_LEFT.search(text):
        return
    turned = OVERRIDES.search(text) is not None
    for run in (DIRECTIONS if turned else MARKS).finditer(text):
        yield Span(
            start=run.start(),
            end=run.end(),
            replacement=None if turned else "",
            evidence=_named(run[0]),
            severity="warning" if turned else None,
        )


@rule.post()
def by_private_use(reading: Reading) -> Iterator[Span]:
    """Yield icons that stand alone in a block."""
    if not any(len(line) <= 3 and ICON.fullmatch(line) for line in reading.line_set):
        return
    for i in reading.shown:
        if (
            len(reading.texts[i]) <= 3
            and reading.blocks[i].kind != "code"
            and ICON.fullmatch(reading.texts[i])
        ):
            start, end = reading.place(i)
            yield Span(start=start, end=end, evidence=_named(reading.texts[i]))


@rule.post()
def by_frame(reading: Reading) -> Iterator[Remark]:
    """Yield what an editor has left between the tags of a frame."""
    for inner in reading.framed:
        for run in INVISIBLE.finditer(inner):
            evidence = _named(run[0])
            yield Remark(
                where="attribute",
                quote=run[0],
                context=inner,
                replacement="",
                evidence=evidence,
                fix="suggested",
            )


def _named(run: str) -> tuple[Evidence, ...]:
    names = ", ".join(f"U+{ord(char):04X}" for char in dict.fromkeys(run))
    return (Evidence(kind="markup", detail=names),)
