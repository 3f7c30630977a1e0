"""The index sorts addresses as replay tools look them up, and a WACZ file holds what its package says."""

import hashlib
import json
import zipfile

import pytest
from archive_samples import request, response, revisit, write

from pipeline.archive.cdxj import entries_of, write_index
from pipeline.archive.record import read_record_at
from pipeline.archive.surt import surt
from pipeline.archive.wacz import Package, write_wacz
from pipeline.errors import ArchiveError


@pytest.mark.parametrize(
    ("url", "turned"),
    [
        ("http://www.Blog.example/", "example,blog)/"),
        ("https://blog.example:443/A/b/?b=2&a=1", "example,blog)/a/b?a=1&b=2"),
        ("http://blog.example:8080/a//b/../c/./d/", "example,blog:8080)/a/c/d"),
        ("http://127.0.0.1:38965/robots.txt", "1,0,0,127:38965)/robots.txt"),
        ("https://blog.example/caf%C3%A9/%2520x", "example,blog)/caf%c3%a9/%20x"),
        ("https://www2.blog.example/a?x=&y&a=%41", "example,blog)/a?a=a&x=&y"),
        ("http://u:p@blog.example/x#top", "example,blog)/x"),
        ("http://blog.example/a?PHPSESSID=0123456789abcdef0123456789abcdef&z=1", "example,blog)/a?z=1"),
        ("http://[::1", "http://[::1"),
    ],
)
def test_addresses_are_turned_round(url, turned):
    assert surt(url).lower() == turned


@pytest.fixture
def archive(tmp_path):
    body = b"<p>Tea"
    write(tmp_path / "a/blog-1.warc.gz", response("/b/", "2025-01-01", body), request("/b/", "2025-01-01"))
    write(
        tmp_path / "a/blog-2.warc.gz", revisit("/b/", "2025-02-01", body), response("/a/", "2025-02-01", body)
    )
    return tmp_path / "a"


def entries(archive):
    return [entry for path in sorted(archive.glob("*.warc.gz")) for entry in entries_of(path, path.name)]


def test_every_line_leads_to_its_record(archive):
    assert write_index(iter(entries(archive)), archive / "index.cdxj") == 3
    lines = (archive / "index.cdxj").read_text().splitlines()
    assert [line.split(" ")[:2] for line in lines] == [
        ["example,blog)/a", "20250201000000"],
        ["example,blog)/b", "20250101000000"],
        ["example,blog)/b", "20250201000000"],
    ]
    for line in lines:
        facts = json.loads(line.split(" ", 2)[2])
        record = read_record_at(archive / facts["filename"], int(facts["offset"]))
        assert record.fields["warc-target-uri"] == facts["url"]
        assert record.end - record.offset == int(facts["length"])
        assert facts["digest"] == record.fields["warc-payload-digest"]
    assert [json.loads(line.split(" ", 2)[2])["mime"] for line in lines] == [
        "text/html",
        "text/html",
        "warc/revisit",
    ]


def package(archive, **more):
    files = {path.name: path for path in sorted(archive.glob("*.warc.gz"))}
    facts = {"title": "Tea", "created": "2026-01-01T00:00:00Z", "software": "copydesk", "files": files}
    return Package(**facts, entries=entries(archive), titles={"http://blog.example/a/": "On tea"}, **more)


def test_a_package_names_everything_in_it_with_its_digest(archive, tmp_path):
    assert write_wacz(package(archive), tmp_path / "x.wacz") == 2
    with zipfile.ZipFile(tmp_path / "x.wacz") as inside:
        described = json.loads(inside.read("datapackage.json"))
        named = {one["path"]: (one["bytes"], one["hash"]) for one in described["resources"]}
        for path, (size, digest) in named.items():
            content = inside.read(path)
            assert (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}") == (size, digest)
        digest = json.loads(inside.read("datapackage-digest.json"))["hash"]
        assert digest == f"sha256:{hashlib.sha256(inside.read('datapackage.json')).hexdigest()}"
        assert set(inside.namelist()) - set(named) == {"datapackage.json", "datapackage-digest.json"}
        assert {one.compress_type for one in inside.infolist()} == {zipfile.ZIP_STORED}


def test_the_pages_are_listed_with_their_titles(archive, tmp_path):
    write_wacz(package(archive), tmp_path / "x.wacz")
    lines = zipfile.ZipFile(tmp_path / "x.wacz").read("pages/pages.jsonl").decode().splitlines()
    head, *pages = map(json.loads, lines)
    assert (head["format"], [page["title"] for page in pages]) == (
        "json-pages-1.0",
        ["On tea", "http://blog.example/b/"],
    )
    assert pages[0]["ts"] == "2025-02-01T00:00:00Z"


def test_two_files_of_one_name_are_refused(archive, tmp_path):
    twice = {"x/a.warc.gz": archive / "blog-1.warc.gz", "y/a.warc.gz": archive / "blog-2.warc.gz"}
    made = Package(title="", created="", software="", files=twice, entries=[], titles={})
    with pytest.raises(ArchiveError, match=r"two files are called a\.warc\.gz"):
        write_wacz(made, tmp_path / "x.wacz")
