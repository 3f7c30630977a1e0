"""Where findings stand in a post: its blocks, original beside proposed, cut at every edge of a finding.

Pure: rows of the database in, records for the template out. Offsets are characters of text_raw.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

APPLIED_STATES = ("open", "claimed", "accepted", "reopened")
"""States in which a fix belongs to the proposal; a dismissed finding leaves the text as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A finding's place in text_raw."""

    key: str
    severity: str
    state: str
    start: int
    end: int
    replacement: str | None
    """Text to put there; "" deletes; None leaves the text as it is."""

    @property
    def applied(self) -> bool:
        """Whether the proposal carries the replacement."""
        return self.replacement is not None and self.state in APPLIED_STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of one block that is marked in one way throughout."""

    text: str
    kind: Literal["plain", "marked", "kept", "cut", "new"]
    """marked: to go or to change (left); kept: marked, but stays; cut: removed here; new: put here."""
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of text_raw and where it stands."""

    kind: str
    level: int
    anchor: str | None
    marked: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One block, original and proposed."""

    block: Block
    original: tuple[Piece, ...]
    proposed: tuple[Piece, ...]
    section: int | None = None
    """Position of the section that this heading opens."""
    joined: bool = False
    """The line break before it goes: what is left continues the line above."""

    @property
    def changed(self) -> bool:
        """Whether a finding touches the block."""
        return any(piece.place for piece in self.original + self.proposed)

    @property
    def removed(self) -> bool:
        """Whether nothing of the block is left in the proposal."""
        return bool(self.original) and not proposed_text(self).strip()


def proposed_text(row: Row) -> str:
    """Return what the proposal says in this block."""
    return "".join(piece.text for piece in row.proposed if piece.kind != "cut")


def block_ranges(text_raw: str, outline: Iterable[Sequence[object]]) -> Iterator[Block]:
    """Yield the blocks of a revision from its outline of [kind, level, lines, marked, anchor].

    An outline that says fewer lines than there are leaves the rest as one paragraph, so nothing is hidden.
    """
    edges = [index for index, char in enumerate(text_raw) if char == "\n"] + [len(text_raw)]
    start = line = 0
    for kind, level, lines, marked, anchor in outline:
        count = min(int(str(lines)), len(edges) - line)
        end = edges[line + count - 1] if count > 0 else start
        yield Block(
            kind=str(kind),
            level=int(str(level or 0)),
            anchor=str(anchor) if anchor else None,
            marked=str(marked) if marked else None,
            start=start,
            end=end,
        )
        if count > 0:
            line += count
            start = end + 1
    if start < len(text_raw):
        yield Block(kind="paragraph", level=0, anchor=None, marked=None, start=start, end=len(text_raw))


def compare(text_raw: str, outline: Iterable[Sequence[object]], places: Sequence[Place]) -> list[Row]:
    """Return one row per block: the original with its findings, and what it becomes."""
    ordered = _without_overlaps(sorted(places, key=lambda place: (place.start, -place.end)))
    shown: set[str] = set()
    rows: list[Row] = []
    for block in block_ranges(text_raw, outline):
        here = [p for p in ordered if _touches(p, block)]
        original, proposed = _cut_up(text_raw, block, here, shown)
        rows.append(Row(block=block, original=original, proposed=proposed, joined=_joined(block, here, rows)))
    return rows


def _cut_up(
    text: str, block: Block, places: Sequence[Place], shown: set[str]
) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the block's pieces on either side; `shown` remembers replacements already put somewhere."""
    if block.start == block.end:
        return _nothing([p for p in places if p.start == p.end])
    inner = {edge for p in places for edge in (p.start, p.end) if block.start < edge < block.end}
    edges = sorted({block.start, block.end} | inner)
    original: list[Piece] = []
    proposed: list[Piece] = []
    for start, end in pairwise(edges):
        place = next((p for p in places if p.start < end and p.end > start), None)
        part = text[start:end]
        if place is None:
            original.append(Piece(text=part, kind="plain"))
            proposed.append(Piece(text=part, kind="plain"))
            continue
        original.append(Piece(text=part, kind="marked", place=place))
        if not place.applied:
            proposed.append(Piece(text=part, kind="kept", place=place))
        elif place.key not in shown:
            shown.add(place.key)
            kind: Literal["new", "cut"] = "new" if place.replacement else "cut"
            proposed.append(Piece(text=place.replacement or part, kind=kind, place=place))
    return tuple(original), tuple(proposed)


def _touches(place: Place, block: Block) -> bool:
    """Say whether a finding stands in a block; one without characters belongs to the empty block there."""
    if place.start == place.end:
        return block.start == block.end == place.start
    return place.start < block.end and place.end > block.start


def _nothing(places: Sequence[Place]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the sides of a block without text, such as an empty heading."""
    if not places:
        return (), ()
    after: Literal["cut", "kept"] = "cut" if places[0].applied else "kept"
    return (Piece(text="", kind="marked", place=places[0]),), (Piece(text="", kind=after, place=places[0]),)


def _without_overlaps(ordered: Sequence[Place]) -> list[Place]:
    """Drop places that begin inside one already taken: characters are marked once."""
    kept: list[Place] = []
    for place in ordered:
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept


def _joined(block: Block, places: Sequence[Place], rows: Sequence[Row]) -> bool:
    """Say whether a fix takes the line break before this block while text stands on both sides of it."""
    crossing = [p for p in places if p.applied and p.start < block.start < p.end < block.end]
    if not crossing or "\n" in (crossing[0].replacement or "") or not rows:
        return False
    return bool(proposed_text(rows[-1]))
