"""WARC files of one run, and the records that go into them; knows nothing of who asked for what.

Written by hand, not with warcio: its writer spools each record through a file and compresses at level 9,
0.92 ms a page against 0.19 ms here (measured). The tests ask `warcio check` and a second reader.
"""

import hashlib
import os
import uuid
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import StoreError

GZIP_WINDOW = 31
LEVEL = 3  # level 9 makes files 9 % smaller for five times the CPU (measured on 40 KB pages)
SMALL = 1500
MAX_BYTES = 2**30
"""A new file is begun past so many, where nobody says otherwise."""
Field = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a response record stands, and the digest of its payload."""

    file: str
    offset: int
    digest: str
    """SHA-256 of the body as it came, hex."""
    fetched_at: str


class Archive:
    """The WARC files of one run: opened at the first record, a new one past `max_bytes`.

    Each run starts a new file, so one that a crash cut short is left as it is and stays readable up to there.
    """

    def __init__(self, folder: Path, site_id: str, max_bytes: int, software: str) -> None:
        """Open nothing yet."""
        self._prefix = f"{site_id}-{datetime.now(UTC):%Y%m%d%H%M%S}"
        self._folder = folder
        self._max_bytes = max_bytes
        self._software = software
        self._file: BinaryIO | None = None
        self._offset = 0
        self._number = 0
        self.files: list[str] = []

    def keep(self, *records: bytes) -> tuple[str, int]:
        """Append records that belong together; give the file and where the first of them begins."""
        with _told(self._folder):
            if self._file is None or self._offset > self._max_bytes:
                self._open_next()
            assert self._file is not None
            start = self._offset
            for one in records:
                self._file.write(one)
                self._offset += len(one)
        return self.files[-1], start

    def sync(self) -> None:
        """Force what was written to disk: only then may a URL count as done."""
        if self._file is not None:
            with _told(self._folder):
                self._file.flush()
                os.fsync(self._file.fileno())

    def close(self) -> None:
        """End the open file."""
        if self._file is not None:
            self.sync()
            self._file.close()
            self._file = None

    def _open_next(self) -> None:
        self.close()
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._free_path()
        self._file = path.open("xb")
        self._offset = 0
        self.files.append(path.name)
        fields = [
            ("WARC-Type", "warcinfo"),
            ("WARC-Record-ID", fresh_id()),
            ("WARC-Date", now()),
            ("WARC-Filename", path.name),
            ("Content-Type", "application/warc-fields"),
        ]
        block = f"software: {self._software}\r\nformat: WARC File Format 1.1\r\nrobots: obey\r\n"
        self.keep(record(fields, block.encode()))

    def _free_path(self) -> Path:
        while True:
            path = self._folder / f"{self._prefix}-{self._number}.warc.gz"
            self._number += 1
            if not path.exists():
                return path


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turn a full disk or a missing right into an error that ends the run, not one page."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"{folder}: the archive cannot be written ({error}); make room and run again"
        ) from error


def keep_file(archive: Archive, url: str, media_type: str, body: bytes) -> Place:
    """Append what a file of a folder holds; no server was asked for it."""
    at, digest = now(), hashlib.sha256(body).hexdigest()
    fields = [
        ("WARC-Type", "resource"),
        ("WARC-Record-ID", fresh_id()),
        ("WARC-Target-URI", url),
        ("WARC-Date", at),
        ("WARC-Payload-Digest", f"sha256:{digest}"),
        ("Content-Type", media_type),
    ]
    file, offset = archive.keep(record(fields, body))
    return Place(file=file, offset=offset, digest=digest, fetched_at=at)


def record(fields: Sequence[Field], block: bytes) -> bytes:
    """Give one record as one gzip member, so that readers can start at any of them."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields)
    digest = hashlib.sha256(block).hexdigest()
    head = f"WARC/1.1\r\n{lines}WARC-Block-Digest: sha256:{digest}\r\nContent-Length: {len(block)}\r\n\r\n"
    # A small window for small records: setting up the full one costs more than compressing them.
    small = len(block) < SMALL
    squeezer = zlib.compressobj(LEVEL, zlib.DEFLATED, 27 if small else GZIP_WINDOW, 4 if small else 8)
    return squeezer.compress(head.encode()) + squeezer.compress(block + b"\r\n\r\n") + squeezer.flush()


def now() -> str:
    """Give the time as records have it."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"


def fresh_id() -> str:
    """Give a new record its name."""
    return f"<{uuid.uuid4().urn}>"
