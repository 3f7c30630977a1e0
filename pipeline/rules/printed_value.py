"""A program's inner value, printed as text.

**Finds** [object Object], "undefined" or "NaN" as a whole paragraph, spreadsheet line ends (_x000D_),
spreadsheet errors, letters written as codes (\\u2019, =C3=A9) and line breaks written as \\n.

**Why it matters** Some step between a field and the page failed; readers see its inside.

**Leaves alone** code, quotation marks, posts about programming, and words such as null and undefined in
sentences.

**Fix** puts the letter there that a code stands for, and deletes the rest. *Safe* for codes that have one
meaning.

**Source** JavaScript's string of an object, Office Open XML's escapes, JSON's escapes, quoted-printable mail
(RFC 2045).
"""

import re
from collections.abc import Iterator

from pipeline.audit.anchor import is_quoted
from pipeline.audit.notation import alone
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

rule.furniture_hints = ("[object ",)
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
SHOWN = re.compile(
    r"\b(?:shows?|showing|shown|prints?|printed|says?|reads?|sees?|gets?|got|returns?|displays?|logs?|"
    r"outputs?|gives?|like|as|called|an?|the|than|word|string|error|"
    r"zeigt|steht|affiche|muestra|mostra) ?:? $",
    re.I,
)
"""What leads to a value that the sentence is about; "by [object Object]" is a name that got lost."""
NEAR = 24
CODE = re.compile(
    r"(?<![\\\w])\\u(?:20[0-2][0-9a-f]|00[a-f][0-9a-f])(?![0-9a-f])|(?<=\w)\\u(?:20[0-2][0-9a-f]|"
    r"00[a-f][0-9a-f])",
    re.I,
)
BREAK = re.compile(r"\\[nr](?:\\[nrt])*(?=[A-ZÀ-ÖØ-ÞА-Я0-9*•“\"-]|\s|$)|(?:\\[nr]){2,6}")
OTHER_ESCAPE = re.compile(r"\\(?![nrt\"'/]|u[0-9a-fA-F]{4})")
MAIL = re.compile(r"(?:=(?:20|3D|[89A-F][0-9A-F])){1,12}")
FEW = 2
"""One such sign in a block may be anything."""


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
        if is_quoted(text, *value.span()) or SHOWN.search(text, max(0, value.start() - NEAR), value.start()):
            continue
        sure = alone(text, *value.span()) or value[0].startswith("_x000")
        evidence = (Evidence(kind="syntax" if sure else "likely", detail=value[0]),)
        yield Span(start=value.start(), end=value.end(), evidence=evidence)
    for code in CODE.finditer(text):
        char = chr(int(code[0][-4:], 16))
        if char.isprintable() and not is_quoted(text, *code.span()):
            yield Span(start=code.start(), end=code.end(), replacement=char)


@rule.text("\\n", "\\r")
def by_break(text: str) -> Iterator[Span]:
    """Yield line breaks that were written as signs; formulas, patterns and paths have others, too."""
    breaks = [*BREAK.finditer(text)]
    if len(breaks) < FEW or OTHER_ESCAPE.search(text):
        return
    for one in breaks:
        if not is_quoted(text, *one.span()):
            evidence = (Evidence(kind="likely", detail=one[0]),)
            yield Span(start=one.start(), end=one.end(), replacement=" ", evidence=evidence)


@rule.text("=20", "=3D", "=C2=", "=C3=", "=E2=80=")
def by_mail(text: str) -> Iterator[Span]:
    """Yield what a mail program wrote for a sign that mail could not carry."""
    found = (code for code in MAIL.finditer(text) if not _in_address(text, code.start()))
    meant = {code: sign for code in found if (sign := _decoded(code[0]))}
    # A space is only written so at the end of a line: alone it may be "a=20".
    if not any(sign != " " or code.end() == len(text) for code, sign in meant.items()):
        return
    if len(meant) < FEW and all(sign.isascii() for sign in meant.values()):
        return
    for code, sign in meant.items():
        evidence = (Evidence(kind="likely", detail=code[0]),)
        yield Span(start=code.start(), end=code.end(), replacement=sign, evidence=evidence)


def _decoded(codes: str) -> str:
    """Give what a mail program meant, or "" for nothing that can be shown."""
    try:
        meant = bytes.fromhex(codes.replace("=", "")).decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return meant if meant.isprintable() else ""


def _in_address(text: str, at: int) -> bool:
    """Tell a place in a word that is an address, or assigns a value to one of its fields."""
    word = text[max(0, at - 200) : at].rsplit(None, 1)[-1:] if text[at - 1 : at].strip() else []
    return bool(word) and any(sign in word[0] for sign in ("://", "?", "&", "www."))
