"""WARC of other crawlers, real or shaped like theirs, is read under the limits of the network."""

import gzip
import shutil
import subprocess
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from warc_samples import HTML, packed

from pipeline.archive.read import read_page_at, read_pages
from pipeline.errors import ArchiveError
from pipeline.records import Failure, Page


def record(kind, url, block, version="1.0", **fields):
    named = {"WARC-Record-ID": "<urn:uuid:1>", "WARC-Date": "2024-05-06T07:08:09Z", "WARC-Target-URI": url}
    named |= {name.replace("_", "-"): value for name, value in fields.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    head = f"WARC/{version}\r\nWARC-Type: {kind}\r\n{lines}Content-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def http(body=HTML, status="200 OK", **headers):
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{lines}\r\n".encode() + body


HTTP_TYPE = {"Content_Type": "application/http; msgtype=response"}
TEA = "http://blog.example/tea/"
answer = partial(record, "response", **HTTP_TYPE)


def write(path, *records):
    path.write_bytes(b"".join(records))
    return path


def members(path, *records):
    return write(path, *(gzip.compress(one) for one in records))


def urls(path):
    return [item.url for item in read_pages(path) if isinstance(item, Page)]


def reasons(path):
    return [item.reason for item in read_pages(path) if isinstance(item, Failure)]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture
def served(tmp_path):
    (tmp_path / "site/tea").mkdir(parents=True)
    (tmp_path / "site/index.html").write_text("<!doctype html><title>Home</title><a href=/tea/>Tea</a>")
    (tmp_path / "site/tea/index.html").write_bytes(HTML)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "site")))
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("options", [[], ["--no-warc-compression"]], ids=["gzip", "plain"])
def test_what_wget_archives_is_read(served, tmp_path, options):
    if shutil.which("wget") is None:
        pytest.skip("NOT TESTED: there is no wget here, so that none of its archives was read")
    words = ["wget", "-q", "-r", "--warc-file=w", "--no-warc-keep-log", *options, f"{served}/"]
    subprocess.run(words, cwd=tmp_path, check=False, timeout=60)
    (path,) = tmp_path.glob("w.warc*")
    assert sorted(urls(path)) == [f"{served}/", f"{served}/tea/"]
    assert reasons(path) == []


@pytest.mark.parametrize("write_them", [write, members], ids=["plain", "gzip"])
def test_common_crawl_shapes_are_told_apart(tmp_path, write_them):
    path = write_them(
        tmp_path / "cc.warc.gz",
        record("warcinfo", "", b"isPartOf: CC-MAIN-2024-22\r\n", Content_Type="application/warc-fields"),
        record(
            "request", TEA, b"GET /tea/ HTTP/1.1\r\n\r\n", Content_Type="application/http; msgtype=request"
        ),
        answer(TEA, http(X_Crawler_Transfer_Encoding="chunked"), WARC_Identified_Payload_Type="text/html"),
        record("metadata", TEA, b"fetchTimeMs: 87\r\n", Content_Type="application/warc-fields"),
        record("conversion", TEA, b"Tea is hot.", Content_Type="text/plain"),
    )
    assert (urls(path), reasons(path)) == ([TEA], [])


def test_a_page_that_was_cut_short_is_no_page(tmp_path):
    cut = answer(TEA, http(), WARC_Truncated="length")
    path = members(tmp_path / "cc.warc.gz", cut, answer(f"{TEA}2", http()))
    assert urls(path) == [f"{TEA}2"]
    assert "WARC-Truncated: length" in reasons(path)[0]


def test_heritrix_shapes_are_read(tmp_path):
    path = members(
        tmp_path / "heritrix.warc.gz",
        record(
            "response",
            "dns:blog.example",
            b"20240506\nblog.example. 60 IN A 192.0.2.1\n",
            Content_Type="text/dns",
        ),
        answer(f"<{TEA}>", http(Content_Length=str(len(HTML))), WARC_Payload_Digest="sha1:" + "A" * 32),
        record("metadata", TEA, b"via: http://blog.example/\r\nfetchTimeMs: 3\r\n"),
    )
    assert (urls(path), reasons(path)) == ([TEA], [])


def test_browsertrix_shapes_are_read(tmp_path):
    chunks = {"Transfer_Encoding": "chunked", "Content_Encoding": "br"}  # kept although the body is plain
    path = members(
        tmp_path / "browsertrix.warc.gz",
        answer(TEA, http(**chunks), version="1.1"),
        record("resource", "urn:view:http://blog.example/", b"\x89PNG", "1.1", Content_Type="image/png"),
        record("resource", "urn:pageinfo:x", b"{}", "1.1", Content_Type="application/json"),
        record("revisit", TEA, http(b""), "1.1", WARC_Profile="http://x/identical-payload-digest"),
    )
    assert (urls(path), reasons(path)) == ([TEA], [])


@pytest.mark.parametrize("trained", [False, True], ids=["plain", "with dictionary"])
def test_zstandard_is_read_where_its_library_is_there(tmp_path, trained):
    zstd = pytest.importorskip("zstandard")
    dictionary = zstd.ZstdCompressionDict(HTML * 20)
    packer = zstd.ZstdCompressor(dict_data=dictionary) if trained else zstd.ZstdCompressor()
    frames = [packer.compress(answer(f"{TEA}{number}", http())) for number in range(3)]
    raw = dictionary.as_bytes()
    first = [b"\x5d\x2a\x4d\x18" + len(raw).to_bytes(4, "little") + raw] if trained else []
    path = write(tmp_path / "ia.warc.zst", *first, *frames)
    found = list(read_pages(path, tmp_path))
    assert [page.url for page in found] == [f"{TEA}{number}" for number in range(3)]
    assert [read_page_at(path, page.warc_offset, tmp_path) for page in found] == found


REFUSED = [
    "file:///etc/passwd",
    "data:text/html,<p>x",
    "javascript:alert(1)",
    "ftp://blog.example/",
    "http:///nowhere",
    "http://blog.example/" + "x" * 2001,
    "http://blog.example/a b",
    "http://blog.example/\x1b[2J",
    "http://[::1/",
    "",
]


@pytest.mark.row(80)
def test_row_80_addresses_that_no_crawl_could_ask_for_are_passed_over(tmp_path):
    path = members(tmp_path / "a.warc.gz", *(answer(url, http()) for url in REFUSED), answer(TEA, http()))
    assert urls(path) == [TEA]


def bombs():
    brotli, zstd = pytest.importorskip("brotli"), pytest.importorskip("zstandard")
    spaces = b"<p>" + b" " * (60 << 20)
    return {
        "gzip": packed(spaces),
        "gzip, gzip": packed(packed(spaces)),
        "br": brotli.compress(spaces, quality=1),
        "zstd": zstd.ZstdCompressor().compress(spaces),
    }


@pytest.mark.row(7, 80)
def test_row_80_bombs_of_every_packing_are_refused(tmp_path):
    packages = bombs()
    wrapped = [
        answer(f"{TEA}{n}", http(body, Content_Encoding=name))
        for n, (name, body) in enumerate(packages.items())
    ]
    path = members(tmp_path / "a.warc.gz", *wrapped, answer(TEA, http()))
    assert [reason.split(":")[1] for reason in reasons(path)] == [" too_large"] * len(packages)
    assert urls(path) == [TEA]


@pytest.mark.row(80)
def test_row_80_a_member_that_is_a_bomb_costs_only_itself(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.archive.members.GIVE_UP", 80 << 20)
    bomb = gzip.compress(answer(TEA, http(b" " * (100 << 20))), 1)
    path = write(tmp_path / "a.warc.gz", bomb, gzip.compress(answer(f"{TEA}2", http())))
    assert "too large: it unpacks to more than 80 MB" in reasons(path)[0]
    assert urls(path) == [f"{TEA}2"]


def test_a_file_packed_as_a_whole_loses_nothing_unnoticed(tmp_path):
    films = [answer(f"{TEA}{n}", http(b" " * (40 << 20))) for n in range(2)]
    path = write(tmp_path / "a.warc.gz", gzip.compress(answer(TEA, http()) + b"".join(films), 1))
    assert urls(path) == [TEA]
    assert "holds records beyond 64 MB" in reasons(path)[-1]


def test_a_film_that_fills_its_member_is_no_failure(tmp_path):
    film = record("response", f"{TEA}film", http(b"\0" * (70 << 20)), **HTTP_TYPE)
    path = write(tmp_path / "a.warc.gz", gzip.compress(film, 1), gzip.compress(answer(TEA, http())))
    assert (urls(path), reasons(path)) == ([TEA], [])


@pytest.mark.parametrize("length", [b"9999999", b"999999999999", b"700"])
@pytest.mark.row(80)
def test_row_80_a_forged_length_in_a_plain_file_costs_only_its_record(tmp_path, length):
    forged = answer(f"{TEA}forged", http())
    at = forged.index(b"Content-Length: ") + 16
    forged = forged[:at] + length + forged[forged.index(b"\r\n", at) :]
    others = [answer(f"{TEA}{n}", http()) for n in (1, 2, 3)]
    path = write(tmp_path / "a.warc", others[0], forged, *others[1:])
    assert urls(path)[0] == f"{TEA}1"
    assert set(urls(path)) >= {f"{TEA}1", f"{TEA}3"}
    assert f"{TEA}forged" not in urls(path)
    assert "length" in reasons(path)[0]


def test_zstandard_without_its_library_names_the_remedy(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "zstandard", None)
    path = write(tmp_path / "ia.warc.zst", b"\x28\xb5\x2f\xfd" + bytes(50))
    with pytest.raises(ArchiveError, match="pip install zstandard"):
        list(read_pages(path))
