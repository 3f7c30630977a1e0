"""A pasted post without markup is read as its author meant it."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive.textdump import read_dump


def read(text: str) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.text) for block in read_dump(text)[1].blocks]


def test_categories_stand_above_the_title_and_keep_their_repetitions() -> None:
    metadata, _ = read_dump("Tea, Slow Food, Tea\n\nA Quiet Pot\n\nWarm it first.")
    assert (metadata.title, metadata.categories) == ("A Quiet Pot", ("Tea", "Slow Food"))
    assert metadata.raw_categories == ("Tea", "Slow Food", "Tea")


def test_a_repeated_title_stays_in_the_body() -> None:
    metadata, article = read_dump("A Quiet Pot\n\nA Quiet Pot\n\nWarm it first.")
    assert metadata.title == "A Quiet Pot"
    assert [block.text for block in article.blocks] == ["A Quiet Pot", "Warm it first."]


def test_a_title_with_commas_is_no_list_of_categories() -> None:
    metadata, _ = read_dump("Pots, Cups, and Kettles\n\nPots, Cups, and Kettles\n\nWarm them first.")
    assert (metadata.title, metadata.categories) == ("Pots, Cups, and Kettles", ())


def test_labels_author_and_date_are_read() -> None:
    metadata, _ = read_dump(
        "Categories: Tea\nTags: green, slow\n\nA Quiet Pot\nPosted on March 3, 2024 by Jo Kettle\n\nWarm it."
    )
    assert (metadata.categories, metadata.tags) == (("Tea",), ("green", "slow"))
    assert (metadata.title, metadata.published, metadata.authors) == (
        "A Quiet Pot",
        "2024-03-03",
        ("Jo Kettle",),
    )


def test_a_numbered_run_stands_one_level_below_the_heading_before_it() -> None:
    text = "T\n\nIntro, a sentence.\n\nSteps\n\n1. Warm\n\nThe pot.\n\n2. Pour\n\nThe water.\n\nEnd\n\nDrink."
    levels = [(level, text) for kind, level, text in read(text) if kind == "heading"]
    assert levels == [(2, "Steps"), (3, "1. Warm"), (3, "2. Pour"), (2, "End")]


def test_a_numbered_run_without_a_heading_above_stands_on_its_own() -> None:
    text = "T\n\nIntro, a sentence.\n\n1. Warm\n\nThe pot.\n\n2. Pour\n\nThe water."
    assert [level for kind, level, _ in read(text) if kind == "heading"] == [2, 2]


def test_bullets_and_numbered_lines_are_items() -> None:
    text = "T\n\nIntro, a sentence.\n\n  • green\n\n  • black\n\n- white\n\n1. warm\n2. pour"
    assert [text for kind, _, text in read(text) if kind == "list_item"] == [
        "green",
        "black",
        "white",
        "warm",
        "pour",
    ]


def test_a_short_sentence_is_no_heading() -> None:
    assert read("T\n\nIt was late.\n\nWhat you need:\n\n- a pot") == [
        ("paragraph", 0, "It was late."),
        ("paragraph", 0, "What you need:"),
        ("list_item", 0, "a pot"),
    ]


def test_lines_that_the_paper_broke_are_joined_and_others_kept() -> None:
    wrapped = (
        "The kettle sang for a while and then it\nfell silent, as kettles do when there is\nno water left."
    )
    assert read(f"T\n\n{wrapped}")[0][2] == " ".join(wrapped.split("\n"))
    assert len(read("T\n\nThe first ends here, and it is a long one.\nAnother begins.")) == 2


def test_an_empty_dump_has_no_title_and_no_blocks() -> None:
    metadata, article = read_dump(" \n\n")
    assert (metadata.title, article.blocks, article.root) == (None, (), None)


@given(st.text(alphabet=st.sampled_from("ab .,:1#•-\n\r\tÄ茶🫖"), max_size=200))
def test_no_word_is_lost_or_made_up(text: str) -> None:
    metadata, article = read_dump(text)
    kept = set(
        "".join(
            [
                metadata.title or "",
                *metadata.raw_categories,
                *metadata.tags,
                *(b.text for b in article.blocks),
            ]
        )
    )
    assert {char for char in text if char.isalpha()} <= kept | set("".join(metadata.authors))
