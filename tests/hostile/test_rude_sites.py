"""Blogs that turn rude over night: what was stored stays, and the report names what happened."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from crawler_server import Server, answer, redirect
from hostile.blogs import home, post
from hostile.rude import POSTS, Nights, Routes, paths, sitemap, two_nights

CANARY = "/etc/hostname"
REFUSALS = {"no401": "401 Unauthorized", "no451": "451 Legal Reasons", "no999": "999 Denied"}
LAUGHS = f"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "http://laughs.example/lol">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY f SYSTEM "file://{CANARY}"><!ENTITY n SYSTEM "http://laughs.example/fetched">]>"""
SPELLINGS = ["/new/", "/new/#top", "/new/?utm_source=a", "/new/?PHPSESSID=1", "/new/?replytocom=4"]
SPELLINGS += [
    "/%6Eew/",
    "/./new/",
    "/a/../new/",
    "http://SPELLINGS.example:80/new/",
    "/new",
    "/new/index.html",
]


def everywhere(status: str):
    def become(server: Server) -> None:
        server.routes |= dict.fromkeys(paths(), answer(b"no", status))

    return become


def clock(server: Server) -> None:
    wrong = {"Date": "Thu, 01 Jan 1970 00:00:00 GMT", "Last_Modified": "Fri, 01 Jan 2099 00:00:00 GMT"}
    server.routes |= {path: post(number, **wrong) for number, path in enumerate(paths())}
    server.routes["/p3"] = post(3, body="<p>A line that was not there yesterday evening.</p>", **wrong)


def cookie(server: Server) -> None:
    server.routes["/p0"] = answer(b"", "302 Found", Location="/p0?", Set_Cookie="seen=1")
    server.routes["/p1"] = answer(b"", "302 Found", Location="/p1", Set_Cookie="seen=1")


def broken(server: Server) -> None:
    server.routes["/robots.txt"] = answer(b"Sitemap: http://broken.example/map.xml", kind="text/plain")
    server.routes["/map.xml"] = answer(b"<urlset><url><lo", kind="text/xml")


def delay(server: Server) -> None:
    server.routes["/robots.txt"] = answer(b"User-agent: *\nCrawl-delay: 86400", kind="text/plain")
    more = [f"/more{number}" for number in range(30)]
    server.routes |= {path: post(100 + number) for number, path in enumerate(more)}
    server.routes["/"] = home(*paths(), *more)


def laughs(server: Server) -> None:
    places = ("&c;", "&f;", "&n;", "http://laughs.example/late")
    items = "".join(f"<item><title>&f;</title><link>{place}</link></item>" for place in places)
    feed = f"{LAUGHS}<rss><channel>{items}</channel></rss>"
    server.routes |= {"/sitemap.xml": sitemap(*places, head=LAUGHS), "/late": post(50)}
    server.routes["/feed.xml"] = answer(feed.encode(), kind="application/rss+xml")
    server.routes["/"] = home(
        *paths(), head='<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    )


def bomb(server: Server) -> None:
    body = b"<urlset><url><loc>http://bomb.example/late</loc></url>" + b" " * 30_000_000
    server.routes["/sitemap.xml"] = answer(gzip.compress(body), kind="text/xml", Content_Encoding="gzip")
    server.routes["/late"] = post(51)


def mixed(server: Server) -> None:
    elsewhere = [f"http://elsewhere{number}.example/x" for number in range(7)]
    own = ["http://mixed.example/late", "http://mixed.example/missing", "/p1", "not an address"]
    server.routes |= {"/sitemap.xml": sitemap(*elsewhere, *own), "/late": post(52)}


def growing(server: Server) -> None:
    server.routes["/"] = home(*paths(), "/g/")
    server.routes.more = lambda path: home("x/") if path.startswith("/g/") else None


def refresh(server: Server) -> None:
    heads = ["0;url=/loop", "0; URL='file:///etc/passwd'", "5;url=http://10.0.0.1/", "1;url=/late"]
    tags = "".join(f'<meta http-equiv="Refresh" content="{content}">' for content in heads)
    server.routes |= {"/": home(*paths(), head=tags), "/loop": home(head=tags), "/late": post(53)}


def many(server: Server) -> None:
    server.routes["/"] = home(*paths(), *[f"/many?n={number % 3}" for number in range(6_000)])


def spellings(server: Server) -> None:
    server.routes["/"] = home(*paths(), *SPELLINGS)
    canonical = '<link rel="canonical" href="http://spellings.example/new/">'
    server.routes |= dict.fromkeys(["/new/", "/new", "/new/index.html"], post(54, canonical))


def canonical(server: Server) -> None:
    claims = {"/p0": "/p1", "/p1": "/p0", "/p2": "/", "/p3": "http://elsewhere.example/p3", "/p4": "/missing"}
    for number, path in enumerate(claims):
        server.routes[path] = post(number, f'<link rel="canonical" href="{claims[path]}">')


def lookalike(server: Server) -> None:
    server.routes["/"] = home(
        *paths(), "http://lооkalike.example/late", "http://xn--lkalike-1fga.example/late"
    )


def password(server: Server) -> None:
    odd = [
        "http://ann:s3cret@password.example/late",
        "/li\nne",
        "/ta\tb",
        "/nul\0",
        "\\late2",
        "/with space",
        "/ü",
    ]
    server.routes |= {
        "/": home(*paths(), *odd, "/crlf\r\nSet-Cookie:x"),
        "/late": post(55),
        "/late2": post(56),
    }
    server.routes |= {"/with%20space": post(57), "/%C3%BC": post(58)}


def moved(server: Server) -> None:
    for path in ["/", *paths()]:
        server.routes[path] = redirect(f"http://elsewhere.example{path}", "301 Moved Permanently")


def vanished(server: Server) -> None:
    server.routes = Routes()
    server.routes |= {"/": home("/about"), "/about": home(), "/sitemap.xml": sitemap()}


RUDE = {name: everywhere(status) for name, status in REFUSALS.items()}
RUDE |= {"dns": lambda server: None}
RUDE |= {
    each.__name__: each
    for each in (clock, cookie, broken, delay, laughs, bomb, mixed, growing, refresh, many, spellings)
}
RUDE |= {each.__name__: each for each in (canonical, lookalike, password, moved, vanished)}


@pytest.fixture(scope="module")
def nights(tmp_path_factory) -> Iterator[Nights]:
    with two_nights(tmp_path_factory.mktemp("rude"), RUDE) as nights:
        yield nights


@pytest.mark.row(15, 17, 23, 22)
def test_the_worst_site_names_the_exit_code_and_the_others_are_done(nights):
    assert [said.code for said in nights.said] == [0, 4]
    assert len(nights.said[1].sites) == len(RUDE)


@pytest.mark.row(1, 14, 17, 22, 23, 26, 33, 34, 36, 37, 42)
@pytest.mark.parametrize("name", [name for name in RUDE if name != "clock"])
def test_what_was_stored_stays(nights, name):
    assert len(nights.before[name]) == POSTS
    assert nights.is_kept(name)


@pytest.mark.row(17)
@pytest.mark.parametrize("name", REFUSALS)
def test_refusals_in_a_row_are_counted_and_end_the_run(nights, name):
    report = nights.report(name)
    assert (report["state"], report["errors"]["http_4xx"]) == ("refused", POSTS + 4)
    assert f"it refused {POSTS} of" in report["message"]


@pytest.mark.row(26)
def test_our_clock_says_when_something_was_seen(nights):
    today = datetime.now(UTC) - timedelta(days=1)
    seen = nights.ask(
        "select min(f.fetched_at), max(f.fetched_at) from fetches f join urls u on u.id = f.url_id"
        " where u.site_id = 'clock-example'"
    )[0]
    assert today.isoformat() < seen[0] <= seen[1] < (today + timedelta(days=2)).isoformat()
    assert nights.report("clock")["changed"] == 1


@pytest.mark.row(27)
def test_a_cookie_trap_is_a_loop_and_no_cookie_is_sent(nights):
    assert nights.report("cookie")["errors"] == {"redirect_loop": 2} | nights.report("cookie")["errors"]
    assert [head for head in nights.servers["cookie"].heads if b"cookie:" in head.lower()] == []


@pytest.mark.row(37)
def test_a_broken_sitemap_leaves_the_front_page_to_lead(nights):
    report = nights.report("broken")
    assert (report["state"], report["posts"], report["missing"]) == ("complete", POSTS, 0)


@pytest.mark.row(32)
def test_a_crawl_delay_of_a_day_means_few_pages_and_is_said(nights):
    report = nights.report("delay")
    assert report["pages"] <= 20
    assert "asks for 86,400 seconds between requests" in report["message"]


@pytest.mark.row(33)
def test_entities_in_sitemap_and_feed_are_neither_expanded_nor_fetched(nights):
    asked = nights.servers["laughs"].asked
    assert ("/late" in asked, [path for path in asked if "lol" in path or "fetched" in path]) == (True, [])
    assert nights.report("laughs")["posts"] == POSTS + 1


@pytest.mark.row(7, 34)
def test_a_sitemap_that_is_a_bomb_gives_what_it_begins_with_and_is_reported(nights):
    report = nights.report("bomb")
    assert (report["posts"], "lists beyond the limit 1" in report["message"]) == (POSTS + 1, True)


@pytest.mark.row(36)
def test_a_mixed_sitemap_gives_this_sites_posts_and_the_rest_is_counted(nights):
    report = nights.report("mixed")
    assert (report["posts"], report["errors"]["http_4xx"] >= 1) == (POSTS + 1, True)
    assert "other sites 7" in report["message"]


@pytest.mark.row(40)
def test_a_growing_path_ends_after_three_and_is_reported(nights):
    deepest = max(path.count("x/") for path in nights.servers["growing"].asked)
    assert (deepest, "growing path 1" in nights.report("growing")["message"]) == (3, True)


@pytest.mark.row(44)
def test_a_refresh_is_a_link_of_this_site_and_nothing_else(nights):
    asked = nights.servers["refresh"].asked
    assert (asked.count("/loop"), asked.count("/late"), nights.report("refresh")["posts"]) == (
        1,
        1,
        POSTS + 1,
    )


@pytest.mark.row(47)
def test_links_beyond_five_thousand_are_reported(nights):
    assert "links beyond the limit 1" in nights.report("many")["message"]


@pytest.mark.row(39, 41)
def test_one_post_under_many_spellings_is_one_post(nights):
    assert nights.report("spellings")["posts"] == POSTS + 1
    asked = [path for path in nights.servers["spellings"].asked if "new" in path]
    assert sorted(asked) == ["/new", "/new/", "/new/index.html"]


@pytest.mark.row(42)
def test_canonical_claims_merge_nothing(nights):
    assert nights.report("canonical")["posts"] == POSTS


@pytest.mark.row(45)
def test_a_lookalike_is_another_site_and_stored_as_punycode(nights):
    hosts = {url.split("/")[2] for (url,) in nights.ask("select url from urls") if "kalike" in url}
    assert hosts == {"lookalike.example"}


@pytest.mark.row(46)
def test_passwords_are_dropped_and_control_characters_refused(nights):
    stored = " ".join(url for (url,) in nights.ask("select url from urls union select url from links"))
    assert ("s3cret" in stored, "%0A" in stored, "%00" in stored) == (False, False, False)
    assert nights.report("password")["posts"] == POSTS + 4


@pytest.mark.row(23)
def test_a_site_that_moves_is_one_event_and_not_followed(nights):
    kinds = nights.ask("select kind, ended_at from events where site_id = 'moved-example'")
    assert kinds == [("moved", None)]
    assert set(nights.said[1].connected) <= set(nights.world.routes)


@pytest.mark.row(14)
def test_a_name_that_is_gone_fails_with_its_reason(nights):
    assert nights.report("dns")["state"] == "failed"
    assert "(dns)" in nights.report("dns")["message"]


@pytest.mark.row(22)
def test_a_site_whose_posts_all_vanish_with_its_sitemap_is_held(nights):
    report = nights.report("vanished")
    assert (report["gone"], report["missing"], report["events"][0]["kind"]) == (0, 0, "vanished")
