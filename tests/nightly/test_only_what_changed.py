"""A night asks for what changed, and learns whom to believe."""

from pathlib import Path

import pytest
from nightly.blog import Blog, serving
from nightly.night import ask, night, states


@pytest.fixture
def blog():
    with serving(Blog()) as blog:
        blog.fill(31)
        yield blog


def trust(folder: Path) -> dict[str, str]:
    return dict(ask(folder, "select source, verdict from trust"))


def test_trusted_hints_leave_a_night_to_robots_sitemap_home_and_the_rotation(blog, tmp_path):
    assert night(blog, tmp_path)["posts"] == 31
    quiet = night(blog, tmp_path)
    assert (quiet["exit"], quiet["new"], quiet["changed"]) == (0, 0, 0)
    others = [
        asked.path for asked in blog.log if asked.path not in blog.entries and "check" not in asked.path
    ]
    assert sorted(others) == ["/", "/robots.txt", "/sitemap.xml"]
    assert len(blog.pages()) <= 2


def test_a_newer_lastmod_is_asked_for_and_nothing_else(blog, tmp_path):
    night(blog, tmp_path)
    entry = list(blog.entries.values())[29]
    entry.edits += 1
    blog.add(32)
    report = night(blog, tmp_path)
    assert (report["new"], report["changed"], states(tmp_path)["30"][1]) == (1, 1, 2)
    assert {entry.path, "/notes/32-cup/"} <= set(blog.pages())
    assert len(blog.pages()) <= 4


@pytest.mark.parametrize("sitemap", ["undated", "today", "none"])
@pytest.mark.row(24)
def test_an_edit_is_seen_where_no_hint_can_be_believed(blog, tmp_path, sitemap):
    blog.sitemap = sitemap
    night(blog, tmp_path)
    blog.entries["/notes/7-saucer/"].edits += 1
    report = night(blog, tmp_path)
    assert (report["changed"], states(tmp_path)["7"][1], sum(s[1] for s in states(tmp_path).values())) == (
        1,
        2,
        32,
    )


@pytest.mark.row(24)
def test_a_sitemap_that_says_today_for_every_page_is_doubted_until_it_was_honest_for_three_nights(
    blog, tmp_path
):
    night(blog, tmp_path)
    blog.sitemap = "today"
    night(blog, tmp_path)
    assert trust(tmp_path)["sitemap"] == "doubted"
    blog.sitemap = "honest"
    for _ in range(4):
        night(blog, tmp_path)
    assert trust(tmp_path)["sitemap"] == "trusted"
    night(blog, tmp_path)
    assert len(blog.pages()) <= 2


def test_pages_without_changes_come_as_304_and_make_no_page(blog, tmp_path):
    blog.sitemap, blog.validators = "undated", "honest"
    night(blog, tmp_path)
    report = night(blog, tmp_path)
    answers = [asked.status for asked in blog.log if asked.path in blog.entries]
    assert (report["pages"] <= 2, set(answers), answers.count(304) >= 29) == (True, {200, 304}, True)


@pytest.mark.row(24, 25)
def test_a_server_that_answers_304_to_everything_is_found_out(blog, tmp_path):
    blog.sitemap, blog.validators = "undated", "lying"
    night(blog, tmp_path)
    for entry in blog.entries.values():
        entry.edits += 1
    night(blog, tmp_path)
    assert trust(tmp_path)["validators"] == "doubted"
    night(blog, tmp_path)
    assert [revisions for _, revisions, _ in states(tmp_path).values()] == [2] * 31


@pytest.mark.row(57)
def test_pages_that_differ_on_every_load_make_no_revision(blog, tmp_path):
    blog.sitemap, blog.nonce = "undated", True
    night(blog, tmp_path)
    report = night(blog, tmp_path)
    assert (report["changed"], ask(tmp_path, "select count(*) from revisions")) == (0, [31])


def test_every_fetch_says_why(blog, tmp_path):
    night(blog, tmp_path)
    blog.entries["/notes/7-saucer/"].edits += 1
    night(blog, tmp_path)
    reasons = set(ask(tmp_path, "select reason from fetches where run_id = 2"))
    assert {"every night", "sitemap says it changed", "its turn"} >= reasons >= {"sitemap says it changed"}
