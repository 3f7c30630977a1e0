"""Where what workers make of pages ends up: stored, held back, or noted."""

from collections import Counter

from sqlite_utils import Database

from pipeline.cli.ghost import Ghost
from pipeline.cli.hold import Held
from pipeline.cli.work import Item, Other
from pipeline.records import Failure
from pipeline.store.before import before_of, mark_not_found
from pipeline.store.events import Event, note_event
from pipeline.store.held import held_earlier, hold
from pipeline.store.notes import mark_kinds, write_failures
from pipeline.store.rows import PostRows
from pipeline.store.run import RunContext
from pipeline.store.write import PostWriter


class Sink:
    """Takes one result after the other, then decides what is believed."""

    def __init__(self, db: Database, run: RunContext, urls: list[str], ghost: Ghost | None) -> None:
        """Know what is stored at the addresses that come."""
        self._db = db
        self._run = run
        self._writer = PostWriter(db, run)
        self._held = Held(before_of(db, run.site_id, urls) if run.fetches and not run.accepts else {})
        self._ghost = ghost
        self._not_found: list[str] = []
        self._marks: list[tuple[str, str]] = []
        self.actions = self._writer.counts
        self.kinds: Counter[str] = Counter()
        self.failures: list[Failure] = []
        self.layouts: dict[str, str] = {}

    def take(self, item: Item, result: PostRows | Other | Failure) -> None:
        """Sort one result."""
        if isinstance(result, Failure):
            self.failures.append(result)
            self._marks.append(("error", item.url or ""))
        elif isinstance(result, Other):
            self._marks.append((result.kind, result.url))
            self.kinds[result.kind] += 1
        elif self._ghost is not None and self._ghost.is_like(result):
            self._not_found.append(result.url)
            self.kinds["error"] += 1
        else:
            self._take_page(item, result)

    def close(self) -> Event | None:
        """Store what was held back, unless it is too much alike to be believed; then say why."""
        site_id = self._run.site_id
        doubt = self._held.doubt(self._db, site_id, held_earlier(self._db, site_id))
        doubted = set(doubt.urls)
        for rows in self._held.all():
            if rows.url not in doubted:
                self._writer.add(rows)
        if doubt.event is not None:
            hold(self._db, site_id, doubt.urls, note_event(self._db, self._run, doubt.event))
        self._held.close()
        self._writer.close()
        mark_not_found(self._db, self._run, self._not_found)
        write_failures(self._db, self._run, self.failures)
        mark_kinds(self._db, self._run.site_id, self._marks)
        return doubt.event

    def _take_page(self, item: Item, rows: PostRows) -> None:
        self.kinds[rows.kind] += 1
        self.failures += rows.failures
        if rows.kind == "post" and rows.layout is not None:
            self.layouts[rows.url] = rows.layout
        if self._held.wants(rows):
            self._held.add(rows)
            return
        self._writer.add(rows)
        if item.url != rows.url:
            self._marks.append((rows.kind, item.url or ""))
