"""A rule that fails on a post: the post is stored, the failure noted, and no flag closed."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from cli_samples import build_blog, copydesk, serving

import pipeline
from pipeline.audit.guard import audit_safely
from pipeline.audit.rule import Rule, Span
from pipeline.cli.sink import Sink
from pipeline.records import Article, Block, Failure, Metadata, Post
from pipeline.store.db import close_store, open_store
from pipeline.store.rows import rows_of
from pipeline.store.run import ensure_site, start_run

URL = "https://blog.example/p/"
BLOCKS = (Block(kind="paragraph", text="It boils."),)


@pytest.fixture
def db(tmp_path):
    """An empty store."""
    db = open_store(tmp_path / "copydesk.db")
    yield db
    close_store(db)


def failing() -> Rule:
    rule = Rule("rules.hasty", "")

    @rule.text()
    def by_number(text: str) -> Iterator[Span]:
        yield Span(start=0, end=int(text))

    return rule


def post(failures: tuple[Failure, ...]) -> Post:
    empty = {"intro": "It boils.", "sections": (), "images": (), "links": (), "findings": ()}
    text = {"title": "Tea", "text": "It boils.", "text_raw": "It boils.", "blocks": BLOCKS}
    return Post(url=URL, kind="post", metadata=Metadata(title="Tea"), failures=failures, **empty, **text)


def test_the_post_is_stored_and_the_failure_is_a_row(db):
    (failure,) = audit_safely(Article(blocks=BLOCKS), Metadata(), [failing()]).failures
    failure = Failure(url=URL, stage=failure.stage, reason=failure.reason, detail=failure.detail)
    ensure_site(db, "blog", "https://blog.example/")
    run = start_run(db, "blog", "crawl", "1")
    sink = Sink(db, run, [URL], None)
    rows = rows_of(post((failure,)))
    sink.take(type("Item", (), {"url": URL})(), rows)
    sink.close()
    assert [row["url"] for row in db["posts"].rows] == [URL]
    stored = [(row["stage"], row["url"], row["reason"][:24]) for row in db["failures"].rows]
    assert stored == [("audit", URL, "rule hasty failed on thi")]
    assert sink.failures == [failure]


HASTY = '''"""A rule with a mistake in it.

**Finds** nothing. **Why it matters** **Leaves alone** **Fix** **Source**
"""
from pipeline.audit.rule import Rule

rule = Rule(__name__, __doc__)


@rule.text("Take care.")
def by_number(text):
    yield int(text)
'''
BESIDE = "import pipeline.rules; pipeline.rules.__path__.append({folder!r})"


def test_a_crawl_goes_on_and_the_other_rules_are_heard(tmp_path, monkeypatch):
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "hasty.py").write_text(HASTY)
    (tmp_path / "sitecustomize.py").write_text(BESIDE.format(folder=str(tmp_path / "more")))
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}:{Path(pipeline.__file__).parent.parent}")
    with serving(tmp_path / "site") as base:
        build_blog(tmp_path / "site", base)
        done = copydesk("crawl", base, "--json", cwd=tmp_path)
    report = json.loads(done.stdout)["sites"][0]
    assert (done.returncode, report["posts"], report["flags"]["broken-form"]) == (3, 5, 1)
    with closing(sqlite3.connect(tmp_path / "copydesk.db")) as stored:
        failures = stored.execute("select stage, url, reason from failures").fetchall()
    assert [(stage, url, reason[:36]) for stage, url, reason in failures] == [
        ("audit", f"{base}/post-1/", "rule hasty failed on this post (Valu")
    ]
