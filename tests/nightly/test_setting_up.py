"""From a configuration to a schedule: crawl without a target, site, status, diff, backup, restore."""

import json
import os
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from nightly.blog import Blog, serving
from nightly.night import ask, copydesk, night
from nightly.script import Month

from pipeline.store.lock import run_lock

SECRETS = {"BLOG_USER": "ann", "BLOG_PASSWORD": "s3cret-word"}
TWO = """
[site.one]
url = "{one}/"
allow_private = true
user_env = "BLOG_USER"
password_env = "BLOG_PASSWORD"
{more}
[site.two]
url = "{two}/"
allow_private = true
"""


@pytest.fixture
def blogs():
    with serving(Blog()) as one, serving(Blog()) as two:
        for blog in (one, two):
            blog.fill(12, leftovers=1)
        yield one, two


def configure(folder, blogs, more=""):
    (folder / "copydesk.toml").write_text(TWO.format(one=blogs[0].base, two=blogs[1].base, more=more))
    return {**os.environ, **SECRETS}


def crawl(folder, environment, *more):
    words = ["-m", "pipeline.cli", "crawl", *more]
    command = [__import__("sys").executable, *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_a_killed_run_is_told_from_one_at_work(blogs, tmp_path):
    crawl(tmp_path, configure(tmp_path, blogs))
    with closing(sqlite3.connect(tmp_path / "copydesk.db")) as conn, conn:
        conn.execute("update runs set state = 'running', finished_at = null")
    assert "killed before it could report" in copydesk("status", cwd=tmp_path).stdout
    with run_lock(tmp_path / "copydesk.db"):
        assert f"at work now: process {os.getpid()}" in copydesk("status", cwd=tmp_path).stdout


def test_all_sites_are_crawled_and_one_that_fails_stops_no_other(blogs, tmp_path):
    blogs[0].down = True
    done = crawl(tmp_path, configure(tmp_path, blogs), "--json")
    states = {site["site"]: site["state"] for site in json.loads(done.stdout)["sites"]}
    assert (done.returncode, states) == (4, {"one": "refused", "two": "complete"})
    assert ask(tmp_path, "select site_id, count(*) from posts group by 1") == [("two", 12)]


def test_a_site_that_cannot_be_stored_stops_no_other(blogs, tmp_path):
    environment = configure(tmp_path, blogs)
    crawl(tmp_path, environment)
    with closing(sqlite3.connect(tmp_path / "copydesk.db")) as conn, conn:
        conn.execute(
            "update revisions set part_hashes = '{' where post_id in"
            " (select id from posts where site_id = 'one')"
        )
    for blog in blogs:
        blog.entries["/notes/7-saucer/"].edits += 1
    done = crawl(tmp_path, environment, "--json")
    found = {site["site"]: (site["state"], site["changed"]) for site in json.loads(done.stdout)["sites"]}
    assert (done.returncode, found) == (70, {"one": ("failed", 0), "two": ("complete", 1)})
    assert [site["posts"] for site in json.loads(done.stdout)["sites"]] == [12, 12]
    assert ask(tmp_path, "select state from runs order by id desc limit 2") == ["complete", "failed"]


def test_secrets_are_sent_and_written_nowhere(blogs, tmp_path):
    done = crawl(tmp_path, configure(tmp_path, blogs), "--json")
    assert done.returncode == 0
    unpacked = subprocess.run(
        "cat archive/*.gz | gzip -dc", shell=True, cwd=tmp_path, capture_output=True, check=True
    )
    everything = (
        unpacked.stdout
        + done.stdout.encode()
        + done.stderr.encode()
        + (tmp_path / "copydesk.db").read_bytes()
    )
    assert (b"YW5uO" in everything, b"s3cret-word" in everything, b"WARC/1.1" in everything) == (
        False,
        False,
        True,
    )


def test_a_missing_secret_is_named_and_keeps_no_other_site_waiting(blogs, tmp_path):
    environment = configure(tmp_path, blogs)
    del environment["BLOG_PASSWORD"]
    done = crawl(tmp_path, environment)
    assert (done.returncode, "BLOG_PASSWORD" in done.stdout, blogs[0].log) == (2, True, [])
    assert ask(tmp_path, "select site_id, count(*) from posts group by 1") == [("two", 12)]


def test_a_budget_is_never_exceeded_also_not_after_a_kill(blogs, tmp_path):
    environment = configure(tmp_path, blogs, more="budget = 8")
    first = json.loads(crawl(tmp_path, environment, "--json").stdout)["sites"][0]
    assert (first["state"], first["requests"], "budget" in first["message"]) == ("partial", 8, True)
    assert len(blogs[0].log) == 8
    with closing(sqlite3.connect(tmp_path / "copydesk.db")) as conn, conn:
        conn.execute("update runs set requests = 0, finished_at = null where site_id = 'one'")
    second = json.loads(crawl(tmp_path, environment, "--json").stdout)["sites"][0]
    assert (second["requests"] <= 1, second["requests"]) == (True, len(blogs[0].log) - 8)


def test_a_budget_that_ends_with_the_last_page_leaves_nothing_open(blogs, tmp_path):
    needed = night(blogs[0], tmp_path)["requests"]
    for budget, state in ((needed - 1, "partial"), (needed, "complete")):
        folder = tmp_path / str(budget)
        folder.mkdir()
        only = TWO.partition("[site.two]")[0].format(one=blogs[0].base, more=f"budget = {budget}")
        (folder / "copydesk.toml").write_text(only)
        done = crawl(folder, {**os.environ, **SECRETS}, "--json")
        assert json.loads(done.stdout)["sites"][0]["state"] == state


def test_outside_its_hours_a_site_is_not_asked_at_all(blogs, tmp_path):
    later = [datetime.now(UTC) + timedelta(hours=hours) for hours in (2, 3)]
    environment = configure(tmp_path, blogs, more=f'hours = "{later[0]:%H:%M}-{later[1]:%H:%M}"')
    one, two = json.loads(crawl(tmp_path, environment, "--json").stdout)["sites"]
    assert (one["state"], "have not begun" in one["message"], blogs[0].log) == ("partial", True, [])
    assert (two["state"], two["new"]) == ("complete", 12)


def test_cron_runs_the_printed_line_in_a_bare_environment(blogs, tmp_path):
    blogs[0].password = "Basic YW5uOnMzY3JldC13b3Jk"
    (tmp_path / "copydesk.env").write_text("BLOG_USER=ann\nBLOG_PASSWORD='s3cret-word'\n")
    names = ("--user-env", "BLOG_USER", "--password-env", "BLOG_PASSWORD")
    copydesk("init", blogs[0].base, *names, cwd=tmp_path, env=SECRETS)
    printed = copydesk("schedule", cwd=tmp_path).stdout
    line = next(line for line in printed.splitlines() if " * * * " in line)
    bare = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    bare |= {"PYTHONPATH": os.environ["PYTHONPATH"]} if "PYTHONPATH" in os.environ else {}
    shell = ["sh", "-c", line.split(" * * * ", 1)[1].replace("\\%", "%")]
    done = subprocess.run(
        shell, cwd="/", env=bare, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert ask(tmp_path, "select count(*) from posts") == [12]


def test_status_tells_nothing_found_from_nothing_looked_at(blogs, tmp_path):
    blogs[0].down = True
    blogs[1].entries["/notes/1-pot/"].leftover = False
    crawl(tmp_path, configure(tmp_path, blogs))
    text = copydesk("status", cwd=tmp_path).stdout
    assert "no data: nothing was checked yet" in text
    assert "0 flags in 12 posts checked" in text
    counts = "14 fetched, 0 unchanged; posts 12 new, 0 changed, 0 gone; 0 failed (no page: "
    assert counts in " ".join(text.split())
    flags = [site["flags"] for site in json.loads(copydesk("status", "--json", cwd=tmp_path).stdout)["sites"]]
    assert flags == [None, {"error": 0, "warning": 0, "info": 0}]


def test_diff_says_in_words_what_changed(blogs, tmp_path):
    blog = blogs[0]
    copydesk("crawl", blog.base, cwd=tmp_path)
    blog.entries["/notes/7-saucer/"].edits += 1
    Month(blog, tmp_path).move(8)
    gone = blog.entries["/notes/9-honey/"]
    gone.status = 410
    blog.add(13)
    copydesk("crawl", blog.base, cwd=tmp_path)
    said = copydesk("diff", cwd=tmp_path).stdout
    assert "It was read through 1 times." in said
    assert f"from {blog.base}/notes/8-lemon/" in said
    assert kinds(said) == ["new", "changed", "moved", "gone"]
    gone.status = 200
    copydesk("crawl", blog.base, cwd=tmp_path)
    assert kinds(copydesk("diff", cwd=tmp_path).stdout) == ["returned"]
    assert "nothing changed" in copydesk("diff", "--since", "3", cwd=tmp_path).stdout


def kinds(said):
    return [line.split()[1] for line in said.splitlines() if line[:4].isdigit()]


def test_a_site_is_paused_resumed_and_removed(blogs, tmp_path):
    environment = configure(tmp_path, blogs)
    crawl(tmp_path, environment)
    copydesk("site", "pause", "one", cwd=tmp_path)
    assert len(json.loads(crawl(tmp_path, environment, "--json").stdout)["sites"]) == 1
    copydesk("site", "pause", "two", cwd=tmp_path)
    idle = crawl(tmp_path, environment)
    assert (idle.returncode, idle.stdout, "every site is paused" in idle.stderr) == (0, "", True)
    assert "would remove 12 posts" in copydesk("site", "remove", "one", cwd=tmp_path).stdout
    assert copydesk("site", "remove", "one", "--with-history", "--yes", cwd=tmp_path).returncode == 0
    assert ask(tmp_path, "select site_id, count(*) from posts group by 1") == [("two", 12)]
    assert ask(tmp_path, "pragma foreign_key_check") == []
    assert ask(tmp_path, "select id from sites") == ["two"]


def test_a_backup_is_checked_and_restored(blogs, tmp_path):
    copydesk("crawl", blogs[0].base, cwd=tmp_path)
    assert copydesk("backup", "copy.db", cwd=tmp_path).stdout.startswith("copy.db: 12 posts")
    assert copydesk("backup", "copy.db", cwd=tmp_path).returncode == 5
    (tmp_path / "copydesk.db").write_bytes(b"SQLite format 3\x00 and then nothing that makes sense")
    done = copydesk("restore", "copy.db", cwd=tmp_path)
    assert (done.returncode, ask(tmp_path, "select count(*) from posts")) == (0, [12])
    (tmp_path / "copy.db").write_bytes((tmp_path / "copy.db").read_bytes()[:9000])
    assert copydesk("restore", "copy.db", cwd=tmp_path).returncode == 5
