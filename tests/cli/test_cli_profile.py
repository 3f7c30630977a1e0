"""`copydesk profile`, profiles in a folder, and `process --explain`, as a user calls them."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from cli_samples import build_blog, copydesk, serving, write

from pipeline.site.profile import read_profile

BODY = '<main class="{name}"><h1>{title}</h1><p>{first}</p><p>{banner}</p></main><p class="by">By Lou Ray</p>'
BANNER = "Support the workshop with a small gift and get our thanks in return."
OLD, NEW = range(2011, 2017), range(2018, 2024)


def build_eras(root: Path) -> None:
    """A blog whose body moved: two templates, six posts each."""
    links = []
    for year in (*OLD, *NEW):
        text = BODY.format(
            name="story" if year in OLD else "prose",
            title=f"Year {year}",
            first=" ".join(f"{chr(year - 1914)}{letter} is what nobody else says." for letter in "abcdefgh"),
            banner=BANNER,
        )
        head = f'<meta property="article:published_time" content="{year}-03-04"><title>Year {year}</title>'
        write(root, f"/{year}/tale/", f"<html><head>{head}</head><body>{text}</body></html>")
        links.append(f'<li><a href="/{year}/tale/">{year}</a></li>')
    write(root, "/", f"<html><title>Tales</title><body><ul>{''.join(links)}</ul></body></html>")


@pytest.fixture
def crawled(tmp_path: Path):
    root = tmp_path / "site"
    root.mkdir()
    build_eras(root)
    with serving(root) as base:
        copydesk("crawl", base, "--site", "tales", cwd=tmp_path)
        yield base


def test_eras_are_found_and_the_draft_loads_again(tmp_path, crawled):
    done = copydesk("profile", "tales", cwd=tmp_path)
    profile = read_profile(done.stdout, "tales")
    eras = [(era.until, era.body) for era in profile.eras]
    assert (done.returncode, eras) == (0, [("2016-03-04", "main.story"), (None, "main.prose")])
    assert "# Confidence 1.00: 12 of 12 posts" in done.stdout
    assert f"#   6 pages share: {BANNER}" in done.stdout


def test_a_post_unlike_the_others_is_named_where_people_look(tmp_path):
    root = tmp_path / "site"
    root.mkdir()
    build_eras(root)
    odd = f"<table><tr><td>{'Nobody else says this of the year. ' * 9}</td></tr></table>"
    write(root, "/2024/odd/", f"<html><title>Odd</title><body><time>2024-05-06</time>{odd}</body></html>")
    home = (root / "index.html").read_text()
    write(root, "/", home.replace("</ul>", "<li><a href='/2024/odd/'>Odd</a></li></ul>"))
    with serving(root) as base:
        done = copydesk("crawl", base, "--site", "tales", cwd=tmp_path)
    assert f"1 post is unlike the others: {base}/2024/odd/ (copydesk profile tales)" in done.stdout
    assert "(1 post unlike the others)" in copydesk("status", cwd=tmp_path).stdout


def test_a_saved_draft_changes_nothing_and_a_correction_wins(tmp_path, crawled):
    (tmp_path / "profiles").mkdir()
    draft = copydesk("profile", "tales", cwd=tmp_path).stdout
    (tmp_path / "profiles" / "tales.toml").write_text(draft)
    again = json.loads(copydesk("process", "--json", cwd=tmp_path).stdout)["sites"][0]
    (tmp_path / "profiles" / "tales.toml").write_text(f'authors = ".by"\n{draft}')
    corrected = copydesk("process", cwd=tmp_path)
    record = json.loads(copydesk("export", "posts", cwd=tmp_path).stdout.splitlines()[0])
    assert (again["posts"], again["rewritten"], corrected.returncode) == (12, 0, 0)
    assert (record["authors"], record["provenance"]["authors"]) == (["By Lou Ray"], "profile")


def test_a_wrong_profile_stops_the_run_before_it_starts(tmp_path, crawled):
    (tmp_path / "other.toml").write_text("boddy = 'main'")
    done = copydesk("process", "--site", "tales", "--profile", "other.toml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("copydesk: profile other: unknown key 'boddy'; known are ")


def test_every_step_of_a_page_is_told(tmp_path, crawled):
    done = copydesk("process", "--explain", f"{crawled}/2012/tale/", cwd=tmp_path)
    assert "  learned from 13 pages, confidence 1.00" in done.stdout
    assert f"  drop paragraph: {BANNER}  (shared by 6 pages of its layout)" in done.stdout
    assert "  p.by: stands outside the body" in done.stdout
    assert "  published  2012-03-04  (meta)\n             meta says 2012-03-04" in done.stdout


def test_a_site_that_is_not_there_is_named(tmp_path):
    with serving(tmp_path / "site") as base:
        copydesk("crawl", build_blog(tmp_path / "site", base), cwd=tmp_path)
    done = copydesk("profile", "elsewhere", cwd=tmp_path)
    assert (done.returncode, "elsewhere" in done.stderr) == (2, True)


def test_what_was_learned_stands_in_the_row_of_the_site(tmp_path, crawled):
    with closing(sqlite3.connect(tmp_path / "copydesk.db")) as conn:
        template = json.loads(conn.execute("select template from sites").fetchone()[0])
        sure = conn.execute("select template_confidence from runs").fetchall()
    assert (template["posts"], template["confidence"], sure) == (12, 1.0, [(1.0,)])
    assert [layout["last"] for layout in template["layouts"].values()] == ["2023-03-04", "2016-03-04"]


def test_one_page_and_one_crawl_can_be_read_by_a_profile(tmp_path):
    build_eras(tmp_path / "site")
    (tmp_path / "own.toml").write_text('authors = ".by"\nedit_url = "https://cms.example/{slug}"')
    page = tmp_path / "site/2012/tale/index.html"
    one = copydesk("extract", page, "--url", "https://a.example/tale", "--profile", "own.toml", cwd=tmp_path)
    copydesk("crawl", "site", "--profile", "own.toml", cwd=tmp_path)
    posts = copydesk("export", "posts", cwd=tmp_path).stdout.splitlines()
    assert json.loads(one.stdout)["edit_url"] == "https://cms.example/tale"
    assert {tuple(json.loads(post)["authors"]) for post in posts} == {("By Lou Ray",)}


def test_where_the_cms_edits_a_post_is_remembered_even_when_nothing_else_is_new(tmp_path):
    build_eras(tmp_path / "site")
    copydesk("crawl", "site", "--base-url", "https://a.example/", "--site", "a", cwd=tmp_path)
    (tmp_path / "copydesk.toml").write_text(
        '[site.a]\nurl = "https://a.example/"\nedit_url = "https://cms.example/{slug}"'
    )
    copydesk("crawl", "site", "--base-url", "https://a.example/", "--site", "a", cwd=tmp_path)
    with closing(sqlite3.connect(tmp_path / "copydesk.db")) as conn:
        assert conn.execute("select edit_url from sites").fetchone() == ("https://cms.example/{slug}",)


def test_an_edit_url_that_cannot_be_filled_is_refused_with_its_place(tmp_path):
    (tmp_path / "copydesk.toml").write_text(
        '[site.a]\nurl = "https://a.example/"\nedit_url = "https://cms.example/{ID}"'
    )
    done = copydesk("crawl", cwd=tmp_path)
    assert (done.returncode, "line 3, site.a.edit_url: asks for {ID}" in done.stderr) == (2, True)


def test_a_profile_is_of_one_site(tmp_path):
    (tmp_path / "own.toml").write_text('body = "main"')
    done = copydesk("process", "--profile", "own.toml", cwd=tmp_path)
    said = "copydesk: --profile describes one site; name it with --site\n"
    assert (done.returncode, done.stderr) == (2, said)
