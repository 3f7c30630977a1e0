"""A character that was lost for good on the way.

**Finds** the replacement sign � that software puts where bytes made no sense.

**Why it matters** Readers see a black diamond; what stood there is gone and only a person can put it back.

**Leaves alone** posts about encodings, quotation marks and code.

**Fix** none: nobody but the author knows what stood there.

**Source** Unicode, U+FFFD; decoders that were told the wrong encoding.
"""

import re
from collections.abc import Iterator

from pipeline.audit.anchor import is_quoted
from pipeline.audit.rule import Rule, Span

rule = Rule(
    __name__,
    __doc__,
    severity="error",
    fix="none",
    specificity=3,
    witness="repair",
    about=r"\b(?:encod\w+|utf-?8|unicode|mojibake|charset|umlaute?)\b",
)

WORD = re.compile(r"\w{0,20}\ufffd[\w\ufffd]{0,20}")


@rule.text("\ufffd")
def by_sign(text: str) -> Iterator[Span]:
    """Yield each damaged word."""
    for word in WORD.finditer(text):
        if not is_quoted(text, *word.span()):
            yield Span(start=word.start(), end=word.end(), replacement=None)
