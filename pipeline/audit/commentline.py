"""Find a comment form that a dump has put into one line, often behind the last words of the post."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from pipeline.audit.commentwords import LABELS, NOT_WORDS, PARTS, REQUIRED, TITLES, phrases

GAP = r"[\W_]{0,8}"
SENTENCE_ENDS = '.!?…:)”"»。！？'
LONG_WORD = 4
BETWEEN = 90
"""Characters of labels that may stand between two of a form's sentences, or behind the last."""
TO_ITS_END = re.compile(r"[^.!?*\n]{0,60}[.*。]")
MARKS = re.compile(
    r"[\W_]{0,8}(?:(?:markiert|gekennzeichnet|gemarkeerd|indiqués|marcados|označeny)\b[\W_]{0,4})?"
)


def _tails() -> Iterable[str]:
    """Yield what tells a required field; its first word is written large, or glued, so mostly without it."""
    for phrase in phrases(REQUIRED):
        tail = phrase.partition(" ")[2]
        if any(len(word) >= LONG_WORD for word in tail.split()[1:-1]):
            yield from (tail, tail.capitalize())
        elif " " in tail:
            yield phrase.capitalize()


TRIGGERS = tuple(dict.fromkeys(_tails()))


def form_in(line: str) -> tuple[int, int, frozenset[str]] | None:
    """Give where a form begins and ends in a line, lower case, and which of its parts it shows.

    None where there are fewer than two, or where other words stand between them.
    """
    found = [(*match.span(), kind) for kind in PARTS if (match := _sentence(kind).search(line))]
    found.sort()
    if len(found) < 2:
        return None
    for (_, before, kind), (after, _, _) in pairwise(found):
        if after > before and not _is_labels(line[_stop(line, before, kind) : after]):
            return None
    start = _with_title(line, found[0][0])
    if start and line[start - 1].isspace() and line[:start].rstrip()[-1:] not in SENTENCE_ENDS:
        return None
    end = _stop(line, found[-1][1], found[-1][2])
    if len(line) - end <= BETWEEN and _is_labels(line[end:]):
        end = len(line)
    return start, end, frozenset(kind for *_, kind in found)


def _stop(line: str, end: int, kind: str) -> int:
    """Give where a form's sentence ends; that about cookies goes on in many wordings."""
    rest = (TO_ITS_END if kind == "cookies" else MARKS).match(line, end)
    return rest.end() if rest else end


def _with_title(line: str, start: int) -> int:
    title = _title().search(line, max(0, start - BETWEEN), start)
    return title.start() if title else start


def _is_labels(words: str) -> bool:
    return len(words) <= BETWEEN and _labels().fullmatch(NOT_WORDS.sub(" ", words).strip() + " ") is not None


def _any_of(some: Iterable[str]) -> str:
    """Give a pattern of phrases, the longest first, between whose words other signs than letters stand."""
    longest_first = sorted(some, key=len, reverse=True)
    return "|".join(r"[\W_]{1,3}".join(map(re.escape, phrase.split())) for phrase in longest_first)


@lru_cache(maxsize=8)
def _sentence(kind: str) -> re.Pattern[str]:
    return re.compile(_any_of(PARTS[kind]))


@lru_cache(maxsize=1)
def _title() -> re.Pattern[str]:
    """Match a form's title, and the link behind it that gives up, up to where the search ends."""
    return re.compile(rf"(?:{_any_of(phrases(TITLES))}){GAP}(?:(?:{_any_of(phrases(LABELS))}){GAP})?$")


@lru_cache(maxsize=1)
def _labels() -> re.Pattern[str]:
    longest_first = sorted(map(re.escape, phrases(LABELS)), key=len, reverse=True)
    return re.compile(f"(?:(?:{'|'.join(longest_first)}) )*+ ?")
