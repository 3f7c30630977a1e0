import os

import pytest

from pipeline.archive.folder import list_site, read_body
from pipeline.errors import ConfigError

PAGE = "<!doctype html><title>{0}</title><link rel=canonical href='{1}'><p>{0}"


def write(root, **pages):
    for name, canonical in pages.items():
        path = root / name.replace("__", "/").replace("_html", ".html")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE.format(name, canonical))


def addresses(root, base_url=None):
    return [file.url for file in list_site(root, base_url)[1]]


def test_canonical_links_say_where_the_site_lives(tmp_path):
    write(tmp_path, index_html="https://b.example/x/", tea__index_html="https://b.example/x/tea/", a_html="")
    assert list_site(tmp_path, "http://other/")[0] == "https://b.example/x/"
    assert addresses(tmp_path) == [
        "https://b.example/x/a.html",
        "https://b.example/x/",
        "https://b.example/x/tea/",
    ]


def test_a_canonical_link_without_html_at_its_end_is_kept(tmp_path):
    write(tmp_path, tea_html="https://b.example/tea")
    assert addresses(tmp_path) == ["https://b.example/tea"]


@pytest.mark.row(42)
def test_a_false_canonical_link_does_not_name_the_page(tmp_path):
    write(tmp_path, tea__index_html="https://b.example/tea/", rum__index_html="https://b.example/")
    assert addresses(tmp_path) == ["https://b.example/rum/", "https://b.example/tea/"]


def test_the_sitemap_is_asked_next(tmp_path):
    write(tmp_path, tea__index_html="")
    (tmp_path / "sitemap.xml").write_text("<urlset><url><loc>https://s.example/tea/</loc></url></urlset>")
    assert "https://s.example/tea/" in addresses(tmp_path, "http://other/")


def test_then_the_base_url_and_then_localhost(tmp_path):
    write(tmp_path, **{"caf\xe9 1_html": ""})
    assert addresses(tmp_path, "http://b.example/sub") == ["http://b.example/sub/caf%C3%A9%201.html"]
    assert addresses(tmp_path) == ["http://localhost/caf%C3%A9%201.html"]


@pytest.mark.row(65)
def test_links_out_of_the_folder_and_devices_are_passed_over(tmp_path):
    outside = tmp_path / "secret.html"
    outside.write_text(PAGE)
    root = tmp_path / "public"
    write(root, index_html="")
    (root / "out.html").symlink_to(outside)
    (root / "up").symlink_to(tmp_path)
    os.mkfifo(root / "pipe.html")
    (root / "in.html").symlink_to(root / "index.html")
    assert addresses(root) == ["http://localhost/in.html", "http://localhost/"]


@pytest.mark.row(66)
def test_names_that_are_no_text_become_addresses(tmp_path):
    write(tmp_path, index_html="")
    (tmp_path / os.fsdecode(b"a\xff\nb.html")).write_text(PAGE)
    assert "http://localhost/a%FF%0Ab.html" in addresses(tmp_path)


def test_a_file_is_known_by_its_first_bytes(tmp_path):
    write(tmp_path, index_html="")
    (tmp_path / "feed.xml").write_text("<?xml version='1.0'?><rss/>")
    (tmp_path / "data.json").write_text("{}")
    found = {file.path.name: read_body(file) for file in list_site(tmp_path)[1]}
    assert {name: body and body[1] for name, body in found.items()} == {
        "index.html": "text/html",
        "feed.xml": "application/xml",
        "data.json": None,
    }


def test_a_folder_without_pages_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="no HTML file"):
        list_site(tmp_path)
