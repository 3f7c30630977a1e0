"""A blog that gets another address, and blogs that share one host."""

import pytest
from nightly.blog import Blog, serving
from nightly.night import ask, copydesk

from pipeline.store.move import moved

ONE = '[site.tea]\nurl = "{}/"\nallow_private = true\n'


def crawl(folder, base):
    (folder / "copydesk.toml").write_text(ONE.format(base))
    return copydesk("crawl", cwd=folder).returncode


def test_posts_keep_their_history_at_the_sites_new_address(tmp_path):
    with serving(Blog()) as old, serving(Blog()) as new:
        for blog in (old, new):
            blog.fill(12, leftovers=1)
        crawl(tmp_path, old.base)
        ids = ask(tmp_path, "select id from posts order by 1")
        new.entries["/notes/7-saucer/"].edits += 1
        assert [crawl(tmp_path, new.base) for _ in range(2)] == [0, 0]
    assert ask(tmp_path, "select id from posts order by 1") == ids
    assert ask(tmp_path, "select max(number), count(*) from revisions") == [(2, 13)]
    addresses = ask(tmp_path, "select url, is_current from post_urls where url like '%/7-saucer/' order by 2")
    assert addresses == [(f"{old.base}/notes/7-saucer/", 0), (f"{new.base}/notes/7-saucer/", 1)]
    assert ask(tmp_path, "select distinct state from flags") == ["open"]
    assert ask(tmp_path, f"select count(*) from urls where url like '{old.base}%'") == [0]


@pytest.mark.parametrize(
    ("url", "new_home", "expected"),
    [
        ("https://www.old.example/blog/one/?p=2", "http://new.example:81/", "http://new.example:81/one/?p=2"),
        ("http://old.example/sitemap.xml", "https://new.example/", "https://new.example/sitemap.xml"),
        ("https://old.example/blog/one/", "https://new.example/notes/", "https://new.example/notes/one/"),
        ("https://other.example/blog/", "https://new.example/", None),
    ],
)
def test_an_address_moves_with_its_folder(url, new_home, expected):
    assert moved(url, "https://old.example/blog/", new_home) == expected
