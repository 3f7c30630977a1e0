"""Take the pictures of docs/images, out of the sample blog, in Chromium: `make screenshots`."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from pipeline.desk.login import mint

ROOT = Path(__file__).resolve().parents[2]
SECRET = "only for the pictures of the documentation"
COMMAND = [sys.executable, "-c", "from pipeline.cli.main import main; main()"]
POST = "Seven things we will not repair"
SIZE = {"width": 1280, "height": 860}


def main() -> int:
    """Write every picture anew."""
    sys.path.append(str(ROOT / "tests/desk"))
    launch = import_module("browser").launch
    with (
        tempfile.TemporaryDirectory() as folder,
        _served(Path(folder)) as address,
        sync_playwright() as player,
    ):
        browser = launch(player)
        if browser is None:
            raise SystemExit("no Chromium was found; install it, or: python -m playwright install chromium")
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        page.goto(address + mint(SECRET, "Ada", "editor"))
        page.get_by_role("button", name="Log in").click()
        _walk(page, address)
        browser.close()
    return 0


def _walk(page: Page, address: str) -> None:
    _take(page, "queue")
    page.get_by_role("link", name=POST).click()
    page.wait_for_load_state("networkidle")
    page.keyboard.press("j")
    _take(page, "review")
    page.get_by_role("link", name="Overview").click()
    _take(page, "overview")
    page.goto(address)
    _take(page, "front")
    page.get_by_role("link", name="All open flags").click()
    _take(page, "flags")


def _take(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=ROOT / "docs/images" / f"{name}.png")
    print(f"docs/images/{name}.png")


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    environment = {**os.environ, "DATASETTE_SECRET": SECRET}
    subprocess.run([*COMMAND, "demo", "--no-serve"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen(
        [*COMMAND, "serve", "demo/copydesk.db"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    assert server.stderr is not None
    try:
        address = server.stdout.readline().split()[-1].rstrip("/")
        next(line for line in server.stderr if "Uvicorn running" in line)
        yield address
    finally:
        server.terminate()
        server.wait(10)


if __name__ == "__main__":
    sys.exit(main())
