"""A character reference that readers see as code.

**Finds** named and numbered references (&nbsp; &#8217; &amp;) in text and title, however often they were
escaped.

**Why it matters** Readers see "Tom &amp; Jerry"; in titles also in search results and feeds.

**Leaves alone** code, addresses, posts about HTML, and references that a sentence explains.

**Fix** puts the character there. *Safe* where the reference gives exactly one.

**Source** Escaping twice: importers from WordPress to static generators, fields fed from JSON.
"""

import html
import re
from collections.abc import Iterator

from pipeline.audit.anchor import is_quoted
from pipeline.audit.notation import mentioned
from pipeline.audit.rule import Rule, Span
from pipeline.records import Evidence

rule = Rule(
    __name__,
    __doc__,
    severity="error",
    specificity=4,
    witness="syntax",
    about=r"\b(?:html5?|xml|entit(?:y|ies)|escap\w+|encod\w+|unicode|xss)\b",
)

REFERENCE = re.compile(r"&(?:amp;){0,8}(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]{2,8}\d{0,2});")
NEAR = 24
NAMED = re.compile(
    r"\b(?:entit(?:y|ies|é|ät)|reference|character|code|escaped?|written as|sequence)\W{1,4}$", re.I
)
"""What leads to a reference that is spoken about."""
WRITTEN = re.compile(r"\b(?:write|writes|wrote|type|types|typed|typing|insert|enter|use) $", re.I)
"""After such a verb a reference that stands apart is what the sentence is about, whatever it joins."""
JOINERS = "&–—-·|+"


@rule.text("&")
def by_reference(text: str) -> Iterator[Span]:
    """Yield references that give one character."""
    for found in REFERENCE.finditer(text):
        char = _unescaped(found[0])
        start, end = found.span()
        if len(char) != 1 or is_quoted(text, start, end) or _in_address(text, start):
            continue
        if NAMED.search(text[max(0, start - NEAR) : start]):
            continue
        apart = text[start - 1 : start] in ("", " ") and text[end : end + 1] in ("", " ", ",")
        word = apart and char not in JOINERS
        if (word and mentioned(text, start, end)) or (
            apart and WRITTEN.search(text[max(0, start - NEAR) : start])
        ):
            continue
        kind = "likely" if word and not char.isspace() else "syntax"
        shown = " " if char == "\u00a0" else char
        yield Span(start=start, end=end, replacement=shown, evidence=(Evidence(kind=kind, detail=found[0]),))


def _unescaped(reference: str) -> str:
    for _ in range(10):
        plain = html.unescape(reference)
        if plain == reference:
            break
        reference = plain
    return reference if reference.isprintable() or reference in "\u00a0\u200b\u00ad" else ""


def _in_address(text: str, at: int) -> bool:
    word = text[max(0, at - 200) : at].rsplit(None, 1)[-1:]
    return bool(word) and text[at - 1 : at].strip() != "" and "://" in word[0]
