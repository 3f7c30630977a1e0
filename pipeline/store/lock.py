"""One crawl at a time: a lock file beside the database, freed by the kernel however a run ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import LockedError, StoreError


@contextmanager
def run_lock(db_path: Path) -> Iterator[None]:
    """Hold the lock of a database for the block.

    Raises: LockedError naming the process that holds it; StoreError when the file cannot be made.
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
        holder = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip() or "unknown"
        raise LockedError(
            f"another run (process {holder}) is working on {db_path}; wait for it to end"
        ) from None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
