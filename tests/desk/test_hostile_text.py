"""What crawled pages say can never run, break a page, or calculate in a spreadsheet."""

import csv
import io
import re
import sqlite3
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path

import pytest
from datasette.app import Datasette
from desk_server import Cookies
from hypothesis import given
from hypothesis import strategies as st

from pipeline.desk import words
from pipeline.desk.csvsafe import Defuser, defused

PAYLOADS = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//http://",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    "`onerror=alert(1)`",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<style>@import'http://evil.example/x.css';</style>",
    "<link rel=stylesheet href=http://evil.example/x.css>",
    "<base href=http://evil.example/>",
    "<meta http-equiv=refresh content='0;url=http://evil.example/'>",
    "<form action=http://evil.example/><button>x</button></form>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)>",
    "<body onload=alert(1)>",
    "{{ 7*7 }}{% for x in y %}",
    "${alert(1)}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u202e<script>alert(1)</script>",
    "＜script＞alert(1)＜/script＞",
    "http://a.example/\"onmouseover='alert(1)'",
    "http://a.example/<script>alert(1)</script>",
]
PAGES = [
    "/",
    "/-/desk/kettles",
    "/-/desk/kettles/post/p1",
    "/-/desk/kettles/overview",
    "/-/desk/kettles/categories",
    "/-/desk/kettles/feeds",
    "/-/desk/kettles/cause/cause1",
    "/-/desk/kettles/post/p1/revisions",
    "/kettles/posts",
    "/kettles/posts/p1",
    "/kettles/flags",
    "/kettles/findings",
    "/kettles/sections",
    "/kettles/images",
    "/kettles/links",
    "/kettles/categories",
    "/kettles/revisions",
    "/kettles/inventory",
    "/kettles/worst_posts",
    "/kettles/flags_of_rule",
    "/kettles/images_without_alt",
    "/kettles/links_to_gone_posts",
]
REVIEW = "/-/desk/kettles/post/p1"
MAIN_PAGES = ["/", "/-/desk/kettles/post/p1", "/kettles/posts/p1", "/kettles/flags_of_rule"]
SHARP = [PAYLOADS[1], "javascript:alert(1)", '\' onfocus="alert(1)" x=">']
POISONED = """
update posts set title = :bad, url = :bad, description = :bad, text = :bad, cms_post_id = :bad,
    published = :bad;
update revisions set title = :bad, title_raw = :bad, text_raw = :bad, text = :bad,
    metadata = json_object('title', :bad, 'authors', json_array(:bad), 'canonical_url', :bad,
                           'provenance', json_object('title', :bad),
                           'said', json_array(json_array('title', :bad, :bad || ' said')));
update sections set heading = :bad, heading_raw = :bad, anchor = :bad, number = :bad;
update categories set name = :bad, path = :bad;
update authors set name = :bad;
update images set src = :bad, caption = :bad, title = :bad;
insert into images (post_id, position, section, src, alt)
    values ('p1', 1, null, :bad, :bad), ('p1', 2, 0, :bad, :bad);
update posts set language = :bad;
update links set url = :bad, text = :bad;
update findings set quote = :bad, prefix = :bad, suffix = :bad, replacement = :bad, start = 0,
    evidence = json_array(json_object('kind', :bad, 'detail', :bad));
update flags set quote = :bad, replacement = :bad, actor = :bad;
update causes set summary = :bad;
update sites set name = :bad, home_url = :bad;
update runs set message = :bad
"""
FOREIGN = re.compile(r"alert\(1\)|msgbox|evil\.example")


class Reader(HTMLParser):
    """Collects what could run: scripts, handlers, addresses with a dangerous scheme, foreign elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.danger: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_script = tag == "script" and not dict(attrs).get("src")
        if tag in ("iframe", "object", "embed", "base", "math", "video", "animate", "img"):
            self.danger.append(tag)
        for name, value in attrs:
            scheme = (value or "").strip().lower().partition(":")[0]
            if (name.startswith("on") or name == "srcdoc") and FOREIGN.search(value or ""):
                self.danger.append(f"{tag} {name}")
            if name in ("href", "src", "action") and scheme in ("javascript", "data", "vbscript"):
                self.danger.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        if self._in_script and FOREIGN.search(data):
            self.danger.append(data)
        self._in_script = False


def poison(path: Path, payload: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in POISONED.split(";"):
            connection.execute(statement, {"bad": payload})


@pytest.mark.parametrize(
    ("payload", "paths"), [(bad, MAIN_PAGES) for bad in PAYLOADS] + [(bad, PAGES) for bad in SHARP]
)
@pytest.mark.row(61)
async def test_crawled_text_never_runs(
    desk: Datasette, db_path: Path, cookies: Cookies, payload: str, paths: list[str]
) -> None:
    poison(db_path, payload)
    for path in paths:
        answer = await desk.client.get(path, cookies=cookies("editor"))
        reader = Reader()
        reader.feed(answer.text)
        assert (path, answer.status_code, reader.danger) == (path, 200, [])


@pytest.mark.parametrize("path", ["/-/desk/kettles", "/-/desk/kettles/overview", REVIEW, "/-/desk/login"])
@pytest.mark.row(61)
async def test_desk_pages_allow_no_inline_script_or_style(desk: Datasette, path: str) -> None:
    policy = (await desk.client.get(path)).headers["content-security-policy"]
    assert ("unsafe" in policy, "script-src 'self';" in policy, "default-src 'none'" in policy) == (
        False,
        True,
        True,
    )


@pytest.mark.parametrize(
    "path", ["/", "/kettles", "/kettles/flags", "/nowhere", "/-/static-plugins/copydesk/keys.js"]
)
@pytest.mark.row(61)
async def test_every_answer_carries_a_policy(desk: Datasette, path: str) -> None:
    headers = (await desk.client.get(path)).headers
    assert "object-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.row(62)
async def test_csv_export_is_defused(desk: Datasette, db_path: Path) -> None:
    with closing(sqlite3.connect(db_path)) as connection, connection:
        connection.execute("update posts set title = ?, words = -5", ('=HYPERLINK("http://evil.example")',))
    answer = await desk.client.get("/kettles/posts.csv?_col=title&_col=words")
    assert answer.text.splitlines()[1] == 'p3,"\'=HYPERLINK(""http://evil.example"")",-5'


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1"])
@pytest.mark.row(62)
def test_formula_gets_an_apostrophe(cell: str) -> None:
    assert defused(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["-5", "+4.2e3", "", "plain", "a=b", "2026-01-01", "'quoted'"])
def test_harmless_cell_stays_as_it_is(cell: str) -> None:
    assert defused(cell) == cell


@given(
    st.lists(st.lists(st.text('ab",\n\r=é', max_size=5), min_size=2, max_size=3), max_size=4),
    st.integers(1, 9),
)
@pytest.mark.row(62)
def test_csv_cut_anywhere_comes_out_the_same(records: list[list[str]], size: int) -> None:
    whole = io.StringIO()
    csv.writer(whole).writerows(records)
    sent = whole.getvalue().encode()
    defuser = Defuser()
    pieces = [defuser.feed(sent[at : at + size], last=False) for at in range(0, len(sent), size)]
    out = b"".join([*pieces, defuser.feed(b"", last=True)]).decode()
    expected = [[defused(cell) for cell in record] for record in records]
    assert list(csv.reader(io.StringIO(out, newline=""))) == expected


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "ftp://x", None, 3]
)
@pytest.mark.row(61)
def test_only_web_addresses_become_links(address: object) -> None:
    assert not words.is_web_address(address)
