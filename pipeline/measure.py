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


class _Kept(dict[int, str]):
    """A table for `str.translate` that keeps one kind of sign and blanks the rest: quicker than a regex."""

    def __init__(self, wanted: Callable[[str], bool]) -> None:
        super().__init__()
        self._wanted = wanted

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        self[code] = mapped = sign if self._wanted(sign.lower()) else " "
        return mapped


LETTERS = _Kept(str.isalpha)
SYLLABLES = _Kept(VOWELS.__contains__)


def _table(wanted: Callable[[str], bool]) -> bytes:
    """Make the same table for Latin-1, in which most texts can be read ten times as fast."""
    return bytes(code if wanted(chr(code).lower()) else 32 for code in range(256))


LATIN_LETTERS = _table(str.isalpha)
LATIN_SYLLABLES = _table(VOWELS.__contains__)
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
    signs = 0 if text.isascii() else len(UNSPACED.findall(text))
    if not signs:
        return len(text.split()), 0
    return sum(any(map(str.isalnum, part)) for part in UNSPACED.sub(" ", text).split()), signs


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
        return len(text.translate(LETTERS).split()), len(text.translate(SYLLABLES).split())
    latin = text.encode("latin-1", "replace")
    return len(latin.translate(LATIN_LETTERS).split()), len(latin.translate(LATIN_SYLLABLES).split())
