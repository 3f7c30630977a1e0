"""Changes of known posts wait until all of a night's are seen: too many alike are held, not believed."""

import json
import pickle
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlite_utils import Database

from pipeline.store.before import Before, quotes_of, texts_of
from pipeline.store.events import Event
from pipeline.store.rows import PostRows
from pipeline.store.settle import too_many

COLLAPSED = 0.2
ALIKE = 0.8
IN_MEMORY = 8 * 2**20
TEXT_RAW = 3
"""Where text_raw stands in a row of revisions."""


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

    def doubt(self, db: Database, site_id: str) -> Event | None:
        """Say why these changes are too many to be believed; None when they are not."""
        if not too_many(db, site_id, len(self.urls)):
            return None
        collapsed: list[str] = []
        lines: Counter[str] = Counter()
        for rows in self.all():
            before = self.before[rows.url]
            old, new = texts_of(db, before.revision_id), str(rows.revision[TEXT_RAW])
            if rows.kind != "post" or len(new) < COLLAPSED * len(old):
                collapsed.append(rows.url)
            lines.update(_difference(old, new, quotes_of(db, before.revision_id)))
        if too_many(db, site_id, len(collapsed)):
            return Event(
                kind="collapsed",
                posts=len(collapsed),
                examples=collapsed,
                summary=f"{len(collapsed)} posts lost nearly all of their text in one night: a"
                " login, captcha or maintenance page? Nothing was changed;"
                " copydesk crawl --accept-changes believes it.",
            )
        line, count = lines.most_common(1)[0] if lines else ("", 0)
        if not too_many(db, site_id, count) or count < ALIKE * len(self.urls):
            return None
        return Event(
            kind="template",
            posts=count,
            examples=self.urls,
            summary=f"{count} posts changed in the same way in one night ({json.dumps(line[:60])}): a new"
            " template? Nothing was changed; copydesk crawl --accept-changes believes it.",
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
