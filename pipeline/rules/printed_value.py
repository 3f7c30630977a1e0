"""A program's inner value, printed as text.

**Finds** [object Object], "undefined" or "NaN" as a whole paragraph, spreadsheet line ends (_x000D_),
spreadsheet errors and letters written as codes (\\u2019).

**Why it matters** Some step between a field and the page failed; readers see its inside.

**Leaves alone** code, quotation marks, posts about programming, and words such as null and undefined in
sentences.

**Fix** puts the letter there that a code stands for, and deletes the rest. *Safe* for codes that have one
meaning.

**Source** JavaScript's string of an object, Office Open XML's escapes, JSON's escapes.
"""

import re
from collections.abc import Iterator

from pipeline.audit.anchor import is_quoted
from pipeline.audit.notation import alone, mentioned
from pipeline.audit.reading import Reading
from pipeline.audit.rule import Rule, Span
from pipeline.records import Evidence

rule = Rule(
    __name__,
    __doc__,
    severity="error",
    specificity=4,
    witness="syntax",
    about=r"\b(?:javascript|typescript|json|unicode|excel|spreadsheets?|xml|escap\w+|regex|python|"
    r"programming|sheets|formulas?)\b",
)

VALUE = re.compile(
    r"\[object (?:Object|Undefined|Null|HTML\w{1,30}|Promise|Event)\]|_x000[DAda]_|#(?:REF|NAME|VALUE|"
    r"DIV/0)[!?]"
)
ALONE = frozenset(
    (
        "undefined",
        "NaN",
        "null",
        "(nil)",
        "Invalid Date",
        "function () { [native code] }",
        "None",
        "[native code]",
    )
)
"""Values that are also words, or names: only where nothing else stands in the block, and only flagged."""
CODE = re.compile(
    r"(?<![\\\w])\\u(?:20[0-2][0-9a-f]|00[a-f][0-9a-f])(?![0-9a-f])|(?<=\w)\\u(?:20[0-2][0-9a-f]|"
    r"00[a-f][0-9a-f])",
    re.I,
)


@rule.post()
def by_value(reading: Reading) -> Iterator[Span]:
    """Yield paragraphs and headings that are nothing but an empty value."""
    if ALONE.isdisjoint(reading.texts):
        return
    for i in reading.shown:
        if reading.texts[i] in ALONE and reading.blocks[i].kind in ("paragraph", "heading", "caption"):
            start, end = reading.place(i)
            evidence = (
                Evidence(kind="likely", detail=reading.texts[i]),
                Evidence(kind="alone", detail="all of its block"),
            )
            yield Span(start=start, end=end, evidence=evidence, fix="suggested")


@rule.text("[object ", "_x000", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "\\u20", "\\u00")
def by_form(text: str) -> Iterator[Span]:
    """Yield printed values and codes."""
    for value in VALUE.finditer(text):
        if is_quoted(text, *value.span()) or mentioned(text, *value.span()):
            continue
        sure = alone(text, *value.span()) or value[0].startswith("_x000")
        evidence = (Evidence(kind="syntax" if sure else "likely", detail=value[0]),)
        yield Span(start=value.start(), end=value.end(), evidence=evidence)
    for code in CODE.finditer(text):
        char = chr(int(code[0][-4:], 16))
        if char.isprintable() and not is_quoted(text, *code.span()):
            yield Span(start=code.start(), end=code.end(), replacement=char)
