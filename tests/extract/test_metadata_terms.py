"""Categories and tags: the post's own, as displayed, told apart."""

import pytest

from pipeline.records import Witness

MENU = """<nav><a href="/category/boats/">Boats</a> <a href="/category/boats/oars/">Oars</a></nav>"""
CLOUD = """<aside class="sidebar"><div class="tagcloud"><a rel="tag" href="/tag/tar/">tar</a></div></aside>"""


def test_wordpress_marks_categories_and_tags_both_rel_tag(read):
    page = """<h1>Nets</h1><p class="text">W.</p><a href="/topics/boats" rel="category tag">Boats</a>
    <a href="/x/rope" rel="tag">rope</a>"""
    meta = read(page)
    assert (meta.categories, meta.tags) == (("Boats",), ("rope",))


def test_menus_and_tag_clouds_are_not_the_posts(read):
    page = f"{MENU}<article><h1>Nets</h1><p class=text>W.</p></article>{CLOUD}"
    meta = read(page)
    assert (meta.categories, meta.tags) == ((), ())


def test_a_nav_that_calls_itself_tags_is_no_menu(read):
    links = '<a href="/topics/#tag:tar">tar</a> <a href="/topics/#tag:rope">rope</a>'
    row = f'<nav class="post-labels tags">{links}</nav>'
    assert read(f"<article>{row}<h1>Nets</h1><p class=text>W.</p></article>").tags == ("tar", "rope")


def test_addresses_tell_categories_from_tags(read):
    page = """<article><h1>Nets</h1><div class=text><p>W.</p></div><footer>
    <a href="/categories/Boats/">Boats</a> <a href="/tags/rope/">#rope</a></footer></article>"""
    meta = read(page)
    assert (meta.categories, meta.tags) == (("Boats",), ("rope",))


@pytest.mark.parametrize(
    "label",
    [
        "Filed under:",
        "Kategorien:",
        "Publié dans",
        "Рубрика:",
        "Kategoria:",
        "קטגוריות:",
        "التصنيفات:",
        "หมวดหมู่:",
    ],
)
def test_labels_tell_categories_where_addresses_do_not(read, label):
    page = f'<h1>Nets</h1><div class="text">W.</div><p>{label} <a rel="tag" href="/boats">Boats</a></p>'
    assert read(page).categories == ("Boats",)


def test_the_post_class_finds_a_category_that_only_the_menu_writes_out(read):
    page = f'{MENU}<article class="post-7 hentry category-oars"><h1>Nets</h1><p class=text>W.</p></article>'
    assert read(page).categories == ("Oars",)


def test_nested_categories_keep_their_path(read):
    page = (
        f'{MENU}<article><h1>Nets</h1><a rel="category tag" href="/category/boats/oars/">Oars</a></article>'
    )
    meta = read(page)
    assert (meta.categories, meta.category_paths) == (("Oars",), (("Boats", "Oars"),))


def test_repetitions_are_kept_as_displayed(read):
    link = '<a rel="category tag" href="/category/boats/">Boats</a>'
    meta = read(f'<h1>Nets</h1><p class="cat-links">{link}, {link}</p>')
    assert (meta.categories, meta.raw_categories) == (("Boats",), ("Boats", "Boats"))


def test_a_row_shown_above_and_below_the_text_is_no_repetition(read):
    row = '<p class="cat-links"><a rel="category tag" href="/category/boats/">Boats</a></p>'
    assert read(f"<h1>Nets</h1>{row}<div class=text>W.</div>{row}").raw_categories == ("Boats",)


def test_marked_text_without_links_counts(read):
    page = '<h1>Nets</h1><div class="categories"><div class="post-category">Boats</div></div>'
    assert read(page).categories == ("Boats",)


def test_what_readers_see_beats_the_metadata(read):
    page = """<meta property="article:tag" content="ropes"><h1>Nets</h1>
    <ul class="post-tags"><li><a href="/tag/rope">Rope</a></li></ul><p class=text>W.</p>"""
    assert read(page).tags == ("Rope",)


def test_metadata_fills_in_where_nothing_is_shown(read):
    data = '{"@type":"Article","articleSection":"Boats","keywords":"rope, tar"}'
    meta = read(f'<script type="application/ld+json">{data}</script><h1>Nets</h1>')
    assert (meta.categories, meta.tags, meta.provenance["tags"]) == (("Boats",), ("rope", "tar"), "json-ld")


def test_breadcrumbs_are_the_last_resort(read):
    page = '<nav class="breadcrumb"><a href="/">Home</a> <a href="/b">Boats</a> Nets</nav><h1>Nets</h1>'
    assert read(page).categories == ("Boats",)


def test_a_link_to_a_topic_in_running_text_is_no_tag(read):
    words = "Long ago the nets of this harbour were mended by hand, by all who could hold a needle. " * 2
    page = f'<h1>Nets</h1><div class=text><p>{words}<a href="/topics/winter">winter</a> {words}</p></div>'
    assert read(page).tags == ()


def test_feed_labels_in_the_address_are_categories_and_the_others_tags(read):
    witness = Witness(url="https://harbour.example/boats/nets", source="feed", labels=("Boats", "rope"))
    meta = read("<h1>Nets</h1>", url="https://harbour.example/boats/nets", witnesses=[witness])
    assert (meta.categories, meta.tags) == (("Boats",), ("rope",))


def test_jekyll_writes_categories_into_the_address(read):
    page = '<meta name="generator" content="Jekyll v4.3"><h1>Nets</h1>'
    meta = read(page, url="https://harbour.example/boats/oars/2021/05/06/nets.html")
    assert meta.categories == ("boats", "oars")


def test_the_terms_of_a_copy_are_those_of_the_original(read):
    page = """<link rel=canonical href="https://quay.example/nets/"><article><h1>Nets</h1><p class=text>W.</p>
    <p class=tags><a href="https://quay.example/tags/tar">tar</a></p></article>"""
    assert read(page, url="http://localhost/nets/").tags == ("tar",)


def test_terms_of_another_site_are_not_the_posts(read):
    page = """<article><h1>Nets</h1><p class=text>W.</p>
    <p class=tags><a href="https://shop.example/tags/tar">tar</a></p></article>"""
    assert read(page).tags == ()


def test_a_faint_row_that_the_head_knows_nothing_of_is_the_sites(read):
    head = "<meta property=article:tag content=rope><meta property=article:tag content=tar>"
    page = f"{head}<div><a href=/topic/breaking/>Breaking</a></div><h1>Nets</h1><p class=text>Words.</p>"
    assert read(page).tags == ("rope", "tar")


def test_ghost_names_all_tags_in_the_head_where_the_theme_shows_the_first(read):
    head = "<meta name=generator content='Ghost 5.8'><meta property=article:tag content=Rope>"
    page = f"""{head}<meta property=article:tag content=Tar><article class="post tag-rope">
    <h1>Nets</h1><a class=post-card-primary-tag href=/tag/rope/>Rope</a><p class=text>Words.</p></article>"""
    assert read(page).tags == ("Rope", "Tar")
    assert read(page.replace("Ghost 5.8", "Other")).tags == ("Rope",)


def test_an_identifier_is_no_term(read):
    page = "<meta name=keywords content='8ae9ab2d-fe1b-4230-acb8-a59b52877682, rope'><h1>Nets</h1>"
    assert read(page).tags == ("rope",)


@pytest.mark.parametrize(
    "label", ["Tags:", "Etiketler:", "Tagi:", "תגיות:", "الوسوم:", "Ετικέτες:", "标签："]
)
def test_the_words_before_links_call_them_tags_where_nothing_else_does(read, label):
    links = '<a href="/a">rope</a>, <a href="/b">tar</a>'
    assert read(f'<h1>Nets</h1><div class="text">W.</div><p>{label} {links}</p>').tags == ("rope", "tar")


def test_the_words_before_a_link_in_the_text_make_it_no_term(read):
    prose = "<p>Words.</p>" * 40
    page = f'<h1>Nets</h1><div class="text">{prose}<p>Two tags: <a href="/a">red</a></p>{prose}</div>'
    assert read(page).tags == ()


def test_a_byline_written_by_hand_names_the_category_last(read):
    page = '<h1>Nets</h1><p>3 May 2021, Ida Moen, in <a href="boats.html">Boats</a></p><p class=text>W.</p>'
    meta = read(page)
    assert (meta.categories, meta.authors, meta.published) == (("Boats",), ("Ida Moen",), "2021-05-03")


def test_a_nav_that_is_labelled_tags_is_no_menu(read):
    row = '<nav aria-label="tags"><ul><li><a href="/blog/tags/rope">rope</a></ul></nav>'
    assert read(f"<article><h1>Nets</h1><p class=text>W.</p>{row}</article>").tags == ("rope",)


def test_a_section_that_holds_the_text_is_no_row_of_terms(read):
    text = '<h1>Nets</h1><div class=text><p>W. <a href="/tar">tar</a></p></div>'
    assert read(f"<section class=section>{text}</section>").categories == ()


def test_categories_that_the_head_repeats_as_tags_are_no_tags(read):
    link = '<a rel="category tag" href="/category/boats/">Boats</a>'
    page = f"<meta property=article:tag content=Boats><h1>Nets</h1>{link}<p class=text>W.</p>"
    assert (read(page).categories, read(page).tags) == (("Boats",), ())


def test_what_the_system_writes_for_no_category_is_none(read):
    assert read("<meta property=article:section content=Uncategorized><h1>Nets</h1>").categories == ()


@pytest.mark.parametrize(
    "before", ["May 3, 2021 in", "Posted by <a href=/author/ida>Ida</a> in", "3 May,  in"]
)
def test_a_small_word_behind_a_date_or_link_names_the_category(read, before):
    line = f'<p>{before} <a href="/boats/">Boats</a>, <a href="/rope/">Rope</a></p>'
    assert read(f"<h1>Nets</h1>{line}<p class=text>Words.</p>").categories == ("Boats", "Rope")


def test_a_small_word_in_the_text_names_none(read):
    line = '<p><a href="/ida/">Ida</a> in <a href="/oslo/">Oslo</a></p>'
    assert read(f"<h1>Nets</h1><div class=text>{line}<p>Words.</p></div>").categories == ()


def test_a_line_of_hashtags_is_several_tags(read):
    page = "<article><h1>Nets</h1><p class=text>Words.</p><p class=hashtags>#rope #tar</p></article>"
    assert read(page).tags == ("rope", "tar")


@pytest.mark.parametrize(
    "part",
    [
        "<ul class='section'><li><a href=/a>Ropes</a></li><li><a href=/b>Tar</a></li>"
        "<li><a href=/c>Oars</a></li><li><a href=/d>Sails</a></li></ul>",
        "<div class='shows-section'><h3><a href=/a>Our boats</a></h3></div>",
        "<div class='signup-section'>Leave your address and get our letter: <a href=/a>Details</a></div>",
        "<div id='aside'><div class='topics'><a href=/a>A rope parts</a></div></div>",
        "<p class='tags'><a href=/a>All about ropes »</a> <a href=/b>Read it for 1€</a></p>",
    ],
)
def test_a_part_of_the_page_is_no_row_of_terms(read, part):
    meta = read(f"<article><h1>Nets</h1><p class=text>Words.</p>{part}</article>")
    assert (meta.categories, meta.tags) == ((), ())


def test_a_section_that_holds_a_few_links_alone_names_the_category(read):
    row = "<div class='article-section'><a href=/ropes>Ropes</a></div>"
    assert read(f"<article><h1>Nets</h1>{row}<p class=text>Words.</p></article>").categories == ("Ropes",)


def test_an_arrow_of_quotation_marks_belongs_to_the_term(read):
    meta = "<meta name=keywords content='Boat, «Red Boat»'>"
    assert read(f"{meta}<h1>Nets</h1><p class=text>Words.</p>").tags == ("Boat", "«Red Boat»")


def test_what_a_menu_far_above_the_title_calls_a_category_is_none(read):
    menu = "<div class='cat-links'><a href=/paper>The paper</a></div>" + "<div><p>Words.</p></div>" * 90
    assert read(f"{menu}<article><h1>Nets</h1><p class=text>Words.</p></article>").categories == ()
