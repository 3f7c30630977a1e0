"""Draw the sample blog's pictures: real files of a few hundred bytes, the same on every build."""

import struct
import zlib
from binascii import crc32
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

SIDE = 8
"""Width and height in JPEG blocks of 8 pixels; PNG pictures have as many stripes."""
LUMINANCE_COUNTS = bytes([0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0])
"""How many DC codes of each length: the table of ITU-T T.81, K.3.1."""
CODES = (
    *((0b00, 2), (0b010, 3), (0b011, 3), (0b100, 3), (0b101, 3), (0b110, 3)),
    *((0b1110, 4), (0b11110, 5), (0b111110, 6), (0b1111110, 7), (0b11111110, 8)),
)
"""Code and length for a difference of 0, 1, 2 … bits: what those counts make."""


def draw(name: str) -> bytes:
    """Draw a picture in the format that its name asks for; the name decides its shades, too."""
    return FORMATS[PurePosixPath(name).suffix.lower()](name)


def _shades(name: str, count: int) -> list[int]:
    seed = crc32(name.encode())
    return [(seed >> (n % 24)) % 200 + 28 for n in range(count)]


def _svg(name: str) -> bytes:
    bars = "".join(
        f'<rect x="{n * 20}" y="{80 - shade // 4}" width="14" height="{shade // 4}" fill="#4a6b5d"/>'
        for n, shade in enumerate(_shades(name, SIDE))
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 80">{bars}</svg>\n'.encode()


def _png(name: str) -> bytes:
    shades = _shades(name, SIDE)
    rows = b"".join(b"\0" + bytes([shade, shade - 20, shade - 28] * 48) for shade in shades for _ in range(4))
    header = struct.pack(">IIBBBBB", 48, SIDE * 4, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in parts)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", crc32(kind + body))


def _jpeg(name: str) -> bytes:
    """Write a baseline grey picture whose blocks have one even shade each: only DC coefficients."""
    size = SIDE * 8
    frame = struct.pack(">BHHB", 8, size, size, 1) + b"\x01\x11\x00"
    dc_table = b"\x00" + LUMINANCE_COUNTS + bytes(range(12))
    ac_table = b"\x10" + bytes([1, *[0] * 15]) + b"\x00"
    return b"".join(
        [
            b"\xff\xd8",
            _segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"),
            _segment(0xDB, b"\x00" + bytes([8] * 64)),
            _segment(0xC0, frame),
            _segment(0xC4, dc_table),
            _segment(0xC4, ac_table),
            _segment(0xDA, b"\x01\x01\x00\x00\x3f\x00"),
            _scan(_shades(name, SIDE * SIDE)),
            b"\xff\xd9",
        ]
    )


def _segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def _scan(shades: list[int]) -> bytes:
    bits = "".join(_blocks(shades))
    bits += "1" * (-len(bits) % 8)
    packed = int(bits, 2).to_bytes(len(bits) // 8, "big")
    return packed.replace(b"\xff", b"\xff\x00")


def _blocks(shades: list[int]) -> Iterator[str]:
    """Yield each block's bits: the difference to the block before, then "no more coefficients"."""
    before = 0
    for shade in shades:
        value = shade - 128
        change, before = value - before, value
        length = abs(change).bit_length()
        code, code_length = CODES[length]
        amount = change if change > 0 else change + (1 << length) - 1
        yield f"{code:0{code_length}b}" + (f"{amount:0{length}b}" if length else "") + "0"


FORMATS: dict[str, Callable[[str], bytes]] = {".svg": _svg, ".png": _png, ".jpg": _jpeg, ".jpeg": _jpeg}
