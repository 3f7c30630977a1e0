"""The whole line as a person meets it: a blog over HTTP, the command line, Datasette over HTTP, a browser."""

import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from browser import launch, watched_page
from playwright.sync_api import sync_playwright

from pipeline.sample.build import build
from pipeline.sample.compare import Comparison, compare
from pipeline.sample.serve import address_of, serve

COPYDESK = str(Path(sys.executable).with_name("copydesk"))

pytestmark = pytest.mark.slow


class Crawled(NamedTuple):
    """The sample blog after a crawl."""

    db: Path
    truth: Path
    report: dict[str, Any]


def copydesk(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [COPYDESK, *map(str, words)], capture_output=True, text=True, check=False, timeout=120
    )


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The sample blog's address and truth, while it is served."""
    folder = tmp_path_factory.mktemp("sample")
    with serve(folder / "site") as server:
        yield address_of(server), build(folder / "site", address_of(server))


@pytest.fixture(scope="module")
def crawled(blog: tuple[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    folder = tmp_path_factory.mktemp("crawled")
    db = folder / "my blog.db"
    done = copydesk("crawl", blog[0], *places(folder, db.name), "--json")
    assert done.returncode == 0, done.stderr
    return Crawled(db, blog[1], json.loads(done.stdout))


@pytest.fixture(scope="module")
def comparison(crawled: Crawled) -> Comparison:
    return compare(exported(crawled.db), crawled.truth)


@pytest.fixture(scope="module")
def datasette(crawled: Crawled) -> Iterator[str]:
    """The address of `copydesk serve`."""
    command = [COPYDESK, "serve", str(crawled.db), "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    address = process.stdout.readline().split()[-1].rstrip("/")
    try:
        yield wait_for(address)
    finally:
        process.terminate()
        process.wait(60)
        process.stdout.close()


def wait_for(address: str) -> str:
    for _ in range(900):
        try:
            with urlopen(f"{address}/-/versions.json"):
                return address
        except URLError:
            time.sleep(0.1)
    raise TimeoutError(f"{address} does not answer")


def ask(address: str, path: str) -> Any:
    with urlopen(f"{address}{path}") as answer:
        return json.load(answer)


def truth_of(crawled: Crawled) -> list[dict[str, Any]]:
    return [json.loads(line) for line in crawled.truth.read_text(encoding="utf-8").splitlines()]


def test_a_crawl_finds_every_post_and_nothing_else(comparison: Comparison) -> None:
    assert (comparison.posts_found, comparison.not_posts) == (comparison.posts_total, ())


def test_a_crawl_finds_every_leftover_and_flags_no_lookalike(comparison: Comparison) -> None:
    assert [line for score in comparison.rules for line in (*score.missed, *score.false_alarms)] == []
    assert comparison.lookalikes_flagged == ()


def test_a_crawl_reads_metadata_sections_and_text_right(comparison: Comparison) -> None:
    assert {name: value for name, value in comparison.fields.items() if value < 0.99} == {}


def test_the_report_counts_what_is_stored(crawled: Crawled) -> None:
    site = crawled.report["sites"][0]
    assert (site["state"], site["posts"]) == ("complete", len(truth_of(crawled)))


def test_datasette_shows_every_post_with_its_title(crawled: Crawled, datasette: str) -> None:
    rows = ask(datasette, "/my+blog/posts.json?_shape=array&_size=max")
    assert sorted(row["title"] for row in rows) == sorted(fact["title"] for fact in truth_of(crawled))


def test_datasette_shows_every_flag(crawled: Crawled, datasette: str) -> None:
    rows = ask(datasette, "/my+blog/flags.json?_shape=array&_size=max")
    assert len(rows) == sum(crawled.report["sites"][0]["flags"].values())


def test_datasette_finds_a_word_in_the_posts(datasette: str) -> None:
    rows = ask(datasette, "/my+blog/posts.json?_shape=array&_search=ladder")
    assert rows
    assert all("ladder" in f"{row['title']} {row['text']}".lower() for row in rows)


def test_every_canned_question_answers(datasette: str) -> None:
    known = ask(datasette, "/-/metadata.json")["databases"]["my blog"]["queries"]
    plain = [name for name, query in known.items() if ":" not in query["sql"]]
    assert len(known) >= 15
    assert all(ask(datasette, f"/my+blog/{name}.json?_shape=array") is not None for name in plain)


@pytest.mark.browser
def test_a_person_clicks_from_the_front_page_to_a_post(datasette: str) -> None:
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        if chromium is None:
            pytest.skip("NOT TESTED: no browser was found, so nobody clicked through Datasette")
        with watched_page(chromium) as watched:
            watched.page.goto(datasette)
            watched.page.get_by_role("link", name="Posts to mend", exact=True).click()
            watched.page.get_by_role("link", name="An umbrella is a small bridge").first.click()
            watched.page.get_by_role("heading", name="An umbrella is a small bridge").first.wait_for()
            assert ("/post/" in watched.page.url, watched.trouble) == (True, [])


def test_a_second_crawl_changes_nothing(crawled: Crawled, blog: tuple[str, Path]) -> None:
    again = copydesk("crawl", blog[0], *places(crawled.db.parent, crawled.db.name), "--json")
    site = json.loads(again.stdout)["sites"][0]
    assert (again.returncode, site["new"], site["changed"]) == (0, 0, 0)


def test_processing_again_changes_nothing(crawled: Crawled) -> None:
    before = exported(crawled.db)
    done = copydesk("process", *places(crawled.db.parent, crawled.db.name))
    assert done.returncode == 0, done.stderr
    assert exported(crawled.db) == before


def test_a_folder_gives_what_its_server_gives(crawled: Crawled, tmp_path: Path) -> None:
    done = copydesk("crawl", crawled.truth.parent / "site", *places(tmp_path))
    assert done.returncode == 0, done.stderr
    assert titles(exported(tmp_path / "c.db")) == titles(exported(crawled.db))


def test_ctrl_c_keeps_what_was_fetched(blog: tuple[str, Path], tmp_path: Path) -> None:
    db, words = tmp_path / "c.db", places(tmp_path)
    slowly = [COPYDESK, "crawl", blog[0], *map(str, words), "--delay", "0.2"]
    process = subprocess.Popen(slowly, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until_fetched(db, 5)
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 130
    kept = fetched(db)
    assert copydesk("crawl", blog[0], *words).returncode == 0
    assert (kept >= 5, fetched(db) > kept, fetched_twice(db)) == (True, True, [])


def places(folder: Path, db: str = "c.db") -> list[str | Path]:
    return ["--db", folder / db, "--archive", folder / "archive"]


def exported(db: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in copydesk("export", "posts", "--db", db).stdout.splitlines()]


def titles(records: list[dict[str, Any]]) -> list[str]:
    return sorted(record["title"] for record in records)


def query(db: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(db)) as conn:
        return conn.execute(sql).fetchall()


def fetched(db: Path) -> int:
    return len(query(db, "select 1 from fetches where status = 200"))


def fetched_twice(db: Path) -> list[Any]:
    return query(db, "select url_id from fetches where outcome = 'new' group by url_id having count(*) > 1")


def wait_until_fetched(db: Path, pages: int) -> None:
    for _ in range(1800):
        try:
            if db.exists() and fetched(db) >= pages:
                return
        except sqlite3.OperationalError:
            pass
        time.sleep(0.05)
    raise TimeoutError(f"fewer than {pages} pages were fetched in a minute and a half")
