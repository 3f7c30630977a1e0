"""When to stop asking a site altogether: it refuses, or it has gone silent (pure)."""

from crawler.report import CrawlState
from pipeline.crawl_records import FetchOutcome

REFUSING = frozenset({401, 403, 407, 429, 451, 999})
SILENT = frozenset({"timeout", "connection", "dns", "tls", "blocked_address"})
NOT_LET_IN = 400
REFUSALS_IN_A_ROW = 20
FEW_REFUSALS = 5
SILENCE_IN_A_ROW = 10


class Breaker:
    """Counts refusals and silences in a row; once tripped it stays so."""

    def __init__(self, home_url: str) -> None:
        """Trust the site."""
        self._origin = _origin(home_url)
        self._refusals = 0
        self._silences = 0
        self._answers = 0
        self._refused = 0
        self._statuses: set[int] = set()
        self.state: CrawlState | None = None
        self.reason = ""
        self.by_us = False
        """We end the run by a rule of our own: that says nothing of the site."""

    def note(self, outcome: FetchOutcome) -> None:
        """Look at one try."""
        self._answers += outcome.status is not None
        if outcome.status in REFUSING:
            self._refusals += 1
            self._refused += 1
            self._statuses.add(outcome.status)
        elif outcome.status is not None and outcome.status < NOT_LET_IN:
            # "Not here" and a broken line open no door: only an answer that lets us in ends the row.
            self._refusals = 0
        # A redirect to where nobody may go is refused, too, but it was an answer.
        silent = outcome.error in SILENT and outcome.status is None
        self._silences = self._silences + 1 if silent else 0
        if outcome.error == "robots_unreachable" and _origin(outcome.url) == self._origin:
            self.trip("refused", "its robots.txt cannot be read, so nothing may be fetched now")
        elif self._refusals >= REFUSALS_IN_A_ROW:
            said = f"it answered {outcome.status} to {REFUSALS_IN_A_ROW} requests and gave no page in between"
            self.trip("refused", said + self._remedy())
        elif self._silences >= SILENCE_IN_A_ROW:
            self.trip("partial", f"it stopped answering ({outcome.error}, {SILENCE_IN_A_ROW} times in a row)")

    def sum_up(self) -> None:
        """Judge the whole run: a small blog has not enough posts for a long row of refusals."""
        if self._refused >= FEW_REFUSALS and self._refused * 2 > self._answers:
            statuses = " or ".join(map(str, sorted(self._statuses)))
            said = f"it answered {statuses} to {self._refused} of {self._answers} requests"
            self.trip("refused", said + self._remedy())

    def _remedy(self) -> str:
        if self._statuses != {401}:
            return ""
        return "; name the variables with its user and password: user_env, password_env in copydesk.toml"

    def call_it_a_day(self, reason: str) -> None:
        """End the run because its time or its requests are used up."""
        self.by_us = self.by_us or self.state is None
        self.trip("partial", reason)

    def trip(self, state: CrawlState, reason: str) -> None:
        """End the run; the first reason stands."""
        if self.state is None:
            self.state, self.reason = state, reason


def _origin(url: str) -> str:
    return url.split("/", 3)[2] if url.count("/") > 2 else url
