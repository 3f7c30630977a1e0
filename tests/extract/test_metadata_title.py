"""The title: what readers see, without the site's name."""

import pytest

from pipeline.extract.naming import without_site
from pipeline.records import Witness


def test_the_heading_wins_over_another_spelling_in_the_head(read):
    head = "<title>Mending nets | Harbour</title><meta property=og:title content='Mending Nets'>"
    assert read(f"{head}<h1>Mending nets!</h1>").title == "Mending nets!"


def test_the_sites_name_in_an_h1_is_no_title(read):
    page = """<title>Mending nets – Harbour Notes</title>
    <meta property="og:site_name" content="Harbour Notes">
    <h1><a href="/">Harbour Notes</a></h1><h2>Mending nets</h2><p class="text">Words.</p>"""
    assert read(page).title == "Mending nets"


def test_a_related_posts_heading_is_no_title(read):
    page = """<title>Mending nets</title><div class="related-posts"><h1>Mending boats</h1></div>
    <article><h2 class="entry-title">Mending nets</h2></article>"""
    assert read(page).title == "Mending nets"


def test_the_sign_of_a_permanent_link_is_no_part_of_the_title(read):
    page = '<title>Nets</title><h1>Nets<a class="headerlink" href="#nets" title="Permanent link">¶</a></h1>'
    assert read(page).title == "Nets"


@pytest.mark.parametrize(
    ("title", "clean"),
    [
        ("Nets – mended | Harbour Notes", "Nets – mended"),
        ("Harbour Notes: Nets – mended", "Nets – mended"),
        ("Nets: a love story", "Nets: a love story"),
        ("Nets | Ropes | Knots", "Nets | Ropes | Knots"),
        ("Nets · harbour.example", "Nets"),
    ],
)
def test_only_what_names_the_site_is_cut_off(title, clean):
    assert without_site(title, ["Harbour Notes"], "https://harbour.example/nets") == clean


def test_a_title_without_any_heading_comes_from_the_head(read):
    page = read(
        '<title>Nets mended - Harbour</title><meta name="application-name" content="Harbour"><p>Words.'
    )
    assert (page.title, page.provenance["title"]) == ("Nets mended", "meta")


def test_a_kicker_inside_the_heading_is_left_out(read):
    page = (
        "<title>Nets are back</title><h1><span class='kicker'>Fishing</span> <span>Nets are back</span></h1>"
    )
    assert read(page).title == "Nets are back"


def test_the_feeds_title_helps_to_find_the_heading(read):
    witness = Witness(url="https://harbour.example/2021/nets", source="feed", title="Nets are back")
    page = "<title>Welcome</title><h1>Harbour</h1><h2>Nets are back</h2>"
    assert read(page, witnesses=[witness]).title == "Nets are back"


def test_invisible_hyphens_do_not_split_words(read):
    assert read("<title>Schifffahrt</title><h1>Schiff\xadfahrt</h1>").title == "Schifffahrt"


def test_a_page_without_words_has_no_title(read):
    assert read("<p></p>").title is None


def test_the_sign_that_links_to_the_title_itself_is_no_part_of_it(read):
    sign = '<a class="headerlink" href="#nets" title="Link to this heading">#</a>'
    assert read(f"<h1>Nets{sign}</h1><p class=text>Words.</p>").title == "Nets"
