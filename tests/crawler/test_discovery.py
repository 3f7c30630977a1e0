import gzip
import zlib

import pytest

from crawler.body import BodyError, decode, kind_of_body
from crawler.discovery import MAX_LINKS, blog_feeds, read_links, suspicious_markup
from crawler.hrefs import Hrefs
from crawler.sitemaps import MAX_URLS, Entry, read_sitemap
from crawler.traps import Variants, is_pagination, trap
from pipeline.site.urls import normalise, same_site

LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE urlset [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">
<!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">
<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset>
<url><loc>&f;</loc></url><url><loc>&x;</loc></url><url><loc>http://blog.example/good/</loc></url></urlset>"""


def urls(body: bytes, limit: int = 10**6) -> list[str]:
    return [entry.url for entry in read_sitemap(body, limit)]


def sitemap(*locations: str) -> bytes:
    lines = "".join(f"<url><loc>{location}</loc></url>" for location in locations)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{lines}</urlset>'.encode()


@pytest.mark.row(33)
def test_row_33_entities_are_never_expanded_and_files_never_read():
    found = urls(LAUGHS)
    assert found[-1] == "http://blog.example/good/"
    assert not [url for url in found[:-1] if "ha" in url or "root" in url]


@pytest.mark.row(33)
def test_row_33_quadratic_blow_up_stays_small():
    entity = b'<!DOCTYPE u [<!ENTITY a "' + b"A" * 100_000 + b'">]>'
    assert urls(entity + b"<urlset><url><loc>" + b"&a;" * 10_000 + b"</loc></url></urlset>", 10**7) in (
        [],
        [""],
    )


@pytest.mark.row(34)
def test_row_34_a_bomb_is_read_up_to_the_limit():
    bomb = gzip.compress(sitemap("http://blog.example/first/") + b" " * 50_000_000, mtime=0)
    assert urls(bomb, 10**6) == ["http://blog.example/first/"]


@pytest.mark.row(34)
def test_row_34_no_more_urls_than_the_protocol_allows():
    assert len(urls(sitemap(*["/a"] * (MAX_URLS + 10)), 10**8)) == MAX_URLS


@pytest.mark.row(36)
def test_row_36_broken_xml_yields_what_parses():
    whole = sitemap("http://blog.example/one/", "http://blog.example/two/")
    assert urls(whole[:-60]) == ["http://blog.example/one/"]
    assert urls(b"not a sitemap") == urls(b"") == []


def test_sitemap_says_lastmod_and_index_and_leaves_images_alone():
    body = b"<sitemapindex><sitemap><loc> /a.xml </loc><lastmod>2024-01-02</lastmod></sitemap></sitemapindex>"
    assert list(read_sitemap(body, 10**6)) == [Entry("/a.xml", "2024-01-02", True)]
    image = (
        b'<urlset xmlns:i="urn:i"><url><loc>/p</loc><i:image><i:loc>/p.jpg</i:loc></i:image></url></urlset>'
    )
    assert list(read_sitemap(image, 10**6)) == [Entry("/p", None, False)]


def test_sitemap_as_plain_text():
    assert urls(b"http://blog.example/a\r\nhttp://blog.example/b") == [
        "http://blog.example/a",
        "http://blog.example/b",
    ]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://b.example/2024/05/a-post/", None),
        ("http://b.example/?p=12", None),
        ("http://b.example/category/food/page/7/", None),
        ("http://b.example/2024/05/", None),
        ("http://b.example/what-is-node.js", None),
        ("http://b.example/photo.JPG", "file"),
        ("http://b.example/paper.pdf", "file"),
        ("http://b.example/wp-json/wp/v2/posts/97", "machinery"),
        ("http://b.example/xmlrpc.php", "machinery"),
        ("http://b.example/blog/wp-login.php?redirect_to=x", "machinery"),
        ("http://b.example/a-post/feed/", "double"),
        ("http://b.example/a-post/print/", "double"),
        ("http://b.example/a-post/?amp", "double"),
        ("http://b.example/a-post/comment-page-2/", "double"),
        ("http://b.example/shop/?orderby=price", "double"),
        ("http://b.example/;jsessionid=77AB/a", "double"),
        ("http://b.example/x/x/x/x/", "growing path"),
        ("http://b.example/" + "/".join("abcdefghijklmn"), "growing path"),
        ("http://b.example/calendar/2091/04/", "calendar"),
        ("http://b.example/events?month=2091-04", "calendar"),
        ("http://b.example/2091/04/", "calendar"),
    ],
)
@pytest.mark.row(38, 39, 40)
def test_rows_38_to_40_traps(url, why):
    assert trap(url, 2026) == why


@pytest.mark.row(39)
def test_row_39_only_so_many_variants_of_one_path():
    variants = Variants()
    shop = [f"http://b.example/shop?colour={number}&size={number}" for number in range(2000)]
    assert sum(not variants.too_many(url) for url in shop) == 500
    assert not variants.too_many("http://b.example/shop?page=900")


def test_pagination_is_recognised():
    assert is_pagination("http://b.example/page/2/")
    assert is_pagination("http://b.example/?paged=3")
    assert not is_pagination("http://b.example/2024/05/")


@pytest.mark.row(47)
def test_row_47_links_are_counted_up_to_a_limit():
    links = read_links(b"".join(b'<a href="/%d">x</a>' % number for number in range(20_000)), None)
    assert (len(links.hrefs), links.cut) == (MAX_LINKS, True)


def test_links_know_their_relations():
    links = read_links(
        b'<a href=/a rel=next>a</a><a href=/b rel="nofollow">b</a><a href=#c>c</a><a>d</a>', None
    )
    assert [(link.href, link.sideways) for link in links.hrefs] == [("/a", True)]


def test_links_are_read_in_the_encoding_that_the_bytes_prove():
    assert read_links('<a href="/über">x</a>'.encode(), "latin-1").hrefs[0].href == "/über"
    assert read_links('<a href="/über">x</a>'.encode("latin-1"), "latin-1").hrefs[0].href == "/über"
    assert read_links('\ufeff<a href="/über">x</a>'.encode("utf-16-le"), None).hrefs[0].href == "/über"
    assert read_links(b'<a href="/x">x</a>\xff', "no-such-charset").hrefs[0].href == "/x"


def test_the_blogs_own_feed_is_found_and_comment_feeds_are_not():
    head = b'<link rel=alternate type="application/rss+xml" title="Comments" href="/comments/feed/">'
    feed = b'<link rel=alternate type="application/rss+xml" href="/feed/">'
    home = "http://b.example/"
    assert blog_feeds(read_links(head + feed, None), home) == ["http://b.example/feed/"]
    linked = b'<a href="/atom.xml">feed</a><a href="/post/feed/">comments</a>'
    assert blog_feeds(read_links(linked, None), home) == ["http://b.example/atom.xml"]


@pytest.mark.parametrize(
    ("body", "suspicious"),
    [
        (b"<p " + b" ".join(b"a%d=1" % number for number in range(100_000)) + b">", True),
        (b"<p " + b" ".join(b"a%d" % number for number in range(100_000)) + b">", True),
        (b"<p " + b" ".join(b'a%d=">"' % number for number in range(100_000)) + b">", True),
        (b'<img src="data:' + b"A" * 500_000 + b'">', False),
        (b"<script>" + b"if (i<n && a == b) { c = d; } " * 30_000 + b"</script><p>words", False),
        (b"<!-- " + b"a=b <p c=d " * 40_000 + b"--><p>words", False),
        (b"<p>" + b"word " * 100_000, False),
        (b"<!--" * 250_000, False),
        (b"<" * 1_000_000, False),
    ],
)
@pytest.mark.row(49)
def test_row_49_only_absurd_tags_are_suspicious(body, suspicious):
    assert suspicious_markup(body) is suspicious


@pytest.mark.parametrize("body", [b"<" * 1_000_000, b"<!--" * 250_000, b"", b"\x00\xff", b"<a href="])
@pytest.mark.row(51)
def test_row_51_broken_markup_has_no_links(body):
    assert read_links(body, None).hrefs == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>x", "html"),
        (b'<?xml version="1.0"?><html xmlns="x">', "html"),
        (b'<?xml version="1.0"?><urlset>', "sitemap"),
        (b"<rss version='2.0'>", "feed"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', "feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "json-feed"),
        (b"%PDF-1.4", "binary"),
        (b"\x89PNG\r\n\x1a\n\x00", "binary"),
        (b"just words", "text"),
        ("\ufeff<p>x".encode("utf-16-le"), "html"),
    ],
)
@pytest.mark.row(55)
def test_row_55_bodies_are_known_by_their_first_bytes(body, kind):
    assert kind_of_body(body) == kind


def test_content_encodings_are_undone():
    assert decode(gzip.compress(b"words", mtime=0), b"gzip", 100) == b"words"
    assert decode(gzip.compress(gzip.compress(b"words"), mtime=0), b"gzip, gzip", 100) == b"words"
    assert decode(zlib.compress(b"words")[2:-4], b"deflate", 100) == b"words"
    assert decode(b"words", b"", 100) == b"words"


@pytest.mark.parametrize(
    ("body", "coding", "kind"),
    [
        (gzip.compress(b"0" * 1000, mtime=0), b"gzip", "too_large"),
        (b"not gzip at all", b"gzip", "bad_encoding"),
        (gzip.compress(b"words", mtime=0)[:-4], b"gzip", "incomplete_body"),
        (b"words", b"zstd", "bad_encoding"),
        (b"0" * 1000, b"", "too_large"),
    ],
)
@pytest.mark.row(7)
def test_row_07_what_cannot_be_undone_has_a_kind(body, coding, kind):
    with pytest.raises(BodyError) as caught:
        decode(body, coding, 100)
    assert caught.value.kind == kind


@pytest.mark.parametrize(
    ("href", "elsewhere"),
    [
        ("https://share.example/?u=http://b.example:81/x", True),
        ("//share.example", True),
        ("http://b.example/x", True),
        ("http://share.example:81/x", False),
        ("http://b.example:81/x", False),
        ("https://ann@share.example/", False),
        ("https:///x", False),
        ("/x", False),
    ],
)
def test_a_link_that_is_plainly_of_another_site_is_left_aside(href, elsewhere):
    assert Hrefs("http://www.b.example:81/").leads_elsewhere(href) is elsewhere
    assert not (elsewhere and same_site(normalise(href, "http://b.example:81/"), "http://b.example:81/"))


def test_the_name_of_the_site_itself_is_seen_in_any_spelling():
    hrefs = Hrefs("https://www.b.example/")
    assert not any(hrefs.leads_elsewhere(f"{one}/x") for one in ("//B.example.", "https://WWW.b.example"))
