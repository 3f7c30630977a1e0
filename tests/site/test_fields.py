"""What one post says plainly shows where all of them say it."""

from pipeline.learn import learn
from pipeline.process import process
from pipeline.records import Page, Post
from pipeline.site.template import Template

SITE = "https://shed.example"
WRITERS = "Ada Mill,Bo Finch,Cy Rook,Dee Heron,Ed Crane,Flo Swift,Gil Wren".split(",")
SHELVES = "Tools,Paint,Timber,Tools,Rope,Paint,Glue".split(",")
PROSE = "<p>The bench by the window wobbles again, for the same reason as every other spring.</p>"


def linked(number: int) -> str:
    """Say author and section in linked data, as the newer posts of this blog do."""
    author = f'"author": {{"@type": "Person", "name": "{WRITERS[number]}"}}'
    shelf = f'"articleSection": "{SHELVES[number]}"'
    day = f'"datePublished": "2021-03-0{number + 1}"'
    return f'<script type="application/ld+json">{{"@type": "BlogPosting", {author}, {shelf}, {day}}}</script>'


def page(number: int, head: str, home: str = "story", after: str = "") -> Page:
    shown = (
        f'<div class="slip">{WRITERS[number]}</div><div class="shelf">On the shelf: {SHELVES[number]}</div>'
        f'<div class="stamp">{number + 1} March 2021</div>'
    )
    body = f"<h1>The bench, part {WRITERS[number]}</h1>{shown}<div class='{home}'>{PROSE * 4}</div>{after}"
    return Page(
        url=f"{SITE}/{number}/", text=f"<html><head>{head}</head><body><main>{body}</main></body></html>"
    )


def site() -> Template:
    return learn(page(number, linked(number)) for number in range(6))


def old_post(template: Template | None) -> Post:
    """Read a post from before the blog had linked data."""
    return process(page(6, ""), template)


def test_a_post_without_data_is_read_where_its_siblings_show_theirs() -> None:
    found = old_post(site()).metadata
    assert (found.authors, found.categories, found.provenance["authors"]) == (
        ("Gil Wren",),
        ("Glue",),
        "markup",
    )
    assert old_post(None).metadata.categories == ()


def test_too_few_siblings_teach_nothing() -> None:
    template = learn(page(number, linked(number)) for number in range(4))
    assert all(not layout.fields for layout in template.layouts.values())


def test_a_place_that_never_changes_is_no_field() -> None:
    text = page(0, linked(0)).text
    template = learn(Page(url=f"{SITE}/{number}/", text=text) for number in range(8))
    assert all(not layout.fields for layout in template.layouts.values())


def test_what_a_post_says_itself_is_not_replaced() -> None:
    odd = page(6, linked(5))
    assert process(odd, site()).metadata.authors == (WRITERS[5],)


def test_a_short_post_under_a_long_discussion_is_found_where_its_siblings_stand() -> None:
    talk = f"<div class='talk'>{'<p>I had the very same trouble, said a neighbour, and more.</p>' * 60}</div>"
    short = page(6, "", after=talk)
    short = Page(url=short.url, text=short.text.replace(PROSE * 4, "<p>It is mended.</p>"))
    assert process(short, site()).text == "It is mended."
    assert process(short).text != "It is mended."


def test_learned_places_name_selector_words_around_and_proof() -> None:
    (layout,) = site().layouts.values()
    shelf = layout.fields["categories"]
    assert (shelf.css, shelf.prefix, shelf.posts) == ("html > body > main > div.shelf", "On the shelf: ", 6)


def signed(number: int, name: str) -> Page:
    """Sign a post among the links of its menu."""
    side = f'<nav><div class="leaf__authors"><p><b>{name}</b><br>Rower</p></div></nav>'
    return Page(url=f"{SITE}/{number}/", text=page(number, "", after=side).text.replace("slip", "slip-2021"))


def authors(names: list[str]) -> tuple[str, ...]:
    pages = [signed(number, name) for number, name in enumerate(names)]
    return process(pages[0], learn(pages)).metadata.authors


def test_a_place_for_authors_is_known_by_its_name_and_by_changing_people() -> None:
    assert authors(["Ada Mill", "Bo Finch", "Ada Mill", "Bo Finch", "Ada Mill", "Bo Finch"]) == ("Ada Mill",)


def test_a_name_in_a_script_without_spaces_is_one_word() -> None:
    assert authors(["田中美咲", "高橋健太", "田中美咲", "高橋健太", "田中美咲", "高橋健太"]) == ("田中美咲",)


def test_a_name_that_never_changes_is_the_sites() -> None:
    assert authors(["Ada Mill"] * 6) == ()


def test_what_is_new_on_every_post_is_no_author() -> None:
    assert authors(["The First", "The Second", "The Third", "The Fourth", "The Fifth", "The Sixth"]) == ()
