"""Categories that only their own pages name: parents, and posts that say nothing themselves."""

import pytest

from pipeline.learn import learn
from pipeline.process import process
from pipeline.records import Page

HOST = "https://harbour.example"
POST = """<html><body><article><h1>Mending nets</h1><p>The nets are mended by hand, all winter long, in the
barn behind the harbour, where it is dry.</p>{}</article></body></html>"""
OARS = '<footer><a rel="category tag" href="/category/boats/oars/">Oars</a></footer>'
MENU = '<aside><a href="/category/boats/">Boats</a></aside>'


def page(path: str, html: str) -> Page:
    return Page(url=f"{HOST}{path}", text=html, fetched_at="2024-01-01T00:00:00Z")


def term(path: str, title: str, above: str = "") -> Page:
    listed = (
        '<article><header><h2><a href="/2021/nets/">Mending nets</a></h2></header><div class="entry">'
        "<p>The nets are mended by hand, all winter long, in the barn.</p></div></article>"
    )
    return page(path, f"<html><body>{above}<main><h1>Category: {title}</h1>{listed}</main></body></html>")


def paths(post: str, *terms: Page) -> tuple[tuple[str, ...], ...]:
    return process(page("/2021/nets/", POST.format(post)), learn(terms)).metadata.category_paths


PARENT = term("/category/boats/", "Boats")
CHILD = term("/category/boats/oars/", "Oars")


@pytest.mark.parametrize("menu", [MENU, ""], ids=["menu", "no-menu"])
def test_a_parents_own_page_names_it_whatever_the_menu_shows_today(menu):
    assert paths(OARS + menu, PARENT, CHILD) == (("Boats", "Oars"),)


def test_a_parent_without_a_page_is_named_as_its_address_says():
    assert paths(OARS, CHILD) == (("boats", "Oars"),)


def test_a_post_that_shows_no_category_has_those_that_list_it():
    assert paths("", CHILD) == (("boats", "Oars"),)


def test_a_parents_page_that_lists_a_childs_post_makes_it_no_category():
    assert paths("", PARENT, CHILD) == (("Boats", "Oars"),)


def test_a_breadcrumb_names_the_parent_where_the_address_does_not():
    crumbs = '<nav class="breadcrumb"><a href="/">Home</a> <a href="/category/boats/">Boats</a> Oars</nav>'
    assert paths("", term("/category/oars/", "Oars", crumbs)) == (("Boats", "Oars"),)


def categories(*terms: Page, head: str = "") -> tuple[str, ...]:
    return process(page("/2021/nets/", head + POST.format("")), learn(terms)).metadata.categories


def test_what_the_post_calls_a_tag_is_no_category_in_whatever_folder_it_lies() -> None:
    rope = term("/category/rope/", "Rope")
    assert categories(PARENT, rope, head='<meta property="article:tag" content="rope">') == ("Boats",)


def test_an_address_may_say_beside_the_name_that_it_is_a_category() -> None:
    assert categories(term("/categories/cat_boats/", "Boats")) == ("Boats",)


def test_a_head_with_subcategories_hides_no_posts() -> None:
    head = '<header><h1>Posts about Boats</h1><ul><li><a href="/categories/oars/">Oars</a></li></ul></header>'
    rows = '<ul><li><a href="/2021/nets/">Mending nets</a></li><li><a href="/2021/tar/">Tar</a></li></ul>'
    assert categories(page("/categories/boats/", f"<body><article>{head}{rows}</article></body>")) == (
        "Boats",
    )


def test_every_entry_counts_however_long_another_is() -> None:
    words = "<p>Tar is boiled twice and thinned once.</p>" * 9
    other = f'<article><h2><a href="/2021/tar/">Tar</a></h2>{words}</article>'
    listed = term("/category/boats/", "Boats")
    assert categories(page("/category/boats/", listed.text.replace("</main>", f"{other}</main>"))) == (
        "Boats",
    )
