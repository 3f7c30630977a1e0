import subprocess
import sys
import time

import pytest
from child_crawls import ROOT
from crawler_server import Server, answer, page, redirect


def test_follows_links_sitemap_and_feed_and_asks_each_once(server: Server, crawl):
    server.routes |= {
        "/": answer(b'<link rel="alternate" type="application/rss+xml" href="/feed/"><a href="/one/">1</a>'),
        "/feed/": answer(b"<rss><channel><item><link>/two/</link></item></channel></rss>", kind="text/xml"),
        "/robots.txt": answer(f"Sitemap: {server.url}/map.xml".encode(), kind="text/plain"),
        "/map.xml": answer(
            f"<urlset><url><loc>{server.url}/three/</loc></url></urlset>".encode(), kind="text/xml"
        ),
        "/one/": page("/two/", "/one/#comments", "/one/?utm_source=x"),
        "/two/": page("/one/"),
        "/three/": page("/"),
    }
    assert crawl(server.url).report.state == "complete"
    assert sorted(server.asked) == ["/", "/feed/", "/map.xml", "/one/", "/robots.txt", "/three/", "/two/"]


def test_report_counts_what_happened(server: Server, crawl):
    server.routes |= {"/": page("/a", "/gone", "/moved"), "/a": page(), "/moved": redirect("/a")}
    server.routes["/gone"] = answer(b"", "410 Gone")
    report = crawl(server.url).report
    assert (report.state, report.pages, report.outcomes) == (
        "complete",
        2,
        {"done": 3, "skipped": 3, "gone": 1},
    )
    assert report.message == f"127.0.0.1:{server.port}: 2 pages fetched, 0 unchanged."


def test_names_itself_and_asks_no_machinery(server: Server, crawl):
    server.routes["/"] = page(
        "/wp-json/", "/wp-login.php", "/a.jpg", "/post/feed/", "/x?replytocom=5", "/a/print/"
    )
    crawl(server.url, contact="https://desk.example/bot")
    assert server.asked.count("/") == 1
    assert {path for path in server.asked if "sitemap" not in path} == {"/", "/robots.txt", "/x"}
    assert b"User-Agent: copydesk/" in server.heads[1]
    assert b"(+https://desk.example/bot)" in server.heads[1]


def test_limit_ends_the_run_and_the_rest_stays_to_do(server: Server, crawl):
    server.routes |= {"/": page(*[f"/p{n}" for n in range(30)])} | {f"/p{n}": page() for n in range(30)}
    result = crawl(server.url, limit=5)
    assert (result.report.pages, result.report.limit_reached, result.report.state) == (5, True, "complete")
    assert result.counts["todo"] == 26


@pytest.mark.row(55)
def test_other_types_are_not_downloaded(server: Server, crawl):
    def endless(connection, _):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n" + b"x" * 1000)

    server.routes |= {"/": page("/film"), "/film": endless}
    result = crawl(server.url)
    assert result.error("/film") == "not_html"
    assert result.report.size_bytes < 1000


def test_second_run_asks_only_what_changed(server: Server, crawl, tmp_path):
    def cautious(connection, head):
        known = b'If-None-Match: W/"1"' in head
        body = b"<html><a href='/a'>a</a></html>"
        reply = answer(b"", "304 Not Modified") if known else answer(body, ETag='W/"1"')
        connection.sendall(reply)

    server.routes |= {"/": cautious, "/a": page()}
    first = crawl(server.url, kept=tmp_path / "kept")
    second = crawl(server.url, kept=tmp_path / "kept")
    assert (first.report.pages, second.report.pages, second.report.unchanged) == (2, 0, 1)
    assert second.outcomes[f"{server.url}/"].unchanged
    assert second.report.state == "complete"


@pytest.mark.row(25)
def test_row_25_a_304_without_content_is_asked_again(server: Server, crawl):
    replies = [answer(b"", "304 Not Modified"), page("/a")]
    server.routes |= {"/": lambda connection, _: connection.sendall(replies.pop(0)), "/a": page()}
    assert crawl(server.url).report.pages == 2


def test_target_that_redirects_away_says_where_to(server: Server, crawl):
    server.routes["/"] = redirect("https://elsewhere.example/")
    report = crawl(server.url).report
    assert report.state == "failed"
    assert "redirects to https://elsewhere.example/" in report.message


def test_target_that_answers_500_fails_with_a_sentence(server: Server, crawl):
    server.routes["/"] = answer(b"broken", "500 Internal Server Error")
    report = crawl(server.url).report
    assert (report.state, report.pages) == ("failed", 0)
    assert "answers 500" in report.message


@pytest.mark.row(35)
def test_row_35_a_sitemap_index_that_names_itself_ends(server: Server, crawl):
    def index(connection, head):
        path = head.split(b" ")[1].decode()
        places = [f"{server.url}/map.xml", f"{server.url}{path}x", f"{server.url}/leaf.xml"]
        listed = "".join(f"<sitemap><loc>{place}</loc></sitemap>" for place in places)
        connection.sendall(answer(f"<sitemapindex>{listed}</sitemapindex>".encode(), kind="text/xml"))

    leaf = answer(f"<urlset><url><loc>{server.url}/a</loc></url></urlset>".encode(), kind="text/xml")
    server.routes |= {"/": page(), "/a": page(), "/leaf.xml": leaf}
    server.routes["/robots.txt"] = answer(f"Sitemap: {server.url}/map.xml?x".encode(), kind="text/plain")
    server.routes |= dict.fromkeys(["/map.xml", *(f"/map.xml?{'x' * number}" for number in range(9))], index)
    server.routes["/map.xmlx"] = index
    assert crawl(server.url).report.pages == 2
    assert len(server.asked) <= 15


TWO_SITES = """
import sys
from pathlib import Path
from crawler.frontier import MemoryFrontier
from crawler.report import CrawlSite
from crawler.run import CrawlJob, crawl_sites

settings = {"DOWNLOAD_TIMEOUT": 2, "TRIES": 1}
jobs = [
    CrawlJob(
        site=CrawlSite(id=f"s{number}", home_url=url, allow_private=True, settings=settings),
        frontier=MemoryFrontier(),
    )
    for number, url in enumerate(sys.argv[2:])
]
for report in crawl_sites(jobs, Path(sys.argv[1])):
    print(report.site_id, report.state, report.pages)
"""


@pytest.mark.row(9)
def test_row_09_other_sites_go_on_while_one_hangs(server: Server, tmp_path):
    slow = Server()
    slow.routes["/robots.txt"] = lambda connection, _: time.sleep(3)
    server.routes |= {"/": page("/a"), "/a": page()}
    command = [sys.executable, "-c", TWO_SITES, tmp_path, slow.url, server.url]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.splitlines() == ["s0 refused 0", "s1 complete 2"]
    slow.close()
