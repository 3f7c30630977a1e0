"""A built site's folder, crawled night after night: archived, compared, and missed when it is gone."""

import json

import pytest
from nightly.blog import Blog
from nightly.night import ask, copydesk, states


@pytest.fixture
def folder(tmp_path):
    blog = Blog(base="https://tea.example")
    blog.fill(12, leftovers=1)
    public = tmp_path / "public"
    for entry in blog.entries.values():
        page = public / entry.path.strip("/") / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(blog.page(entry))
    (public / "index.html").write_text(blog.answer("/")[2])
    return tmp_path


def crawl(folder, *more):
    done = copydesk("crawl", "public", "--json", *more, cwd=folder)
    assert done.returncode in (0, 3), done.stderr
    return json.loads(done.stdout)["sites"][0]


def records(folder):
    return sum(path.read_bytes().count(b"\x1f\x8b\x08") for path in (folder / "archive").glob("*.gz"))


def page(folder, number_and_name):
    return folder / "public/notes" / number_and_name / "index.html"


def test_what_did_not_change_is_neither_archived_nor_read_again(folder):
    crawl(folder)
    before = records(folder)
    again = crawl(folder)
    assert (again["unchanged"], again["kinds"], records(folder)) == (13, {}, before)


def test_an_edited_file_makes_a_revision_and_closes_its_flag(folder):
    crawl(folder)
    edited = page(folder, "1-pot")
    edited.write_text(edited.read_text().replace("<p>Take care. Error: Contact form not found.</p>", ""))
    assert (crawl(folder)["changed"], states(folder)["1"]) == (1, ("live", 2, "fixed"))


def test_a_file_that_is_removed_is_missing_then_gone_and_comes_back(folder):
    crawl(folder)
    kept = page(folder, "5-stove").read_text()
    page(folder, "5-stove").unlink()
    crawl(folder, "--limit", "3")
    seen = [states(folder)["5"][0]]
    for _ in range(3):
        crawl(folder)
        seen.append(states(folder)["5"][0])
    page(folder, "5-stove").write_text(kept)
    crawl(folder)
    assert [*seen, states(folder)["5"][0]] == ["live", "missing", "missing", "gone", "live"]


def test_it_can_be_processed_again_without_the_folder(folder):
    crawl(folder)
    (folder / "public").rename(folder / "elsewhere")
    text = ask(folder, "select text from posts order by id")
    assert copydesk("process", cwd=folder).stdout.startswith("https://tea.example/: 13 archived pages")
    assert ask(folder, "select text from posts order by id") == text


def test_a_post_that_the_front_page_links_to_is_no_orphan(folder):
    crawl(folder)
    assert ask(folder, "select count(*) from orphans") == [0]
