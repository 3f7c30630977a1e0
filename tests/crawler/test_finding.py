"""Posts that no link leads to: what sitemaps of every kind, paged feeds and the REST interface bring."""

import gzip
import json

import pytest
from crawler_server import Server, answer, page

from crawler.rest import Shelf

FEED = '<link rel="alternate" type="application/rss+xml" href="/feed/">'
REST = '<link rel="https://api.w.org/" href="/wp-json/">'
LIST = "/wp-json/wp/v2/posts?_fields=id,link,modified_gmt,categories&per_page=100&page="
TERMS = "/wp-json/wp/v2/categories?_fields=id,name,parent&per_page=100&page="


def posts(asked: list[str]) -> list[str]:
    """Give the paths that are posts."""
    return sorted({path for path in asked if path.startswith("/p")})


def urlset(server: Server, *paths: str) -> bytes:
    lines = "".join(f"<url><loc>{server.url}{path}</loc></url>" for path in paths)
    return f'<?xml version="1.0"?><urlset>{lines}</urlset>'.encode()


def channel(*items: str, more: str = "") -> bytes:
    inside = "".join(f"<item><link>{item}</link></item>" for item in items)
    return answer(f"<rss><channel>{inside}{more}</channel></rss>".encode(), kind="application/rss+xml")


def test_an_index_leads_to_packed_and_plain_lists_and_over_wrong_ones(server: Server, crawl):
    names = ("a.xml.gz", "b.txt", "empty.xml", "gone.xml", "soft.xml", "broken.xml", "index.xml")
    index = "".join(f"<sitemap><loc>{server.url}/{name}</loc></sitemap>" for name in names)
    server.routes |= {
        "/": page(),
        "/robots.txt": answer(f"Sitemap: {server.url}/index.xml".encode(), kind="text/plain"),
        "/index.xml": answer(f"<sitemapindex>{index}</sitemapindex>".encode(), kind="text/xml"),
        "/a.xml.gz": answer(gzip.compress(urlset(server, "/p1")), kind="application/gzip"),
        "/b.txt": answer(f"{server.url}/p2\n".encode(), kind="text/plain"),
        "/empty.xml": answer(kind="text/xml"),
        "/soft.xml": page(text="Nothing here."),
        "/broken.xml": answer(urlset(server, "/p3", "/p4")[:-40], kind="text/xml"),
    } | {f"/p{n}": page() for n in range(1, 5)}
    crawl(server.url)
    assert posts(server.asked) == ["/p1", "/p2", "/p3"]


def test_a_feed_is_followed_from_page_to_page(server: Server, crawl):
    further = f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="next" href="{server.url}/feed/2"/>'
    server.routes |= {
        "/": answer(f"<html><head>{FEED}</head><p>Words".encode()),
        "/feed/": channel(f"{server.url}/p1", "http://other.example/p9", more=further),
        "/feed/2": channel(f"{server.url}/p2"),
        "/p1": page(),
        "/p2": page(),
    }
    crawl(server.url)
    assert posts(server.asked) == ["/p1", "/p2"]


@pytest.mark.parametrize(("open_to_us", "found"), [(True, 101), (False, 0)])
def test_wordpress_lists_every_post_where_its_interface_is_open(server: Server, crawl, open_to_us, found):
    rows = [
        {"id": n, "link": f"{server.url}/p{n}", "modified_gmt": "2024-05-06T07:08:09"} for n in range(101)
    ]
    server.routes["/"] = answer(f"<html><head>{REST}</head><p>Words".encode())
    for number, some in enumerate((rows[:100], rows[100:]), 1):
        body = json.dumps(some if open_to_us else {"code": "rest_forbidden"}).encode()
        status = "200 OK" if open_to_us else "401 Unauthorized"
        server.routes[f"{LIST}{number}"] = answer(body, status, kind="application/json")
    report = crawl(server.url).report
    assert (len(posts(server.asked)), report.state) == (found, "complete")


def test_wordpress_is_asked_for_all_its_categories(server: Server, crawl):
    terms = [{"id": n, "name": f"Cup {n}", "parent": 0} for n in range(1, 102)]
    server.routes["/"] = answer(f"<html><head>{REST}</head><p>Words".encode())
    for path, said in ((f"{LIST}1", []), (f"{TERMS}1", terms[:100]), (f"{TERMS}2", terms[100:])):
        server.routes[path] = answer(json.dumps(said).encode(), kind="application/json")
    crawl(server.url)
    assert [path for path in server.asked if path.startswith(TERMS)] == [f"{TERMS}1", f"{TERMS}2"]


@pytest.mark.parametrize(("is_new", "said"), [(True, [("http://b.example/p5", "Cup / Saucer")]), (False, [])])
def test_what_categories_are_called_is_said_where_a_list_is_new(is_new, said):
    terms = [{"id": 1, "name": "Cup", "parent": 0}, {"id": 2, "name": "Saucer", "parent": 1}]
    posts = [{"link": "/p5", "categories": [2]}, {"link": "/p6", "categories": [9]}]
    shelf = Shelf()
    for each, unchanged in ((posts, True), (terms, not is_new)):
        shelf.read(json.dumps(each).encode(), "http://b.example/wp-json/", unchanged=unchanged)
    assert list(shelf.said()) == said


@pytest.mark.parametrize(
    ("home", "others", "found"),
    [
        ("/tea/", [], ["/p1", "/pots/p3", "/tea/p2"]),
        ("/tea/", ["/pots/"], ["/tea/p2"]),
        ("/tea/", ["/"], ["/tea/p2"]),
        ("/", ["/pots"], ["/p1", "/tea/p2"]),
    ],
)
def test_sites_that_share_a_host_keep_to_their_folders(server: Server, crawl, home, others, found):
    posts = ("/p1", "/tea/p2", "/pots/p3")
    server.routes |= dict.fromkeys((home, *posts), page(*posts))
    crawl(f"{server.url}{home}", others=[f"{server.url}{other}" for other in others])
    assert sorted(set(server.asked) & set(posts)) == found
