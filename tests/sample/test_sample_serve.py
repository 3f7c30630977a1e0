from http.client import HTTPConnection
from urllib.parse import quote, urlsplit

import pytest

from pipeline.sample.serve import serve


def ask(base_url, path, headers=None, method="GET"):
    connection = HTTPConnection(urlsplit(base_url).netloc, timeout=60)
    try:
        connection.request(method, path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/feed.xml", "application/rss+xml; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/media/logo.svg", "image/svg+xml"),
        ("/media/2014/03/20140301_101502.jpg", "image/jpeg"),
        ("/?s=kettle", "text/html; charset=utf-8"),
    ],
)
def test_files_come_with_their_type(sample, path, kind):
    status, headers, body = ask(sample.base_url, path)
    assert (status, headers["Content-Type"], int(headers["Content-Length"])) == (200, kind, len(body))


def test_every_post_answers(sample):
    assert {ask(sample.base_url, fact["url"])[0] for fact in sample.truth} == {200}


def test_the_same_etag_is_answered_with_304(sample):
    _, headers, _ = ask(sample.base_url, "/about/")
    status, again, body = ask(sample.base_url, "/about/", {"If-None-Match": headers["ETag"]})
    assert (status, again["ETag"], body) == (304, headers["ETag"], b"")


def test_the_same_date_is_answered_with_304(sample):
    _, headers, _ = ask(sample.base_url, "/about/")
    known = {"If-Modified-Since": headers["Last-Modified"]}
    assert ask(sample.base_url, "/about/", known)[0] == 304


@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": '"other"'},
        {"If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"},
        {"If-Modified-Since": "last week"},
    ],
)
def test_an_old_validator_gets_the_page(sample, headers):
    assert ask(sample.base_url, "/about/", headers)[0] == 200


def test_a_changed_page_is_sent_again(tmp_path):
    (tmp_path / "index.html").write_text("one")
    with serve(tmp_path) as server:
        base_url = f"http://127.0.0.1:{server.server_address[1]}"
        etag = ask(base_url, "/")[1]["ETag"]
        (tmp_path / "index.html").write_text("two")
        assert ask(base_url, "/", {"If-None-Match": etag})[::2] == (200, b"two")


def test_head_has_no_body(sample):
    status, headers, body = ask(sample.base_url, "/", method="HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 1000


def test_a_missing_page_is_404_with_the_sites_own_page(sample):
    status, _, body = ask(sample.base_url, "/no/such/page/")
    assert status == 404
    assert b"lent out and not returned" in body


@pytest.mark.parametrize("path", ["/../truth.jsonl", "/%2e%2e/truth.jsonl", "/about/%00", "//"])
def test_nothing_outside_the_folder_is_served(sample, path):
    assert b'"artifacts"' not in ask(sample.base_url, path)[2]


def test_a_folder_without_its_slash_is_redirected(sample):
    status, headers, _ = ask(sample.base_url, "/about")
    assert (status, headers["Location"]) == (301, "/about/")


def test_addresses_in_other_scripts_are_redirected_too(sample):
    path = quote("/journal/包丁を研ぐ日")
    assert ask(sample.base_url, path)[1]["Location"] == path + "/"
