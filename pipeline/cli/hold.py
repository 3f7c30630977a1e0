"""Changes of known posts wait until all of a night's are seen: too many alike are held, not believed."""

import json
import pickle
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlite_utils import Database

from pipeline.store.before import Before, quotes_of, texts_of
from pipeline.store.events import Event, note_event
from pipeline.store.held import Earlier, held_earlier
from pipeline.store.rows import PostRows
from pipeline.store.run import RunContext
from pipeline.store.settle import too_many

COLLAPSED = 0.2
ALIKE = 0.8
IN_MEMORY = 8 * 2**20
TEXT_RAW = 3
"""Where text_raw stands in a row of revisions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Which of a night's changes are not believed."""

    event: Event | None = None
    urls: Sequence[str] = ()


@dataclass(slots=True)
class Held:
    """Posts that would be revised tonight, on disk where they are many."""

    before: dict[str, Before]
    """Address -> what is stored of its post."""
    urls: list[str] = field(default_factory=list)
    _file: "tempfile.SpooledTemporaryFile[bytes]" = field(
        default_factory=lambda: tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
    )

    def wants(self, rows: PostRows) -> bool:
        """Tell whether a page differs from a known post in what its author wrote."""
        before = self.before.get(rows.url)
        if before is None:
            return False
        if (rows.warc_file, rows.warc_offset) == before.place:
            # The stored page, read again: from now on the comparison is with what it says today.
            before.content_hash = rows.content_hash
            return False
        return rows.kind != "post" or rows.content_hash != before.content_hash

    def add(self, rows: PostRows) -> None:
        """Keep one."""
        self.urls.append(rows.url)
        pickle.dump(rows, self._file)

    def all(self) -> Iterator[PostRows]:
        """Yield what was kept."""
        self._file.seek(0)
        for _ in self.urls:
            yield pickle.load(self._file)

    def close(self) -> None:
        """Forget what was kept."""
        self._file.close()

    def doubt(self, db: Database, site_id: str, earlier: Earlier | None) -> Doubt:
        """Say which of these changes are too many alike to be believed, and why."""
        if not self.urls or (earlier is None and not too_many(db, site_id, len(self.urls))):
            return Doubt(event=_going_on(earlier, []))
        collapsed: list[str] = []
        differences: dict[str, set[str]] = {}
        for rows in self.all():
            before = self.before[rows.url]
            old, new = texts_of(db, before.revision_id), str(rows.revision[TEXT_RAW])
            if rows.kind != "post" or len(new) < COLLAPSED * len(old):
                collapsed.append(rows.url)
            differences[rows.url] = _difference(old, new, quotes_of(db, before.revision_id))
        if earlier is not None:
            alike = [url for url, lines in differences.items() if earlier.mark in lines]
            joined = collapsed if earlier.kind == "collapsed" else alike
            return Doubt(event=_going_on(earlier, joined), urls=joined)
        if too_many(db, site_id, len(collapsed)):
            return Doubt(event=_collapsed(collapsed), urls=collapsed)
        lines = Counter(line for found in differences.values() for line in found)
        line, count = lines.most_common(1)[0] if lines else ("", 0)
        if not too_many(db, site_id, count) or count < ALIKE * len(self.urls):
            return Doubt()
        alike = [url for url, found in differences.items() if line in found]
        return Doubt(event=_template(line, alike), urls=alike)


def going_on(db: Database, run: RunContext) -> Event | None:
    """Note that an event goes on in a night that brought no page to read; None when there is none."""
    event = _going_on(held_earlier(db, run.site_id), [])
    if event is not None:
        note_event(db, run, event)
    return event


def _going_on(earlier: Earlier | None, joined: list[str]) -> Event | None:
    if earlier is None:
        return None
    posts = earlier.posts + len(joined)
    summary = re.sub(r"^\d+", str(posts), earlier.summary)
    return Event(
        kind=earlier.kind, posts=posts, examples=earlier.examples, summary=summary, mark=earlier.mark
    )


def _collapsed(urls: list[str]) -> Event:
    return Event(
        kind="collapsed",
        posts=len(urls),
        examples=urls,
        summary=f"{len(urls)} posts lost nearly all of their text in one night: a login, captcha or"
        " maintenance page? Nothing was changed; copydesk crawl --accept-changes believes it.",
    )


def _template(line: str, urls: list[str]) -> Event:
    return Event(
        kind="template",
        posts=len(urls),
        examples=urls,
        summary=f"{len(urls)} posts changed in the same way in one night ({json.dumps(line[:60])}): a new"
        " template? Nothing was changed; copydesk crawl --accept-changes believes it.",
        mark=line,
    )


def _difference(old: str, new: str, quotes: list[str]) -> set[str]:
    """Give the lines that came or went; a line that went with its leftover was mended."""
    before, after = set(old.split("\n")), set(new.split("\n"))
    gone = {line for line in before - after if not any(quote in line for quote in quotes)}
    return {f"+{line}" for line in after - before if line not in _mended(before, quotes)} | {
        f"-{line}" for line in gone
    }


def _mended(lines: set[str], quotes: list[str]) -> set[str]:
    return {line.replace(quote, "").strip() for line in lines for quote in quotes if quote in line}
