"""What pages with one layout share, and which posts are unlike the others."""

import pytest

from pipeline.learn import learn
from pipeline.process import process
from pipeline.records import Page
from pipeline.site.layout import majority
from pipeline.site.template import Template

SITE = "https://attic.example"
NAMES = "ann bob cat dan eve fay gus hal ivy jon".split()


def post(number: int, name: str = "words", head: str = "") -> Page:
    prose = (
        f"<p>{NAMES[number]} found a lamp that nobody had lit since {NAMES[number - 1]} moved out.</p>" * 3
    )
    attributes = f'id="post-the-lamp-of-{NAMES[number]}" class="entry {name}"'
    date = f'<meta property="article:published_time" content="2020-01-1{number}">'
    text = f"<html><head>{date}{head}</head><body><article {attributes}>{prose}</article></body></html>"
    return Page(url=f"{SITE}/{number}/", text=text)


def test_an_id_made_of_the_posts_own_words_makes_no_layout() -> None:
    assert [(layout.pages, layout.posts) for layout in learn(map(post, range(6))).layouts.values()] == [
        (6, 6)
    ]


def test_a_layout_says_from_when_to_when_its_posts_are() -> None:
    (layout,) = learn(map(post, range(6))).layouts.values()
    assert (layout.first, layout.last) == ("2020-01-10", "2020-01-15")


def test_posts_unlike_the_others_are_named_not_guessed() -> None:
    template = learn([*map(post, range(6)), post(6, "gallery"), post(7, "gallery")])
    assert (sorted(template.strangers), template.confidence) == ([f"{SITE}/6/", f"{SITE}/7/"], 0.75)
    assert template.summary()["unlike_others"] == [f"{SITE}/6/", f"{SITE}/7/"]


def test_without_posts_there_is_no_confidence() -> None:
    assert Template().confidence is None


def test_the_site_is_called_what_most_pages_call_it() -> None:
    head = '<meta property="og:site_name" content="{}"><meta name="generator" content="Hugo 0.1">'
    template = learn(
        [*(post(n, head=head.format("The Attic")) for n in range(5)), post(5, head=head.format("A"))]
    )
    assert (template.site_name, template.platform, template.theme) == ("The Attic", "hugo", None)


@pytest.mark.parametrize(
    ("said", "most"), [([], None), ([None, "a"], "a"), (["a", "b"], None), (["a", "b", "a", None, None], "a")]
)
def test_a_majority_is_more_than_half_of_those_that_say_anything(
    said: list[str | None], most: str | None
) -> None:
    assert majority(said) == most


def test_posts_that_came_after_learning_are_judged_as_well() -> None:
    template = learn(map(post, range(6)))
    known = next(iter(template.layouts))
    seen = template.having_seen({f"{SITE}/8/": known, f"{SITE}/9/": "html/body/div"})
    assert (set(seen.strangers), seen.confidence) == ({f"{SITE}/9/"}, 0.875)


def noted(number: int, words: int, date: str = "<time datetime='2020-01-1{}'>then</time>") -> Page:
    """Write a post into a box without a telling name, with a notice of the site below it."""
    prose = " ".join(f"{NAMES[number]} mended lamp {n} by the stairs." for n in range(words))
    notice = f"<div><p>Everything by {NAMES[number]} may be copied with a kind word to us.</p></div>"
    box = f"<div class='box'><div class='inner'><p>{prose}</p></div>{notice}</div>"
    return Page(url=f"{SITE}/{number}/", text=f"<body><h1>{number}</h1>{date.format(number)}{box}</body>")


SHORT_AND_LONG = [*(noted(n, 60) for n in range(4)), noted(4, 1), noted(5, 1)]


def test_the_longer_posts_show_where_the_text_of_a_short_one_stands() -> None:
    template = learn(SHORT_AND_LONG)
    assert (template.strangers, process(noted(5, 1), template).text) == (
        {},
        "fay mended lamp 0 by the stairs.",
    )


def test_notes_beside_the_place_of_the_others_are_the_posts() -> None:
    notes = "<aside class='footnote-list'><p>Of brass, he says.</p></aside>"
    short = Page(
        url=f"{SITE}/5/", text=noted(5, 1).text.replace("<div><p>Everything", f"{notes}<div><p>Everything")
    )
    assert "Of brass, he says." in process(short, learn([*SHORT_AND_LONG[:5], short])).text


def test_a_page_without_the_place_of_the_others_stays_unlike_them() -> None:
    odd = Page(url=f"{SITE}/9/", text=noted(9, 1).text.replace("class='inner'", ""))
    assert set(learn([*SHORT_AND_LONG, odd]).strangers) == {odd.url}


def test_two_posts_alone_show_nothing_to_the_others() -> None:
    template = learn([noted(0, 60), noted(1, 60), noted(4, 1), noted(5, 1)])
    assert len(template.strangers) == 4


def test_a_site_is_learned_from_posts_that_only_a_feed_dates() -> None:
    items = "".join(f"<item><link>{SITE}/{n}/</link><title>{n}</title></item>" for n in range(6))
    feed = Page(
        url=f"{SITE}/feed", media_type="application/rss+xml", text=f"<rss><channel>{items}</channel></rss>"
    )
    template = learn([*(noted(n, 60, date="") for n in range(6)), feed])
    assert (len(template.posts), template.confidence) == (6, 1.0)
