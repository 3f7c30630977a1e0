"""Text that was read in the wrong encoding.

**Finds** UTF-8 that was read as Windows-1252 or Latin-1, once or twice: Ã©, â€™, Ã¢â‚¬â„¢.

**Why it matters** Readers stumble over every apostrophe, and search finds no word with an accent.

**Leaves alone** damage in quotation marks or code, posts about encodings, and capitals of Portuguese or
Vietnamese that only look alike.

**Fix** puts the character there that was meant. *Safe* where the bytes decode to it and to nothing else; a
single character of a script that the block does not use is only proposed.

**Source** ftfy decides and repairs.
"""

import re
from collections.abc import Iterator
from itertools import islice

from ftfy import fix_encoding

from pipeline.audit.anchor import is_quoted
from pipeline.audit.rule import Rule, Span
from pipeline.records import FixSafety

rule = Rule(
    __name__,
    __doc__,
    severity="error",
    specificity=6,
    witness="repair",
    about=r"\b(?:encod\w+|utf-?8|unicode|mojibake|charset|umlaute?|zeichensatz|latin-?1|character sets?)\b",
)
rule.furniture_hints = ("Ã",)

CONTINUATION = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
# A soft hyphen may stand behind any letter: only behind some is it half of one.
RUN = re.compile(
    rf"(?:[\u00c2-\u00df](?!(?<![ÃÐÑ])\u00ad)[{CONTINUATION}]|[\u00e0-\u00ef][{CONTINUATION}]{{2}}|"
    rf"[\u00f0-\u00f4][{CONTINUATION}]{{3}}){{1,400}}"
)
LONE = re.compile(r"Ã(?= |$)")
"""The second half of an à is a space that does not break, and as such no longer told from others."""
SPACED = re.compile(r"(?<=[a-zà-öø-ÿ.,;:!?…)])Â(?= )")
"""A space that does not break lost its second half to white space: what is left is glued to a word."""
BYTE_ORDER_MARK = "ï»¿"
FEW = 2
TRIGGERS = tuple("ÃÂâÐÑÅÄðïãÎÏØÙ×à¥¬¸‡ˆ¤¹¾¼³´¨¦¯¢ŠŒ‰")
"""What damaged text begins with; of East Asia's, whose first letters are common, what comes behind."""


@rule.text(*TRIGGERS)
def by_repair(text: str) -> Iterator[Span]:
    """Yield runs that decode to plain text again."""
    intact, damaged = None, False
    for run in RUN.finditer(text):
        repaired = _repaired(run[0])
        if repaired is None or is_quoted(text, *run.span()):
            continue
        if len(run[0]) == 2:
            if intact is None:
                intact = _has_intact_letters(text)
            if _may_be_meant(text, run, intact):
                continue
        most: FixSafety | None = "suggested" if _is_foreign(repaired, text) else None
        damaged = damaged or most is None
        yield Span(start=run.start(), end=run.end(), replacement=repaired, fix=most)
    for lone in LONE.finditer(text) if damaged else ():
        if not text[lone.start() - 1 : lone.start()].isupper():
            yield Span(start=lone.start(), end=lone.end(), replacement="à")


@rule.text("Â ")
def by_space(text: str) -> Iterator[Span]:
    """Yield what is left of spaces that do not break; one alone is only proposed."""
    places = [*SPACED.finditer(text)]
    most: FixSafety | None = "suggested" if len(places) < FEW else None
    for place in places:
        if not is_quoted(text, *place.span()):
            yield Span(start=place.start(), end=place.end(), replacement="", fix=most)


def _repaired(run: str) -> str | None:
    if run == BYTE_ORDER_MARK:
        return ""
    fixed = fix_encoding(run)
    if fixed == run:
        try:
            fixed = run.encode("cp1252").decode("utf-8")
        except (UnicodeEncodeError, UnicodeDecodeError):
            return None
    return (
        fixed.replace("\u00a0", " ")
        if (len(fixed) < len(run) and fixed.isprintable()) or fixed == "\u00a0"
        else None
    )


def _is_foreign(repaired: str, text: str) -> bool:
    """Tell a lone sign of East Asia in a Latin text: its bytes were hurt twice, and the sign is a guess."""
    if len(repaired) != 1 or not "\u2e80" <= repaired < "\ud800":
        return False
    return len([*islice(RUN.finditer(text), 2)]) == 1


def _may_be_meant(text: str, run: re.Match[str], intact: bool) -> bool:
    """Tell a pair that people write: a capital in a word of capitals, or a letter before a mark."""
    before, after = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
    if before.isupper() or (not before.isalpha() and not after.isalpha()):
        return intact
    return run[0][1] in "‘’“”„…–—•™" and not after.isalpha()


def _has_intact_letters(text: str) -> bool:
    rest = RUN.sub("", text)
    return any(char.isalpha() and not char.isascii() for char in rest)
