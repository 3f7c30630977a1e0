"""CSV that is safe to open: cells that a spreadsheet would run as a formula get an apostrophe in front."""

import codecs
import csv
import io
import re

RISKY = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")


def defused(cell: str) -> str:
    """Return the cell so that no spreadsheet takes it for a formula; numbers stay numbers."""
    if not cell.startswith(RISKY) or NUMBER.fullmatch(cell):
        return cell
    return "'" + cell


class Defuser:
    """Rewrites CSV that arrives in pieces, however they are cut; holds back only an unfinished record."""

    def __init__(self) -> None:
        """Begin at the start of a file."""
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._held: list[str] = []
        self._open_quotes = False

    def feed(self, body: bytes, *, last: bool) -> bytes:
        """Take a piece, return the records it completes; the last piece returns all that is left."""
        text = self._decode(body, last)
        end = len(text) if last else self._end_of_records(text)
        ready = "".join([*self._held, text[:end]]) if end else ""
        if end:
            self._held.clear()
        self._held.append(text[end:])
        return _rewritten(ready).encode()

    def _end_of_records(self, text: str) -> int:
        """Return the position after the last line end outside quotes; 0 where there is none."""
        end = position = 0
        for line in text.splitlines(keepends=True):
            position += len(line)
            if line.count('"') % 2:
                self._open_quotes = not self._open_quotes
            if line.endswith("\n") and not self._open_quotes:
                end = position
        return end


def _rewritten(text: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    for record in csv.reader(io.StringIO(text, newline="")):
        writer.writerow([defused(cell) for cell in record])
    return out.getvalue()
