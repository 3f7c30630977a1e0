"""Plain replacement of what findings quote gives exactly the clean text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.audit.fix import Edit, apply_edits, mend

LINES = st.lists(
    st.text(alphabet="ab .,A茶", min_size=1, max_size=6).map(str.strip).filter(bool), min_size=1, max_size=5
)


def places_of(lines: list[str]) -> list[tuple[int, int]]:
    starts = [sum(len(line) + 1 for line in lines[:i]) for i in range(len(lines))]
    return [(start, start + len(line)) for start, line in zip(starts, lines, strict=True)]


def without(text: str, *quotes: str) -> str:
    edits = [Edit(start=text.index(q), end=text.index(q) + len(q), replacement="") for q in quotes]
    return apply_edits(text, mend(text, edits, places_of(text.split("\n")))[0])


@pytest.mark.parametrize(
    ("text", "quote", "clean"),
    [
        ("it turns bitter.XX", "XX", "it turns bitter."),
        ("XXWhite Tea", "XX", "White Tea"),
        ("one XX two", "XX", "one two"),
        ("one XX, two", "XX", "one, two"),
        ("oneXXtwo", "XX", "one two"),
        ("end.XXNext", "XX", "end. Next"),
        ("茶XX茶", "XX", "茶茶"),
        ("one XX", "XX", "one"),
        ("XX one", "XX", "one"),
        ("one\nXX\ntwo", "XX", "one\ntwo"),
        ("XX\ntwo", "XX", "two"),
        ("one\nXX", "XX", "one"),
        ("XX", "XX", ""),
        ("a [b]c[/b] d", "[b]", "a c[/b] d"),
        ("won\u200bder", "\u200b", "wonder"),
        ("one XX\nXX two", "XX\nXX", "one\ntwo"),
    ],
)
def test_spacing_is_mended(text: str, quote: str, clean: str) -> None:
    assert without(text, quote) == clean


def test_two_deletions_side_by_side_take_their_line_together() -> None:
    assert without("one\nXX YY\ntwo", "XX", "YY") == "one\ntwo"


def test_every_line_that_went_takes_one_line_break() -> None:
    assert without("XX\nYY\nthree", "XX", "YY") == "three"


@st.composite
def edited(draw: st.DrawFn) -> tuple[list[str], list[Edit]]:
    lines = draw(LINES)
    text = "\n".join(lines)
    points = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pairs = [
        (a, b) for a, b in zip(points[::2], points[1::2], strict=False) if text[a] != "\n" != text[b - 1]
    ]
    return lines, [
        Edit(start=a, end=b, replacement=draw(st.sampled_from(["", "", "Z", " "]))) for a, b in pairs
    ]


@given(edited())
def test_replacing_gives_the_clean_lines(case: tuple[list[str], list[Edit]]) -> None:
    lines, edits = case
    mended, changed = mend("\n".join(lines), edits, places_of(lines))
    clean = [changed.get(i, line) for i, line in enumerate(lines)]
    assert apply_edits("\n".join(lines), mended) == "\n".join(filter(None, clean))


@given(edited())
def test_edits_that_did_not_overlap_still_do_not(case: tuple[list[str], list[Edit]]) -> None:
    lines, edits = case
    mended, _ = mend("\n".join(lines), edits, places_of(lines))
    ordered = sorted(mended, key=lambda e: e.start)
    assert all(a.end <= b.start for a, b in pairwise(ordered))
