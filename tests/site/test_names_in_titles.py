"""The site's name is no part of a title, also where nothing but the titles themselves shows it."""

from pipeline.learn import learn
from pipeline.process import extract
from pipeline.records import Page

SITE = "https://w.example"
WOODS = "alder beech cedar elm fir hazel larch maple oak pine".split()


def post(title: str, number: int) -> Page:
    prose = f"<p>Of number {number} there is much to say, and whoever works with it says it gladly.</p>" * 3
    text = f"<title>{title}</title><div class=c1><b>5 May 2024</b></div><div class=c2>{prose}</div>"
    return Page(url=f"{SITE}/{number}/", text=f"<html><body>{text}</body></html>")


def titles(written: list[str]) -> list[str | None]:
    pages = [post(title, number) for number, title in enumerate(written)]
    template = learn(pages)
    return [extract(page, template).metadata.title for page in pages]


def test_what_all_titles_end_with_is_cut_off() -> None:
    assert titles([f"{wood} - a wood | Shed Notes" for wood in WOODS]) == [
        f"{wood} - a wood" for wood in WOODS
    ]


def test_what_all_titles_begin_with_is_cut_off() -> None:
    assert titles([f"Shed Notes: {wood}" for wood in WOODS]) == WOODS


def test_what_the_author_writes_before_many_titles_stays() -> None:
    written = [f"Recipe: {wood} syrup" for wood in WOODS[:8]] + WOODS[8:]
    assert titles(written) == written


def test_a_part_that_few_titles_share_stays() -> None:
    written = [f"{wood} | part two" for wood in WOODS[:4]] + WOODS[4:]
    assert titles(written) == written
