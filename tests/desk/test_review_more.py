"""What surrounds a review: revisions, what to take along, the archived and the live page, the commands."""

import gzip
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from datasette.app import Datasette
from desk_server import Cookies
from forms import send

from pipeline.cli.desk_report import command as report
from pipeline.cli.inventory import command as inventory
from pipeline.cli.verdicts import command as verdicts
from pipeline.desk import recheck, revisions, words

REVIEW = "/-/desk/kettles/post/p1"
SAY = "update revisions set metadata = json_set(metadata, '$.said', json(?))"


def change(path: Path, sql: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(sql, values)


def test_words_that_changed_are_marked() -> None:
    parts = [(part.kind, part.text) for part in revisions.compare_words("one two three", "one 2 three")]
    assert parts == [("same", "one "), ("gone", "two"), ("new", "2"), ("same", " three")]


def test_unchanged_lines_are_counted() -> None:
    lines = list(revisions.compare("a\nb\nc\nd\ne", "a\nb\nc\nd\nE"))
    assert revisions.folded(lines)[0] == 3


async def test_two_revisions_are_compared(desk: Datasette, db_path: Path) -> None:
    change(
        db_path,
        "insert into revisions select 9, post_id, 2, 'h9', title, title_raw, text,"
        " replace(text_raw, 'dry', 'cold'), intro, blocks, metadata, changes, pipeline_version, part_hashes,"
        " digest, null, null, first_seen_at, 1 from revisions where id = 1",
    )
    page = (await desk.client.get(f"{REVIEW}/revisions")).text
    assert "<del>dry</del><ins>cold</ins>" in page
    assert "/revisions?to=2" in (await desk.client.get(REVIEW)).text


async def test_clean_text_as_html_is_escaped(desk: Datasette, db_path: Path) -> None:
    change(db_path, "update revisions set text_raw = replace(text_raw, 'soft', '<b>soft</b>') where id = 1")
    answer = await desk.client.get(f"{REVIEW}/clean.html")
    assert "<li>A &lt;b&gt;soft&lt;/b&gt; cloth</li>" in answer.text
    assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("template", "href"),
    [
        ("https://cms.example/edit/{id}", "https://cms.example/edit/42"),
        ("https://cms.example/?p={path}", "https://cms.example/?p=/a/b.html"),
        ("https://cms.example/{slug}", "https://cms.example/b"),
        ("javascript:{url}", None),
    ],
)
def test_editor_of_any_cms_is_found_by_template(template: str, href: str | None) -> None:
    assert words.edit_link("https://blog.example/a/b.html", None, "42", template) == href


def test_live_page_is_compared_by_rule_and_quote() -> None:
    flags = [
        {"key": k, "rule": "r", "quote": q, "place": "paragraph"} for k, q in (("a", "x  y"), ("b", "z"))
    ]
    found = recheck.compared([{"rule": "r", "quote": "x y"}, {"rule": "r", "quote": "new"}], flags)
    assert found == {"still": ["a"], "gone": ["b"], "fresh": 1}


@pytest.mark.row(6)
async def test_page_of_another_host_is_not_asked(desk: Datasette, db_path: Path, cookies: Cookies) -> None:
    change(db_path, "update posts set url = 'http://127.0.0.1:9/x' where id = 'p1'")
    answer = await send(desk, cookies("editor"), REVIEW, f"{REVIEW}/recheck", {})
    assert "does not belong to the blog" in answer.text


async def test_source_of_the_archived_page_is_text(desk: Datasette, db_path: Path) -> None:
    keep(db_path, b"<script>alert(1)</script>")
    answer = await desk.client.get(f"{REVIEW}/archived.txt")
    assert (answer.text, answer.headers["content-type"][:10]) == ("<script>alert(1)</script>", "text/plain")


async def test_archived_page_is_boxed_in(desk: Datasette, db_path: Path) -> None:
    keep(db_path, b"<script>alert(1)</script>")
    answer = await desk.client.get(f"{REVIEW}/archived")
    policy = answer.headers["content-security-policy"]
    assert (answer.headers["content-type"][:9], policy[:29]) == ("text/html", "sandbox; default-src 'none'; ")
    assert "allow-" not in policy


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html; charset=windows-1252", "café".encode("cp1252")),
        ("text/html", b'<meta charset="iso-8859-1">caf\xe9'),
        ("text/html; charset=nonsense", "café".encode()),
        ("text/html; charset=base64", "café".encode()),
    ],
)
async def test_archived_page_is_read_in_its_own_encoding(
    desk: Datasette, db_path: Path, kind: str, body: bytes
) -> None:
    keep(db_path, body, kind)
    assert (await desk.client.get(f"{REVIEW}/archived.txt")).text.endswith("café")


async def test_review_links_to_the_archived_page_only_where_it_is(desk: Datasette, db_path: Path) -> None:
    keep(db_path, b"<p>x")
    assert f'href="{REVIEW}/archived"' in (await desk.client.get(REVIEW)).text
    (db_path.parent / "archive/a.warc.gz").unlink()
    assert f'href="{REVIEW}/archived"' not in (await desk.client.get(REVIEW)).text


def keep(db_path: Path, body: bytes, kind: str = "text/html") -> None:
    """Put a page into the archive, as that of the first post."""
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    record = f"WARC/1.1\r\nContent-Length: {len(answer)}\r\n\r\n".encode() + answer + b"\r\n\r\n"
    folder = db_path.parent / "archive"
    folder.mkdir(exist_ok=True)
    (folder / "a.warc.gz").write_bytes(gzip.compress(record))
    change(db_path, "update revisions set warc_file = 'a.warc.gz', warc_offset = 0 where id = 1")


async def test_metadata_say_who_disagrees(desk: Datasette, db_path: Path) -> None:
    claims = [("meta", "2021-05-09"), ("feed", "2021-05-09"), ("text", "2021-05-01")]
    said = json.dumps([("published", who, what) for who, what in claims])
    change(db_path, f"{SAY} where id = 1", said)
    page = (await desk.client.get(REVIEW)).text
    assert "elsewhere: 2021-05-09 (meta, feed)<" in page


@pytest.mark.row(65)
async def test_archive_cannot_be_left(desk: Datasette, db_path: Path) -> None:
    change(db_path, "update revisions set warc_file = '../kettles.db', warc_offset = 0 where id = 1")
    assert (await desk.client.get(f"{REVIEW}/archived")).status_code == 404


def run(command: object, *arguments: str, given: str | None = None) -> str:
    done = CliRunner().invoke(command, [*arguments], input=given, standalone_mode=False)  # type: ignore[arg-type]
    assert done.exception is None, done.output
    return done.output


def decide(path: Path) -> None:
    columns = "finding, verdict, undoes, reason, actor, decided_at"
    insert = f"insert into verdicts ({columns}) values (?, ?, ?, 'x', 'A', ?)"
    change(path, insert, "f1", "dismissed", None, "2026-03-02")
    change(path, insert, "f2", "accepted", None, "2026-03-03")
    change(path, insert, "f2", "undone", 2, "2026-03-04")


def state_of(path: Path, key: str) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("select state from flags where key = ?", (key,)).fetchone()[0])


def test_verdicts_travel_to_another_database_once(db_path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(db_path)) as connection:
        connection.execute("vacuum into ?", (str(other),))
    decide(db_path)
    lines = run(verdicts, "export", "--db", str(db_path))
    assert "Would add 3 verdicts" in run(
        verdicts, "import", "-", "--dry-run", "--db", str(other), given=lines
    )
    assert state_of(other, "f1") == "open"
    assert "Added 3 verdicts" in run(verdicts, "import", "-", "--db", str(other), given=lines)
    assert "Added 0 verdicts" in run(verdicts, "import", "-", "--db", str(other), given=lines)
    assert (state_of(other, "f1"), state_of(other, "f2")) == ("dismissed", "open")


def test_verdict_finds_its_finding_under_another_key(db_path: Path) -> None:
    line = {
        "id": 1,
        "finding": "elsewhere",
        "verdict": "dismissed",
        "scope": "here",
        "reason": "x",
        "actor": "A",
    }
    line |= {"decided_at": "2026-03-02", "site": "kettles", "url": "http://kettles.example/kettles/"}
    line |= {"rule": "image-filename", "quote": "kettle-base-1024x683.jpg", "occurrence": 0}
    run(verdicts, "import", "-", "--db", str(db_path), given=json.dumps(line))
    assert state_of(db_path, "f1") == "dismissed"


@pytest.mark.row(61)
def test_report_is_one_page_without_script_or_network(db_path: Path, tmp_path: Path) -> None:
    change(db_path, "update posts set title = '<script>alert(1)</script>'")
    page, text = tmp_path / "r.html", tmp_path / "r.md"
    run(report, "--db", str(db_path), "--html", str(page), "--markdown", str(text))
    html = page.read_text("utf-8")
    assert ("<script" in html, "<svg" in html, "src=" in html, "<link" in html) == (False, True, False, False)
    assert "# kettles: what was left behind" in text.read_text("utf-8")


def test_inventory_goes_out_and_in_by_command(db_path: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "i.csv"
    run(inventory, "export", str(sheet), "--db", str(db_path))
    assert "row_version" in sheet.read_text("utf-8")
    sheet.write_text("post_id,row_version,owner\np1,0,Bea\np2,0,Bea\n", "utf-8")
    assert "2 posts would change" in run(inventory, "import", str(sheet), "--db", str(db_path))
    assert "2 posts saved" in run(inventory, "import", str(sheet), "--apply", "--db", str(db_path))
