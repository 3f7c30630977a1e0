"""What many pages of a site have in common."""

from functools import reduce
from operator import add

from hypothesis import given
from hypothesis import strategies as st

from pipeline.learn import learn, tally
from pipeline.process import extract
from pipeline.records import Page
from pipeline.site.template import Tally, Template, fingerprint

SITE = "https://workbench.example"
BANNER = "Support the workshop with a small gift and get our thanks in return, every spring."


def page(number: int) -> Page:
    prose = f"<p>Post {'abcdefghijkl'[number]} is about something else than the others and says so.</p>" * 2
    body = f"<div class='entry-content'><h2>Ingredients</h2>{prose}<p>Serves 4</p><p>{BANNER}</p></div>"
    return Page(
        url=f"{SITE}/{number}/", text=f"<html><head><title>P{number}</title></head><body>{body}</body></html>"
    )


PAGES = [page(number) for number in range(8)]
FEED = Page(
    url=f"{SITE}/feed.xml",
    media_type="application/rss+xml",
    text=f"""<rss version="2.0"><channel><title>Bench</title><item><title>Post</title><link>{SITE}/1/</link>
    <category>Tools</category><pubDate>Wed, 01 May 2024 10:00:00 +0000</pubDate></item></channel></rss>""",
)


def test_a_block_that_most_posts_share_is_furniture() -> None:
    template = learn(PAGES)
    assert BANNER in [block.text for block in extract(PAGES[0]).article.blocks]
    assert BANNER not in [block.text for block in extract(PAGES[0], template).article.blocks]


def test_headings_and_short_lines_that_recur_by_nature_stay() -> None:
    texts = [block.text for block in extract(PAGES[0], learn(PAGES)).article.blocks]
    assert texts[0] == "Ingredients"
    assert texts[-1] == "Serves 4"


def test_nothing_is_concluded_from_four_pages() -> None:
    template = learn(PAGES[:4])
    assert BANNER in [block.text for block in extract(PAGES[0], template).article.blocks]


@given(st.permutations(PAGES))
def test_tallies_add_up_in_any_order(pages: list[Page]) -> None:
    assert reduce(add, map(tally, pages), Tally()) == reduce(add, map(tally, PAGES), Tally())


def test_a_feed_speaks_for_the_posts_it_lists() -> None:
    template = learn([*PAGES, FEED])
    assert [witness.source for witness in template.witnesses_of(f"{SITE}/1")] == ["feed"]
    assert template.settle_kind(f"{SITE}/1/", "page", dated=False) == "post"


def test_an_empty_template_leaves_everything_as_it_is() -> None:
    assert Template().settle_kind(f"{SITE}/1/", "page", dated=False) == "page"
    assert extract(PAGES[0], Template()).article == extract(PAGES[0]).article


def test_digits_and_case_do_not_tell_two_blocks_apart() -> None:
    assert fingerprint("12 Comments") == fingerprint("3 comments")
    assert fingerprint("Glue") != fingerprint("Wood")


def term_page(tag: str, listed: list[int]) -> Page:
    links = "".join(f"<li><h2><a href='/{number}/'>Post</a></h2></li>" for number in listed)
    recent = "<li><h2><a href='/0/'>Post</a></h2></li>"
    text = f"<html><body><h1>{tag}</h1><ul>{links}{recent}</ul></body></html>"
    return Page(url=f"{SITE}/tag/{tag}/", text=text)


def test_a_post_that_stands_beside_every_list_is_in_none() -> None:
    tags = ["saws", "files", "glue", "wood", "tin"]
    terms = [term_page(tag, [number]) for number, tag in enumerate(tags, 1)]
    template = learn([*PAGES, *terms])
    assert [witness.tags for witness in template.witnesses_of(f"{SITE}/3/")] == [("glue",)]
    assert template.witnesses_of(f"{SITE}/0/") == ()


def test_a_page_numbered_like_lists_is_one() -> None:
    rows = "".join(f'<li><a href="/{n}/">The walk of {n}</a></li>' for n in range(5))
    lists = [Page(url=f"{SITE}/older{n}.html", text=f"<h1>Older</h1><ul>{rows}</ul>") for n in range(2, 5)]
    template = learn([*lists, *map(page, range(6))])
    assert template.settle_kind(f"{SITE}/older9.html", "post", dated=True) == "listing"
    assert template.settle_kind(f"{SITE}/6/", "post", dated=True) == "post"
