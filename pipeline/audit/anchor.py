"""Say where a place is: its block, its neighbours, the side it is glued on; and find a tag's text again."""

import re

from bs4 import Tag

from pipeline.audit.reading import Reading
from pipeline.records import Glued

CONTEXT = 32
NEAR = 8
"""How far a quotation mark may stand from the place: slices of a whole text would cost its square."""
OPENING = "\"'“‘„«‹「『‚"
CLOSING = "\"'”’“»›」』‘"
INNER_SPACE = re.compile(r"\s+")


def context(text: str, start: int, end: int) -> tuple[str, str]:
    """Give up to 32 characters on either side of a place."""
    return text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


def glued(text: str, start: int, end: int) -> Glued:
    """Say on which side a place touches other text without a space."""
    after = start > 0 and not text[start - 1].isspace()
    before = end < len(text) and not text[end].isspace()
    if after and before:
        return "both"
    if after:
        return "after"
    return "before" if before else "none"


def is_quoted(text: str, start: int, end: int) -> bool:
    """Tell a place that stands, alone or with a full stop, in quotation marks: somebody speaks about it."""
    before = text[max(0, start - NEAR) : start].rstrip()[-1:]
    after = text[end : end + NEAR].lstrip(" .,!?")[:1]
    return bool(before) and before in OPENING and bool(after) and after in CLOSING


def place_of(tag: Tag, reading: Reading) -> tuple[int, int] | None:
    """Give the place in the text of what a tag shows, or None when no block holds it."""
    block = _block_of(tag)
    wanted = INNER_SPACE.sub(" ", tag.get_text()).strip()
    if block is None or block >= len(reading.texts) or not wanted:
        return None
    text, start = reading.texts[block], reading.starts[block]
    if (at := text.find(wanted)) >= 0:
        return start + at, start + at + len(wanted)
    if text and wanted.startswith(text[:40]):
        return reading.place(block, _last_block(tag, block, len(reading.texts)))
    return None


def _block_of(tag: Tag) -> int | None:
    """Give the block that holds the tag, or the first that it holds."""
    for holder in (tag, *tag.parents):
        if (number := holder.get("data-block")) is not None:
            return int(str(number))
    inner = tag.select_one("[data-block]")
    return int(str(inner["data-block"])) if inner is not None else None


def _last_block(tag: Tag, first: int, count: int) -> int:
    inner = tag.select("[data-block]")
    last = int(str(inner[-1]["data-block"])) if inner else first
    return max(first, min(last, count - 1))
