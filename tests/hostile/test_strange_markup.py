"""Pages made to stall, crash or fool a parser, from their bytes to what would be stored."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from measure.fuzz import FINDS
from measure.fuzz_line import timed

from pipeline.archive.charset import decode
from pipeline.cli.work import Known, rows_of_item
from pipeline.errors import ExtractionError
from pipeline.process import process
from pipeline.records import Failure, Page, Post
from pipeline.site.template import Template
from pipeline.spread import Task, attempt

HEAD = "<!doctype html><title>Deep tea</title><h1>Deep tea</h1>"
WORDS = "The kettle in the corner sang until the neighbours came to listen. "
SIZE = 100_000


def post_of(html: str) -> Post:
    return process(Page(url="https://blog.example/deep/", media_type="text/html", text=html))


@pytest.mark.row(48)
@pytest.mark.parametrize(
    ("tag", "depth"), [("div", 100_000), ("b", 5_000), ("ul><li", 5_000), ("table><tr><td", 3_000)]
)
def test_text_is_kept_however_deep_it_stands(tag: str, depth: int) -> None:
    post = post_of(f"{HEAD}<p>{WORDS}</p>" + f"<{tag}>" * depth + f"<p>Here at the bottom. {WORDS}</p>")
    assert "Here at the bottom" in post.text
    assert post.title == "Deep tea"


@pytest.mark.row(49)
def test_a_tag_with_too_many_attributes_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(ExtractionError, match="suspicious_markup"):
        post_of(HEAD + "<p " + " ".join(f"a{n}=1" for n in range(SIZE)) + f">{WORDS}")


@pytest.fixture
def nobody_watches_the_collector() -> Iterator[None]:
    """Take away what test tools do whenever garbage is collected: an alarm that rings there is not heard."""
    watchers = gc.callbacks[:]
    gc.callbacks.clear()
    yield
    gc.callbacks.extend(watchers)


@pytest.mark.row(50)
def test_a_million_tags_are_given_up_in_time_and_named(nobody_watches_the_collector: None) -> None:
    page = Page(url="https://blog.example/tags/", media_type="text/html", text=HEAD + "<i>x</i>" * 600_000)
    task = Task(
        function=rows_of_item, shared=Known(template=Template()), url_of=lambda page: page.url, limit_s=1
    )
    found = attempt(task, page)
    assert isinstance(found, Failure)
    assert (found.url, found.reason.partition(":")[0]) == ("https://blog.example/tags/", "timeout")


@pytest.mark.row(50)
def test_a_page_beyond_the_limit_is_refused() -> None:
    with pytest.raises(ExtractionError, match="the limit is"):
        post_of(HEAD + "x" * 7_000_000)


@pytest.mark.row(51, 60)
@pytest.mark.parametrize(
    "piece",
    "<!-- < <? & &lt; <p> <h1> <ul><li>x <br>x<br> <script> [caption] {{ IMG_1234.jpg \u200b a-b- Ã©".split(),
)
def test_one_piece_over_and_over_is_done_in_the_time_that_its_size_allows(piece: str) -> None:
    # Slack: other tests run beside this one, and what this looks for grows with the square of the size.
    assert timed((HEAD + piece * (SIZE // 2 // len(piece))).encode(), slack=3.0)


@pytest.mark.row(52)
def test_letters_that_were_broken_long_ago_are_a_finding() -> None:
    broken = "CrÃ¨me brÃ»lÃ©e and a cafÃ© au lait for the neighbours. "
    rules = {finding.rule for finding in post_of(f"{HEAD}<p>{broken * 3}</p><p>{WORDS * 3}</p>").findings}
    assert "mojibake" in rules


@pytest.mark.row(54)
def test_what_no_database_can_hold_is_gone_before_anything_reads_it() -> None:
    body = (
        f"{HEAD}<p>T\0e\x01a\x1b[31m &#0;&#xD800;&#x1; {WORDS}</p>".encode()
        + b"<p>\xed\xa0\x80 more words</p>"
    )
    post = post_of(decode(body).text)
    assert [char for char in post.text_raw + (post.title or "") if ord(char) < 32 and char != "\n"] == []
    assert post.text_raw.encode()


@pytest.mark.row(59)
def test_invisible_and_turning_characters_are_findings_and_kept_as_evidence() -> None:
    text = "pay\u200bpal and \u202egnp.exe\u202c and so\ufeffon"
    post = post_of(f"{HEAD}<p>{WORDS * 3}</p><p>{text} {WORDS}</p>")
    quotes = "".join(finding.quote for finding in post.findings if finding.rule == "invisible-character")
    assert ("\u200b" in quotes, "\u202e" in quotes, "\u202e" in post.text_raw) == (True, True, True)


@pytest.mark.row(51, 60)
@pytest.mark.parametrize("find", sorted(FINDS.iterdir()), ids=lambda find: find.name)
def test_what_fuzzing_found_once_is_read_in_time(find: Path) -> None:
    assert timed(find.read_bytes())
