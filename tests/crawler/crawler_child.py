"""Crawl once in a process of its own (Scrapy's loop starts once per process) and hand the result back.

Reads a pickled (site, archive folder, frontier file or None) from stdin, writes a pickled `Result` to stdout.
"""

import pickle
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from crawler.frontier import MemoryFrontier
from crawler.run import crawl
from pipeline.crawl_records import Candidate, CrawlTask, FetchOutcome


class FileFrontier(MemoryFrontier):
    """A frontier that writes itself to a file after every change, so that a kill loses nothing."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        if path.exists():
            self._rows, self._queues = pickle.loads(path.read_bytes())

    def add(self, candidates: Sequence[Candidate]) -> None:
        super().add(candidates)
        self.save()

    def take(self, limit: int) -> list[CrawlTask]:
        tasks = super().take(limit)
        self.save()
        return tasks

    def settle(self, outcomes: Sequence[FetchOutcome]) -> None:
        super().settle(outcomes)
        self.save()

    def known(self) -> Iterable[str]:
        return list(self._rows)

    def save(self) -> None:
        beside = self.path.with_suffix(".new")
        beside.write_bytes(pickle.dumps((self._rows, self._queues)))
        beside.replace(self.path)


def main() -> None:
    site, folder, kept = pickle.load(sys.stdin.buffer)
    frontier = FileFrontier(kept) if kept else MemoryFrontier()
    report = crawl(site, frontier, folder)
    outcomes = {outcome.url: outcome for outcome in frontier.outcomes()}
    pickle.dump((report, outcomes, dict(frontier.counts())), sys.stdout.buffer)


if __name__ == "__main__":
    main()
