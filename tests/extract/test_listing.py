"""What the page of a category or tag says of the posts it lists."""

import pytest

from pipeline.extract.listing import listed_terms
from pipeline.extract.page import extract_page
from pipeline.records import Page

SITE = "https://bench.example"
WORDS = "First words of the post, and a few more of them so that this entry weighs most."


def said(path: str, inside: str) -> list[tuple[str, tuple[object, ...]]]:
    text = f"<html><head><title>Bench</title></head><body><main>{inside}</main></body></html>"
    page = Page(url=SITE + path, text=text)
    found = listed_terms(extract_page(page), page.url or "")
    return [(each.url.removeprefix(SITE), (*each.category_paths, *each.tags)) for each in found]


def entry(name: str, words: str = "Short.") -> str:
    return f"<div class='entry-box'><h2><a href='/{name}/'>{name}</a></h2><p>{words}</p></div>"


def test_all_boxes_like_the_longest_are_entries_of_the_list():
    listed = f"<h1>Posts in Tools</h1>{entry('saw', WORDS * 5)}{entry('awl')}{entry('axe')}"
    tools = (("Tools",),)
    assert said("/category/tools.html", listed) == [("/saw/", tools), ("/awl/", tools), ("/axe/", tools)]


@pytest.mark.parametrize("slug", ["nails-screws", "nails-and-screws"])
def test_an_ampersand_in_a_name_is_and_or_nothing_in_its_address(slug):
    listed = f"<h1>Posts tagged Nails &amp; Screws</h1>{entry('saw', WORDS)}"
    assert said(f"/tag/{slug}/", listed) == [("/saw/", ("Nails & Screws",))]


def test_entries_may_stand_in_one_article():
    listed = f"<article class=page><h1>Tools</h1>{entry('saw', WORDS * 5)}{entry('awl')}</article>"
    assert [url for url, _ in said("/category/tools.html", listed)] == ["/saw/", "/awl/"]
