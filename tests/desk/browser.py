"""A real Chromium for the tests: where it is, how it starts, what it must not do."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()
SCREENS = Path(__file__).resolve().parents[2] / "build" / "screens"


def launch(playwright: Playwright) -> Browser | None:
    """Start the browser on PATH, else Playwright's own; None where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    try:
        return playwright.chromium.launch(executable_path=found, args=ARGS)
    except Error:
        return None


@dataclass
class Watched:
    """A page and what it did."""

    page: Page
    trouble: list[str] = field(default_factory=list)
    """Console errors, exceptions, requests that leave loopback."""

    def screenshot(self, name: str) -> None:
        """Keep a picture of the whole page."""
        SCREENS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENS / f"{name}.png", full_page=True)


@contextmanager
def watched_page(browser: Browser, width: int = 1280, **context: object) -> Iterator[Watched]:
    """Open an empty page that notes every error and every request to elsewhere."""
    visit = browser.new_context(viewport={"width": width, "height": 800}, **context)
    watched = Watched(page=visit.new_page())
    page = watched.page
    page.on("console", lambda said: said.type == "error" and watched.trouble.append(said.text))
    page.on("pageerror", lambda error: watched.trouble.append(str(error)))
    page.on(
        "request",
        lambda asked: asked.url.startswith("http://127.0.0.1:") or watched.trouble.append(asked.url),
    )
    try:
        yield watched
    finally:
        visit.close()


def press(page: Page, *keys: str) -> None:
    """Press keys one after the other, once the page's own script hears them."""
    page.wait_for_load_state()
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_load_state()
