"""One crawl over a site full of hostile pages; each test looks at the rows that its name says."""

import gzip
import time
import zlib
from collections.abc import Iterator

import pytest
from child_crawls import Result, make_crawl
from crawler_server import Server, answer, page, redirect

PRIVATE = ("169.254.169.254/latest/", "10.0.0.1/", "192.168.1.1/", "[::1]/", "[fd00::1]/")
ODD = ("2130706433", "0x7f.1", "127.1", "[::ffff:127.0.0.1]", "localhost", "017700000001")
CHAIN = ["/pong", *(f"/chain-{number}" for number in range(1, 9))]
GOOD = [f"/good-{number}/" for number in range(3)]


def drip(connection, _):
    """Send a body so slowly that only a limit on the whole ends it."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n")
    for _ in range(40):
        connection.sendall(b"x")
        time.sleep(0.1)


def drip_headers(connection, _):
    for _ in range(40):
        connection.sendall(b"X")
        time.sleep(0.1)


def endless(connection, _):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(100_000):
        connection.sendall(b"2000\r\n" + b"x" * 0x2000 + b"\r\n")


def short_body(connection, _):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 500\r\n\r\n<p>PARTIAL")
    connection.close()


def broken_chunk(connection, _):
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    connection.sendall(head + b"9\r\n<p>PARTIAL\r\nzz\r\n")
    connection.close()


def two_lengths(connection, _):
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\n"
    connection.sendall(head + b"<p>PARTIAL")
    connection.close()


def silent(connection, _):
    time.sleep(4)


BOMB = gzip.compress(b"<p>" + b"0" * 30_000_000)
ROUTES = {
    "/self": redirect("/self"),
    "/ping": redirect("/pong"),
    "/pong": redirect("/ping"),
    **{f"/chain-{number}": redirect(f"/chain-{number + 1}") for number in range(9)},
    **{f"/to-private-{number}": redirect(f"http://{host}") for number, host in enumerate(PRIVATE)},
    "/to-file": redirect("file:///etc/passwd"),
    "/to-data": redirect("data:text/html,hello"),
    "/based": answer(b'<base href="file:///etc/"><a href="passwd">x</a>'),
    "/based-elsewhere": answer(b'<base href="http://10.0.0.1/"><a href="inside">x</a>'),
    "/bomb": answer(BOMB, Content_Encoding="gzip"),
    "/double-bomb": answer(gzip.compress(BOMB), Content_Encoding="gzip, gzip"),
    "/deflate-bomb": answer(zlib.compress(b"0" * 30_000_000), Content_Encoding="deflate"),
    "/brotli": answer(b"\x1b\x03\x00", Content_Encoding="br"),
    "/endless": endless,
    "/drip": drip,
    "/drip-headers": drip_headers,
    "/silent": silent,
    "/short": short_body,
    "/broken-chunk": broken_chunk,
    "/two-lengths": two_lengths,
    "/no-colon": b"HTTP/1.1 200 \r\nContent-Length: 9\r\nnonsense\r\nContent-Type:text/html\r\n\r\n<p>words.",
    "/big-header": answer(b"<p>words", X_Big="y" * 200_000),
    "/cookies": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    + b"".join(b"Set-Cookie: c%d=%s\r\n" % (number, b"z" * 3000) for number in range(4))
    + b"Content-Length: 9\r\n\r\n<p>words.",
    "/not-http": b"220 smtp.example ESMTP ready\r\n",
    "/reset": lambda connection, _: connection.close(),
    "/empty": answer(b""),
    "/pdf": answer(b"%PDF-1.7 \x00\x01 binary"),
    "/many-links": page(*[f"/file-{number}.jpg" for number in range(3000)]),
    "/attributes": answer(
        b"<p " + b" ".join(b"a%d=1" % number for number in range(20_000)) + b"><a href=/x>x</a>"
    ),
    "/deep": answer(b"<div>" * 2000 + b'<a href="/good-2/">in the deep</a>'),
    **{path: page(text=f"A good page {path}") for path in GOOD},
}


@pytest.fixture(scope="module")
def inside() -> Iterator[Server]:
    """A second service on this machine that nobody named: it must never be asked."""
    server = Server()
    yield server
    server.close()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, inside: Server) -> Iterator[tuple[Result, Server]]:
    server = Server()
    links = [f"http://{host}:{inside.port}/odd" for host in ODD]
    odd = {f"/to-odd-{number}": redirect(link) for number, link in enumerate(links)}
    server.routes |= ROUTES | odd
    schemes = [
        "file:///etc/passwd",
        "data:text/html,x",
        "ftp://127.0.0.1/x",
        "javascript:alert(1)",
        "mailto:a@b.example",
    ]
    server.routes["/"] = page(
        "/good-0/", *[path for path in ROUTES if path not in CHAIN], *odd, *links, *schemes
    )
    yield make_crawl(tmp_path_factory.mktemp("hostile"))(f"{server.url}/"), server
    server.close()


def errors(result: Result, *paths: str) -> set[str | None]:
    return {result.error(path) for path in paths}


@pytest.mark.row(1, 9, 49)
def test_the_good_pages_arrive_whatever_stands_between_them(hostile):
    result, _ = hostile
    assert errors(result, *GOOD) == {None}
    assert result.report.state == "partial"
    assert result.counts.get("doing", 0) == result.counts.get("todo", 0) == 0


@pytest.mark.row(1)
def test_row_01_redirect_loops_and_long_chains_stop_at_five(hostile):
    result, server = hostile
    assert errors(result, "/self", "/pong") == {"redirect_loop"}
    assert (result.error("/chain-4"), result.error("/chain-5")) == (None, "redirect_loop")
    assert "/chain-6" not in server.asked
    assert server.asked.count("/self") == server.asked.count("/ping") == 1


@pytest.mark.row(2)
def test_row_02_redirects_to_private_addresses_are_refused(hostile):
    result, _ = hostile
    paths = [f"/to-private-{number}" for number in range(len(PRIVATE))]
    assert errors(result, *paths) == {"blocked_address"}


@pytest.mark.row(3)
def test_row_03_other_spellings_of_private_addresses_are_refused(hostile, inside: Server):
    result, _ = hostile
    assert errors(result, *[f"/to-odd-{number}" for number in range(len(ODD))]) == {"blocked_address"}
    assert inside.asked == []


@pytest.mark.row(5, 43)
def test_row_05_foreign_schemes_are_never_followed(hostile):
    result, _ = hostile
    assert errors(result, "/to-file", "/to-data") == {"foreign_scheme"}
    assert errors(result, "/based", "/based-elsewhere") == {None}
    assert not [url for url in result.outcomes if not url.startswith("http://127.0.0.1:")]


@pytest.mark.row(7)
def test_row_07_bombs_stop_at_the_limit(hostile):
    result, _ = hostile
    assert errors(result, "/bomb", "/double-bomb", "/deflate-bomb") == {"too_large"}
    assert result.error("/brotli") == "bad_encoding"


@pytest.mark.row(8)
def test_row_08_an_endless_body_stops_at_the_limit(hostile):
    assert hostile[0].error("/endless") == "too_large"


@pytest.mark.row(9)
def test_row_09_slow_bodies_slow_headers_and_silence_end_in_time(hostile):
    result, _ = hostile
    assert errors(result, "/drip", "/drip-headers", "/silent") == {"timeout"}


@pytest.mark.row(10)
def test_row_10_partial_bodies_are_errors_and_never_stored(hostile):
    result, server = hostile
    assert [server.asked.count(path) for path in ("/short", "/broken-chunk", "/two-lengths")] == [2, 2, 2]
    assert errors(result, "/short", "/broken-chunk", "/two-lengths") <= {
        "incomplete_body",
        "bad_http",
        "connection",
    }
    stored = b"".join(
        gzip.decompress((result.folder / name).read_bytes()) for name in result.report.warc_files
    )
    assert b"PARTIAL" not in stored


@pytest.mark.row(11, 27)
def test_row_11_odd_headers_are_read_or_counted(hostile):
    result, _ = hostile
    assert errors(result, "/no-colon", "/cookies") == {None}
    assert [head for head in hostile[1].heads if b"cookie:" in head.lower()] == []
    assert result.error("/big-header") in {None, "bad_http", "connection"}


@pytest.mark.row(12)
def test_row_12_what_is_not_http_is_counted(hostile):
    assert errors(hostile[0], "/not-http", "/reset") <= {"bad_http", "connection"}


@pytest.mark.row(47)
def test_row_47_a_page_of_files_costs_no_request(hostile):
    assert not [path for path in hostile[1].asked if path.endswith(".jpg")]


@pytest.mark.row(48)
def test_row_48_links_in_deep_markup_are_found(hostile):
    assert hostile[0].error("/deep") is None


@pytest.mark.row(49)
def test_row_49_a_tag_with_too_many_attributes_is_refused_before_parsing(hostile):
    assert hostile[0].error("/attributes") == "suspicious_markup"


@pytest.mark.row(55, 56)
def test_row_55_and_56_binary_and_empty_bodies_are_no_pages(hostile):
    result, _ = hostile
    assert (result.error("/pdf"), result.error("/empty")) == ("not_html", "empty_body")
