"""A blog and people that attack in every field, on every page, in a real Chromium: nothing happens."""

import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
import yaml
from browser import Watched, watched_page
from click.testing import CliRunner
from crawler_server import Server
from desk_server import SECRET, wait_for
from hostile_blog import build
from playwright.sync_api import Browser, Error
from test_hostile_text import PAYLOADS
from test_in_browser import log_in

from pipeline.cli.desk_report import command as report
from pipeline.desk.publish import metadata_for

pytestmark = pytest.mark.browser

DESK = "/-/desk/kettles"
FACETS = "/kettles/flags?_facet=quote&_facet=rule&_facet=cause_id&_facet=state"
ODD = [
    FACETS,
    "/kettles/authors?_facet=name",
    "/kettles/posts?_search=alert&_searchmode=raw",
    "/kettles/posts?title__contains=%3Cscript%3E",
    "/kettles/posts.json?_shape=array",
    "/kettles/flags.json",
    "/kettles/posts.csv",
    "/kettles?sql="
    + quote("select '<script>alert(1)</script>' as \"<img src=x onerror=alert(1)>\", title from posts"),
    "/kettles?sql=" + quote("select '<script>alert(1)"),
    "/kettles/flags_of_rule?rule=" + quote("<script>alert(1)</script>"),
    "/kettles/<script>alert(1)</script>",
    "/<img src=x onerror=alert(1)>",
    "/kettles/posts/<svg onload=alert(1)>",
    f"{DESK}?rule=" + quote("'\"><script>alert(1)</script>"),
    f"{DESK}/post/" + quote("<script>alert(1)</script>", safe=""),
    f"{DESK}/rule/" + quote("<script>alert(1)</script>", safe=""),
    "/-/desk/login?token=" + quote('"><script>alert(1)</script>'),
    "/-/login?next=" + quote("javascript:alert(1)"),
    "/-/actor",
    "/-/messages",
    "/-/permissions",
    "/-/allow-debug?allow=" + quote("<script>alert(1)</script>"),
    f"{DESK}/feed.xml",
]
DESK_PAGES = ["", "/overview", "/inventory", "/categories", "/feeds", "?site=kettles", "?severity=error"]
DANGER = """() => [...document.querySelectorAll('*')].filter(e =>
  [...e.attributes].some(a => /^on/i.test(a.name) || a.name == 'srcdoc'
    || /^\\s*(javascript|vbscript|data:text)/i.test(a.value)
       && /^(href|src|action|formaction|data)$/i.test(a.name))
  || /^(base|object|embed|math|iframe|video|animate)$/i.test(e.tagName)
  || e.tagName == 'SCRIPT' && /^\\s*alert/.test(e.textContent)).map(e => e.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def listener() -> Iterator[Server]:
    """Hears whoever fetches what a page only mentions."""
    server = Server()
    yield server
    server.close()


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory, listener: Server) -> Path:
    return build(tmp_path_factory.mktemp("attacked"), listener.url)


@pytest.fixture(scope="module")
def served_attack(attacked: Path) -> Iterator[str]:
    with serving(attacked) as address:
        yield address


@contextmanager
def serving(path: Path, *more: str) -> Iterator[str]:
    """Serve a database as `copydesk serve` does, with all of Datasette's own pages."""
    (path.parent / "metadata.yml").write_text(yaml.safe_dump(metadata_for([path.stem])), "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "datasette", "serve", str(path), "-m", str(path.parent / "metadata.yml")]
    environment = {**os.environ, "DATASETTE_SECRET": SECRET}
    with (path.parent / "log").open("wb") as log:
        server = subprocess.Popen([*command, "-p", port, *more], env=environment, stderr=log, stdout=log)
    try:
        yield wait_for(f"http://127.0.0.1:{port}", server)
    finally:
        server.terminate()
        server.wait(60)


def note_dialogs(watched: Watched) -> None:
    """Count a script that opens a box as trouble."""
    watched.page.on("dialog", lambda box: (watched.trouble.append(f"dialog {box.message}"), box.dismiss()))


def rows(path: Path, sql: str) -> list[str]:
    with closing(sqlite3.connect(path)) as conn:
        return [str(row[0]) for row in conn.execute(sql)]


def tables(path: Path) -> list[str]:
    """List the pages that Datasette makes of the database: tables, views, a row of each, questions."""
    named = rows(
        path, "select name from sqlite_master where type in ('table', 'view') and name not like '%fts%'"
    )
    found = [f"/kettles/{name}" for name in named if not name.startswith("sqlite_")]
    for name, key in (
        ("posts", "id"),
        ("revisions", "id"),
        ("categories", "id"),
        ("authors", "id"),
        ("runs", "id"),
    ):
        found += [f"/kettles/{name}/{one}" for one in rows(path, f"select {key} from {name} limit 3")]
    return found + [
        f"/kettles/{name}" for name in metadata_for(["kettles"])["databases"]["kettles"]["queries"]
    ]


def visit(watched: Watched, address: str) -> list[str]:
    """Open a page; tell what ran, tried to run, or could."""
    watched.trouble.clear()
    try:
        watched.page.goto(address)
    except Error as error:
        return [] if "Download is starting" in str(error) else [str(error)]
    danger = list(watched.page.evaluate(DANGER)) if "<html" in watched.page.content()[:500] else []
    refused = ("status of 4", "status of 5")
    return danger + [said for said in watched.trouble if not any(word in said for word in refused)]


@pytest.mark.row(61)
def test_nothing_runs_on_any_page(
    browser: Browser, served_attack: str, attacked: Path, listener: Server
) -> None:
    posts = rows(attacked, "select id from posts")
    paths = [f"{DESK}/post/{post}" for post in posts] + [
        f"{DESK}/post/{post}/revisions" for post in posts[:3]
    ]
    paths += [f"{DESK}/cause/{cause}" for cause in rows(attacked, "select id from causes")]
    paths += ["/", "/kettles", *[DESK + more for more in DESK_PAGES], *tables(attacked), *ODD]
    shown = 0
    found: dict[str, list[str]] = {}
    with watched_page(browser) as watched:
        note_dialogs(watched)
        log_in(watched.page, served_attack, "admin")
        for path in paths:
            found[path] = visit(watched, served_attack + path)
            shown += "alert(1)" in watched.page.content()
    assert ({path: said for path, said in found.items() if said}, listener.asked) == ({}, [])
    assert shown > 60, "the attacks have to be there, as text"


@pytest.mark.row(61)
def test_archived_pages_run_and_fetch_nothing(
    browser: Browser, served_attack: str, attacked: Path, listener: Server
) -> None:
    boxes: list[str] = []
    with watched_page(browser) as watched:
        watched.page.on("dialog", lambda box: (boxes.append(box.message), box.dismiss()))
        log_in(watched.page, served_attack)
        for post in rows(attacked, "select id from posts"):
            for name in ("archived", "archived.txt"):
                answer = watched.page.goto(f"{served_attack}{DESK}/post/{post}/{name}")
                assert answer is not None
                assert answer.status == 200
    assert (boxes, listener.asked) == ([], [])


@pytest.mark.row(61, 62)
def test_an_inventory_full_of_attacks_is_shown_as_text(
    browser: Browser, attacked: Path, served_attack: str
) -> None:
    lines = [
        f'{post},1,"{bad.replace(chr(34), chr(34) * 2)}"'
        for post, bad in zip(rows(attacked, "select id from posts"), PAYLOADS, strict=False)
    ]
    sheet = "post_id,row_version,notes\n" + "\n".join(lines)
    with watched_page(browser) as watched:
        note_dialogs(watched)
        log_in(watched.page, served_attack)
        watched.page.goto(f"{served_attack}{DESK}/inventory")
        name = "<img src=x onerror=alert(1)>.csv"
        watched.page.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "text/csv", "buffer": sheet.encode()}
        )
        watched.page.get_by_role("button", name="Show what would change").click()
        assert (watched.page.evaluate(DANGER), watched.trouble) == ([], [])


@pytest.mark.row(61)
def test_the_report_in_one_page_runs_nothing(browser: Browser, attacked: Path, listener: Server) -> None:
    page = attacked.parent / "report.html"
    done = CliRunner().invoke(report, ["--db", str(attacked), "--html", str(page)], standalone_mode=False)
    assert done.exception is None
    boxes: list[str] = []
    with watched_page(browser) as watched:
        watched.page.on("dialog", lambda box: (boxes.append(box.message), box.dismiss()))
        watched.page.goto(page.as_uri())
        assert (watched.page.evaluate(DANGER), boxes, listener.asked) == ([], [], [])
