"""What WordPress' REST interface says of posts and categories, and that odd answers say nothing."""

import json

import pytest

from pipeline.learn import learn
from pipeline.process import process
from pipeline.records import Page
from pipeline.site.cms import RestPost, Term, paths_of, read_posts, read_terms

BASE = "https://blog.example"
TERMS = [
    {"id": 3, "name": "Tea &amp; coffee", "parent": 0},
    {"id": 7, "name": "Green tea", "parent": 3},
    {"id": 1, "name": "Uncategorized", "parent": 0},
]
HTML = "<html><head><title>{0}</title></head><body><article><h1>{0}</h1><p>{1}</p></article></body></html>"
WORDS = "The kettle sings for a while before anybody gets up to take it off the stove. " * 8


def posts(*categories):
    return [
        {"id": n, "link": f"{BASE}/p{n}/", "modified_gmt": "2024-05-06T07:08:09", "categories": [category]}
        for n, category in enumerate(categories, 1)
    ]


def learned(rest):
    documents = {"posts": rest, "categories": TERMS}
    pages = [
        Page(url=f"{BASE}/wp-json/wp/v2/{name}", text=json.dumps(said), media_type="application/json")
        for name, said in documents.items()
    ]
    return learn([*pages, *(Page(url=f"{BASE}/p{n}/", text=HTML.format(n, WORDS)) for n in range(1, 6))])


def read(rest, number):
    page = Page(url=f"{BASE}/p{number}/", text=HTML.format("A kettle", WORDS))
    return process(page, learned(rest)).metadata


def test_a_post_is_read_with_its_number_date_and_categories():
    assert read_posts(json.dumps(posts(7))) == [
        RestPost(url=f"{BASE}/p1/", number=1, modified="2024-05-06T07:08:09", categories=(7,))
    ]


def test_categories_are_named_as_people_read_them_with_all_above_them():
    terms = read_terms(json.dumps(TERMS))
    assert terms[3] == Term("Tea & coffee", 0)
    assert paths_of((7, 3, 99), terms) == (("Tea & coffee", "Green tea"), ("Tea & coffee",))


def test_categories_that_stand_above_each_other_end_somewhere():
    assert len(paths_of((1,), {1: Term("Hen", 2), 2: Term("Egg", 1)})[0]) == 10


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"[1, null]", b'{"code": "rest_forbidden"}', b'[{"id": true, "link": 5}]', b"[" * 9999),
        *(b'[{"id": "x", "name": 3, "parent": []}]', b"\xff\xfe"),
    ],
)
def test_what_is_no_list_says_nothing(body):
    assert (read_posts(body), read_terms(body)) == ([], {})


def test_a_page_that_names_no_category_has_those_of_the_interface():
    found = read(posts(7, 7, 3, 3, 1), 1)
    assert (found.category_paths, found.cms_post_id) == ((("Tea & coffee", "Green tea"),), "1")
    assert found.provenance["categories"] == "listing"


def test_a_category_that_nobody_chose_is_none():
    assert read(posts(1, 1, 1, 1, 1), 1).categories == ()


def test_what_the_interface_lists_is_a_post():
    assert learned(posts(7)).settle_kind(f"{BASE}/p1/", "page", dated=False) == "post"


def test_a_list_without_categories_may_be_one_of_pages():
    pages = [{"id": 1, "link": f"{BASE}/p1/", "modified_gmt": "2024-05-06T07:08:09"}]
    assert learned(pages).witnesses == {}
