import gzip
import hashlib
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from child_crawls import Result, site_of, start_crawl
from crawler_server import Server, answer, page, redirect
from test_crawl_polite import wait_for

WARCIO = Path(sys.executable).with_name("warcio")


def members(path: Path) -> Iterator[tuple[int, bytes]]:
    """Read a WARC by hand, without warcio: yield each gzip member's offset and content."""
    data, offset = path.read_bytes(), 0
    while offset < len(data):
        unzipper = zlib.decompressobj(31)
        record = unzipper.decompress(data[offset:])
        yield offset, record
        offset = len(data) - len(unzipper.unused_data)


def fields(record: bytes) -> dict[str, str]:
    head = record.partition(b"\r\n\r\n")[0].decode()
    return dict(line.split(": ", 1) for line in head.split("\r\n")[1:])


def records(result: Result) -> list[tuple[int, dict[str, str], bytes]]:
    files = [result.folder / name for name in result.report.warc_files]
    return [(offset, fields(record), record) for file in files for offset, record in members(file)]


def check(path: Path) -> None:
    checked = subprocess.run([WARCIO, "check", "-v", path], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "digest pass" in checked.stdout


@pytest.fixture
def blog(server: Server) -> Server:
    server.routes |= {"/": page("/a", "/moved", "/gone", "/zipped"), "/a": page(text="Ünïcode")}
    server.routes |= {"/moved": redirect("/a"), "/gone": answer(b"gone", "410 Gone")}
    server.routes["/zipped"] = answer(gzip.compress(b"<p>zipped words"), Content_Encoding="gzip")
    return server


def test_warcio_check_passes(blog: Server, crawl):
    result = crawl(blog.url)
    for name in result.report.warc_files:
        check(result.folder / name)


def test_every_exchange_is_there_request_and_response(blog: Server, crawl):
    kinds = [head["WARC-Type"] for _, head, _ in records(crawl(blog.url))]
    assert kinds[0] == "warcinfo"
    assert kinds.count("response") == kinds.count("request") == len(blog.asked)


def test_outcome_points_at_its_record_and_its_digest_fits(blog: Server, crawl):
    result = crawl(blog.url)
    at = {offset: record for offset, _, record in records(result)}
    outcome = result.outcomes[f"{blog.url}/a"]
    body = at[outcome.warc_offset].split(b"\r\n\r\n", 2)[2].removesuffix(b"\r\n\r\n")
    assert hashlib.sha256(body).hexdigest() == outcome.digest
    assert "Ünïcode" in body.decode()


def test_bodies_are_stored_as_they_came_with_their_coding(blog: Server, crawl):
    result = crawl(blog.url)
    at = {offset: record for offset, _, record in records(result)}
    _, http, body = at[result.outcomes[f"{blog.url}/zipped"].warc_offset].split(b"\r\n\r\n", 2)
    assert b"Content-Encoding: gzip" in http
    assert gzip.decompress(body.removesuffix(b"\r\n\r\n")) == b"<p>zipped words"


def test_the_same_bytes_and_a_304_become_revisit_records(blog: Server, crawl, tmp_path):
    crawl(blog.url, kept=tmp_path / "kept")
    second = crawl(blog.url, kept=tmp_path / "kept")
    profiles = [head["WARC-Profile"] for _, head, _ in records(second) if head["WARC-Type"] == "revisit"]
    assert profiles == ["http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"]
    check(second.folder / second.report.warc_files[0])


def test_files_rotate_by_size(blog: Server, crawl):
    result = crawl(blog.url, settings={"WARC_MAX_BYTES": 2000})
    assert len(result.report.warc_files) > 1
    assert all(name.startswith("blog-") and name.endswith(".warc.gz") for name in result.report.warc_files)


@pytest.mark.row(71)
def test_row_71_kill_9_and_resume_asks_only_the_pages_in_flight_twice(server: Server, crawl, tmp_path):
    paths = [f"/p{number}" for number in range(300)]
    server.routes |= {"/": page(*paths)} | {path: page() for path in paths}
    child = start_crawl(site_of(server.url, delay=0.002), tmp_path, tmp_path / "kept")
    wait_for(lambda: len(server.asked) > 150)
    child.kill()
    child.communicate()
    second = crawl(server.url, kept=tmp_path / "kept")
    done = {url for url, outcome in second.outcomes.items() if outcome.state == "done"}
    assert done == {f"{server.url}{path}" for path in ["/", *paths]}
    assert second.counts.get("todo", 0) == second.counts.get("doing", 0) == 0
    assert max(server.asked.count(path) for path in paths) <= 2


@pytest.mark.row(79)
def test_row_79_a_truncated_file_is_left_alone_and_a_new_one_begun(blog: Server, crawl, tmp_path):
    first = crawl(blog.url, kept=tmp_path / "kept")
    cut = first.folder / first.report.warc_files[0]
    cut.write_bytes(cut.read_bytes()[:-200])
    before = cut.read_bytes()
    second = crawl(blog.url, kept=tmp_path / "kept")
    assert cut.read_bytes() == before
    assert cut.name not in second.report.warc_files
    assert len(list(members(first.folder / second.report.warc_files[0]))) > 3


@pytest.mark.row(68)
def test_row_68_an_archive_that_cannot_be_written_ends_the_run(blog: Server, tmp_path):
    (tmp_path / "taken").write_text("a file where the folder should be")
    child = start_crawl(site_of(blog.url), tmp_path / "taken")
    _, err = child.communicate(timeout=60)
    assert child.returncode == 1
    assert "StoreError" in err.decode()
    assert "the archive cannot be written" in err.decode()
