"""What is guessed to be furniture on a page that stands alone."""

import pytest

from pipeline.extract.page import extract_page
from pipeline.learn import learn
from pipeline.records import Page

PROSE = "A long enough sentence about the workshop that says nothing new but fills its line well. " * 3
LIST = "<ul><li><a href='/bone/'>Bone glue for beginners</a></li><li><a href='/hide/'>Hide glue</a></li></ul>"


def page(inside: str, number: int = 0) -> Page:
    body = f"<h1>Glue {number}</h1><div class='entry-content'><p>{PROSE} {number}</p>{inside}"
    body += f"<p>{PROSE}</p></div>"
    return Page(
        url=f"https://bench.example/glue-{number}/",
        text=f"<html><head><title>Glue {number}</title></head><body><article>{body}</article></body></html>",
    )


def texts(inside: str) -> list[str]:
    return [block.text for block in extract_page(page(inside)).article.blocks][1:-1]


@pytest.mark.parametrize(
    "box",
    [
        LIST,
        f"<h2>More on our pages</h2>{LIST}<h2>Next</h2>",
        f"<p><b>Zum Weiterlesen</b></p>{LIST}",
        f"<div><h3>Worth a look</h3>{LIST}</div>",
        "<p>Lesen Sie auch: <a href='/bone/'>Knochenleim für Anfänger und Fortgeschrittene</a></p>",
        "<p><a href='/bone/'>Bone glue for beginners</a></p>",
        "<h3><a href='/bone/'>Bone glue for beginners</a></h3><p>By Ruth</p><h3>Next</h3>",
        "<a href='https://far.example/'><div><h2>Another bench</h2><p>Its first words.</p></div></a>",
        "<p><a class='TheButton' href='https://shop.example/'>Order the book</a></p>",
        "<div><a class='btn btn-primary' href='https://shop.example/'>Buy the book</a></div>",
    ],
)
def test_boxes_that_only_lead_away_are_left_out_with_their_labels(box: str) -> None:
    assert set(texts(box)) <= {"By Ruth", "Next"}


@pytest.mark.parametrize(
    ("box", "kept"),
    [
        ("<p><a href='https://other.example/'>The maker of the press</a></p>", "The maker of the press"),
        ("<p><a href='/files/plan.pdf'>The plan of the bench</a></p>", "The plan of the bench"),
        ("<p>We wrote of <a href='/bone/'>bone glue</a> before.</p>", "We wrote of bone glue before."),
        ("<p><a href='//[bad:port/x'>No address at all</a></p>", "No address at all"),
        ("<p><a href='mailto:ruth@bench.example'>Write to the bench</a></p>", "Write to the bench"),
        ("<ul><li><a href='#one'>First coat</a></li></ul>", "First coat"),
    ],
)
def test_links_that_are_part_of_the_text_stay(box: str, kept: str) -> None:
    assert texts(box) == [kept]


def test_a_linked_heading_stays_where_words_of_its_own_follow() -> None:
    assert texts(f"<h2><a href='/bone/'>Bone glue</a></h2><p>{PROSE}</p>") == ["Bone glue", PROSE.strip()]


def test_nothing_is_guessed_where_the_site_is_known() -> None:
    pages = [page(LIST if number == 3 else "", number) for number in range(6)]
    found = extract_page(pages[3], learn(pages))
    assert "Bone glue for beginners" in [block.text for block in found.article.blocks]


def test_a_page_without_an_address_believes_its_canonical_link() -> None:
    known = page("<p><a href='https://bench.example/bone/'>Bone glue for beginners</a></p>")
    head = f"<head><link rel=canonical href='{known.url}'>"
    dump = Page(url=None, text=known.text.replace("<head>", head))
    assert len(extract_page(dump).article.blocks) == 2
