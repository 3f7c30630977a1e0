import gzip
import time

import pytest
from crawler_server import Server, answer, page, redirect

from crawler.robots import policy_of, text_of


def drop(connection, _):
    connection.close()


def hang(connection, _):
    time.sleep(3)


@pytest.fixture
def blog(server: Server) -> Server:
    server.routes |= {"/": page("/open", "/secret/diary"), "/open": page(), "/secret/diary": page()}
    return server


def robots(text: str, **more: str) -> bytes:
    return answer(text.encode(), kind="text/plain", **more)


def test_robots_txt_is_obeyed_longest_match_first(blog: Server, crawl):
    blog.routes["/robots.txt"] = robots("User-agent: *\nDisallow: /secret/\nAllow: /secret/a\n")
    result = crawl(blog.url)
    assert result.error("/secret/diary") == "robots"
    assert "/secret/diary" not in blog.asked
    assert result.report.state == "complete"


def test_a_group_for_us_wins_over_the_one_for_all(blog: Server, crawl):
    blog.routes["/robots.txt"] = robots(
        "User-agent: *\nDisallow: /\n\nUser-Agent: CopyDesk\nDisallow: /open\n"
    )
    result = crawl(blog.url)
    assert (result.error("/open"), result.error("/secret/diary")) == ("robots", None)


def test_a_site_that_forbids_everything_has_refused(blog: Server, crawl):
    blog.routes["/robots.txt"] = robots("User-agent: *\nDisallow: /\n")
    result = crawl(blog.url)
    assert result.report.state == "refused"
    assert "robots.txt does not allow" in result.report.message
    assert blog.asked == ["/robots.txt"]


@pytest.mark.parametrize("reply", [answer(b"", "503 Busy"), answer(b"", "429 Slow"), drop, hang])
@pytest.mark.row(28)
def test_row_28_robots_unreachable_means_nothing_is_fetched(blog: Server, crawl, reply):
    blog.routes["/robots.txt"] = reply
    result = crawl(blog.url, settings={"DOWNLOAD_TIMEOUT": 1})
    assert result.report.state == "refused"
    assert set(blog.asked) == {"/robots.txt"}
    assert result.counts == {"todo": 4}


@pytest.mark.parametrize(
    "reply",
    [answer(b"", "503 Busy", Retry_After="1"), answer(b"", "500 Oops"), drop],
    ids=["busy", "broken", "cut"],
)
def test_one_bad_answer_costs_no_night(blog: Server, crawl, reply):
    answers = [reply, robots("")]
    blog.routes["/robots.txt"] = lambda connection, head: give(answers.pop(0), connection, head)
    assert crawl(blog.url).report.state == "complete"
    assert (answers, blog.asked[:2]) == ([], ["/robots.txt"] * 2)


def give(reply, connection, head):
    return reply(connection, head) if callable(reply) else connection.sendall(reply)


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "410 Gone"])
@pytest.mark.row(29)
def test_row_29_robots_missing_means_no_rules(blog: Server, crawl, status):
    blog.routes["/robots.txt"] = answer(b"User-agent: *\nDisallow: /", status)
    assert crawl(blog.url).report.pages == 3


@pytest.mark.row(30)
def test_row_30_a_robots_txt_without_end_is_cut_and_parsed(blog: Server, crawl):
    def flood(connection, _):
        connection.sendall(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nUser-agent: *\nDisallow: /secret/\n"
        )
        for _ in range(50_000_000 // 65536):
            connection.sendall(b"# comment\n" * 6553)

    blog.routes["/robots.txt"] = flood
    result = crawl(blog.url)
    assert (result.error("/secret/diary"), result.error("/open")) == ("robots", None)
    assert result.report.state == "complete"


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbfUser-agent: *\nDisallow: /secret/\n",
        "\ufeffUser-agent: *\nDisallow: /secret/\n".encode("utf-16-le"),
        b"User-agent: *\r\nDisallow: /secret/\r\n\x00\xff",
        b"<html>\nUser-agent: *\nDisallow: /secret/\n</html>",
    ],
)
@pytest.mark.row(30)
def test_row_30_byte_order_marks_and_rubbish_do_not_hide_rules(body: bytes):
    policy = policy_of(200, body, b"", "http://blog.example/robots.txt")
    assert not policy.allows("http://blog.example/secret/diary")
    assert policy.allows("http://blog.example/open")


@pytest.mark.row(30)
def test_row_30_a_page_in_its_place_has_no_rules():
    page_text = b"<!doctype html><title>Home</title>" + b"<p>Disallow: nothing</p>" * 30_000
    assert policy_of(200, page_text, b"", "http://blog.example/robots.txt").allows("http://blog.example/")


@pytest.mark.parametrize(("hops", "expected"), [(5, "robots"), (6, None)])
@pytest.mark.row(31)
def test_row_31_robots_redirects_are_followed_five_times(blog: Server, crawl, hops, expected):
    blog.routes["/robots.txt"] = redirect("/r1")
    blog.routes |= {f"/r{number}": redirect(f"/r{number + 1}") for number in range(1, hops)}
    blog.routes[f"/r{hops}"] = robots("User-agent: *\nDisallow: /secret/\n")
    assert crawl(blog.url).error("/secret/diary") == expected


@pytest.mark.parametrize(
    ("line", "expected"), [("10", 10), ("0.5", 0.5), ("86400", 86400), ("0", None), ("-1", None)]
)
@pytest.mark.row(32)
def test_row_32_crawl_delay_is_read_and_nonsense_dropped(line, expected):
    text = f"User-agent: *\nCrawl-delay: {line}\n".encode()
    assert policy_of(200, text, b"", "http://blog.example/robots.txt").crawl_delay_s == expected


@pytest.mark.row(6)
def test_row_06_sitemaps_and_feeds_on_private_hosts_are_not_asked(blog: Server, crawl):
    inside = Server()
    places = [
        f"http://localhost:{inside.port}/a",
        f"http://127.0.0.1:{inside.port}/b",
        "http://169.254.169.254/c",
    ]
    listed = "".join(f"<url><loc>{place}</loc></url>" for place in places)
    items = "".join(f"<item><link>{place}</link></item>" for place in places)
    blog.routes |= {
        "/robots.txt": robots("\n".join(f"Sitemap: {place}" for place in [*places, f"{blog.url}/map.xml"])),
        "/map.xml": answer(f"<urlset>{listed}</urlset>".encode(), kind="text/xml"),
        "/": answer(
            b'<link rel="alternate" type="application/rss+xml" href="/rss.xml"><a href="/open">o</a>'
        ),
        "/rss.xml": answer(f"<rss><channel>{items}</channel></rss>".encode(), kind="application/rss+xml"),
    }
    result = crawl(blog.url)
    assert (inside.asked, result.report.pages) == ([], 2)
    inside.close()


def test_gzipped_robots_txt_is_read():
    body = gzip.compress(b"User-agent: *\nDisallow: /secret/\n")
    policy = policy_of(200, body, b"gzip", "http://blog.example/robots.txt")
    assert not policy.allows("http://blog.example/secret/")


@pytest.mark.row(30)
def test_utf_16_without_a_mark_is_no_rule():
    assert text_of("Disallow: /".encode("utf-16-le")) == "Disallow: /"


def test_robots_txt_is_asked_again_in_a_run_that_lasts_longer_than_a_day(server: Server, crawl):
    rules = [b"User-agent: *\nDisallow:", b"User-agent: *\nDisallow: /late/"]
    server.routes |= {"/": page("/early/"), "/early/": page("/late/"), "/late/": page()}
    server.routes["/robots.txt"] = lambda connection, _: connection.sendall(
        answer(rules.pop(0) if len(rules) > 1 else rules[0], kind="text/plain")
    )
    report = crawl(server.url, settings={"ROBOTS_MAX_AGE_S": 0.0}).report
    assert "unexpected" not in report.errors
    assert ("/early/" in server.asked, "/late/" in server.asked) == (True, False)
    assert server.asked.count("/robots.txt") > 2
