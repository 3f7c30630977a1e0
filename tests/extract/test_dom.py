"""One tree per page, whatever the page is."""

import pytest

from pipeline.errors import ExtractionError
from pipeline.extract.dom import parse_html


def test_row_48_a_hundred_thousand_nested_boxes_keep_their_text() -> None:
    page = "<p>shallow</p>" + "<div>" * 100_000 + "deep" + "</div>" * 100_000 + "<p>after</p>"
    assert " ".join(parse_html(page).itertext()).split() == ["shallow", "deep", "after"]


def test_row_49_a_tag_with_a_hundred_thousand_attributes_is_refused() -> None:
    page = "<div " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x</div>"
    with pytest.raises(ExtractionError, match="suspicious_markup"):
        parse_html(page)


def test_row_50_a_page_above_the_limit_is_refused() -> None:
    with pytest.raises(ExtractionError, match="the limit is"):
        parse_html("x" * (7 * 2**20))


@pytest.mark.parametrize("page", ["<!--" * 250_000, "   ", "", "\x00\x01"])
def test_row_51_nothing_readable_says_so(page: str) -> None:
    with pytest.raises(ExtractionError):
        parse_html(page)


@pytest.mark.parametrize(
    "page", ["<" * 1_000_000, "<p>a\x00b</p>", "plain words", "<?xml version='1.0'?><p>a</p>"]
)
def test_odd_pages_are_read(page: str) -> None:
    assert "".join(parse_html(page).itertext())


def test_a_long_data_address_is_no_attack() -> None:
    page = f"<img src='data:image/png;base64,{'A=' * 100 + 'A' * 300_000}'><p>text</p>"
    assert "text" in "".join(parse_html(page).itertext())


@pytest.mark.parametrize(
    "head",
    ['<meta charset="iso-8859-1">', '<meta http-equiv="content-type" content="text/html; charset=utf-16">'],
)
def test_decoded_text_is_not_decoded_again_as_its_meta_says(head: str) -> None:
    tree = parse_html(f"<html><head>{head}</head><body><p>grün 漢\x00字\ud800!</p></body></html>")
    assert tree.findtext(".//p") == "grün 漢字!"


@pytest.mark.parametrize(
    "void", ["<embed src=/f.swf>", "<EMBED SRC=/f.swf>", "<source src=/a.mp3>", "<track src=/t>"]
)
def test_what_follows_an_element_without_an_end_does_not_stand_in_it(void: str) -> None:
    tree = parse_html(f"<div><p>one</p>{void}two<p>three</p>four</div>five")
    assert [child.tag for child in tree.find(".//div")][2:] == ["p"]
    assert " ".join(tree.text_content().split()) == "onetwothreefourfive"


def test_a_picture_stands_beside_its_sources() -> None:
    tree = parse_html("<picture><source srcset=/a><source srcset=/b><img src=/c></picture>behind")
    picture = tree.find(".//picture")
    assert [child.tag for child in picture] == ["source", "source", "img"]
    assert picture.tail == "behind"
