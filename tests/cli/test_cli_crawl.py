import json
import os
import signal
import sqlite3
import time

import pytest
from cli_samples import Gate, build_blog, copydesk, serving, start, write

from pipeline.store.db import open_store
from pipeline.store.lock import run_lock


def ask(path, sql):
    conn = sqlite3.connect(path)
    try:
        return [row[0] for row in conn.execute(sql)]
    finally:
        conn.close()


@pytest.fixture
def site(tmp_path):
    """A blog's folder and a way to change it, served on loopback."""
    root = tmp_path / "site"
    with serving(root) as base:
        yield build_blog(root, base), base


def test_a_blog_is_crawled_once_and_then_only_asked(tmp_path, site):
    base = site[1]
    first = copydesk("crawl", base, "--json", cwd=tmp_path)
    report = json.loads(first.stdout)["sites"][0]
    assert (first.returncode, first.stderr, report["state"]) == (0, "", "complete")
    assert (report["posts"], report["new"], report["flags"]["broken-form"]) == (5, 5, 1)
    second = copydesk("crawl", base, cwd=tmp_path)
    assert (second.returncode, "nothing new" in second.stdout) == (0, True)
    assert ask(tmp_path / "copydesk.db", "select count(*) from revisions") == [5]


def test_a_mended_post_closes_its_flag(tmp_path, site):
    root, base = site
    copydesk("crawl", base, cwd=tmp_path)
    time.sleep(1.1)  # Last-Modified counts whole seconds
    build_blog(root, base, fixed=True)
    done = copydesk("crawl", base, cwd=tmp_path)
    states = ask(tmp_path / "copydesk.db", "select state from flags where rule = 'broken-form'")
    revisions = ask(tmp_path / "copydesk.db", "select max(number) from revisions group by post_id order by 1")
    assert (done.returncode, states, revisions) == (0, ["fixed"], [1, 1, 1, 1, 2])


def test_processing_again_changes_nothing(tmp_path, site):
    copydesk("crawl", site[1], cwd=tmp_path)
    before = copydesk("export", "posts", cwd=tmp_path).stdout
    done = copydesk("process", "--json", cwd=tmp_path)
    report = json.loads(done.stdout)["sites"][0]
    assert (done.returncode, report["posts"], report["new"], report["rewritten"]) == (0, 5, 0, 0)
    assert copydesk("export", "posts", cwd=tmp_path).stdout == before


def test_a_page_can_be_explained(tmp_path, site):
    copydesk("crawl", site[1], cwd=tmp_path)
    done = copydesk("process", "--json", "--explain", f"{site[1]}/post-1/", cwd=tmp_path)
    steps = json.loads(done.stdout)
    assert list(steps) == "page site body blocks left_out fields kind witnesses post".split()
    assert steps["post"]["title"] == "Cup number 1"


def test_folder_and_warc_bring_the_same_posts_as_the_network(tmp_path, site):
    copydesk("crawl", site[1], cwd=tmp_path)
    warcs = sorted((tmp_path / "archive").glob("*.warc.gz"))
    copydesk("crawl", *warcs, "--db", "warc.db", cwd=tmp_path)
    copydesk("crawl", site[0], "--db", "folder.db", cwd=tmp_path)
    exports = [
        copydesk("export", "posts", "--db", f"{n}.db", cwd=tmp_path).stdout
        for n in ("copydesk", "warc", "folder")
    ]
    assert exports[0].count("\n") == 5
    assert exports[0] == exports[1] == exports[2]


def test_an_export_is_what_extract_prints(tmp_path, site):
    copydesk("crawl", site[1], cwd=tmp_path)
    exported = json.loads(copydesk("export", "posts", cwd=tmp_path).stdout.splitlines()[0])
    address = f"{site[1]}/post-1/"
    extracted = json.loads(
        copydesk("extract", site[0] / "post-1" / "index.html", "--url", address, cwd=tmp_path).stdout
    )
    assert exported == extracted


def test_a_site_without_posts_says_what_was_seen(tmp_path):
    write(tmp_path / "site", "/", "<!doctype html><title>Shop</title><p>Buy <a href='/a/'>this</a>.")
    write(tmp_path / "site", "/a/", "<!doctype html><title>A</title><p>Ten coins.")
    with serving(tmp_path / "site") as base:
        done = copydesk("crawl", base, cwd=tmp_path)
    assert done.returncode == 3
    assert f"no posts found in 2 pages of {base}/: seen were" in done.stdout


@pytest.mark.parametrize(("status", "code"), [(500, 3), (404, 3), (403, 4)])
def test_a_site_that_answers_with_an_error_is_reported(tmp_path, status, code):
    with serving(tmp_path, status=status) as base:
        done = copydesk("crawl", base, "--json", cwd=tmp_path)
    assert done.returncode in (code, 4)  # a robots.txt that fails refuses everything
    assert json.loads(done.stdout)["sites"][0]["posts"] == 0


def test_nobody_listening_is_reported(tmp_path):
    done = copydesk("crawl", "http://127.0.0.1:9/", cwd=tmp_path)
    assert done.returncode in (3, 4)
    assert "127.0.0.1:9" in done.stdout


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("nowhere", "no address, no folder"),
        ("ftp://blog.example/", "http or https"),
        ("gone.warc.gz", "no file"),
        ("letter.txt", "copydesk extract"),
        ("broken.warc", "not a WARC file"),
        ("empty", "no HTML file"),
    ],
)
def test_a_target_that_is_none_is_refused_before_anything_is_made(tmp_path, target, words):
    (tmp_path / "letter.txt").write_text("Dear Bo")
    (tmp_path / "broken.warc").write_text("Dear Bo")
    (tmp_path / "empty").mkdir()
    done = copydesk("crawl", target, cwd=tmp_path)
    assert (done.returncode, done.stdout, (tmp_path / "copydesk.db").exists()) == (2, "", False)
    assert words in done.stderr


@pytest.mark.row(70)
def test_a_second_run_exits_75_and_writes_nothing(tmp_path, site):
    with run_lock(tmp_path / "copydesk.db"):
        done = copydesk("crawl", site[1], cwd=tmp_path)
    assert (done.returncode, (tmp_path / "copydesk.db").exists()) == (75, False)
    assert f"process {os.getpid()} (copydesk" in done.stderr


@pytest.mark.row(73)
def test_a_foreign_database_exits_5(tmp_path, site):
    (tmp_path / "copydesk.db").write_text("a letter to Bo, not a database")
    done = copydesk("crawl", site[1], cwd=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (5, 1)
    assert "not an SQLite database" in done.stderr


def test_flags_can_fail_the_run(tmp_path, site):
    assert copydesk("crawl", site[0], "--fail-on", "error", cwd=tmp_path).returncode == 1
    build_blog(site[0], site[1], fixed=True)
    assert copydesk("crawl", site[0], "--fail-on", "error", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.row(77)
def test_a_signal_stops_the_run_and_keeps_what_was_fetched(tmp_path, number, code):
    root, gate = tmp_path / "site", Gate(20)
    with serving(root, gate=gate) as base:
        build_blog(root, base, posts=40)
        with start("crawl", base, cwd=tmp_path) as child:
            gate.wait()
            child.send_signal(number)
            gate.open()
            out, _ = child.communicate(timeout=60)
        kept = ask(tmp_path / "copydesk.db", "select count(*) from posts")[0]
        assert (child.returncode, "stopped after" in out, 0 < kept < 40) == (code, True, True)
        resumed = copydesk("crawl", base, cwd=tmp_path)
    assert (resumed.returncode, ask(tmp_path / "copydesk.db", "select count(*) from posts")) == (0, [40])


@pytest.mark.row(71)
def test_a_kill_loses_no_post(tmp_path):
    root, gate = tmp_path / "site", Gate(15)
    with serving(root, gate=gate) as base:
        build_blog(root, base, posts=30)
        with start("crawl", base, cwd=tmp_path) as child:
            gate.wait()
            child.kill()
            child.communicate()
        gate.open()
        resumed = copydesk("crawl", base, cwd=tmp_path)
    assert (resumed.returncode, resumed.stderr) == (0, "")
    assert ask(tmp_path / "copydesk.db", "select count(*) from posts") == [30]
    assert ask(tmp_path / "copydesk.db", "select state from runs order by id") == ["stopped", "complete"]


def test_a_crawl_goes_on_beside_a_reader(tmp_path, site):
    db = open_store(tmp_path / "copydesk.db")
    assert copydesk("crawl", site[0], cwd=tmp_path).returncode == 0
    assert db.table("posts").count == 5
    db.conn.close()
