"""Lines that are guessed to be the site's own words on a page that stands alone."""

import pytest

from pipeline.extract.page import extract_page
from pipeline.records import Page

PROSE = "A long enough sentence about the workshop that says nothing new but fills its line well. " * 3


def lines(inside: str) -> list[str]:
    body = f"<h1>Glue</h1><div class='entry-content'><p>{PROSE}</p>{inside}<p>{PROSE}</p></div>"
    page = Page(url="https://bench.example/glue/", text=f"<title>Glue</title><article>{body}</article>")
    return [block.text for block in extract_page(page).article.blocks][1:-1]


@pytest.mark.parametrize(
    "line",
    [
        "<p>Photo: Ida Moen</p>",
        "<p><em>Bildnachweis: Harbour Press / Ida Moen</em></p>",
        "<figure><img src=a.jpg><figcaption class=ImageCopyRight_x>Harbour Images</figcaption></figure>",
        "<figure><img src=a.jpg><div class=picture__source>Harbour Images</div></figure>",
        "<p><b>Subscribe</b> to our newsletter and read on every Monday.</p>",
        "<p><i>Folge uns auf Instagram und Facebook!</i></p>",
        "<p><i>Puedes seguir al taller en Twitter y Facebook.</i></p>",
        "<p><b>Möchten Sie diesen Artikel teilen?</b></p>",
        "<p><a href='javascript:history.back()'>Back</a></p>",
    ],
)
def test_a_line_of_the_sites_own_is_left_out(line):
    assert lines(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "<p>Photo albums by Ida Moen fill a shelf.</p>",
        "<p>She reads a <b>newsletter</b> on glue.</p>",
        "<p>We met on <i>Instagram</i> and Facebook.</p>",
        "<p>Download the <a href='https://far.example/app'>app</a> and open a new workspace.</p>",
        "<p>Subscribe to no list of theirs.</p>",
    ],
)
def test_what_the_post_says_stays(line):
    assert len(lines(line)) == 1


def test_a_caption_keeps_the_name_of_who_took_the_picture():
    picture = "<figure><img src=a.jpg><figcaption>The pot. Photo: Ida Moen</figcaption></figure>"
    assert lines(picture) == ["The pot. Photo: Ida Moen"]
