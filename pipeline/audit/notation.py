"""Helpers for rules that look for a program's notation, or its own sentences, in prose."""

import re
from collections.abc import Iterator, Sequence

from pipeline.audit.rule import Rule, Span

TEACHING = re.compile(
    r"(?:\b(?:use|using|used|type|typing|insert|paste|add|put|write|like|with|via|by|as|e\.g\.|"
    r"see|the|a|an|this|called|"
    r"shortcode|tag|code|syntax|named|is|are|than|into|and|or|of|to|mit|den|das|der|die|wie|avec|"
    r"le|la|con|el)\s*[:,]?)$",
    re.I,
)
NEAR = 40
MENTION_TAIL = re.compile(r"[,;]?\s?[a-zà-öø-ÿ]")


def joined(text: str, places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield places in order, those with nothing but white space between them as one."""
    last: tuple[int, int] | None = None
    for start, end in places:
        if last is not None and not text[last[1] : start].strip():
            last = (last[0], end)
            continue
        if last is not None:
            yield last
        last = (start, end)
    if last is not None:
        yield last


def mentioned(text: str, start: int, end: int) -> bool:
    """Tell notation that a sentence speaks about: a word leads to it and, after it, the sentence goes on."""
    before, after = text[max(0, start - NEAR) : start].rstrip(), text[end : end + NEAR]
    return bool(TEACHING.search(before[-24:])) and (
        not after.strip(" .") or bool(MENTION_TAIL.match(after)) or before.endswith(":")
    )


def alone(text: str, start: int, end: int) -> bool:
    """Tell a place that is all its block holds, punctuation aside."""
    if start > NEAR or len(text) - end > NEAR:
        return False
    return not text[:start].strip(" .,:;–-") and not text[end:].strip(" .,:;–-")


def opening_check(rule: Rule, openings: tuple[str, ...], cause: str) -> None:
    """Let a rule flag, as they are, blocks that open with a sentence which only a program writes."""

    @rule.text(*openings)
    def by_wording(text: str) -> Iterator[Span]:
        if text.lstrip().startswith(openings):
            yield Span(start=0, end=len(text), replacement=None, cause=cause)
