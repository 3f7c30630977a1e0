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
