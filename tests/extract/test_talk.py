"""Comments, reviews and sidebars that hold more words than the post."""

import pytest

from pipeline.extract.article import extract_article
from pipeline.extract.dom import parse_html
from pipeline.records import Page

PROSE = "A long enough sentence about the workshop that says nothing new but fills its line well. " * 2
TALK = "".join(f"<div><p>Reader {n} says: {PROSE}</p></div>" for n in range(9))


def texts(body: str) -> list[str]:
    page = Page(url=None, text=f"<html><head><title>Glue</title></head><body>{body}</body></html>")
    return [block.text for block in extract_article(parse_html(page.text), page).blocks]


@pytest.mark.parametrize(
    "name", "comments comments-area commentlist wpdiscuz_unauth sidebar shop-reviews".split()
)
def test_what_readers_wrote_is_not_the_post_however_long(name: str) -> None:
    page = f"<div><h1>Glue</h1><div><p>{PROSE}</p></div><div class='{name}'>{TALK}</div></div>"
    assert texts(page) == [PROSE.strip()]


def test_a_box_with_the_title_is_the_post_whatever_its_class() -> None:
    page = f"<div><div class='comments'><h1>Glue</h1>{TALK}</div><p>{PROSE}</p></div>"
    assert len(texts(page)) == 9


def test_comments_alone_are_all_there_is() -> None:
    assert len(texts(f"<h1>Glue</h1><div class='comments'>{TALK}</div><p>None.</p>")) == 9
