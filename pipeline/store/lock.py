"""One crawl at a time: a lock file beside the database, freed by the kernel however a run ends."""

import fcntl
import os
import pwd
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from pipeline.errors import LockedError, StoreError


@contextmanager
def run_lock(db_path: Path) -> Iterator[None]:
    """Hold the lock of a database for the block.

    Raises: LockedError naming who holds it; StoreError when the file cannot be made.
    """
    path = db_path.with_name(db_path.name + ".lock")
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(f"the lock {path} cannot be made ({error.strerror}); check the folder") from error
    try:
        _take(descriptor, db_path)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, db_path: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(descriptor, 500, 0).decode("utf-8", "replace").strip() or "unknown"
        raise LockedError(f"another run is working on {db_path}: {holder}; wait for it to end") from None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{_ourselves()}\n".encode("utf-8", "replace"), 0)


def _ourselves() -> str:
    """Say who holds the lock, for whoever is turned away: process, command, user, host, since when."""
    user = str(os.getuid())
    with suppress(KeyError):
        user = pwd.getpwuid(os.getuid()).pw_name
    # Only the command's name and no options: an address to ping may be a secret.
    command = next((word for word in sys.argv[1:] if word.isalpha()), "")
    since = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"
    return f"process {os.getpid()} (copydesk {command}) of {user} on {socket.gethostname()} since {since}"
