"""Paths that go on for ever and bring nothing: a calendar's "next month", year after year (pure)."""

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

WATCHED = 50
"""Up to so many pages of a pattern nobody looks closer: it costs a tenth of a page's reading."""
MANY = 200
"""So many pages in a row without anything new, and a pattern is left alone."""
DIGITS = re.compile(r"\d+")
NUMBERS = re.compile(rb"\d+")
TITLE = re.compile(rb"<title[^>]*>([^<]*)", re.IGNORECASE)
PROSE = re.compile(rb">([^<>{}]{80,})<")


class Barren:
    """Counts, pattern by pattern, how many pages in a row said nothing that was not said before.

    A pattern is a path whose last part, or whose query, differs in numbers only. Only pages that were first
    heard of on a page of the same pattern count: posts with numbers for names stand in lists, too.
    """

    def __init__(self, known: Sequence[str] = ()) -> None:
        """Leave alone what is known to bring nothing."""
        self.left_alone: list[str] = list(known)
        self._own: set[int] = set()
        self._pages: Counter[str] = Counter()
        self._idle: Counter[str] = Counter()
        self._said: dict[str, set[int]] = {}

    def leads_on(self, page: str, url: str) -> bool:
        """Note which page links to a new address; tell whether that only goes on where nothing is."""
        pattern = pattern_of(url)
        if pattern is None or pattern != pattern_of(page):
            return False
        self._own.add(hash(url))
        return pattern in self.left_alone

    def is_left_alone(self, url: str) -> bool:
        """Tell whether an address only goes on a path that brings nothing."""
        return bool(self.left_alone) and hash(url) in self._own and pattern_of(url) in self.left_alone

    def note(self, url: str, body: bytes) -> None:
        """Look at a page that a link led to."""
        pattern = pattern_of(url) if hash(url) in self._own else None
        if pattern is None or pattern in self.left_alone:
            return
        self._pages[pattern] += 1
        if self._pages[pattern] <= WATCHED:
            return
        said = self._said.setdefault(pattern, set())
        news = {hash(words) for words in _words(body)} - said
        said |= news
        self._idle[pattern] = 0 if news else self._idle[pattern] + 1
        if self._idle[pattern] >= MANY:
            self.left_alone.append(pattern)
            del self._said[pattern]


def pattern_of(url: str) -> str | None:
    """Give an address without its numbers; None for one that words name."""
    parts = urlsplit(url)
    last = parts.path.rstrip("/").rpartition("/")[2]
    if not DIGITS.search(last + parts.query):
        return None
    path = DIGITS.sub("#", parts.path)
    return f"{path}?{DIGITS.sub('#', parts.query)}" if parts.query else path


def _words(body: bytes) -> list[bytes]:
    """Give the title and every long stretch of text, numbers aside."""
    found = [*TITLE.findall(body)[:1], *PROSE.findall(body)]
    return [NUMBERS.sub(b"#", words.strip()) for words in found]
