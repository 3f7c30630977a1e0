"""A day of an editor and of an auditor in a real Chromium: keys and clicks counted, accessibility asked."""

from collections.abc import Iterator

import pytest
from axe import axe_source
from browser import press, watched_page
from desk_server import SECRET
from playwright.sync_api import Browser, Page, expect
from test_in_browser import LOOKS, log_in, too_wide

from pipeline.desk.login import mint

pytestmark = pytest.mark.browser

REVIEW = "/-/desk/kettles/post/p1"
MORE_PAGES = {
    "overview": "/-/desk/kettles/overview",
    "inventory-desk": "/-/desk/kettles/inventory",
    "categories": "/-/desk/kettles/categories",
    "cause": "/-/desk/kettles/cause/cause1",
    "revisions": f"{REVIEW}/revisions",
    "run": "/kettles/runs/1",
}
AXE_PAGES = [
    "/",
    "/-/desk/kettles",
    REVIEW,
    "/-/desk/kettles/overview",
    "/-/desk/kettles/inventory",
    "/-/desk/kettles/feeds",
    "/-/desk/kettles/cause/cause1",
    "/kettles/flags",
    "/kettles/posts/p1",
    "/kettles/runs/1",
    "/kettles/worst_posts",
]
ASK = "axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | ')))"


@pytest.fixture(scope="module")
def axe() -> str:
    source = axe_source()
    if source is None:
        pytest.skip("NOT TESTED: axe-core could not be fetched, so accessibility was not asked")
    return source


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    with watched_page(browser) as watched:
        log_in(watched.page, served)
        yield watched.page
        assert watched.trouble == []


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_further_pages_open_without_error_or_sideways_scroll(
    browser: Browser,
    served: str,
    width: int,
    scheme: str,
) -> None:
    with watched_page(browser, width, color_scheme=scheme) as watched:
        log_in(watched.page, served)
        for name, path in MORE_PAGES.items():
            answer = watched.page.goto(served + path)
            watched.screenshot(f"{name}-{width}-{scheme}")
            assert answer is not None
            assert (name, answer.status, watched.trouble, too_wide(watched.page)) == (name, 200, [], False)


@pytest.mark.parametrize(
    ("role", "scheme"), [("editor", "light"), ("editor", "dark"), ("auditor", "dark"), (None, "light")]
)
def test_axe_finds_no_violation(
    browser: Browser, served: str, axe: str, role: str | None, scheme: str
) -> None:
    # Only here scripts may be put into the page from outside: axe itself is one.
    with watched_page(browser, color_scheme=scheme, bypass_csp=True) as watched:
        watched.page.goto(served + (mint(SECRET, "Ada", role) if role else "/-/desk/login"))
        found = {"login": asked(watched.page, axe)}
        if role:
            watched.page.get_by_role("button", name="Log in").click()
        for path in AXE_PAGES:
            watched.page.goto(served + path)
            found[path] = asked(watched.page, axe)
        assert {name: said for name, said in found.items() if said} == {}


def asked(page: Page, axe: str) -> list[str]:
    page.add_script_tag(content=axe)
    return list(page.evaluate(ASK))


def states(page: Page) -> list[str | None]:
    return [flag.get_attribute("data-state") for flag in page.locator(".flag-list > .flag").all()]


def test_worst_post_is_on_the_first_page(page: Page, served: str) -> None:
    expect(page.locator(".queue-table tbody tr").first).to_contain_text("Kettles")


def test_one_key_accepts_a_finding_one_key_takes_it_back(page: Page, served: str) -> None:
    page.goto(served + REVIEW)
    press(page, "a")
    expect(page.locator("[data-state=accepted]")).to_have_count(1)
    press(page, "u")
    expect(page.locator("[data-state=accepted]")).to_have_count(0)


def test_one_key_accepts_a_post(page: Page, served: str) -> None:
    page.goto(served + REVIEW)
    press(page, "A")
    expect(page.locator("[data-state=accepted]")).to_have_count(3)


def test_two_keys_dismiss(page: Page, served: str) -> None:
    page.goto(served + REVIEW)
    press(page, "i", "1")
    expect(page.locator("[data-state=dismissed]")).to_have_count(1)


def test_two_clicks_settle_a_whole_cause(page: Page, served: str) -> None:
    page.goto(f"{served}/-/desk/kettles")
    page.get_by_role("link", name="2 flags").click()
    page.get_by_role("button", name="Accept all 2").click()
    expect(page.get_by_role("status")).to_have_text("Decided for all of them.")


def test_one_key_leads_to_the_cms(page: Page, served: str) -> None:
    page.goto(served + REVIEW)
    page.route("**/wp-admin/**", lambda route: route.fulfill(body="the editor"))
    page.context.on("request", lambda asked: None)
    assert page.locator("[data-key=e]").get_attribute("href") == (
        "http://kettles.example/wp-admin/post.php?post=42&action=edit"
    )


def test_one_key_copies_the_clean_text(browser: Browser, served: str) -> None:
    with watched_page(browser, permissions=["clipboard-read", "clipboard-write"]) as watched:
        watched.page.goto(served + REVIEW)
        watched.page.keyboard.press("c")
        expect(watched.page.locator("#copied")).to_have_text("Copied as Markdown.")
        assert "kettle-base" not in watched.page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize("scripts", [True, False])
def test_auditor_walks_from_overview_to_rows(
    browser: Browser,
    served: str,
    scripts: bool,
) -> None:
    with watched_page(browser, java_script_enabled=scripts) as watched:
        page = watched.page
        log_in(page, served, "auditor")
        page.goto(f"{served}/-/desk/overview")
        page.locator("svg a").first.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.goto(f"{served}/-/desk/kettles/inventory")
        with page.expect_download() as sheet:
            page.get_by_role("link", name="XLSX").click()
        assert (sheet.value.suggested_filename, watched.trouble) == ("inventory.xlsx", [])


def test_editor_brings_a_sheet_back_without_javascript(browser: Browser, served: str) -> None:
    with watched_page(browser, java_script_enabled=False) as watched:
        page = watched.page
        log_in(page, served)
        page.goto(f"{served}/-/desk/kettles/inventory")
        sheet = b"post_id,row_version,owner\r\np1,0,Bea\r\n"
        page.locator("input[type=file]").set_input_files(
            {"name": "i.csv", "mimeType": "text/csv", "buffer": sheet}
        )
        page.get_by_role("button", name="Show what would change").click()
        page.get_by_role("button", name="Save 1 post").click()
        expect(page.locator(".notice")).to_have_text("Saved: 1 post.")
