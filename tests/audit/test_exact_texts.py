"""`text` and `text_raw` of a post differ by exactly the replacements of the findings that are applied.

Over the sample blog and our own pages always; over the evaluation sets where they lie at hand, of which a
seeded sample is drawn unless COPYDESK_EVERY_PAGE is set.
"""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from measure.direct import site_pages
from measure.sets import read_lines

from pipeline.audit.fix import Edit, apply_edits
from pipeline.errors import ExtractionError
from pipeline.learn import learn
from pipeline.process import process
from pipeline.records import Finding, Page, Post
from pipeline.sample.build import build
from pipeline.site.template import Template

TESTS = Path(__file__).resolve().parent.parent
EVAL_DIR = Path(os.environ.get("EVAL_DIR") or TESTS.parent.parent / "shared" / "eval")
EVERY = bool(os.environ.get("COPYDESK_EVERY_PAGE"))
SAMPLE = 120
BASE = "http://blog.example"
needs_sets = pytest.mark.skipif(
    not EVAL_DIR.is_dir(), reason=f"no evaluation sets at {EVAL_DIR}: set EVAL_DIR to check their posts, too"
)


def is_applied(finding: Finding) -> bool:
    """Tell a safe fix of the text; one of an empty heading replaces nothing."""
    return finding.fix == "safe" and finding.start is not None and bool(finding.quote)


def replaced(post: Post) -> str:
    """Replace what findings quote, at the places that they name, and nothing else."""
    applied = [one for one in post.findings if is_applied(one)]
    assert all(post.text_raw.startswith(one.quote, one.start) for one in applied)
    edits = [
        Edit(start=one.start or 0, end=(one.start or 0) + len(one.quote), replacement=one.replacement or "")
        for one in applied
    ]
    return apply_edits(post.text_raw, edits)


def inexact(pages: list[Page], template: Template | None = None) -> list[str | None]:
    """Name the pages whose texts differ by anything else; at least one page must be a post that is mended."""
    wrong, mended = [], 0
    for page in pages:
        try:
            post = process(page, template)
        except ExtractionError:
            continue
        mended += post.text != post.text_raw
        wrong += [page.url] if replaced(post) != post.text else []
    assert mended
    return wrong


def some(pages: list[Page], count: int = SAMPLE) -> list[Page]:
    return pages if EVERY else random.Random(4).sample(pages, min(count, len(pages)))


def single_pages() -> Iterator[Page]:
    for file in sorted((EVAL_DIR / "extraction").glob("*.jsonl*")):
        for page in read_lines(file):
            yield Page(url=f"{BASE}/{file.stem}/{page['id']}", text=page["html"])
    for page in read_lines(EVAL_DIR / "wild" / "pages.jsonl.gz"):
        yield Page(url=f"{BASE}/wild/{page['id']}", text=page["html"])


def test_of_the_sample_blog(tmp_path: Path) -> None:
    build(tmp_path / "site", BASE)
    files = sorted((tmp_path / "site").rglob("*.html"))
    pages = [Page(url=f"{BASE}/{file.relative_to(tmp_path)}", text=file.read_text("utf-8")) for file in files]
    assert inexact(pages) == []
    assert inexact(pages, learn(pages)) == []


def test_of_our_own_pages() -> None:
    files = sorted((TESTS / "pages").glob("*.html"))
    assert inexact([Page(url=f"{BASE}/{file.name}", text=file.read_text("utf-8")) for file in files]) == []


@needs_sets
def test_of_single_pages() -> None:
    assert inexact(some([*single_pages()])) == []


@needs_sets
@pytest.mark.parametrize("name", [f.name for f in sorted((EVAL_DIR / "zoo").glob("*")) if f.is_dir()])
def test_of_a_whole_blog(name: str) -> None:
    pages = site_pages(EVAL_DIR / "zoo" / name)
    html = [page for page in pages if page.media_type == "text/html"]
    assert inexact(some(html, SAMPLE // 4), learn(pages)) == []


@needs_sets
def test_of_a_plain_text_dump() -> None:
    texts = [file.read_text("utf-8") for file in sorted((EVAL_DIR / "seed").glob("*.txt"))]
    assert inexact([Page(url=text[:40], text=text, media_type="text/plain") for text in texts]) == []
