"""Progress for people: one line on a terminal, nothing anywhere else."""

import sys
from collections.abc import Callable
from time import monotonic
from types import TracebackType
from typing import Self

INTERVAL_S = 0.2
WIDTH = 78


class ProgressLine:
    """A line on standard error that is written over; silent where that is no terminal."""

    def __init__(self) -> None:
        """Write nothing yet."""
        self._shown = sys.stderr.isatty()
        self._next = 0.0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wipe the line."""
        if self._shown:
            sys.stderr.write("\r" + " " * WIDTH + "\r")
            sys.stderr.flush()

    def say(self, text: str) -> None:
        """Show a text, at most five times a second."""
        if not self._shown or monotonic() < self._next:
            return
        self._next = monotonic() + INTERVAL_S
        plain = "".join(char if char.isprintable() else "?" for char in text)
        sys.stderr.write("\r" + plain[:WIDTH].ljust(WIDTH))
        sys.stderr.flush()

    def watch(self) -> Callable[[str, int, int], None]:
        """Give the function that `refine` reports to."""
        return lambda what, done, total: self.say(f"{what}: {done:,} of {total:,} pages")
