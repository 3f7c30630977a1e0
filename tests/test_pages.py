"""Snapshots: what we make of whole pages, as Markdown that a reviewer can read (--update rewrites)."""

from pathlib import Path

import pytest

from pipeline.markdown import to_markdown
from pipeline.process import process
from pipeline.records import Page

PAGES = sorted((Path(__file__).parent / "pages").rglob("*.*ml"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_page_becomes_the_post_that_was_reviewed(path: Path, request: pytest.FixtureRequest) -> None:
    page = Page(url=f"https://workbench.example/2024/05/{path.name}", text=path.read_text(encoding="utf-8"))
    got = to_markdown(process(page))
    expected = path.with_suffix(".md")
    if request.config.getoption("--update"):
        expected.write_text(got, encoding="utf-8")
    assert got == expected.read_text(encoding="utf-8")
