"""Blogs whose theme shows no dates keep their posts."""

import pytest

from pipeline.learn import learn
from pipeline.process import extract
from pipeline.records import Page
from pipeline.site.template import Template

SITE = "https://workbench.example"
WOODS = "alder beech cedar elm fir hazel larch maple oak pine".split()
CALLED_ARTICLE = "<meta property=og:type content=article>"
DAY = "<time class=published datetime=2024-05-06>6 May 2024</time>"


def post(wood: str, folder: str = "/", head: str = "", line: str = "") -> Page:
    prose = f"<p>Of {wood} there is much to say, and whoever works with {wood} says it gladly.</p>" * 2
    text = f"<title>{wood}</title>{head}<article><h1>On {wood}</h1>{line}<div>{prose}</div></article>"
    return Page(url=f"{SITE}{folder}{wood}/", text=f"<html><body>{text}</body></html>")


def category(woods: list[str], folder: str = "/") -> Page:
    rows = "".join(f"<li><h2><a href='{folder}{wood}/'>On {wood}</a></h2></li>" for wood in woods)
    return Page(url=f"{SITE}/category/wood/", text=f"<html><body><h1>Wood</h1><ul>{rows}</ul></body></html>")


def feed(woods: list[str], folder: str = "/") -> Page:
    rows = "".join(f"<item><title>{w}</title><link>{SITE}{folder}{w}/</link></item>" for w in woods)
    text = f'<rss version="2.0"><channel><title>Wood</title>{rows}</channel></rss>'
    return Page(url=f"{SITE}/feed.xml", media_type="application/rss+xml", text=text)


def posts_in(pages: list[Page], template: Template) -> list[str]:
    return [(page.url or "").split("/")[-2] for page in pages if extract(page, template).kind == "post"]


@pytest.mark.parametrize("head", ["", CALLED_ARTICLE])
def test_what_a_category_lists_is_a_post(head):
    pages = [post(wood, head=head) for wood in WOODS]
    assert posts_in(pages, learn([*pages, category(WOODS)])) == WOODS


def test_what_calls_itself_an_article_is_believed():
    pages = [post(wood, head=CALLED_ARTICLE) for wood in WOODS]
    about = post("about")
    assert posts_in([*pages, about], learn([*pages, about])) == WOODS


@pytest.mark.parametrize("listed", [feed, category])
def test_what_lies_in_a_folder_of_posts_is_one(listed):
    pages = [post(wood, "/notes/") for wood in WOODS]
    page = post("workshop")
    assert posts_in([*pages, page], learn([*pages, page, listed(WOODS[:5], "/notes/")])) == WOODS


def test_the_uppermost_folder_says_nothing():
    pages = [post(wood) for wood in WOODS]
    assert posts_in(pages, learn([*pages, feed(WOODS[:5])])) == WOODS[:5]


def test_where_posts_show_dates_a_page_without_one_is_a_page():
    pages = [post(wood, "/notes/", CALLED_ARTICLE, DAY) for wood in WOODS]
    plain = [post("teak", "/notes/", CALLED_ARTICLE), post("yew")]
    template = learn([*pages, *plain, category([*WOODS, "yew"])])
    assert posts_in([*pages, *plain], template) == WOODS
