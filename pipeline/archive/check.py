"""Is a WARC file sound: every member whole, every record complete, every digest that of its bytes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.archive.digests import fits
from pipeline.archive.http import parse_response
from pipeline.archive.read import payload_digest
from pipeline.archive.record import DamageError, RawRecord, read_records
from pipeline.errors import ArchiveError

NEEDED = ("warc-type", "warc-record-id", "warc-date", "content-length")


@dataclass(frozen=True, slots=True)
class Kept:
    """What a record is, for whoever refers to its place."""

    kind: str
    url: str
    digest: str | None
    """SHA-256 of the payload, hex; None where there is none."""


@dataclass(slots=True, kw_only=True)
class FileCheck:
    """What was found in one file."""

    name: str
    records: Counter[str] = field(default_factory=Counter)
    """Type -> number of records."""
    damages: list[DamageError] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    """Records that can be read and are not what they claim."""
    places: dict[int, Kept] = field(default_factory=dict)
    unchecked: int = 0
    """Records without a digest, or longer than what is read."""


def check_file(path: Path, name: str) -> FileCheck:
    """Read a file from its first byte to its last.

    Raises: ArchiveError when the file is no WARC at all.
    """
    found, end = FileCheck(name=name), 0
    for record in read_records(path):
        if isinstance(record, DamageError):
            found.damages.append(record)
            end = record.end
            continue
        kind = record.fields.get("warc-type", "no type")
        found.records[kind] += 1
        found.troubles += [f"the record {_place(record)} {what}" for what in troubles_of(record)]
        named = record.fields.keys() & {"warc-block-digest", "warc-payload-digest"}
        found.unchecked += not named or (record.offset or 0) > end
        if record.offset is not None:
            found.places[record.offset] = Kept(
                kind, record.fields.get("warc-target-uri", ""), _payload(record)
            )
            end = record.end or end
    return found


def troubles_of(record: RawRecord) -> Iterator[str]:
    """Yield what is wrong with a record that could be read."""
    missing = [name for name in NEEDED if name not in record.fields]
    if missing:
        yield f"has no {', '.join(missing)}"
    block = record.fields.get("warc-block-digest")
    if block and fits(block, [record.block]) is False:
        yield "has other bytes than its WARC-Block-Digest says"
    named = record.fields.get("warc-payload-digest")
    kind = record.fields.get("warc-type")
    if named and kind in ("response", "resource") and fits(named, _payloads(record)) is False:
        yield "has another payload than its WARC-Payload-Digest says"


def _payloads(record: RawRecord) -> Iterator[bytes]:
    """Yield what a payload digest may have been made of: some tools leave the chunks in."""
    if record.fields.get("warc-type") == "resource":
        yield record.block
        return
    yield record.block.partition(b"\r\n\r\n")[2]
    try:
        yield parse_response(record.block).body
    except ArchiveError:
        yield record.block


def _payload(record: RawRecord) -> str | None:
    try:
        return payload_digest(record)
    except ArchiveError:
        return None


def _place(record: RawRecord) -> str:
    place = "in a member of several" if record.offset is None else f"at byte {record.offset}"
    return f"{place} ({record.fields.get('warc-type', 'no type')})"
