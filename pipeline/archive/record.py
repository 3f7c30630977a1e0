"""Raw WARC records of a file, compressed or not, with their places.

By hand, not with warcio, at the same cost: its reader stops at the first damaged record, trusts a record's
length whatever it says, and refuses a file that was compressed as a whole.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import ArchiveError

GZIP = b"\x1f\x8b\x08"
CHUNK = 2**16
MAX_RECORD = 64 * 2**20
"""Longer records are skipped: the largest page that counts, a feed, has 50 MB."""
HEAD_END = b"\r\n\r\n"
MAX_HEAD = 2**16
LENGTH = re.compile(rb"\r\ncontent-length:\s*(\d{1,18})\s*\r\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRecord:
    """One WARC record."""

    offset: int | None
    """Where it can be read again; None inside a gzip member that holds several records."""
    fields: dict[str, str]
    """Names in lower case."""
    block: bytes


def read_records(path: Path) -> Iterator[RawRecord | ArchiveError]:
    """Yield the records of a file; what cannot be read is yielded as an error, and the rest goes on.

    Raises: ArchiveError when the file is no WARC at all.
    """
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(0)
        if start.startswith(GZIP):
            yield from _gzipped(file)
        elif start == b"WARC":
            yield from _plain(file)
        elif start:
            raise ArchiveError(f"{path} is not a WARC file; give files that end in .warc or .warc.gz")


def read_record_at(path: Path, offset: int) -> RawRecord:
    """Read the record at a known place.

    Raises: ArchiveError when there is none.
    """
    with path.open("rb") as file:
        file.seek(offset)
        start = file.read(4)
        file.seek(offset)
        records = _gzipped(file) if start.startswith(GZIP) else _plain(file)
        found = next(records, None)
    if not isinstance(found, RawRecord):
        raise ArchiveError(f"{path} holds no record at {offset}: {found or 'the file ends before'}")
    return found


def _plain(file: BinaryIO) -> Iterator[RawRecord | ArchiveError]:
    while True:
        offset = file.tell()
        head = file.read(MAX_HEAD)
        if not head.strip():
            return
        lead = len(head) - len(head.lstrip(b"\r\n"))
        offset, head = offset + lead, head[lead:]
        end, length = head.find(HEAD_END), LENGTH.search(head)
        if not head.startswith(b"WARC/") or end < 0 or length is None or length.start() > end:
            yield ArchiveError(f"no record starts at byte {offset}; skipped to the next one")
            if not _skip_to_next(file, offset + 1):
                return
            continue
        size = int(length[1])
        file.seek(offset + end + len(HEAD_END))
        if size > MAX_RECORD:
            file.seek(size, 1)
            continue
        block = file.read(size)
        if len(block) < size:
            yield ArchiveError(
                f"the last record, at byte {offset}, is cut off; everything before it was read"
            )
            return
        yield RawRecord(offset=offset, fields=_fields(head[:end]), block=block)


def _skip_to_next(file: BinaryIO, offset: int) -> bool:
    """Go to the next place that looks like the start of a record."""
    file.seek(offset)
    while chunk := file.read(CHUNK):
        at = chunk.find(b"WARC/1.")
        if at >= 0:
            file.seek(file.tell() - len(chunk) + at)
            return True
        if len(chunk) == CHUNK:
            file.seek(-8, 1)
    return False


def _gzipped(file: BinaryIO) -> Iterator[RawRecord | ArchiveError]:
    members = _Members(file)
    while members.start():
        offset = members.offset
        try:
            data, whole = members.read()
        except zlib.error as error:
            yield ArchiveError(f"the record at byte {offset} is damaged ({error}); skipped to the next one")
            members.resync()
            continue
        if data is None:
            continue
        if whole:
            yield from _split(data, offset)
        else:
            yield from (record for record in _split(data, offset) if isinstance(record, RawRecord))
            yield ArchiveError(
                f"the last record, at byte {offset}, is cut off; everything before it was read"
            )


def _split(data: bytes, offset: int) -> Iterator[RawRecord | ArchiveError]:
    """Cut a member into its records: one, as the standard wants, or many, as some tools write."""
    position, first = 0, True
    while position < len(data):
        end, length = data.find(HEAD_END, position), LENGTH.search(data, position)
        if not data.startswith(b"WARC/", position) or end < 0 or length is None or length.start() > end:
            if data[position:].strip():
                yield ArchiveError(f"the gzip member at byte {offset} holds no WARC record; skipped")
            return
        body = end + len(HEAD_END)
        stop = body + int(length[1])
        if stop > len(data):
            yield ArchiveError(f"the record at byte {offset} claims more bytes than it has; skipped")
            return
        place = offset if first else None
        yield RawRecord(offset=place, fields=_fields(data[position:end]), block=data[body:stop])
        position, first = stop + len(HEAD_END), False


class _Members:
    """The gzip members of a file, one after the other."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._pending = b""
        self._position = file.tell()
        self.offset = self._position

    def start(self) -> bool:
        """Go to the next member; False at the end of the file."""
        self.offset = self._position
        return bool(self._pending or self._more())

    def read(self) -> tuple[bytes | None, bool]:
        """Inflate the member: its bytes, None where they are too many, and whether it is all there."""
        inflate = zlib.decompressobj(31)
        parts: list[bytes] = []
        size = 0
        while not inflate.eof:
            if not self._pending and not self._more():
                return b"".join(parts) if size <= MAX_RECORD else None, False
            given = len(self._pending)
            part = inflate.decompress(self._pending, CHUNK * 16)
            self._pending = inflate.unused_data if inflate.eof else inflate.unconsumed_tail
            self._position += given - len(self._pending)
            size += len(part)
            if size <= MAX_RECORD:
                parts.append(part)
            else:
                parts.clear()
        return b"".join(parts) if size <= MAX_RECORD else None, True

    def resync(self) -> None:
        """Go to the next place that looks like a member after a damaged one."""
        self._position, self._pending = self.offset + 1, b""
        self._file.seek(self._position)
        while self._more():
            at = self._pending.find(GZIP)
            if at >= 0:
                self._position, self._pending = self._position + at, self._pending[at:]
                return
            self._position, self._pending = self._position + len(self._pending) - 2, self._pending[-2:]
        self._pending = b""

    def _more(self) -> bool:
        chunk = self._file.read(CHUNK)
        self._pending += chunk
        return bool(chunk)


def _fields(head: bytes) -> dict[str, str]:
    lines = head.decode("utf-8", "replace").split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}
