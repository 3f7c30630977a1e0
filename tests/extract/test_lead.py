"""The first words of a post, where a theme sets them above its body."""

import pytest

from pipeline.extract.article import extract_article
from pipeline.extract.dom import parse_html
from pipeline.records import Block, Page

PROSE = "A long enough sentence about the workshop that says nothing new but fills its line well. " * 3
LEAD = "Twelve kinds of glue, one bench, and a winter of waiting for things to dry."
BODY = f"<div class='entry-content'><p>{PROSE}</p></div>"


def blocks(body: str) -> list[Block]:
    page = Page(url="https://bench.example/glue/", text=f"<title>Glue | Bench</title><body>{body}</body>")
    return list(extract_article(parse_html(page.text), page).blocks)


@pytest.mark.parametrize(
    "page",
    [
        f"<header><h1>Glue</h1><p>{LEAD}</p></header><main><article>{BODY}</article></main>",
        f"<div><h1>Glue</h1></div><div><div class='dek'>{LEAD}</div></div><article>{BODY}</article>",
        f"<article><header><h1>Glue</h1></header><section><p>{LEAD}</p></section><div>{BODY}</div></article>",
    ],
)
def test_words_between_title_and_body_are_the_lead_however_they_are_framed(page: str) -> None:
    assert [block.text for block in blocks(page)] == [LEAD, PROSE.strip()]


def test_a_lead_set_as_a_heading_is_text_and_opens_no_section() -> None:
    found = blocks(f"<article><h1>Glue</h1><h2>{LEAD}</h2>{BODY}</article>")
    assert [(block.text, block.level) for block in found] == [(LEAD, 0), (PROSE.strip(), 0)]


def test_a_long_heading_that_opens_the_body_is_a_lead_and_a_short_one_a_section() -> None:
    inside = f"<h2>{LEAD} {LEAD}</h2><h2>Bone glue</h2><p>{PROSE}</p>"
    found = blocks(f"<h1>Glue</h1><div class='entry-content'>{inside}</div>")
    assert [block.level for block in found] == [0, 2, 0]


def test_the_facts_of_a_post_in_a_list_above_it_come_along() -> None:
    items = "<li>Bone glue melts at sixty</li><li>Hide glue is stronger yet</li><li>Casein keeps</li>"
    facts = f"<ul>{items}</ul>"
    found = blocks(f"<article><h1>Glue</h1>{facts}{BODY}</article>")
    assert [block.kind for block in found] == ["list_item"] * 3 + ["paragraph"]


@pytest.mark.parametrize(
    "other",
    [
        f"<div class='photo-caption'>{LEAD}</div>",
        f"<ul><li><p>{LEAD}</p></li></ul>",
        f"<div class='related'><p>{LEAD}</p></div>",
        f"<p><a href='/b/'>{LEAD}</a></p>",
        f"<p>{LEAD} <time>3 May</time></p>",
    ],
)
def test_captions_teasers_and_bylines_below_the_title_are_no_lead(other: str) -> None:
    assert [b.text for b in blocks(f"<article><h1>Glue</h1>{other}{BODY}</article>")] == [PROSE.strip()]


def test_what_stands_above_the_title_is_no_lead() -> None:
    page = f"<div><p>{LEAD}</p></div><article><h1>Glue</h1>{BODY}</article>"
    assert [block.text for block in blocks(page)] == [PROSE.strip()]


def test_a_kicker_in_the_heading_does_not_hide_the_title() -> None:
    page = "<title>A winter of waiting for glue | Bench</title><body><article>"
    page += f"<h1><span>Workshop</span><span>A winter of waiting for glue</span></h1><p>{PROSE}</p></article>"
    found = extract_article(parse_html(page), Page(url=None, text=page)).blocks
    assert [block.text for block in found] == [PROSE.strip()]
