"""Weigh how a file name stands in its block: glued, at an edge, alone, or in a sentence about it."""

import re
from dataclasses import dataclass

from pipeline.audit.reading import Reading
from pipeline.records import FixSafety

ENDS = ".!?…。！？」)"
OPENS = "([{\"'“‘„«»/-_@#"
CJK = "\u2e80"
CASELESS = "\u0590"
"""From Hebrew on, scripts know no capitals: a letter behind a Latin name is glued to it."""
SIDE = 200
LISTS = ("list_item", "table_cell")
NEAR = 8
"""So many blocks on either side are a list's other items, or a table's other cells."""
FILE_LIKE = re.compile(r"\w\.[A-Za-z]{3,4}\b|[A-Za-z]_|\d{4}|\b(?:[KMG]i?B|files?|name|date)\b", re.I)
"""What a list of files has on: another name, a year, a size, or the words above a column."""
MIN_NEIGHBOUR = 40
"""A line before a picture is a leftover only between paragraphs; among short lines it is a label."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A name in a block, and what speaks for its being one."""

    block: int
    start: int
    end: int
    kinds: frozenset[str]
    most: FixSafety = "safe"


def placed(reading: Reading, i: int, place: tuple[int, int], kinds: frozenset[str]) -> Spot | None:
    """Weigh a name's place; None where a sentence may be talking about it."""
    text, (start, end) = reading.texts[i], place
    before, after = _around(text, start, end)
    if not before.strip() and not after.strip(" .*"):
        return _alone(reading, i, place, kinds)
    left, right = _is_glued_left(before, text[start], kinds), _is_glued_right(text[end - 1], after)
    if left or right:
        return _glued(reading, i, place, kinds) if _is_plausible(text[start:end], kinds) else None
    return _spaced(reading, i, place, kinds) if _is_shaped(kinds) else None


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """Give what stands beside a place, no further than needed: whole sides would cost the square."""
    return text[max(0, start - SIDE) : start], text[end : end + SIDE]


def _is_glued_left(before: str, first: str, kinds: frozenset[str]) -> bool:
    """Tell a name that a word or a sentence runs into."""
    if not before or before[-1].isspace() or before[-1] in OPENS or before[-1].isdigit():
        return False
    if before[-1] in ENDS and kinds != {"file-name"}:
        return True
    starts = first.isupper() or first.isdigit() or first >= CJK or before[-1] >= CJK or "camera-name" in kinds
    return starts and (before[-1] in ENDS or before[-1] in ",;:" or before[-1].isalpha())


def _is_glued_right(last: str, after: str) -> bool:
    """Tell a name that runs into a word or a heading's number."""
    if not after or after[0].isspace():
        return False
    if after[0] >= CASELESS and after[0].isalpha():
        return last < CASELESS or after[0] >= CJK
    return after[0].isupper() or after[0] >= CJK or (after[0].isdigit() and last.isalnum())


def _is_shaped(kinds: frozenset[str]) -> bool:
    return bool(kinds - {"file-name", "file-extension"})


def _is_plausible(name: str, kinds: frozenset[str]) -> bool:
    return kinds != {"file-name"} or " " in name.strip() or len(name) > 4


def _glued(reading: Reading, i: int, place: tuple[int, int], kinds: frozenset[str]) -> Spot | None:
    """Accept glue whose open side is an edge of the block or of a sentence."""
    text, (start, end) = reading.texts[i], place
    before, after = _around(text, start, end)
    left = _is_glued_left(before, text[start], kinds)
    right = _is_glued_right(text[end - 1], after)
    before, after = before.rstrip(), after.lstrip()
    if not left and before and before[-1] not in ENDS:
        return None
    sentence = text[start - 1 : start] in ENDS and after[:1].isupper()
    if not right and after.strip(" .") and not (left and sentence and "camera-name" in kinds):
        return None
    return Spot(i, start, end, kinds | {"glued"})


def _spaced(reading: Reading, i: int, place: tuple[int, int], kinds: frozenset[str]) -> Spot | None:
    """Accept, with a space to its neighbours, a shaped name before a capital or behind a full stop."""
    text, (start, end) = reading.texts[i], place
    before, after = (side.strip() for side in _around(text, start, end))
    heading = reading.blocks[i].kind == "heading"
    sure, named = kinds | {"rest-complete"}, "file-name" in kinds
    most: FixSafety = "safe" if named else "suggested"
    if not before and after[:1].isupper() and (named or "camera-name" in kinds):
        return Spot(i, start, end, sure, most)
    if not after and before and not named and heading and "camera-name" in kinds:
        return Spot(i, start, end, sure, "suggested")
    if not after and before and not named and heading and "size-suffix" in kinds:
        return Spot(i, start, end, sure | {"title-case"}, most)
    if not after and (before[-1:] in ENDS or (named and not before.endswith((":", ",")))):
        return Spot(i, start, end, sure, most)
    return None


def _alone(reading: Reading, i: int, place: tuple[int, int], kinds: frozenset[str]) -> Spot | None:
    """A block that holds nothing but a name: a leftover, unless lists, links and people are named so."""
    named = "file-name" in kinds
    if named and not _is_shaped(kinds) and "file-extension" not in kinds:
        return Spot(i, *place, kinds | {"alone"}, "suggested") if _is_title_line(reading, i) else None
    if not named and i in reading.linked_whole:
        return None
    if not named and reading.blocks[i].kind in LISTS:
        only = "camera-name" in kinds and not _is_listed(reading, i)
        return Spot(i, *place, kinds | {"alone"}, "suggested") if only else None
    return Spot(i, *place, kinds | {"alone"})


def _is_listed(reading: Reading, i: int) -> bool:
    """Tell a file name among others in a list or table: of downloads, or of what cameras call a picture."""
    near = range(max(0, i - NEAR), min(len(reading.texts), i + NEAR + 1))
    rows = [reading.texts[j] for j in near if j != i and reading.blocks[j].kind in LISTS]
    return not rows or any(FILE_LIKE.search(row) for row in rows)


def _is_title_line(reading: Reading, i: int) -> bool:
    """Tell a title printed above its picture from a caption below it, or a name in a profile.

    Three capitalised words or more, in a paragraph, with the picture next and text on both sides.
    """
    words = reading.texts[i].split()
    if reading.blocks[i].kind != "paragraph" or not 3 <= len(words) <= 8:
        return False
    above = any(not image.inline and image.block == i + 1 for image in reading.article.images)
    beside = [len(reading.texts[j]) for j in (i - 1, i + 1) if 0 <= j < len(reading.texts)]
    return above and all(w[:1].isupper() for w in words) and max(beside, default=0) >= MIN_NEIGHBOUR
