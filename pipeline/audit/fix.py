"""Apply fixes so that plain replacement in `text_raw` gives exactly the clean text.

A deletion takes the white space with it that would be left over; where nothing of a line is left, a line
break goes, too. So the places that rules name are widened before they become findings.
"""

from collections.abc import Sequence
from dataclasses import dataclass

SPACE = " \t\u00a0"
CLOSING = ".,;:!?)]}…»”"
NOTATION = "[<{*&_`"
"""A deletion that starts so was put around or into words by a program: it never stood for a space."""
CJK = "\u2e80"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A replacement at a place of the whole text, at least one character long."""

    start: int
    end: int
    replacement: str


@dataclass(slots=True)
class _Piece:
    """The part of an edit that lies in one line; the first one carries the replacement."""

    edit: int
    start: int
    end: int
    text: str


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    pieces: list[_Piece]
    clean: str


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """Replace each place, last first so that earlier offsets stay true."""
    parts: list[str] = []
    at = len(text)
    for edit in sorted(edits, key=lambda e: e.start, reverse=True):
        parts += (text[edit.end : at], edit.replacement)
        at = edit.start
    parts.append(text[:at])
    return "".join(reversed(parts))


def mend(
    text: str, edits: Sequence[Edit], places: Sequence[tuple[int, int]]
) -> tuple[list[Edit], dict[int, str]]:
    """Widen edits that do not overlap; `places` are those of the lines of `text`, in order.

    Shape: the edits in the order they came, and the clean text of each line that changed, by its index.
    """
    lines = _cut(text, edits, places)
    for line in lines:
        if line.pieces:
            _mend_line(text, line)
    pieces = [piece for line in lines for piece in line.pieces]
    starts = {p.edit: p.start for p in reversed(pieces)}
    ends = {p.edit: p.end for p in pieces}
    texts = {p.edit: p.text for p in reversed(pieces)}
    _break_lines(lines, starts, ends, texts)
    widened = [Edit(start=starts[i], end=ends[i], replacement=texts[i]) for i in range(len(edits))]
    return widened, {i: line.clean for i, line in enumerate(lines) if line.pieces}


def _cut(text: str, edits: Sequence[Edit], places: Sequence[tuple[int, int]]) -> list[_Line]:
    lines = [_Line(start, end, [], text[start:end]) for start, end in places]
    first = 0
    for number, edit in sorted(enumerate(edits), key=lambda pair: pair[1].start):
        while lines[first].end <= edit.start and first + 1 < len(lines):
            first += 1
        replacement = edit.replacement
        for line in lines[first:]:
            if line.start >= edit.end:
                break
            start, end = max(edit.start, line.start), min(edit.end, line.end)
            line.pieces.append(_Piece(number, start, end, replacement))
            replacement = ""
    return lines


def _mend_line(text: str, line: _Line) -> None:
    """Tile a line of which nothing is left; else close the gaps in it, right to left."""
    if not _joined(text, line).strip():
        edges = [line.start, *(piece.start for piece in line.pieces[1:]), line.end]
        for piece, start, end in zip(line.pieces, edges, edges[1:], strict=False):
            piece.start, piece.end, piece.text = start, end, ""
        line.clean = ""
        return
    _close_gaps(text, line)


def _close_gaps(text: str, line: _Line) -> None:
    kept: list[str] = []  # what stands to the right, last part first; of it only the beginning matters
    first, blank, edge = "", True, line.end
    for i in reversed(range(len(line.pieces))):
        piece = line.pieces[i]
        gap = text[piece.end : edge]
        blank = blank and not gap.strip()
        deleted = text[piece.start : piece.end]
        if not piece.text and any(map(str.isprintable, deleted)):  # of zero width: no gap to close
            left = text[line.pieces[i - 1].end if i else line.start : piece.start]
            right = "" if blank else gap[:1] or first
            gap = gap[_close_gap(piece, (left, deleted, right), len(gap) - len(gap.lstrip(SPACE))) :]
        first = piece.text[:1] or gap[:1] or first
        blank = blank and not piece.text.strip()
        kept += (gap, piece.text)
        edge = piece.start
    line.clean = text[line.start : edge] + "".join(reversed(kept))


def _joined(text: str, line: _Line) -> str:
    at = line.start
    parts: list[str] = []
    for piece in line.pieces:
        parts += (text[at : piece.start], piece.text)
        at = piece.end
    return "".join((*parts, text[at : line.end]))


def _close_gap(piece: _Piece, around: tuple[str, str, str], spare: int) -> int:
    """Let a deletion take the spaces on one side of it; give how many of the `spare` ones to its right.

    `around` is what stands to its left, what it deletes, and the first character to its right: "" when
    there is nothing but space.
    """
    left, deleted, right = around
    if not right or (right in CLOSING and left[-1:] in SPACE):
        piece.start -= len(left) - len(left.rstrip(SPACE))
        return 0
    if not left or left[-1] in SPACE:
        piece.end += spare
        return spare
    if deleted[0] not in NOTATION and _would_run_together(left[-1], right):
        piece.text = " "
    return 0


def _would_run_together(before: str, after: str) -> bool:
    """Tell two words, or a sentence's end and a word, of a script that puts spaces between them."""
    if max(before, after) >= CJK:
        return False
    return after.isalnum() and (before.isalnum() or (before in ".,;:!?" and after.isalpha()))


def _break_lines(
    lines: list[_Line], starts: dict[int, int], ends: dict[int, int], texts: dict[int, str]
) -> None:
    """Give one line break to each line that went, and one back where two lines would be joined."""
    shared = {
        i: line.pieces[-1].edit
        for i, line in enumerate(lines[:-1])
        if line.pieces and lines[i + 1].pieces and line.pieces[-1].edit == lines[i + 1].pieces[0].edit
    }
    spare = 0  # breaks that an edit has swallowed beyond the lines that went with it
    leading = True
    for i, line in enumerate(lines):
        gone = bool(line.pieces) and not line.clean
        if i - 1 in shared:
            spare += 1
        if gone and spare:
            spare -= 1
        elif gone and not leading:
            starts[line.pieces[0].edit] -= 1
        elif gone and i + 1 < len(lines) and i not in shared:
            ends[line.pieces[-1].edit] += 1
        elif gone and i + 1 < len(lines):
            spare -= 1
        elif spare > 0:
            texts[shared[i - 1]] += "\n"
            spare = 0
        leading = leading and gone
