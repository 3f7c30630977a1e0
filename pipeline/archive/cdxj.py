"""The index of an archive: one line per payload, sorted, as replay tools look them up.

Source: the CDXJ format of Webrecorder's tools: SURT, fourteen digits of time, JSON with texts only.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.archive.http import parse_response
from pipeline.archive.record import RawRecord, read_records
from pipeline.archive.surt import surt
from pipeline.errors import ArchiveError

INDEX = "index.cdxj"
INDEXED = ("response", "revisit", "resource")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the index."""

    url: str
    at: str
    """Fourteen digits."""
    mime: str
    status: str
    digest: str
    offset: int
    length: int
    filename: str

    @property
    def line(self) -> str:
        """Write it down."""
        facts = {
            "url": self.url,
            "mime": self.mime,
            "status": self.status,
            "digest": self.digest,
            "length": str(self.length),
            "offset": str(self.offset),
            "filename": self.filename,
        }
        shown = {name: value for name, value in facts.items() if value}
        return f"{surt(self.url)} {self.at} {json.dumps(shown)}\n"


def entries_of(path: Path, filename: str) -> Iterator[Entry]:
    """Yield what a file holds for replay; damaged stretches are passed over, `check_file` tells of them."""
    for record in read_records(path):
        if isinstance(record, RawRecord) and record.fields.get("warc-type") in INDEXED:
            entry = _entry(record, filename)
            if entry is not None:
                yield entry


def write_index(entries: Iterator[Entry], target: Path) -> int:
    """Write the sorted index, complete or not at all; return how many lines it has."""
    lines = sorted({entry.line for entry in entries}, key=str.encode)
    part = target.with_name(target.name + ".part")
    part.write_text("".join(lines), encoding="utf-8")
    part.replace(target)
    return len(lines)


def _entry(record: RawRecord, filename: str) -> Entry | None:
    url = record.fields.get("warc-target-uri", "").strip("<>")
    at = re.sub(r"\D", "", record.fields.get("warc-date", ""))[:14]
    if record.offset is None or record.end is None or len(at) != 14 or not url:
        return None
    status, mime = _answer(record)
    if record.fields["warc-type"] == "revisit":
        mime = "warc/revisit"
    return Entry(
        url=url,
        at=at,
        mime=mime,
        status=status,
        digest=record.fields.get("warc-payload-digest", ""),
        offset=record.offset,
        length=record.end - record.offset,
        filename=filename,
    )


def _answer(record: RawRecord) -> tuple[str, str]:
    """Give status and media type of what was answered; empty where that cannot be told."""
    if record.fields["warc-type"] == "resource":
        return "200", record.fields.get("content-type", "").partition(";")[0].strip()
    try:
        response = parse_response(record.block)
    except ArchiveError:
        return "", ""
    return str(response.status), response.headers.get("content-type", "").partition(";")[0].strip()
