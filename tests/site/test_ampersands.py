import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.sitemaps import read_sitemap
from pipeline.site.ampersands import with_ampersands
from pipeline.site.feeds import parse_feed

ALPHABET = [b"&", b"amp;", b"#38;", b"lang=en", b"<![CDATA[", b"]]>", b"<loc>", b">", b"]", "é".encode()]


def mended(*pieces: bytes) -> bytes:
    return b"".join(with_ampersands(pieces))


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        (b"<loc>/?id=7&lang=en</loc>", b"<loc>/?id=7&amp;lang=en</loc>"),
        (b"<loc>/?id=7&amp;lang=en&#38;x</loc>", b"<loc>/?id=7&amp;lang=en&#38;x</loc>"),
        (b"<loc><![CDATA[/?id=7&lang=en]]></loc>&", b"<loc><![CDATA[/?id=7&lang=en]]></loc>&amp;"),
        (b"<a>&lang;&", b"<a>&lang;&amp;"),
        ("<loc>/?a&b</loc>".encode("utf-16"), "<loc>/?a&b</loc>".encode("utf-16")),
    ],
)
def test_only_a_bare_ampersand_is_written_anew(written: bytes, wanted: bytes) -> None:
    assert mended(written) == wanted


@given(st.lists(st.sampled_from(ALPHABET), max_size=40), st.integers(1, 9))
def test_where_a_document_is_cut_does_not_matter(parts: list[bytes], size: int) -> None:
    whole = b"".join(parts)
    assert mended(*(whole[n : n + size] for n in range(0, len(whole), size))) == mended(whole)


def test_sitemaps_and_feeds_keep_the_whole_address() -> None:
    url = "https://workbench.example/post.php?id=7&lang=en"
    sitemap = f"<urlset><url><loc>{url}</loc></url></urlset>"
    assert [entry.url for entry in read_sitemap(sitemap.encode(), 10**6)] == [url]
    feed = f"<rss><channel><item><title>Glue &amp; wood</title><link>{url}</link></item></channel></rss>"
    (entry,) = parse_feed(feed, "https://workbench.example/feed").entries
    assert (entry.url, entry.title) == (url, "Glue & wood")
