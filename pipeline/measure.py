"""Measures of a text: its words, how easy it is to read, and how long that takes."""

import math
import re
from collections.abc import Callable
from functools import lru_cache

Formula = tuple[float, float, float]
"""Base, weight of words per sentence, weight of syllables per word."""

READING_EASE: dict[str, Formula] = {
    "en": (206.835, 1.015, 84.6),
    "de": (180.0, 1.0, 58.5),
    "fr": (207.0, 1.015, 73.6),
    "es": (206.84, 1.02, 60.0),
    "it": (206.0, 1.0, 65.0),
    "nl": (206.84, 0.93, 77.0),
    "pt": (248.835, 1.015, 84.6),
    "ru": (206.835, 1.3, 60.1),
}
"""Source: Flesch 1948, Amstad 1978, Kandel & Moles 1958, Fernández Huerta 1959, Franchina & Vacca 1972,
Douma 1960, Martins et al. 1996, Oborneva 2006. Other languages have none."""

MIN_WORDS = 50
WORDS_PER_MINUTE = 238
"""Source: Brysbaert 2019, silent reading of English prose."""
SIGNS_PER_MINUTE = 300
"""Source: Trauzettel-Klosinski & Dietz 2012: 255 for Chinese, 357 for Japanese."""
VOWELS = frozenset("aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýœаеёиоуыэюя")
SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)|\n")
UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


RARE = re.compile(f"{UNSPACED.pattern}|[\u1680\u2000-\u200a\u2028\u2029\u202f\u205f]")
"""What Latin-1 cannot tell: a sign that is a word, or white space beyond it."""


class _Sorted(dict[int, str]):
    """A table for `str.translate`: vowels become "v", other letters "c", and the rest blanks."""

    def __missing__(self, code: int) -> str:
        self[code] = sort = _sort(chr(code).lower())
        return sort


def _sort(sign: str) -> str:
    return "v" if sign in VOWELS else "c" if sign.isalpha() else " "


def _table(wanted: Callable[[str], bool]) -> bytes:
    """Mark one kind of sign of Latin-1, in which most texts can be read ten times as fast."""
    return bytes(ord("x" if wanted(chr(code).lower()) else " ") for code in range(256))


SORTS = _Sorted()
LATIN_LETTERS, LATIN_SYLLABLES = _table(str.isalpha), _table(VOWELS.__contains__)
SORTED_VOWELS = _table("v".__eq__)
LATIN_WORDS = _table(lambda sign: not sign.isspace())
BEYOND_LATIN = re.compile("[^\x00-\xff\u2000-\u2bff]")
"""Neither in Latin-1 nor a dash, a curly quote or a sign: a letter that it has not."""


def count_words(text: str) -> int:
    """Count words: what white space parts, and each sign of a script that is written without spaces."""
    return sum(_counts(text))


def reading_minutes(text: str) -> int:
    """Give the minutes that a silent reader needs, rounded up; 0 for no text."""
    words, signs = _counts(text)
    return math.ceil(words / WORDS_PER_MINUTE + signs / SIGNS_PER_MINUTE)


@lru_cache(maxsize=1)
def _counts(text: str) -> tuple[int, int]:
    """Count the words between spaces, and the signs of scripts that have none; asked twice for each text."""
    if text.isascii() or RARE.search(text) is None:
        return _stretches(text.encode("latin-1", "replace").translate(LATIN_WORDS)), 0
    signs = len(UNSPACED.findall(text))
    if not signs:
        return len(text.split()), 0
    return sum(any(map(str.isalnum, part)) for part in UNSPACED.sub(" ", text).split()), signs


def _stretches(marked: bytes) -> int:
    """Count the stretches of "x"; no list of words is made, which takes five times as long."""
    return marked.count(b" x") + marked.startswith(b"x")


def reading_ease(text: str, language: str | None) -> float | None:
    """Give the Flesch reading ease, 100 easy and 0 hard, or None for short texts and other languages."""
    formula = READING_EASE.get((language or "").lower().partition("-")[0])
    if formula is None:
        return None
    words, syllables = _words_and_syllables(text)
    if words < MIN_WORDS:
        return None
    base, per_sentence, per_word = formula
    sentences = max(1, len(SENTENCE_END.findall(text)))
    return round(base - per_sentence * words / sentences - per_word * syllables / words, 1)


def _words_and_syllables(text: str) -> tuple[int, int]:
    if BEYOND_LATIN.search(text):
        latin, vowels = text.translate(SORTS).encode("ascii"), SORTED_VOWELS
    else:
        latin, vowels = text.encode("latin-1", "replace"), LATIN_SYLLABLES
    return _stretches(latin.translate(LATIN_LETTERS)), _stretches(latin.translate(vowels))
