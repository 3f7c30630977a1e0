"""Boxes beside the text that say nothing of their own, told by where they stand on most posts."""

import pytest

from pipeline.learn import learn
from pipeline.process import process
from pipeline.records import Page

SITE = "https://weir.example"
NAMES = "alder birch cedar dogwood elm fir gorse hazel".split()
PROSE = "{} grew beside the upper lock for years before anybody asked who had planted it there."
NEIGHBOURS = '<ul class="neighbours"><li>← Earlier <a href="/{}/">All about {}</a></li></ul>'
CARD = '<div class="onward"><a href="/{}/"><div>Next up</div><div>All about {}</div><p>{}</p></a></div>'
COLOPHON = (
    '<div><div class="colophon"><p>All about {0}</p><p>https://weir.example/{0}/</p>'
    "<p>Licence: CC0</p></div></div>"
)


def post(number: int, box: str, texts: int = 3) -> Page:
    name, other = NAMES[number], NAMES[number - 1]
    prose = f"<p>{PROSE.format(name)}</p>" * texts
    head = f'<title>All about {name}</title><meta property="og:type" content="article">'
    body = f"<main><h1>All about {name}</h1>{prose}{box.format(*_words(box, name, other))}</main>"
    return Page(url=f"{SITE}/{name}/", text=f"<html><head>{head}</head><body>{body}</body></html>")


def _words(box: str, name: str, other: str) -> tuple[str, ...]:
    return (name,) if "{0}" in box else (other, other, (PROSE.format(other) + " ") * 9)


def lines(number: int, box: str) -> list[str]:
    template = learn(post(n, box) for n in range(len(NAMES)))
    return process(post(number, box), template).text_raw.splitlines()


@pytest.mark.parametrize("box", [NEIGHBOURS, CARD, COLOPHON])
def test_what_only_names_neighbours_or_the_post_itself_is_no_text(box: str) -> None:
    assert lines(3, box) == [PROSE.format("dogwood")] * 3


def test_a_box_that_holds_sentences_is_the_authors() -> None:
    box = '<div class="aside-of-mine">Read <a href="/{}/">{}</a> first. {}</div>'
    assert len(lines(3, box)) == 4


def test_a_list_of_links_without_a_name_is_the_authors() -> None:
    assert lines(3, NEIGHBOURS.replace(' class="neighbours"', ""))[-1] == "← Earlier All about cedar"


def test_a_box_on_few_posts_is_left_alone() -> None:
    template = learn([*(post(n, "<p></p>") for n in range(6)), post(6, NEIGHBOURS)])
    assert process(post(6, NEIGHBOURS), template).text_raw.endswith("All about fir")


def test_the_summary_says_where_such_boxes_stand() -> None:
    template = learn(post(n, NEIGHBOURS) for n in range(6))
    (layout,) = template.summary()["layouts"].values()
    assert layout["boxes_beside"] == ["ul.neighbours"]
