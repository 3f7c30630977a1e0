"""Mend a WARC file: cut off what no record follows, and put a record of equal length where one was damaged.

Everything that can be read stays at its place, so that whoever remembers a place finds it again.
"""

import gzip
import os
import shutil
import uuid
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.archive.members import CUT_OFF, GZIP, members
from pipeline.archive.record import DamageError, read_records, whole_part

BLOCK = 60_000
"""A stored block of deflate holds at most 65,535 bytes."""
MEMBER = 18
STORED = 5
NOTE = (
    "The bytes that stood here were damaged and could not be read; they were set aside in a copy of the file."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """What was done to a file."""

    copy: Path
    """The file as it was."""
    cut_bytes: int
    """Taken off its end."""
    filled: int
    """Damaged stretches that a record of equal length stands in now."""
    left: int
    """Damaged stretches too short for a record: we read past them, other tools may stop there."""


def damages_of(path: Path) -> list[DamageError]:
    """List the stretches that hold no whole record, shared members aside."""
    found = [record for record in read_records(path) if isinstance(record, DamageError)]
    return [damage for damage in found if damage.end > damage.offset]


def mend(path: Path, damages: list[DamageError], at: datetime) -> Mended:
    """Write the file anew beside it, keep a copy, and put the new one in its place."""
    size = path.stat().st_size
    copy = path.with_name(f"{path.name}.damaged-{at:%Y%m%dT%H%M%S}")
    shutil.copy2(path, copy)
    part = path.with_name(path.name + ".part")
    shutil.copy2(path, part)
    with part.open("r+b") as file:
        start = file.read(4)
        cut = next((damage.offset for damage in damages if damage.end >= size), size)
        fillers = [
            (damage.offset, filler(damage.end - damage.offset, at, start))
            for damage in damages
            if damage.end < size
        ]
        for offset, content in fillers:
            if content:
                file.seek(offset)
                file.write(content)
        file.seek(cut)
        file.write(_saved(path, cut) if start.startswith(GZIP) and cut < size else b"")
        file.truncate()
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    filled = sum(bool(content) for _, content in fillers)
    return Mended(
        copy=copy, cut_bytes=max(0, size - path.stat().st_size), filled=filled, left=len(fillers) - filled
    )


def _saved(path: Path, offset: int) -> bytes:
    """Pack anew what the last member holds of whole records: only its own end may be missing."""
    with path.open("rb") as file:
        last = next(members(file, offset))
    whole = whole_part(last.data) if last.damage == CUT_OFF else b""
    return gzip.compress(whole, mtime=0) if whole else b""


def filler(length: int, at: datetime, start: bytes) -> bytes:
    """Make a record that takes exactly so many bytes of a file that starts like this.

    b"" where no record is as short as that, and for Zstandard, which some readers want with a dictionary.
    """
    plain, blocks = start == b"WARC", length // BLOCK + 1
    room = length if plain else length - MEMBER - STORED * blocks
    head = (
        f"WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Record-ID: <{uuid.uuid4().urn}>\r\n"
        f"WARC-Date: {at:%Y-%m-%dT%H:%M:%SZ}\r\nContent-Type: text/plain\r\nContent-Length: {{:010}}\r\n\r\n"
    )
    inside = room - len(head.format(0)) - 4
    if inside < len(NOTE) or not (plain or start.startswith(GZIP)):
        return b""
    record = (head.format(inside) + NOTE.ljust(inside) + "\r\n\r\n").encode()
    return record if plain else _stored(record, blocks)


def _stored(data: bytes, blocks: int) -> bytes:
    """Pack into one gzip member without compressing: then its length is known beforehand."""
    step = -(-len(data) // blocks)
    parts = [data[start : start + step] for start in range(0, step * blocks, step)]
    body = b"".join(_block(part, final=int(part is parts[-1])) for part in parts)
    ending = zlib.crc32(data).to_bytes(4, "little") + len(data).to_bytes(4, "little")
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" + body + ending


def _block(data: bytes, final: int) -> bytes:
    size = len(data)
    return bytes([final]) + size.to_bytes(2, "little") + (size ^ 0xFFFF).to_bytes(2, "little") + data
