"""Raw WARC records of a file, compressed or not, with their places.

By hand, not with warcio, at the same cost: its reader stops at the first damaged record, trusts a record's
length whatever it says, and refuses a file that was compressed as a whole.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.archive.members import CHUNK, CUT_OFF, MAX_RECORD, Member, is_compressed, members
from pipeline.errors import ArchiveError

MAX_HEAD = 2**16
HEAD_END = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length:\s*(\d{1,18})\s*\r\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRecord:
    """One WARC record."""

    offset: int | None
    """Where it can be read again; None inside a gzip member that holds several records."""
    end: int | None
    """Where the next one begins; None like `offset`, and in a member of several records."""
    fields: dict[str, str]
    """Names in lower case."""
    block: bytes


class DamageError(ArchiveError):
    """A stretch of a file that holds no whole record."""

    def __init__(self, reason: str, offset: int, end: int) -> None:
        """Say what is wrong from `offset` up to `end`, the next record or the end of the file."""
        super().__init__(reason)
        self.offset = offset
        self.end = end


def read_records(path: Path) -> Iterator[RawRecord | DamageError]:
    """Yield the records of a file; what cannot be read is yielded as damage, and the rest goes on.

    Raises: ArchiveError when the file is no WARC at all.
    """
    return read_from(path, 0)


def read_from(path: Path, offset: int) -> Iterator[RawRecord | DamageError]:
    """Yield the records from a known place on."""
    with path.open("rb") as file:
        start = file.read(4)
        if is_compressed(start):
            yield from _compressed(file, offset)
        elif start == b"WARC":
            yield from _plain(file, offset)
        elif start:
            raise ArchiveError(f"{path} is not a WARC file; give files that end in .warc or .warc.gz")


def read_record_at(path: Path, offset: int) -> RawRecord:
    """Read the record at a known place.

    Raises: ArchiveError when there is none.
    """
    found = next(read_from(path, offset), None)
    if not isinstance(found, RawRecord):
        raise ArchiveError(f"{path} holds no record at {offset}: {found or 'the file ends before'}")
    return found


def _plain(file: BinaryIO, offset: int) -> Iterator[RawRecord | DamageError]:
    file.seek(offset)
    while True:
        offset = file.tell()
        head = file.read(MAX_HEAD)
        if not head.strip():
            return
        lead = len(head) - len(head.lstrip(b"\r\n"))
        offset, head = offset + lead, head[lead:]
        end, length = head.find(HEAD_END), LENGTH.search(head)
        if not head.startswith(b"WARC/") or end < 0 or length is None or length.start() > end:
            following = _find_next(file, offset + 1)
            yield DamageError(
                f"no record starts at byte {offset}; skipped to the next one", offset, following
            )
            file.seek(following)
            continue
        body = offset + end + len(HEAD_END)
        stop = body + int(length[1])
        if not _is_end(file, stop):
            following = _find_next(file, offset + 1)
            cut = following == file.seek(0, io.SEEK_END)
            forged = f"the record at byte {offset} claims a length that is not its own; skipped"
            yield DamageError(_cut(offset) if cut else forged, offset, following)
            file.seek(following)
            continue
        file.seek(body)
        if stop - body <= MAX_RECORD:
            block = file.read(stop - body)
            yield RawRecord(offset=offset, end=stop + len(HEAD_END), fields=_fields(head[:end]), block=block)
        file.seek(stop)


def _is_end(file: BinaryIO, position: int) -> bool:
    """Tell whether a record can end here: before another one, or where the file does."""
    size = file.seek(0, io.SEEK_END)
    file.seek(position)
    follows = file.read(len(HEAD_END) + 5)
    ends = follows.startswith(HEAD_END) or b"WARC/".startswith(follows.lstrip(b"\r\n")[:5])
    return position <= size and ends


def _find_next(file: BinaryIO, offset: int) -> int:
    """Find the next place that looks like the start of a record, else the end of the file."""
    file.seek(offset)
    while chunk := file.read(CHUNK):
        at = chunk.find(b"WARC/1.")
        if at >= 0:
            return file.tell() - len(chunk) + at
        if len(chunk) == CHUNK:
            file.seek(-8, 1)
    return file.tell()


def _compressed(file: BinaryIO, offset: int) -> Iterator[RawRecord | DamageError]:
    for member in members(file, offset):
        if member.damage == CUT_OFF:
            yield from (record for record in _split(member) if isinstance(record, RawRecord))
            yield DamageError(_cut(member.offset), member.offset, member.end)
        elif member.damage:
            reason = f"the record at byte {member.offset} is {member.damage}; skipped to the next one"
            yield DamageError(reason, member.offset, member.end)
        else:
            yield from _split(member)


def _cut(offset: int) -> str:
    return f"the last record, at byte {offset}, is cut off; everything before it was read"


def _split(member: Member) -> Iterator[RawRecord | DamageError]:
    """Cut a member into its records: one, as the standard wants, or many, as some tools write."""
    data, position, first = member.data, 0, True
    while position < len(data):
        end, length = data.find(HEAD_END, position), LENGTH.search(data, position, position + MAX_HEAD)
        if not data.startswith(b"WARC/", position) or end < 0 or length is None or length.start() > end:
            if data[position:].strip():
                yield _damaged(member, position, "holds no WARC record")
            return
        body = end + len(HEAD_END)
        stop = body + int(length[1])
        if stop > len(data):
            yield from _too_long(member, position, stop)
            return
        alone = first and member.size_bytes <= stop + 2 * len(HEAD_END)
        yield RawRecord(
            offset=member.offset if first else None,
            end=member.end if alone and not member.damage else None,
            fields=_fields(data[position:end]),
            block=data[body:stop],
        )
        position, first = stop + len(HEAD_END), False


def whole_part(data: bytes) -> bytes:
    """Give the whole records that a member begins with, when it was cut off behind them."""
    whole = position = 0
    while (end := data.find(HEAD_END, position)) >= 0:
        length = LENGTH.search(data, position, end + len(HEAD_END))
        if length is None or (stop := end + len(HEAD_END) + int(length[1])) > len(data):
            break
        whole, position = stop, stop + len(HEAD_END)
    return data[:whole] + HEAD_END if whole else b""


def _too_long(member: Member, start: int, stop: int) -> Iterator[DamageError]:
    """Pass over a film that fills its member; speak up for records that are lost, and for forged lengths."""
    if member.size_bytes <= MAX_RECORD:
        yield _damaged(member, start, "claims more bytes than it has")
    elif stop - start <= MAX_RECORD or stop < member.size_bytes - 2 * len(HEAD_END):
        yield _damaged(
            member, 1, f"holds records beyond {MAX_RECORD >> 20} MB; unpack the file first (gzip -dk)"
        )


def _damaged(member: Member, position: int, what: str) -> DamageError:
    """Say what is wrong; where a part of the member can be read, none of it is there to be replaced."""
    end = member.offset if position else member.end
    return DamageError(f"the member at byte {member.offset} {what}; skipped", member.offset, end)


def _fields(head: bytes) -> dict[str, str]:
    lines = head.decode("utf-8", "replace").split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}
