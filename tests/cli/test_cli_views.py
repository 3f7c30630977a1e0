"""Page views: out of any visitor count's export, into the queue."""

import sqlite3
from contextlib import closing

import pytest
from cli_samples import build_blog, copydesk, serving

from pipeline.cli.views import VIEW_COLUMNS, column, match

POSTS = {"https://www.b.example/one/": "p1", "https://b.example/old-one": "p1", "http://b.example/?p=7": "p7"}
HOME = "https://b.example/"


@pytest.mark.parametrize(
    ("address", "post"),
    [
        ("/one/", "p1"),
        ("/one", "p1"),
        ("https://b.example/one/?utm_source=x#top", "p1"),
        ("/one/?preview=1", "p1"),
        ("b.example/one/", "p1"),
        ("/old-one", "p1"),
        ("/?p=7", "p7"),
        ("https://other.example/one/", None),
        ("/two/", None),
        ("(not set)", None),
    ],
)
def test_address_finds_its_post_however_it_is_written(address: str, post: str | None) -> None:
    found = match([{"page": address, "views": "3"}], ("page", "views"), HOME, POSTS)
    assert (dict(found.views), found.strangers) == (({post: 3}, []) if post else ({}, [address]))


@pytest.mark.parametrize(
    ("text", "views"),
    [("1204", 1204), ("1,204", 1204), ("1.204", 1204), ("1 204", 1204), ("12.0", 12), ("", 0), ("-", 0)],
)
def test_number_is_read_as_people_write_it(text: str, views: int) -> None:
    found = match([{"page": "/one/", "views": text}], ("page", "views"), HOME, POSTS)
    assert sum(found.views.values()) == views


def test_views_of_all_addresses_of_a_post_are_added() -> None:
    rows = [{"page": "/one/", "views": "3"}, {"page": "/old-one", "views": "4"}]
    assert dict(match(rows, ("page", "views"), HOME, POSTS).views) == {"p1": 7}


def test_column_is_found_by_the_headings_that_are_usual() -> None:
    assert column([{"Page path": "/", "Event count": "1", "Views": "2"}], None, VIEW_COLUMNS) == "Views"


EXPORT = (
    "# ----\n# All pages\n\nPage path and screen class,Views\n/post-3/,900\n/post-1/?fbclid=x,100\n/cart/,5\n"
)


def test_views_are_imported_weigh_in_the_queue_and_are_cleared(tmp_path) -> None:
    with serving(tmp_path / "site") as base:
        build_blog(tmp_path / "site", base)
        copydesk("crawl", base, cwd=tmp_path)
    (tmp_path / "ga.csv").write_text(EXPORT)
    tried = copydesk("views", "import", "ga.csv", "--dry-run", cwd=tmp_path)
    done = copydesk("views", "import", "ga.csv", cwd=tmp_path)
    assert tried.stdout == done.stdout.replace("Stored", "Would store")
    assert "1,000 views of 2 posts" in done.stdout
    assert "they lead to no post: 1 addresses, such as /cart/." in done.stderr
    assert weights(tmp_path) == [(100, 0.2, 1.2)]
    copydesk("views", "clear", cwd=tmp_path)
    assert weights(tmp_path)[0][:2] == (None, None)


def weights(folder) -> list[tuple[object, ...]]:
    """Return views, share and importance of the posts that wait."""
    with closing(sqlite3.connect(folder / "copydesk.db")) as conn:
        return conn.execute(
            "select page_views, views_share, q.importance from queue q join posts p on p.id = q.post_id"
        ).fetchall()


def test_file_without_the_columns_names_what_it_has(tmp_path) -> None:
    (tmp_path / "x.csv").write_text("Seite,Aufrufe\n/a/,3\n")
    done = copydesk("views", "import", "x.csv", cwd=tmp_path)
    said = "copydesk: no column is named url; name one with --address-column: Seite, Aufrufe\n"
    assert (done.returncode, done.stderr) == (2, said)
