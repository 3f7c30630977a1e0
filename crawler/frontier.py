"""What the crawler asks of whoever remembers URLs: a protocol, and one that lives in memory.

The crawler imports no store; the command line hands it a frontier. One frontier belongs to one site.
"""

from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from pipeline.crawl_records import Candidate, CrawlTask, FetchOutcome

RANKS = {"seed": 0, "sitemap": 1, "feed": 1, "rest": 1, "redirect": 1, "canonical": 1, "probe": 2, "link": 2}
"""Source -> what is handed out first. Within a rank: shallow before deep, old before new."""


class Frontier(Protocol):
    """Every URL of one site with its state: todo, doing, done, gone, failed, skipped.

    All calls come from one thread, in batches, between two downloads: each may take milliseconds, not
    seconds. The crawler calls `release`, `known` and `seeds`, then `add` / `take` / `settle` in turns, and
    once, when nothing is left of what is new and what hints call changed, `recheck`.
    """

    def seeds(self) -> Sequence[tuple[str, int]]:
        """List the sitemaps and feeds that brought something before, each with its depth."""

    def recheck(self) -> int:
        """Put known URLs back to "todo" that nobody vouches for tonight, and a rotating part of the others.

        Return how many. All documents of this run are settled by now.
        """

    def note_linked(self, urls: Sequence[str]) -> None:
        """Remember that pages of the site link to these addresses; each comes at most once a run."""

    def release(self) -> int:
        """Put what an interrupted run left in "doing" back to "todo"; return how many."""

    def known(self) -> Iterable[str]:
        """Yield every URL held, whatever its state; read once, into the crawler's own set.

        From then on the crawler asks that set, so a link already heard of costs one lookup and no call.
        """

    def add(self, candidates: Sequence[Candidate]) -> None:
        """Remember URLs, new ones as "todo"; the first word on source and depth stands.

        A known URL goes back to "todo" when it comes as a "seed", or with a `lastmod` that differs from the
        one remembered; a "doing" one stays "doing". Otherwise nothing changes.
        """

    def take(self, limit: int) -> list[CrawlTask]:
        """Move up to `limit` rows from "todo" to "doing", best rank first, each with one try more.

        Seeds come without others: what they list may rank before what is known.
        Rows whose time for another try has not come stay. An empty list means nothing to do now.
        """

    def settle(self, outcomes: Sequence[FetchOutcome]) -> None:
        """Write what came of tasks, all in one transaction; their exchanges are on disk by now.

        A batch holds at most one outcome per URL. State "todo" (not before `retry_after_s`, where given) is
        for a later run and, without an error, was never asked for: that try does not count. Of an `unchanged`
        one only what was seen changes: its payload stays where it is, `warc_file` names a revisit record.
        A redirect is "done" with its 3xx status, its target in `final_url`, and no media type. The crawler
        keeps tries within a run to itself.
        """

    def counts(self) -> Mapping[str, int]:
        """Return state -> number of rows; a state without rows may be absent."""


class MemoryFrontier:
    """A frontier that forgets everything at exit: for tests and for callers without a store."""

    def __init__(self) -> None:
        """Start empty."""
        self._rows: dict[str, tuple[str, Candidate, FetchOutcome | None, int]] = {}
        self._queues: dict[tuple[int, int], deque[str]] = {}

    def seeds(self) -> Sequence[tuple[str, int]]:
        """Remember none."""
        return ()

    def recheck(self) -> int:
        """Leave what is done alone."""
        return 0

    def note_linked(self, urls: Sequence[str]) -> None:
        """Remember nothing."""

    def release(self) -> int:
        """Put "doing" back to "todo"."""
        doing = [url for url, row in self._rows.items() if row[0] == "doing"]
        for url in doing:
            self._queue(url)
        return len(doing)

    def known(self) -> Iterable[str]:
        """Yield every URL held."""
        return list(self._rows)

    def add(self, candidates: Sequence[Candidate]) -> None:
        """Remember new URLs; seeds and changed `lastmod` go back to "todo"."""
        for candidate in candidates:
            row = self._rows.get(candidate.url)
            if row is None:
                self._rows[candidate.url] = ("new", candidate, None, 0)
                self._queue(candidate.url)
            elif row[0] not in {"doing", "todo"} and _asks_again(candidate, row[1]):
                self._rows[candidate.url] = (row[0], replace(row[1], lastmod=candidate.lastmod), *row[2:])
                self._queue(candidate.url)

    def take(self, limit: int) -> list[CrawlTask]:
        """Hand out the best "todo" rows."""
        tasks: list[CrawlTask] = []
        for rank in sorted(self._queues):
            if tasks and tasks[0].source == "seed" and rank[0] != RANKS["seed"]:
                break
            queue = self._queues[rank]
            while queue and len(tasks) < limit:
                tasks.append(self._hand_out(queue.popleft()))
        return tasks

    def settle(self, outcomes: Sequence[FetchOutcome]) -> None:
        """Write what came of tasks."""
        for outcome in outcomes:
            row = self._rows[outcome.url]
            self._rows[outcome.url] = (outcome.state, row[1], outcome, row[3])

    def counts(self) -> Mapping[str, int]:
        """Count rows by state."""
        return Counter(row[0] for row in self._rows.values())

    def outcomes(self) -> list[FetchOutcome]:
        """Return the newest outcome of every URL that has one, in the order they were found."""
        return [row[2] for row in self._rows.values() if row[2] is not None]

    def _queue(self, url: str) -> None:
        _, candidate, outcome, tries = self._rows[url]
        self._rows[url] = ("todo", candidate, outcome, tries)
        rank = (RANKS[candidate.source], candidate.depth)
        self._queues.setdefault(rank, deque()).append(url)

    def _hand_out(self, url: str) -> CrawlTask:
        _, candidate, outcome, tries = self._rows[url]
        self._rows[url] = ("doing", candidate, outcome, tries + 1)
        task = CrawlTask(url=url, depth=candidate.depth, source=candidate.source, tries=tries + 1)
        return replace(task, validators=outcome.validators, digest=outcome.digest) if outcome else task


def _asks_again(candidate: Candidate, known: Candidate) -> bool:
    if candidate.source == "seed":
        return True
    return candidate.lastmod is not None and candidate.lastmod != known.lastmod
