"""Bring what a later round finds in the cleaned text back to its place in the untouched one."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.audit.claims import Claim
from pipeline.audit.fix import Edit


@dataclass(frozen=True, slots=True)
class _Shift:
    """An applied edit, and where its replacement stands in the cleaned text."""

    edit: Edit
    start: int
    end: int


def merge_round(
    claims: Sequence[Claim], widened: Sequence[Edit], more: Sequence[Claim], cleaned: str
) -> list[Claim]:
    """Add a later round's claims; one that reaches over an earlier fix takes its place in with it."""
    shifts = _shifts([edit for one, edit in zip(claims, widened, strict=True) if one.fix == "safe"])
    starts = [shift.start for shift in shifts]
    moved: list[Claim] = []
    for one in more:
        first, last = bisect_right(starts, one.start), bisect_left(starts, one.end)
        at = _moved(one, shifts[max(0, first - 2) : first], shifts[max(0, last - 1) : last], cleaned)
        # Two may meet in one replacement: the next round has the other.
        if not moved or moved[-1].end <= at.start:
            moved.append(at)
    ends = [one.end for one in moved]
    kept = [one for one in claims if not _meets(one, moved, bisect_right(ends, one.start))]
    return sorted([*kept, *moved], key=lambda one: one.start)


def _meets(one: Claim, moved: Sequence[Claim], first: int) -> bool:
    """Tell a claim that overlaps the first one that ends behind its start."""
    return first < len(moved) and moved[first].start < one.end


def _shifts(edits: Sequence[Edit]) -> list[_Shift]:
    shifts, drift = [], 0
    for edit in sorted(edits, key=lambda e: e.start):
        start = edit.start + drift
        shifts.append(_Shift(edit, start, start + len(edit.replacement)))
        drift += len(edit.replacement) - (edit.end - edit.start)
    return shifts


def _moved(one: Claim, before: Sequence[_Shift], behind: Sequence[_Shift], cleaned: str) -> Claim:
    """Move a claim to the untouched text by the last shifts before its start and before its end."""
    start, end, replacement = one.start, one.end, one.replacement or ""
    raw_start, raw_end = start, end
    for shift in before:
        if shift.end <= start:
            raw_start = start + (shift.edit.end - shift.end)
        elif shift.start < start:
            raw_start, replacement = shift.edit.start, cleaned[shift.start : start] + replacement
    for shift in behind:
        if shift.end <= end:
            raw_end = end + (shift.edit.end - shift.end)
        else:
            raw_end, replacement = shift.edit.end, replacement + cleaned[end : shift.end]
    return replace(one, start=raw_start, end=raw_end, replacement=replacement)
