"""What several posts of a site show, though not most of them: evidence for the audit."""

from pipeline.learn import learn
from pipeline.process import process
from pipeline.records import Page

LABEL = "Advertisement"


def page(n: int, extra: str) -> Page:
    words = " ".join(
        f"The {n}{thing} stands here and nobody knows why." for thing in "cup pot leaf tin".split()
    )
    head = f"<h1>Story {n}</h1><time datetime='2024-01-0{n % 9 + 1}'>x</time>"
    body = f"{head}<p>{words}</p>{extra}<p>{words} End.</p>"
    source = f"<html><head><title>Story {n}</title></head><body><article>{body}</article></body></html>"
    return Page(url=f"https://blog.example/story-{n}/", text=source)


def site(shown: int) -> list[Page]:
    return [page(n, f"<p>{LABEL}</p>" if n < shown else "") for n in range(20)]


def test_a_line_of_many_posts_is_counted() -> None:
    assert learn(site(shown=8)).pages_with(LABEL) == 8


def test_a_line_of_few_posts_is_not() -> None:
    assert learn(site(shown=4)).pages_with(LABEL) == 0


def test_a_label_on_many_posts_is_sure_and_on_one_is_not() -> None:
    often = process(page(1, f"<p>{LABEL}</p>"), learn(site(shown=8)))
    once = process(page(1, f"<p>{LABEL}</p>"), learn(site(shown=2)))
    assert [[f.fix for f in post.findings] for post in (often, once)] == [["safe"], ["suggested"]]
    assert often.findings[0].evidence[-1].detail == "the site shows it on 8 pages"
