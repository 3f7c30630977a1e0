"""Every key of the review page and every button that does the same, with and without scripts."""

import gzip
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from browser import press, watched_page
from playwright.sync_api import Browser, Page, expect
from test_in_browser import log_in

pytestmark = pytest.mark.browser

REVIEW = "/-/desk/kettles/post/p1"
CMS = "http://kettles.example/wp-admin/post.php?post=42&action=edit"


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    with watched_page(browser) as watched:
        log_in(watched.page, served)
        watched.page.goto(served + REVIEW)
        yield watched.page


@pytest.fixture
def plain(browser: Browser, served: str) -> Iterator[Page]:
    """The review page in a browser that runs no scripts."""
    with watched_page(browser, java_script_enabled=False) as watched:
        log_in(watched.page, served)
        watched.page.goto(served + REVIEW)
        yield watched.page


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def verdicts(path: Path, columns: str = "finding, verdict, scope, reason") -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"select {columns} from verdicts order by id").fetchall()


def test_j_and_k_walk_through_the_findings_and_around(page: Page) -> None:
    order = page.locator(".flag-list > .flag").evaluate_all("all => all.map(flag => flag.id)")
    press(page, "j")
    assert focused(page) == order[0]
    press(page, "j", "j", "k")
    assert focused(page) == order[1]
    press(page, "k", "k")
    assert focused(page) == order[-1]


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_i_and_a_number_dismiss_with_that_reason(page: Page, db_path: Path, number: int) -> None:
    press(page, "j")
    reason = page.locator(f"[data-reason='{number}']").first.get_attribute("value")
    press(page, "i", str(number))
    expect(page.get_by_role("status")).to_have_text("Dismissed.")
    assert [row[1:] for row in verdicts(db_path)] == [("dismissed", "here", reason)]


@pytest.mark.parametrize(
    ("label", "scope"),
    [
        ("only here", "here"),
        ("this rule in this post", "post"),
        ("this text on the whole blog", "text"),
        ("this rule on the whole blog", "rule"),
    ],
)
def test_own_words_and_scope_need_no_scripts(plain: Page, db_path: Path, label: str, scope: str) -> None:
    flag = plain.locator("#flag-f1")
    flag.get_by_text("Dismiss…").click()
    flag.get_by_label("In my words").fill("Ada says so")
    options = flag.locator("select[name=scope]").locator("option").all_inner_texts()
    flag.locator("select[name=scope]").select_option(
        label=next(one for one in options if one.startswith(label))
    )
    flag.get_by_role("button", name="Dismiss", exact=True).click()
    assert verdicts(db_path) == [("f1", "dismissed", scope, "Ada says so")]


def test_typing_a_reason_is_no_command(page: Page, db_path: Path) -> None:
    press(page, "j", "i")
    own = page.locator(".flag:focus-within").get_by_label("In my words")
    own.focus()
    page.keyboard.type("a jar u 1")
    assert (own.input_value(), verdicts(db_path)) == ("a jar u 1", [])


def test_m_claims_and_gives_back(page: Page, db_path: Path) -> None:
    press(page, "j", "m")
    expect(page.locator("[data-state=claimed]")).to_have_count(1)
    press(page, "m")
    expect(page.locator("[data-state=claimed]")).to_have_count(0)
    assert [row[1] for row in verdicts(db_path)] == ["claimed", "released"]


def test_e_opens_the_editor_of_the_cms(page: Page) -> None:
    page.route("http://kettles.example/**", lambda route: route.fulfill(body="the editor"))
    press(page, "e")
    page.wait_for_url(CMS)


def test_n_leads_on(page: Page, served: str) -> None:
    press(page, "n")
    page.wait_for_url("**/-/desk/kettles")


def test_capital_c_copies_html(browser: Browser, served: str) -> None:
    with watched_page(browser, permissions=["clipboard-read", "clipboard-write"]) as watched:
        watched.page.goto(served + REVIEW)
        press(watched.page, "C")
        expect(watched.page.locator("#copied")).to_have_text("Copied as HTML.")
        assert "<h1>Kettles</h1>" in watched.page.evaluate("navigator.clipboard.readText()")


def test_r_looks_at_the_live_page(page: Page) -> None:
    press(page, "r")
    page.wait_for_url("**/recheck")
    # There is no such host: the page says so instead of breaking.
    expect(page.get_by_role("status")).to_contain_text("kettles.example")


def test_keys_leave_browser_shortcuts_alone(page: Page, db_path: Path) -> None:
    press(page, "Control+a", "Alt+m")
    assert verdicts(db_path) == []


def test_every_button_works_without_scripts(plain: Page, db_path: Path) -> None:
    for name in ("Claim", "Give back", "Accept", "Undo"):
        plain.locator("#flag-f1").get_by_role("button", name=name, exact=True).click()
    plain.get_by_role("button", name="Accept all").click()
    given = [row[1] for row in verdicts(db_path)]
    assert given == ["claimed", "released", "accepted", "undone", "accepted", "accepted", "accepted"]
    assert plain.get_by_role("link", name="Edit in the CMS").get_attribute("href") == CMS
    with plain.expect_download() as sheet:
        plain.get_by_role("link", name="clean text").click()
    assert sheet.value.suggested_filename == "kettles.md"


def test_last_decision_leads_to_the_next_post(page: Page, db_path: Path) -> None:
    with closing(sqlite3.connect(db_path)) as connection, connection:
        connection.execute("update flags set post_id = 'p2' where key = 'f1'")
        connection.execute("update flags set state = 'fixed' where key in ('f3', 'f4', 'f5')")
    page.reload()
    press(page, "a")
    expect(page.locator("#next")).to_contain_text("All decided. Next: A clean post")
    press(page, "n")
    page.wait_for_url("**/post/p2")


def test_conflict_is_a_sentence_and_keeps_what_was_typed(page: Page, db_path: Path) -> None:
    press(page, "j", "i")
    flag = page.locator(".flag:focus-within")
    flag.get_by_label("In my words").fill("What I think of it")
    key = str(flag.get_attribute("id")).removeprefix("flag-")
    with closing(sqlite3.connect(db_path)) as connection, connection:
        insert = (
            "insert into verdicts (finding, verdict, actor, decided_at) values (?, 'claimed', 'Bob', '2026')"
        )
        connection.execute(insert, (key,))
    flag.get_by_role("button", name="Dismiss", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("nothing was saved")
    assert page.locator(f"#flag-{key}").get_by_label("In my words").input_value() == "What I think of it"
    assert [row[1] for row in verdicts(db_path)] == ["claimed"]


ARCHIVED = b"""<html><head><meta http-equiv=refresh content="0;url=http://127.0.0.1:9/away">
<script>document.title = "ran"</script></head><body onload="document.title = 'ran'">
<img src=http://127.0.0.1:9/x.png onerror="document.title = 'ran'"><form action=/-/logout method=post>
<button>Press</button></form><p style="color: red">As it was.</p></body></html>"""


def test_archived_page_is_seen_and_nothing_of_it_runs(page: Page, served: str, db_path: Path) -> None:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + ARCHIVED
    record = f"WARC/1.1\r\nContent-Length: {len(answer)}\r\n\r\n".encode() + answer
    (db_path.parent / "archive").mkdir()
    (db_path.parent / "archive/a.warc.gz").write_bytes(gzip.compress(record))
    with closing(sqlite3.connect(db_path)) as connection, connection:
        connection.execute("update revisions set warc_file = 'a.warc.gz', warc_offset = 0")
    page.reload()
    page.get_by_role("link", name="Archived page").click()
    page.get_by_role("button", name="Press").click()
    expect(page.get_by_text("As it was.")).to_be_visible()
    assert (page.title(), page.url) == ("", f"{served}{REVIEW}/archived")
