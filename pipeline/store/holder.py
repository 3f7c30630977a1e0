"""Who else has the database open, and who is writing to it, as the Linux kernel tells.

Source: SQLite's WAL index format: the lock bytes stand at 120 (write) and 128 (a connection is open) of
the -shm file. Where there is no /proc, nobody is known.
"""

import os
from pathlib import Path

WRITE_BYTE = 120
OPEN_BYTE = 128


def who_writes(path: Path) -> str | None:
    """Name the process that holds the write lock, or else any other that has the database open."""
    for pid in _holders(path, WRITE_BYTE) or _holders(path, OPEN_BYTE):
        return _name(pid)
    return None


def who_holds(path: Path) -> list[int]:
    """List the other processes that have the database open."""
    return _holders(path, OPEN_BYTE)


def _holders(path: Path, byte: int) -> list[int]:
    try:
        inode = path.with_name(path.name + "-shm").stat().st_ino
        locks = Path("/proc/locks").read_text().splitlines()
    except OSError:
        return []
    fields = [line.split() for line in locks if f":{inode} " in line]
    return [int(lock[-4]) for lock in fields if _covers(lock, byte) and int(lock[-4]) != os.getpid()]


def _covers(lock: list[str], byte: int) -> bool:
    first, last = lock[-2], lock[-1]
    return int(first) <= byte and (last == "EOF" or byte <= int(last))


def _name(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return f"process {pid}"
    return f"process {pid} ({' '.join(words)[:60].strip()})"
