"""The desk in a real Chromium: nothing breaks, nothing leaves loopback, keys and forms work."""

import pytest
from browser import press, watched_page
from desk_server import SECRET
from playwright.sync_api import Browser, Page, expect

from pipeline.desk.login import mint

pytestmark = pytest.mark.browser

PAGES = {
    "front": "/",
    "queue": "/-/desk/kettles",
    "review": "/-/desk/kettles/post/p1",
    "rule": "/-/desk/kettles/rule/image-filename",
    "flags": "/kettles/flags",
    "posts": "/kettles/posts",
    "inventory": "/kettles/inventory",
    "post-row": "/kettles/posts/p1",
    "question": "/kettles/worst_posts",
    "database": "/kettles",
}
LOOKS = [(1280, "light"), (1280, "dark"), (320, "light"), (320, "dark")]


def log_in(page: Page, served: str, role: str = "editor") -> None:
    page.goto(served + mint(SECRET, "Ada", role))
    page.get_by_role("button", name="Log in").click()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_pages_open_without_error_sideways_scroll_or_foreign_request(
    browser: Browser, served: str, width: int, scheme: str
) -> None:
    with watched_page(browser, width, color_scheme=scheme) as watched:
        for name, path in PAGES.items():
            answer = watched.page.goto(served + path)
            watched.screenshot(f"{name}-{width}-{scheme}")
            assert answer is not None
            assert (name, answer.status, watched.trouble) == (name, 200, [])
            assert not too_wide(watched.page), name


def test_page_that_does_not_exist_says_so_calmly(browser: Browser, served: str) -> None:
    with watched_page(browser, 320) as watched:
        for path in ("/-/desk/nowhere", "/nowhere", "/kettles/posts/none"):
            watched.page.goto(served + path)
            expect(watched.page.get_by_role("heading", level=1)).to_have_text("Not found")
            assert not too_wide(watched.page)
        assert [said for said in watched.trouble if "404" not in said] == []


def too_wide(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def test_review_shows_the_marks_on_the_characters(browser: Browser, served: str) -> None:
    with watched_page(browser) as watched:
        watched.page.goto(served + PAGES["review"])
        rows = watched.page.locator("table.compare tr.block", has_text="Unplug it.")
        left, right = rows.locator("td").all()
        assert left.locator("mark").inner_text() == "kettle-base-1024x683.jpg"
        assert (
            left.inner_text() == "Unplug it. kettle-base-1024x683.jpgThe base must be dry before you open it."
        )
        assert "kettle-base" not in right.inner_text()


def test_editor_decides_everything_with_keys(browser: Browser, served: str) -> None:
    with watched_page(browser) as watched:
        log_in(watched.page, served)
        watched.page.goto(served + PAGES["review"])
        press(watched.page, "a")
        expect(watched.page.get_by_role("status")).to_have_text(
            "Accepted. It closes when the next crawl no longer finds it."
        )
        press(watched.page, "i")
        press(watched.page, "2")
        expect(watched.page.get_by_role("status")).to_have_text("Dismissed.")
        states = watched.page.locator(".flag-list > .flag").evaluate_all(
            "all => all.map(f => f.dataset.state)"
        )
        assert sorted(states) == ["accepted", "dismissed", "open", "open", "open"]
        assert watched.trouble == []


def test_one_key_takes_back_what_was_just_decided(browser: Browser, served: str) -> None:
    with watched_page(browser) as watched:
        log_in(watched.page, served)
        watched.page.goto(served + PAGES["review"])
        press(watched.page, "a")
        expect(watched.page.locator("[data-state=accepted]")).to_have_count(1)
        press(watched.page, "u")
        expect(watched.page.locator("[data-state=accepted]")).to_have_count(0)


def test_focus_goes_to_the_next_undecided_flag(browser: Browser, served: str) -> None:
    with watched_page(browser) as watched:
        log_in(watched.page, served)
        watched.page.goto(served + PAGES["review"])
        first = watched.page.locator("[data-undecided]").first.get_attribute("id")
        press(watched.page, "a")
        watched.page.wait_for_url("**#flag-*")
        focused = watched.page.evaluate("document.activeElement.id")
        assert (focused.startswith("flag-"), focused != first) == (True, True)


def test_editor_decides_without_javascript(browser: Browser, served: str) -> None:
    with watched_page(browser, java_script_enabled=False) as watched:
        log_in(watched.page, served)
        watched.page.goto(served + PAGES["review"])
        flag = watched.page.locator("#flag-f1")
        flag.get_by_text("Dismiss…").click()
        flag.get_by_label("The author means it").check()
        flag.get_by_role("button", name="Dismiss", exact=True).click()
        expect(watched.page.get_by_role("status")).to_have_text("Dismissed.")
        expect(watched.page.locator("#flag-f1")).to_have_attribute("data-state", "dismissed")


def test_question_mark_opens_the_keys(browser: Browser, served: str) -> None:
    with watched_page(browser) as watched:
        watched.page.goto(served + PAGES["review"])
        press(watched.page, "?")
        expect(watched.page.locator("#help")).to_have_attribute("open", "")
