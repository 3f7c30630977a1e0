"""Original beside proposed: the marks stand on the very characters, and the proposal is the clean text."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.desk.marks import Place, Row, block_ranges, compare, proposed_text


def place(start: int, end: int, replacement: str | None = "", state: str = "open", key: str = "") -> Place:
    return Place(
        key=key or f"{start}",
        severity="error",
        state=state,
        start=start,
        end=end,
        replacement=replacement,
    )


def sides(rows: list[Row]) -> list[tuple[str, str]]:
    return [("".join(piece.text for piece in row.original), proposed_text(row)) for row in rows]


def paragraphs(text: str) -> list[list[object]]:
    return [["paragraph", 0, 1, None, None] for _ in text.split("\n")]


def test_removed_characters_are_marked_left_and_gone_right() -> None:
    text = "Wash it. pot-300x200.jpgDry it."
    (row,) = compare(text, paragraphs(text), [place(9, 24)])
    assert [(piece.kind, piece.text) for piece in row.original] == [
        ("plain", "Wash it. "),
        ("marked", "pot-300x200.jpg"),
        ("plain", "Dry it."),
    ]
    assert [piece.kind for piece in row.proposed] == ["plain", "cut", "plain"]


def test_replacement_stands_where_the_quote_stood() -> None:
    assert sides(compare("a teh b", paragraphs("a"), [place(2, 5, "the")])) == [("a teh b", "a the b")]


def test_dismissed_finding_changes_nothing_but_is_marked() -> None:
    (row,) = compare("abc", paragraphs("a"), [place(1, 2, state="dismissed")])
    assert (proposed_text(row), [piece.kind for piece in row.proposed]) == ("abc", ["plain", "kept", "plain"])


def test_finding_over_several_blocks_is_marked_in_each() -> None:
    text = "keep\nLeave a Reply\nName *"
    rows = compare(text, paragraphs(text), [place(4, len(text))])
    assert sides(rows) == [("keep", "keep"), ("Leave a Reply", ""), ("Name *", "")]
    assert [row.removed for row in rows] == [False, True, True]


def test_block_whose_line_break_goes_continues_the_line_above() -> None:
    text = "one\nx two"
    rows = compare(text, paragraphs(text), [place(3, 5)])
    assert [(row.joined, proposed_text(row)) for row in rows] == [(False, "one"), (True, " two")]


def test_code_block_keeps_its_lines_and_empty_heading_takes_none() -> None:
    outline = [
        ["code", 0, 2, None, None],
        ["heading", 2, 0, "heading", None],
        ["paragraph", 0, 1, None, None],
    ]
    assert [(b.kind, b.start, b.end) for b in block_ranges("a\nb\nc", outline)] == [
        ("code", 0, 3),
        ("heading", 4, 4),
        ("paragraph", 4, 5),
    ]


def test_outline_that_is_too_short_hides_nothing() -> None:
    assert [(b.start, b.end) for b in block_ranges("a\nb\nc", [["paragraph", 0, 1, None, None]])] == [
        (0, 1),
        (2, 5),
    ]


def test_empty_heading_is_marked_as_such_and_not_the_block_after_it() -> None:
    outline = [["heading", 2, 0, "heading", None], ["paragraph", 0, 1, None, None]]
    rows = compare("text", outline, [place(0, 0)])
    assert [(row.changed, row.removed) for row in rows] == [(True, True), (False, False)]


def test_overlapping_findings_mark_a_character_once() -> None:
    rows = compare("abcdef", paragraphs("a"), [place(0, 4, key="a"), place(2, 6, key="b")])
    assert sides(rows) == [("abcdef", "ef")]


@given(st.text("ab \n", max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=4))
def test_left_side_is_always_the_original(text: str, cuts: list[tuple[int, int]]) -> None:
    places = [place(start, min(start + size, len(text))) for start, size in cuts if start < len(text)]
    rows = compare(text, paragraphs(text), places)
    assert "\n".join(left for left, _ in sides(rows)) == text


@given(st.lists(st.text("abc", min_size=1, max_size=6), min_size=1, max_size=5), st.data())
def test_right_side_is_plain_replacement_inside_blocks(blocks: list[str], data: st.DataObject) -> None:
    text = "\n".join(blocks)
    start = data.draw(st.sampled_from([i for i, char in enumerate(text) if char != "\n"]))
    rows = compare(text, paragraphs(text), [place(start, start + 1, "Z")])
    assert "\n".join(right for _, right in sides(rows)) == text[:start] + "Z" + text[start + 1 :]
