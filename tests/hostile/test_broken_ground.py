"""What the machine, its clock and its keepers can do to a run: nothing is lost; the exit code says which."""

import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
from crawler_server import Server
from hostile.blogs import home, post, post_html
from hostile.rude import paths
from nightly.night import COMMAND, ask, copydesk

from pipeline.archive.folder import list_site
from pipeline.errors import StoreError
from pipeline.store import db as store_db

CAN_MOUNT = shutil.which("unshare") and not subprocess.call(["unshare", "-rm", "true"], stderr=-3)
FULL = """
set -u
mount -t tmpfs -o size=40m none "$1" || exit 99
cd "$1"
crawl() { "$2" -c 'from pipeline.cli.main import main; main()' crawl "$1" --db c.db >out 2>err; echo $?; }
crawl "$3" "$2"
dd if=/dev/zero of=filler bs=4k 2>/dev/null
truncate -s -"$5" filler
crawl "$4" "$2"
cat err >&2
rm filler
crawl "$4" "$2"
cp c.db "$6"
"""
LEFTOVER = "<p>Take care. Error: Contact form not found.</p>"


@pytest.fixture
def blog() -> Iterator[Server]:
    server = Server()
    server.routes |= {"/": home(*paths(3))} | {path: post(number) for number, path in enumerate(paths(3))}
    yield server
    server.close()


@pytest.mark.row(68)
@pytest.mark.skipif(not CAN_MOUNT, reason="NOT TESTED: a full disk, for no small one can be mounted here")
def test_a_full_disk_ends_the_run_and_the_next_goes_on(tmp_path):
    small, large, disk = (tmp_path / name for name in ("small", "large", "disk"))
    for folder, count in ((small, 3), (large, 60)):
        folder.mkdir()
        for number in range(count):
            (folder / f"p{number}.html").write_text(post_html(number, words=900))
    disk.mkdir()
    words = [str(disk), sys.executable, str(small), str(large), "300k", str(tmp_path / "copydesk.db")]
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", FULL, "sh", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["0", "5", "0"], done.stderr
    assert "free some space" in done.stderr
    assert ask(tmp_path, "select count(*) from posts") == [60]
    assert ask(tmp_path, "pragma integrity_check") == ["ok"]


@pytest.mark.row(73)
def test_a_damaged_database_is_not_written_to_and_the_way_out_is_told(blog, tmp_path):
    copydesk("crawl", f"{blog.url}/", cwd=tmp_path)
    path = tmp_path / "copydesk.db"
    damaged = bytearray(path.read_bytes())
    damaged[8192 : len(damaged) // 2] = b"\x5a" * (len(damaged) // 2 - 8192)
    path.write_bytes(damaged)
    done = copydesk("crawl", f"{blog.url}/", cwd=tmp_path)
    assert (done.returncode, ".recover" in done.stderr, path.read_bytes() == damaged) == (5, True, True)


@pytest.mark.row(75)
def test_a_network_drive_is_refused(tmp_path, monkeypatch):
    kind = store_db._file_system(tmp_path.resolve())
    monkeypatch.setattr(store_db, "NETWORK_FILE_SYSTEMS", {kind})
    with pytest.raises(StoreError, match=f"network drive .{kind}"):
        store_db.open_store(tmp_path / "c.db")


@pytest.mark.row(76)
def test_what_a_wrong_clock_wrote_does_not_hold_up_the_next_run(blog, tmp_path):
    blog.routes["/p1"] = post(1, body=LEFTOVER)
    copydesk("crawl", f"{blog.url}/", cwd=tmp_path)
    with closing(sqlite3.connect(tmp_path / "copydesk.db")) as conn, conn:
        for table, column in conn.execute(
            "select m.name, c.name from sqlite_master m, pragma_table_info(m.name) c"
            " where m.type = 'table' and c.name like '%\\_at' escape '\\' and m.name not like 'sqlite%'"
        ).fetchall():
            conn.execute(f"update [{table}] set [{column}] = '2099' || substr([{column}], 5)")
    blog.routes["/p1"] = post(1)
    done = copydesk("crawl", f"{blog.url}/", cwd=tmp_path)
    assert (done.returncode, ask(tmp_path, "select state from flags")) == (0, ["fixed"])
    assert ask(tmp_path, "select max(id), (select max(last_run_id) from posts) from runs") == [(2, 2)]


@pytest.mark.row(77)
def test_a_second_signal_ends_the_run_at_once_and_loses_nothing(tmp_path):
    server = Server()
    server.routes |= {"/": home(*paths(30))} | {path: post(number) for number, path in enumerate(paths(30))}
    server.routes["/p9"] = lambda connection, head: time.sleep(60)
    child = subprocess.Popen([*COMMAND, "crawl", f"{server.url}/", "--delay", "0.02"], cwd=tmp_path)
    while "/p9" not in server.asked:
        time.sleep(0.02)
    while child.poll() is None:
        child.send_signal(signal.SIGTERM)  # two that come before the first was noticed count as one
        time.sleep(0.5)
    assert child.returncode == -signal.SIGTERM
    server.routes["/p9"] = post(9)
    assert copydesk("crawl", f"{server.url}/", cwd=tmp_path).returncode == 0
    assert ask(tmp_path, "select count(*) from posts") == [30]
    server.close()


@pytest.mark.row(78)
@pytest.mark.parametrize(
    ("more", "line"),
    [
        ("colour = 'red'\n", "line 4"),
        ("[site.one]\nurl = 'http://b.example/'\n", "line 4"),
        ("delay = 'soon'\n", "line 4"),
        ("hours = '25:00-26:00'\n", "line 4"),
        ("[rules]\nignore = ['(unclosed']\n", "line"),
    ],
)
def test_a_wrong_configuration_stops_the_run_before_its_first_request(blog, tmp_path, more, line):
    text = f"[site.one]\nurl = '{blog.url}/'\nallow_private = true\n{more}"
    (tmp_path / "copydesk.toml").write_text(text)
    done = copydesk("crawl", cwd=tmp_path)
    assert (done.returncode, line in done.stderr, blog.asked) == (2, True, []), done.stderr


@pytest.mark.row(66)
def test_file_names_that_differ_in_case_are_two_addresses(tmp_path):
    for name in ("Tea.html", "tea.html"):
        (tmp_path / name).write_text(post_html(1))
    assert [file.url for file in list_site(tmp_path)[1]] == [
        f"http://localhost/{n}.html" for n in ("Tea", "tea")
    ]


@pytest.mark.row(13)
def test_a_run_without_certificates_says_so(blog, tmp_path):
    (tmp_path / "copydesk.toml").write_text(
        f"[site.one]\nurl = '{blog.url}/'\nallow_private = true\ninsecure = true\n"
    )
    assert "Its certificate was not checked." in copydesk("crawl", cwd=tmp_path).stdout
