"""Which records of an archive are old and may go: never the newest of anything, nor what one refers to."""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.archive.record import RawRecord, read_records

Place = tuple[str, int]
CHUNK = 2**20
PAYLOAD = ("response", "resource")


@dataclass(frozen=True, slots=True)
class Seen:
    """What counts of a record."""

    place: Place
    end: int
    kind: str
    url: str
    at: str
    id: str
    digest: str
    refers_to: frozenset[str]
    """Ids of records without which this one says nothing."""
    good: bool
    """A payload that came with a status of success."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What stays of a file and what goes."""

    file: str
    kept: Sequence[Seen]
    dropped: Sequence[Seen] = field(default=())

    @property
    def freed_bytes(self) -> int:
        """Count what is won."""
        return sum(seen.end - seen.place[1] for seen in self.dropped)


@dataclass(frozen=True, slots=True)
class Survey:
    """The records of a file."""

    records: Sequence[Seen]
    whole: bool
    """Whether it can be cut apart: nothing damaged, and one record a member."""


def survey(path: Path, name: str) -> Survey:
    """List the records of a file."""
    found, whole = [], True
    for number, record in enumerate(read_records(path)):
        if not isinstance(record, RawRecord):
            whole = False
        elif record.offset is None or record.end is None:
            whole = False
            found.append(_seen(record, (name, -number), 0))
        else:
            found.append(_seen(record, (name, record.offset), record.end))
    return Survey(found, whole)


def cuts(files: Mapping[str, Survey], before: str, protected: Set[Place]) -> list[Cut]:
    """Decide over all files at once; `before` is the date, ISO 8601, from which on everything stays."""
    everything = [seen for survey in files.values() for seen in survey.records]
    untouched = {seen.place for one in files.values() if not one.whole for seen in one.records}
    kept = _kept(everything, before, protected | untouched)
    found = []
    for file, one in files.items():
        if one.whole and (cut := _cut(file, one.records, kept)).dropped:
            found.append(cut)
    return found


def _cut(file: str, records: Sequence[Seen], kept: Set[Place]) -> Cut:
    """Sort the records of a file; what describes the file stays as long as anything else does."""
    lives = any(seen.place in kept and seen.kind != "warcinfo" for seen in records)
    stays = [seen for seen in records if lives and (seen.place in kept or seen.kind == "warcinfo")]
    left = {seen.place for seen in stays}
    return Cut(file=file, kept=stays, dropped=[seen for seen in records if seen.place not in left])


def write_kept(cut: Cut, folder: Path, name: str) -> dict[int, Place]:
    """Copy what stays of a file, byte by byte, into a new one; return old offset -> new place."""
    moves: dict[int, Place] = {}
    target = folder / name
    with (folder / cut.file).open("rb") as source, target.open("xb") as out:
        for seen in cut.kept:
            start = seen.place[1]
            moves[start] = (name, out.tell())
            source.seek(start)
            left = seen.end - start
            while left and (chunk := source.read(min(left, CHUNK))):
                out.write(chunk)
                left -= len(chunk)
        out.flush()
        os.fsync(out.fileno())
    return moves


def _kept(everything: Sequence[Seen], before: str, protected: Set[Place]) -> set[Place]:
    """Collect the places that stay, until nothing that stays refers to anything that goes."""
    kept = {seen.place for seen in everything if seen.at >= before or seen.place in protected}
    kept |= _newest(everything)
    by_id = {seen.id: seen for seen in everything}
    of_digest: dict[str, list[Seen]] = defaultdict(list)
    for seen in everything:
        if seen.kind in PAYLOAD and seen.digest:
            of_digest[seen.digest].append(seen)
    for seen in everything:
        if seen.kind == "revisit" and seen.place in kept:
            same = of_digest.get(seen.digest, [])
            kept |= {one.place for one in [one for one in same if one.url == seen.url] or same}
            kept |= {by_id[one].place for one in seen.refers_to if one in by_id}
    # What was asked, and what was noted of it, stays with the answer.
    for seen in everything:
        if seen.kind not in (*PAYLOAD, "revisit") and any(
            one in by_id and by_id[one].place in kept for one in seen.refers_to
        ):
            kept.add(seen.place)
    return kept


def _newest(everything: Iterable[Seen]) -> set[Place]:
    """Give of each address the newest answer, the newest good payload, and the newest of all other kinds."""
    newest: dict[tuple[str, str], Seen] = {}
    for seen in everything:
        if seen.kind == "warcinfo" or (seen.kind == "request" and seen.refers_to):
            continue
        answers = seen.kind in (*PAYLOAD, "revisit")
        keys = [(seen.url, "answer" if answers else seen.kind)]
        keys += [(seen.url, "good")] if seen.good else []
        for key in keys:
            if key not in newest or seen.at >= newest[key].at:
                newest[key] = seen
    return {seen.place for seen in newest.values()}


def _seen(record: RawRecord, place: Place, end: int) -> Seen:
    fields = record.fields
    kind = fields.get("warc-type", "")
    references = {fields.get("warc-concurrent-to", ""), fields.get("warc-refers-to", "")} - {""}
    first = record.block[:40].split(b"\r\n", 1)[0].split()
    is_good = kind == "resource" or (kind == "response" and first[1:2] != [] and first[1][:1] == b"2")
    return Seen(
        place=place,
        end=end,
        kind=kind,
        url=fields.get("warc-target-uri", "").strip("<>"),
        at=fields.get("warc-date", "9999"),
        id=fields.get("warc-record-id", ""),
        digest=fields.get("warc-payload-digest", "").lower(),
        refers_to=frozenset(references),
        good=is_good,
    )
