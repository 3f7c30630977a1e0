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


@pytest.mark.parametrize(
    ("named", "name"),
    [
        ("<h1>Рубрика: Инструменты</h1>", "Инструменты"),
        ("<h1>Записи</h1><nav><a href='/category/tools/'>Инструменты</a></nav>", "Инструменты"),
        ("<h1>التصنيف: أدوات</h1>", "أدوات"),
    ],
)
def test_a_label_or_a_link_names_a_term_whose_address_is_in_other_letters(named, name):
    assert said("/category/tools/", f"{named}{entry('saw', WORDS)}") == [("/saw/", ((name,),))]


def test_a_heading_alone_in_other_letters_than_its_address_names_nothing():
    assert said("/category/tools/", f"<h1>Записи об инструментах</h1>{entry('saw', WORDS)}") == []


def test_a_link_into_the_page_itself_names_nothing():
    skip = "<a href='#content'>К содержанию</a>"
    assert said("/category/tools/", f"{skip}{entry('saw', WORDS)}") == []


def test_the_heading_that_leads_home_is_no_entry():
    links = "<ul><li><a href='/saw/'>Saw</a></li><li><a href='/awl/'>Awl</a></li></ul>"
    listed = f"<header><h1><a href='/'>Bench</a></h1></header><h1>Posts about Tools</h1>{links}"
    text = f"<body><div>{listed}<footer>Contents by Ida. Licensed to whoever asks.</footer></div></body>"
    found = extract_page(Page(url=f"{SITE}/category/tools/", text=text))
    said = [each.url for each in listed_terms(found, f"{SITE}/category/tools/")]
    assert said == [f"{SITE}/saw/", f"{SITE}/awl/"]


def test_the_second_page_of_a_list_is_no_child_of_the_first():
    crumbs = "<nav class='breadcrumbs'><a href='/category/tools/'>Tools</a> Page 2</nav>"
    listed = f"{crumbs}<h1>Tools</h1>{entry('saw', WORDS * 5)}{entry('awl')}"
    assert said("/category/tools/page/2/", listed) == [("/saw/", (("Tools",),)), ("/awl/", (("Tools",),))]
