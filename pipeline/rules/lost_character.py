"""A character that was lost for good on the way.

**Finds** the replacement sign � that software puts where bytes made no sense, and question marks in the
middle of words where a paragraph has several ("m?ssen, H?user, don?t").

**Why it matters** Readers see a black diamond; what stood there is gone and only a person can put it back.

**Leaves alone** posts about encodings, quotation marks and code; addresses, and questions without a space
behind them.

**Fix** none: nobody but the author knows what stood there.

**Source** Unicode, U+FFFD; decoders that were told the wrong encoding.
"""

import re
from collections.abc import Iterator

from pipeline.audit.anchor import is_quoted
from pipeline.audit.rule import Rule, Span
from pipeline.records import Evidence

rule = Rule(
    __name__,
    __doc__,
    severity="error",
    fix="none",
    specificity=3,
    witness="repair",
    about=r"\b(?:encod\w+|utf-?8|unicode|mojibake|charset|umlaute?)\b",
)

ASKED = re.compile(r"(?<![\w/?=&.:#-])[A-Za-zÀ-ž]{1,20}\?[a-zà-ž]{1,20}(?!\w|[/?=&.:#-]\w)")
"""A word with a question mark in it, and no part of an address."""
MANY = 3
"""So many different ones in a paragraph are no slips of the keyboard."""
WORD = re.compile(r"\w{0,20}\ufffd[\w\ufffd]{0,20}")


@rule.text("\ufffd")
def by_sign(text: str) -> Iterator[Span]:
    """Yield each damaged word."""
    for word in WORD.finditer(text):
        if not is_quoted(text, *word.span()):
            yield Span(start=word.start(), end=word.end(), replacement=None)


@rule.text("?")
def by_question_mark(text: str) -> Iterator[Span]:
    """Yield the words of a paragraph in which question marks stand for letters."""
    if text.count("?") < MANY:
        return
    words = [word for word in ASKED.finditer(text) if not is_quoted(text, *word.span())]
    if len({word[0] for word in words}) >= MANY:
        for word in words:
            evidence = (
                Evidence(kind="likely", detail=word[0]),
                Evidence(kind="same-post", detail="one of several"),
            )
            yield Span(start=word.start(), end=word.end(), replacement=None, evidence=evidence)
