"""The crawl's books: what was heard of, what is being asked, what came of it, in batches to the frontier."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from time import monotonic

from crawler.failures import may_pass
from crawler.frontier import Frontier
from crawler.report import HARMLESS, CrawlSite, Progress
from crawler.warcfile import Archive
from pipeline.crawl_records import Candidate, CrawlTask, FetchOutcome

TAKE = 100
SETTLE = 50
SETTLE_AFTER_S = 2.0
HEARD = 2000
PROGRESS_S = 0.2


Watcher = Callable[[Progress], None]


class Ledger:
    """Between the spider, which sees one URL at a time, and the frontier, which is asked in batches.

    At most `TAKE` tasks and `HEARD` candidates are in memory, however large the site.
    """

    def __init__(
        self,
        site: CrawlSite,
        frontier: Frontier,
        archive: Archive,
        progress: Callable[[Progress], None] | None,
    ) -> None:
        """Take over what an interrupted run left behind."""
        self._frontier = frontier
        self._archive = archive
        self._progress = progress
        frontier.release()
        # Hashes, not strings: 20,000 URLs are 1.3 MB instead of 5; two URLs meet once in 10^10 sites.
        self._seen = {hash(url) for url in frontier.known()}
        self._linked: set[int] = set()
        self._links: list[str] = []
        self._candidates: list[Candidate] = []
        self._outcomes: list[FetchOutcome] = []
        self._tasks: deque[CrawlTask] = deque()
        self._later: deque[CrawlTask] = deque()
        self._tries: Counter[str] = Counter()
        self._settled_at = self._told_at = monotonic()
        self._heard = len(self._seen)
        self.states: Counter[str] = Counter()
        self.errors: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        """Why addresses were not even asked for -> how many links or lists."""
        self.limit = site.limit
        self.pages = self.unchanged = self.size_bytes = 0

    def is_known(self, url: str) -> bool:
        """Tell whether a normalised address was heard of, in this run or any before."""
        return hash(url) in self._seen

    def offer(self, candidates: Iterable[Candidate]) -> int:
        """Pass on what is new, what is a seed, and what a sitemap or feed dates; return how many are new."""
        new = 0
        for candidate in candidates:
            key = hash(candidate.url)
            if key not in self._seen:
                self._seen.add(key)
                new += 1
            elif candidate.source != "seed" and not _says_something(candidate):
                continue
            self._candidates.append(candidate)
        self._heard += new
        if len(self._candidates) >= HEARD:
            self._pass_on()
        return new

    def link(self, url: str) -> None:
        """Note that a page links to a known address."""
        key = hash(url)
        if key not in self._linked:
            self._linked.add(key)
            self._links.append(url)

    def known_seeds(self) -> Sequence[tuple[str, int]]:
        """List what brought something before."""
        return self._frontier.seeds()

    def recheck(self) -> int:
        """Queue what hints do not vouch for, now that all of them were read."""
        self.settle()
        queued = self._frontier.recheck()
        self._heard += queued
        return queued

    def next_task(self) -> CrawlTask | None:
        """Give the next URL to ask for, tries that failed last; None when there is nothing now."""
        if not self._tasks:
            self._pass_on()
            self._tasks.extend(self._frontier.take(TAKE))
        if self._tasks:
            return self._tasks.popleft()
        return self._later.popleft() if self._later else None

    def limit_to(self, pages: int) -> None:
        """Take no more than so many pages in this run."""
        self.limit = pages if self.limit is None else min(pages, self.limit)

    def full(self, in_flight: int) -> bool:
        """Tell whether the run's limit of pages is reached, or will be by what is in flight."""
        return self.limit is not None and self.pages + in_flight >= self.limit

    def received(self, size_bytes: int) -> None:
        """Count what one answer brought."""
        self.size_bytes += size_bytes

    def record(self, task: CrawlTask, outcome: FetchOutcome, tries: int) -> None:
        """Book what came of a task, or keep the task for another try at the end of the run."""
        self._tries[task.url] += 1
        if (
            outcome.state == "failed"
            and may_pass(outcome.error, outcome.status)
            and self._tries[task.url] < tries
        ):
            self._later.append(task)
            return
        del self._tries[task.url]
        self._book(outcome)

    def put_back(self, task: CrawlTask) -> None:
        """Keep a task that was not asked for after all."""
        self._later.append(task)

    def hand_back(self, retry_after_s: float | None) -> None:
        """Return what was taken and not asked for, so that a later run finds it."""
        left = [*self._tasks, *self._later]
        self._tasks.clear()
        self._later.clear()
        for task in left:
            outcome = FetchOutcome(
                url=task.url, final_url=task.url, state="todo", retry_after_s=retry_after_s
            )
            self._outcomes.append(outcome)
        self.settle()

    def settle(self) -> None:
        """Bring the books to the frontier: first the bytes to disk, then the links, then the outcomes."""
        self._pass_on()
        if self._outcomes:
            self._archive.sync()
            self._frontier.settle(self._outcomes)
        self._outcomes = []
        self._settled_at = monotonic()

    def waiting(self) -> int:
        """Count what was heard of and not yet settled; an estimate where the frontier was not empty."""
        return max(0, self._heard - sum(self.states.values()))

    def _pass_on(self) -> None:
        if self._candidates:
            self._frontier.add(self._candidates)
            self._candidates = []
        if self._links:
            self._frontier.note_linked(self._links)
            self._links = []

    def _book(self, outcome: FetchOutcome) -> None:
        self._outcomes.append(outcome)
        self.states[outcome.state] += 1
        self.unchanged += outcome.unchanged and outcome.state == "done"
        self.pages += outcome.state == "done" and outcome.media_type == "text/html"
        if outcome.error is not None:
            self.errors[outcome.error] += 1
        now = monotonic()
        if len(self._outcomes) >= SETTLE or now - self._settled_at > SETTLE_AFTER_S:
            self.settle()
        if self._progress is not None and now - self._told_at > PROGRESS_S:
            self._told_at = now
            self._progress(self.so_far(outcome.url))

    def so_far(self, url: str) -> Progress:
        """Sum up for whoever watches."""
        return Progress(
            pages=self.pages,
            failed=self.failures(),
            waiting=self.waiting(),
            url=url,
        )

    def failures(self) -> int:
        """Count URLs that failed in a way that makes the run partial."""
        return sum(count for kind, count in self.errors.items() if kind not in HARMLESS)


def _says_something(candidate: Candidate) -> bool:
    return (candidate.lastmod or candidate.listed_in or candidate.categories) is not None
