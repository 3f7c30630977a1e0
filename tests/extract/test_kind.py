"""What a page is."""

import pytest

from pipeline.extract.addresses import is_listing_address, is_page_address
from pipeline.extract.kind import xml_kind
from pipeline.process import extract
from pipeline.records import Page

SITE = "https://workbench.example"
PROSE = "<p>A long enough sentence about the workshop that says nothing new but fills its line well.</p>" * 3
DATED = f"<article><h1>Glue</h1><time datetime='2024-05-01'>1 May 2024</time>{PROSE}</article>"
TEASERS = "".join(
    f"<article><h2><a href='/{n}/'>Post {n}</a></h2><p>First words of it, and a few more.</p></article>"
    for n in range(5)
)


SHOP = "<header><h1><a href='/'>Shop</a></h1></header>"
ONE_LEFT = f"{SHOP}<article><h1><a href='/old/'>Old</a></h1>{PROSE}</article>"
EXCERPT = f"<div><h2><a href='/old/'>Old</a></h2><p>3 May 2021</p>{PROSE}<a href='/old/'>Read more</a></div>"
NAMED_ONCE = f"<div><h2><a href='/old/'>Old</a></h2><p>3 May 2021</p>{PROSE}</div>"
INDEX = "".join(f"<li><a href='/{n}/'>Post {n}</a> <time>2024-05-0{n}</time></li>" for n in range(1, 6))
DENSE = "<p>朝の渡し船は地図で見るよりもずっと大切でした、一日中雨が降っていました。</p>"
CARDS_BELOW = "".join(f"<article><h3><a href='/{n}/'>Post {n}</a></h3></article>" for n in range(2))


def kind(body: str, path: str = "/glue/", names: str = "", status: int = 200) -> str:
    text = f"<html><head><title>Glue</title></head><body class='{names}'>{body}</body></html>"
    return extract(Page(url=SITE + path, text=text, status=status)).kind


@pytest.mark.parametrize(
    ("body", "path", "names", "expected"),
    [
        (DATED, "/glue/", "", "post"),
        (DATED, "/glue/", "single single-post postid-7", "post"),
        (DATED, "/", "", "listing"),
        (DATED, "/blog/page/2/", "", "listing"),
        (DATED, "/category/tools/", "", "listing"),
        (DATED, "/glue/", "archive category", "listing"),
        (DATED, "/glue/", "attachment single", "attachment"),
        (DATED, "/about/", "", "page"),
        (PROSE, "/glue/", "", "page"),
        (f"<h1>Posts in de</h1>{EXCERPT}", "/language/de.html", "", "listing"),
        (f"<h1>On old glue</h1>{NAMED_ONCE}", "/glue/", "", "post"),
        (f"<h1>Posts of 2021</h1>{EXCERPT}{EXCERPT.replace('old', 'new')}", "/y2021.html", "", "listing"),
        (f"<h1>Two to read</h1>{NAMED_ONCE}{NAMED_ONCE.replace('old', 'new')}", "/glue/", "", "post"),
        (f"<h1>On old glue</h1>{EXCERPT}<h2>Mine</h2>{PROSE}", "/glue/", "", "post"),
        (TEASERS, "/stories/", "", "listing"),
        (ONE_LEFT, "/stories/9/", "", "listing"),
        (f"{ONE_LEFT}<time>1 May 2024</time>", "/old", "", "post"),
        (f"<main><h1>All</h1><ul>{INDEX}</ul></main>", "/stories/", "", "listing"),
        (
            DATED.replace("<article>", "<main>").replace("</article>", "</main>") + CARDS_BELOW,
            "/glue/",
            "",
            "post",
        ),
        (DATED + f"<ul>{INDEX}</ul>", "/glue/", "", "post"),
        (f"<main><h1>Glue</h1>{DENSE}<ul>{INDEX}</ul></main>", "/glue/", "", "post"),
        (f"<main><h1>All</h1><ul>{INDEX.replace('time', 'b')}</ul></main>", "/stories/", "", "listing"),
        (DATED.replace(PROSE, PROSE + TEASERS), "/glue/", "", "post"),
        (f"<main><h1>Glue</h1><i>1 May 2024</i>{PROSE * 4}<div>{TEASERS}</div></main>", "/glue/", "", "post"),
        (f"<main><h1>Glue</h1><p>1 May 2024</p>{PROSE}<div>{TEASERS}</div></main>", "/all/", "", "listing"),
        (DATED.replace("article", "main") + TEASERS, "/glue/", "", "post"),
        (DATED, "/pages/glue/", "", "page"),
        (DATED, "/index-3.html", "", "listing"),
        (DATED, "/glue/", "error404", "error"),
    ],
)
def test_a_page_tells_what_it_is(body: str, path: str, names: str, expected: str) -> None:
    assert kind(body, path, names) == expected


def test_an_answer_that_failed_is_an_error_page() -> None:
    assert kind(DATED, status=404) == "error"


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/blog/",
        "/page/2/",
        "/tag/wood/",
        "/author/ruth/",
        "/2024/05/",
        "/archives/",
        "/en/",
        "/tags.html",
        "/tag2.html",
        "/pages/12/",
        "/archives/2024-05.html",
        "/archives/cat_wood.html",
        "/archives/category/wood/",
        "/series/",
        "/column/page/2/",
    ],
)
def test_addresses_of_listings(path: str) -> None:
    assert is_listing_address(SITE + path)


@pytest.mark.parametrize(
    "path",
    [
        "/glue/",
        "/2024/05/01/glue/",
        "/blog/glue",
        "/tagging-tools/",
        "/category-5-cable/",
        "/category5-cable/",
        "/page-20-years-later/",
        "/archives/51234567.html",
        "/index.php/archives/12/",
        "/archives/weekend-notes",
        "/archive/2012/old-glue.html",
        "/column/glue/",
        "/topics/112.html",
    ],
)
def test_addresses_of_posts_are_none_of_listings(path: str) -> None:
    assert not is_listing_address(SITE + path)


def test_addresses_of_pages_about_the_site() -> None:
    paths = (
        "about about-us contact.html impressum/index.html datenschutzerklaerung terms-of-use de/ueber-uns now"
    )
    assert [path for path in paths.split() if not is_page_address(f"{SITE}/{path}")] == []


def test_a_post_may_begin_with_the_name_of_such_a_page() -> None:
    paths = (
        "2024/about-glue/ about-last-summer/ contact-glue/ now-is-the-time.html terms-of-trade/ uses-of-wax"
    )
    assert [path for path in paths.split() if is_page_address(f"{SITE}/{path}")] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<?xml version='1.0'?><rss version='2.0'>", "feed"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'>", "feed"),
        ("<urlset>", "sitemap"),
        ("<sitemapindex>", "sitemap"),
        ("<svg>", "other"),
    ],
)
def test_xml_is_told_by_its_root(text: str, expected: str) -> None:
    assert xml_kind(text) == expected
