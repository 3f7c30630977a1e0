"""How long a text is and how long it takes to read."""

import pytest

from pipeline.measure import count_words, reading_ease, reading_minutes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Tea, please – now.", 4),
        ("Grüner Tee", 2),
        ("お茶を飲む", 5),
        ("お茶を、飲む。", 5),
        ("我用 Python 写字", 5),
    ],
)
def test_words_are_what_spaces_part_and_signs_where_there_are_none(text: str, words: int) -> None:
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("text", "minutes"), [("", 0), ("tea " * 10, 1), ("tea " * 238, 1), ("tea " * 239, 2), ("茶" * 601, 3)]
)
def test_reading_takes_whole_minutes(text: str, minutes: int) -> None:
    assert reading_minutes(text) == minutes


def test_short_words_read_more_easily_than_long_ones() -> None:
    easy, hard = (
        "The cat sat on the mat. " * 12,
        "Institutional interoperability necessitates deliberation. " * 15,
    )
    assert (reading_ease(easy, "en") or 0) > 100 > 0 > (reading_ease(hard, "en") or 0)
    assert reading_ease(easy, "fi") is None
