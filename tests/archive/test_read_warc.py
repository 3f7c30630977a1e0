import gzip
import hashlib
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warc_samples import HTML, chunked, packed, page, pages, write_warc

from pipeline.archive.read import read_page_at, read_pages
from pipeline.errors import ArchiveError
from pipeline.records import Failure, Page


def urls(path):
    return [item.url for item in read_pages(path) if isinstance(item, Page)]


def failures(path):
    return [item.reason for item in read_pages(path) if isinstance(item, Failure)]


def only(path):
    (item,) = read_pages(path)
    return item


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_pages_come_with_their_places(tmp_path, name):
    path = write_warc(tmp_path / name, *pages(5), gzipped=name.endswith("gz"))
    found = list(read_pages(path, tmp_path))
    assert [item.url for item in found] == [f"http://blog.example/{n}/" for n in range(5)]
    assert [read_page_at(path, item.warc_offset, tmp_path) for item in found] == found
    assert {item.warc_file for item in found} == {name}


def test_a_page_tells_what_it_was_made_of(tmp_path):
    found = only(write_warc(tmp_path / "a.warc.gz", page(Link='<http://a/>; rel="next"')))
    assert (found.text, found.media_type, found.status) == (HTML.decode(), "text/html", 200)
    assert (found.charset, found.charset_reason, found.link_header) == (
        "utf-8",
        "header",
        '<http://a/>; rel="next"',
    )
    assert found.digest == hashlib.sha256(HTML).hexdigest()


@pytest.mark.parametrize(
    "wrapped",
    [
        page(body=packed(HTML), Content_Encoding="gzip"),
        page(body=zlib.compress(HTML), Content_Encoding="deflate"),
        page(body=zlib.compress(HTML)[2:-4], Content_Encoding="deflate"),
        page(body=chunked(HTML), Transfer_Encoding="chunked"),
        page(body=chunked(packed(HTML)), Transfer_Encoding="chunked", Content_Encoding="gzip"),
        page(body=HTML, Transfer_Encoding="chunked", Content_Encoding="gzip"),
    ],
)
def test_bodies_are_unwrapped(tmp_path, wrapped):
    assert only(write_warc(tmp_path / "a.warc.gz", wrapped)).text == HTML.decode()


@pytest.mark.parametrize("coding", ["br", "zstd"])
def test_modern_packing_is_read_where_its_library_is_there(tmp_path, coding):
    library = pytest.importorskip({"br": "brotli", "zstd": "zstandard"}[coding])
    body = library.compress(HTML) if coding == "br" else library.ZstdCompressor().compress(HTML)
    found = only(write_warc(tmp_path / "a.warc.gz", page(body=body, Content_Encoding=coding)))
    assert found.text == HTML.decode()


def test_an_unknown_packing_is_a_failure_with_a_reason(tmp_path):
    assert "'lzma'" in failures(write_warc(tmp_path / "a.warc", page(Content_Encoding="lzma")))[0]


PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 50
SITEMAP = b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>'


@pytest.mark.parametrize(
    "record",
    [
        page(body=PNG),
        page(body=b"%PDF-1.7 " + b"x" * 100),
        page(body=b"PK\x03\x04" + b"\x00" * 100),
        page(body=b""),
        ("http://blog.example/a.css", b"p { color: red }", {"Content-Type": "text/css"}),
        ("http://blog.example/robots.txt", b"User-agent: *", {"Content-Type": "text/plain"}),
        ("http://blog.example/api", b'{"a": 1}', {"Content-Type": "application/json"}),
        (*page(), "response", "404 Not Found"),
        (*page(), "response", "301 Moved"),
        (*page(), "request", "GET / HTTP/1.1"),
        (*page(), "revisit"),
        page("file:///etc/passwd"),
        page("http://blog.example/" + "x" * 3000),
    ],
)
@pytest.mark.row(55, 56, 80)
def test_what_is_no_page_is_passed_over(tmp_path, record):
    assert list(read_pages(write_warc(tmp_path / "a.warc.gz", record))) == []


@pytest.mark.parametrize(
    ("body", "claimed", "media_type"),
    [
        (HTML, "image/png", "text/html"),
        (HTML, "", "text/html"),
        (SITEMAP, "text/html", "application/xml"),
        (b'<rss version="2.0"><channel></channel></rss>', "text/plain", "application/xml"),
        (gzip.compress(SITEMAP, mtime=0), "application/x-gzip", "application/xml"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "application/json", "application/feed+json"),
        (b'<?xml version="1.0"?><html xmlns="x"><p>x</html>', "application/xhtml+xml", "text/html"),
        ("<html><p>héé".encode("utf-16"), "text/html", "text/html"),
    ],
)
@pytest.mark.row(53, 55)
def test_the_bytes_say_what_it_is(tmp_path, body, claimed, media_type):
    record = ("http://blog.example/sitemap.xml.gz", body, {"Content-Type": claimed})
    assert only(write_warc(tmp_path / "a.warc.gz", record)).media_type == media_type


def test_resources_of_other_archivers_are_pages(tmp_path):
    record = ("http://blog.example/", HTML, {"Content-Type": "text/html"}, "resource")
    assert urls(write_warc(tmp_path / "a.warc.gz", record)) == ["http://blog.example/"]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
@pytest.mark.row(79)
def test_a_cut_file_is_read_up_to_its_last_whole_record(tmp_path, name):
    path = write_warc(tmp_path / name, *pages(5), gzipped=name.endswith("gz"))
    path.write_bytes(path.read_bytes()[:-100])
    assert len(urls(path)) == 4
    assert len(failures(path)) == 1
    assert "cut off" in failures(path)[0]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
@pytest.mark.row(79)
def test_a_damaged_record_costs_only_itself(tmp_path, name):
    path = write_warc(tmp_path / name, *pages(5), gzipped=name.endswith("gz"))
    places = [item.warc_offset for item in read_pages(path)]
    content = bytearray(path.read_bytes())
    content[places[2] : places[2] + 60] = b"\x00" * 60
    path.write_bytes(content)
    assert len(urls(path)) == 4
    assert len(failures(path)) >= 1


@pytest.mark.row(80)
def test_a_forged_length_costs_only_its_record(tmp_path):
    path = write_warc(tmp_path / "a.warc.gz", *pages(3))
    members = [gzip.compress(part, mtime=0) for part in split_members(path)]
    members[2] = gzip.compress(split_members(path)[2].replace(b"Content-Length: ", b"Content-Length: 9"))
    path.write_bytes(b"".join(members))
    assert len(urls(path)) == 2
    assert "claims more bytes" in failures(path)[0]


def split_members(path):
    parts, rest = [], path.read_bytes()
    while rest:
        inflate = zlib.decompressobj(31)
        parts.append(inflate.decompress(rest))
        rest = inflate.unused_data
    return parts


def test_a_file_compressed_as_a_whole_is_read_too(tmp_path):
    path = write_warc(tmp_path / "a.warc.gz", *pages(4))
    path.write_bytes(gzip.compress(b"".join(split_members(path))))
    assert len(urls(path)) == 4


@pytest.mark.row(80)
def test_a_bomb_is_refused(tmp_path):
    bomb = packed(b"<p>" + b"\x20" * (60 << 20))
    path = write_warc(tmp_path / "a.warc.gz", page(body=bomb, Content_Encoding="gzip"), page())
    assert "too_large" in failures(path)[0]
    assert len(urls(path)) == 1


@pytest.mark.row(50, 80)
def test_html_beyond_the_crawlers_limit_is_refused(tmp_path):
    path = write_warc(tmp_path / "a.warc.gz", page(body=b"<p>" + b"x" * (5 << 20)))
    assert "too_large" in failures(path)[0]


def test_what_is_no_warc_is_refused(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(b"hello")
    with pytest.raises(ArchiveError, match="not a WARC file"):
        list(read_pages(path))


def test_no_record_at_a_place_is_an_error(tmp_path):
    path = write_warc(tmp_path / "a.warc.gz", page())
    for offset in (3, 10**6):
        with pytest.raises(ArchiveError):
            read_page_at(path, offset)
    with pytest.raises(ArchiveError, match="was the archive moved"):
        read_page_at(tmp_path / "gone.warc.gz", 0)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(noise=st.binary(max_size=300), place=st.integers(0, 3000))
@pytest.mark.row(80)
def test_no_bytes_make_the_reader_raise(tmp_path, noise, place):
    path = write_warc(tmp_path / "a.warc.gz", *pages(2))
    content = path.read_bytes()
    path.write_bytes(content[:4] + content[4:place] + noise + content[place + 20 :])
    list(read_pages(path))
