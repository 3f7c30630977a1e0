"""Being told to stop: which signal came, and an exception where nothing gentler is at work."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

NUMBERS = (signal.SIGINT, signal.SIGTERM)


class Stopped(BaseException):
    """A signal ended the run; what was committed stays."""

    def __init__(self, number: int) -> None:
        """Remember which one."""
        super().__init__(number)
        self.number = number


class Heard:
    """The first stopping signal that came, whoever handled it."""

    def __init__(self, descriptor: int) -> None:
        """Read from a descriptor that signal numbers are written to."""
        self._descriptor = descriptor

    def first(self) -> int | None:
        """Return the number of the first one, None when there was none."""
        try:
            numbers = os.read(self._descriptor, 100)
        except BlockingIOError:
            return None
        return next((number for number in numbers if number in NUMBERS), None)


@contextmanager
def hearing() -> Iterator[Heard]:
    """Take note of signals during the block, beside whatever handlers the crawler installs."""
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.set_blocking(writer, False)
    before = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    try:
        yield Heard(reader)
    finally:
        signal.set_wakeup_fd(before)
        os.close(reader)
        os.close(writer)


def raise_when_stopped() -> None:
    """From now on SIGINT and SIGTERM raise Stopped."""
    for number in NUMBERS:
        signal.signal(number, _raise)


def _raise(number: int, _frame: object) -> None:
    raise Stopped(number)
