"""Bring what a later round finds in the cleaned text back to its place in the untouched one."""

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
    moved: list[Claim] = []
    for one in more:
        at = _moved(one, shifts, cleaned)
        if (
            not moved or moved[-1].end <= at.start
        ):  # two may meet in one replacement: the next round has the other
            moved.append(at)
    kept = [one for one in claims if all(one.end <= m.start or one.start >= m.end for m in moved)]
    return sorted([*kept, *moved], key=lambda one: one.start)


def _shifts(edits: Sequence[Edit]) -> list[_Shift]:
    shifts, drift = [], 0
    for edit in sorted(edits, key=lambda e: e.start):
        start = edit.start + drift
        shifts.append(_Shift(edit, start, start + len(edit.replacement)))
        drift += len(edit.replacement) - (edit.end - edit.start)
    return shifts


def _moved(one: Claim, shifts: Sequence[_Shift], cleaned: str) -> Claim:
    start, end, replacement = one.start, one.end, one.replacement or ""
    raw_start, raw_end = start, end
    for shift in shifts:
        size = shift.edit.end - shift.edit.start
        if shift.start <= start and shift.end <= start:
            raw_start = start + (shift.edit.end - shift.end)
        elif shift.start < start:
            raw_start, replacement = shift.edit.start, cleaned[shift.start : start] + replacement
        if shift.end <= end and shift.start < end:
            raw_end = end + (shift.edit.start + size - shift.end)
        elif shift.start < end:
            raw_end, replacement = shift.edit.end, replacement + cleaned[end : shift.end]
    return replace(one, start=raw_start, end=raw_end, replacement=replacement)
