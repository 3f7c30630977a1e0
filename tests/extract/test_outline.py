"""The section tree that an editor would draw."""

import pytest

from pipeline.extract.outline import outline, printed_number
from pipeline.records import Block


def heading(level: int, text: str) -> Block:
    return Block(kind="heading", text=text, level=level, marked="heading")


def paragraph(text: str) -> Block:
    return Block(kind="paragraph", text=text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1. Sand the edge", "1"),
        ("1.Sand the edge", "1"),
        ("2.3 Clamps", "2.3"),
        ("IV. Finish", "IV"),
        ("Step 3: Wait", "3"),
        ("#1 Glue", "1"),
        ("3 – Varnish", "3"),
        ("② Sand", "2"),
        ("1、基本", "1"),
        ("第3章 川", "3"),
        ("第一節 水門", "一"),
        ("三、起点", "三"),
        ("（二）终点", "二"),
        ("제2장 강", "2"),
        ("Chapitre 4 La rivière", "4"),
        ("Глава 2: Река", "2"),
        ("一日目", None),
        ("第一印象", None),
        ("十年後", None),
        ("10 ways to glue", None),
        ("2024 in review", None),
        ("1.5 million nails", "1.5"),
        ("C. difficile", None),
        ("MIT: a visit", None),
        ("Glue", None),
        ("", None),
    ],
)
def test_printed_numbers(text: str, number: str | None) -> None:
    assert printed_number(text) == number


def test_text_belongs_to_the_heading_before_it() -> None:
    blocks = [paragraph("hello"), heading(2, "A"), paragraph("one"), paragraph("two"), heading(2, "B")]
    cut = outline(blocks, [block.text for block in blocks])
    assert cut.intro == "hello"
    assert [(section.heading, section.text) for section in cut.sections] == [("A", "one\ntwo"), ("B", "")]
    assert cut.section_of == (None, 0, 0, 0, 1)


def test_parents_are_the_nearest_earlier_heading_of_a_smaller_level() -> None:
    blocks = [heading(2, "a"), heading(4, "b"), heading(3, "c"), heading(2, "d"), heading(1, "e")]
    cut = outline(blocks, [block.text for block in blocks])
    assert [section.parent for section in cut.sections] == [None, 0, 0, None, None]


def test_a_heading_that_cleaning_removed_opens_no_section() -> None:
    blocks = [heading(2, "A"), heading(3, "Leave a Reply"), paragraph("last")]
    cut = outline(blocks, ["A", "", "last"])
    assert [(section.heading, section.text) for section in cut.sections] == [("A", "last")]


def test_a_cleaned_heading_keeps_what_the_page_shows() -> None:
    cut = outline([heading(2, "IMG 2041What to Buy")], ["What to Buy"])
    assert (cut.sections[0].heading, cut.sections[0].heading_raw) == ("What to Buy", "IMG 2041What to Buy")
