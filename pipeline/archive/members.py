"""The compressed members of a WARC file, one after the other: where each stands, and what it holds."""

import importlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from pipeline.errors import ArchiveError

GZIP = b"\x1f\x8b\x08"
ZSTD = b"\x28\xb5\x2f\xfd"
SKIPPED = b"\x2a\x4d\x18"
"""What follows the first byte, 0x50 to 0x5f, of a Zstandard frame that holds no data; 0x5d: a dictionary."""
CHUNK = 2**16
MAX_RECORD = 64 * 2**20
"""Longer records are skipped: the largest page that counts, a feed, has 50 MB."""
GIVE_UP = 16 * MAX_RECORD
"""A member that unpacks to more is a bomb: nobody waits for its end."""
PROBE = 512
CUT_OFF = "cut off"
MISSING = "the file is packed with Zstandard; to read it: pip install zstandard"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One compressed stretch of the file."""

    offset: int
    end: int
    data: bytes
    """What it holds, up to MAX_RECORD bytes."""
    size_bytes: int
    """All that it holds."""
    damage: str = ""
    """Why it is not whole; up to `end`, the next one or the end of the file, nothing can be read."""


def is_compressed(start: bytes) -> bool:
    """Tell by its first four bytes whether a file consists of members."""
    return start.startswith((GZIP, ZSTD)) or start[1:4] == SKIPPED


def members(file: BinaryIO, offset: int = 0) -> Iterator[Member]:
    """Yield the members of a file from a known place on.

    Raises: ArchiveError when they are packed by a program that nothing here can read.
    """
    file.seek(0)
    start = file.read(4)
    unpacker = _Gzip() if start.startswith(GZIP) else _Zstd(file)
    size = file.seek(0, io.SEEK_END)
    position = max(offset, unpacker.first)
    while position < size:
        member = _read(file, position, size, unpacker)
        yield member
        position = member.end


def _read(file: BinaryIO, offset: int, size: int, unpacker: "_Gzip | _Zstd") -> Member:
    file.seek(offset)
    inflate, pending, used, unpacked = unpacker.start(), b"", 0, 0
    parts: list[bytes] = []
    damage = ""
    while not inflate.eof and not damage:
        pending = pending or file.read(CHUNK)
        if not pending:
            damage = CUT_OFF
            break
        try:
            part = inflate.decompress(pending, CHUNK * 16)
        except unpacker.error as error:
            damage = f"damaged ({error})"
            break
        left = inflate.unused_data if inflate.eof else inflate.unconsumed_tail
        used, pending = used + len(pending) - len(left), left
        parts += [part] if unpacked < MAX_RECORD else []
        unpacked += len(part)
        if unpacked > GIVE_UP:
            damage = f"too large: it unpacks to more than {GIVE_UP >> 20:,} MB"
    end = _next(file, offset + 1, size, unpacker) if damage else offset + used
    return Member(
        offset=offset, end=end, data=b"".join(parts)[:MAX_RECORD], size_bytes=unpacked, damage=damage
    )


def _next(file: BinaryIO, position: int, size: int, unpacker: "_Gzip | _Zstd") -> int:
    """Find where the next member begins: compressed data that unpacks to the start of a record."""
    while position < size:
        file.seek(position)
        chunk = file.read(CHUNK)
        at = chunk.find(unpacker.magic)
        if at < 0:
            position += max(1, len(chunk) - len(unpacker.magic) + 1)
            continue
        position += at
        file.seek(position)
        try:
            if unpacker.start().decompress(file.read(PROBE), 16).startswith(b"WARC/"):
                return position
        except unpacker.error:
            pass
        position += 1
    return size


class _Gzip:
    magic = GZIP
    first = 0
    error: type[Exception] = zlib.error

    def start(self) -> Any:
        return zlib.decompressobj(31)


class _Zstd:
    """Source: the .warc.zst format of the Internet Archive; a dictionary, packed or not, may come first."""

    magic = ZSTD

    def __init__(self, file: BinaryIO) -> None:
        try:
            self._library = importlib.import_module("zstandard")
        except ImportError:
            raise ArchiveError(
                "the file is packed with Zstandard; to read it: pip install zstandard"
            ) from None
        self.error: type[Exception] = self._library.ZstdError
        self.first, self._dictionary = 0, None
        file.seek(0)
        while (head := file.read(8))[1:4] == SKIPPED:
            length = min(int.from_bytes(head[4:], "little"), MAX_RECORD)
            frame = file.read(length)
            if head[0] == 0x5D:
                self._dictionary = self._library.ZstdCompressionDict(self._unpacked(frame))
            self.first = file.tell()

    def _unpacked(self, frame: bytes) -> bytes:
        if not frame.startswith(ZSTD):
            return frame
        unpack = self._library.ZstdDecompressor().decompressobj()
        return bytes(unpack.decompress(frame[: 2**20]))

    def start(self) -> Any:
        options = {"dict_data": self._dictionary} if self._dictionary else {}
        unpacker = self._library.ZstdDecompressor(max_window_size=2**27, **options)
        return ZstdPieces(unpacker.decompressobj())


class ZstdPieces:
    """Feeds a Zstandard decompressor so little at a time that no bomb can go off; speaks like zlib's."""

    STEP = 512

    def __init__(self, unpack: Any) -> None:
        """Begin a frame."""
        self._unpack = unpack
        self.unconsumed_tail = b""

    @property
    def eof(self) -> bool:
        """Tell whether the frame is at its end."""
        return bool(self._unpack.eof)

    @property
    def unused_data(self) -> bytes:
        """Give what was handed in behind the frame's end."""
        return bytes(self._unpack.unused_data) + self.unconsumed_tail

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Unpack up to about `max_length` bytes; what is left to read stands in `unconsumed_tail`."""
        parts, size, position = [], 0, 0
        while position < len(data) and size < max_length and not self.eof:
            part = self._unpack.decompress(data[position : position + self.STEP])
            position += self.STEP
            size += len(part)
            parts.append(part)
        self.unconsumed_tail = data[position:]
        return b"".join(parts)
