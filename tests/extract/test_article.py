"""The article without the site around it."""

import pytest

from pipeline.extract.article import extract_article
from pipeline.extract.dom import parse_html
from pipeline.process import extract
from pipeline.records import Page

PROSE = "A long enough sentence about the workshop that says nothing new but fills its line well. " * 3
URL = "https://workbench.example/posts/glue/"


def texts(body: str, title: str = "Glue") -> list[str]:
    page = Page(url=URL, text=f"<html><head><title>{title}</title></head><body>{body}</body></html>")
    return [block.text for block in extract_article(parse_html(page.text), page).blocks]


def post(inside: str) -> str:
    return f"<div class='entry-content'><p>{PROSE}</p>{inside}<p>{PROSE}</p></div>"


CLEAN = [PROSE.strip(), PROSE.strip()]


@pytest.mark.parametrize(
    "box",
    [
        "<div class='my-share-bar'><h3>Share it</h3><a href='#'>X</a></div>",
        "<nav><a href='/a'>Next</a></nav>",
        "<aside><p>Buy our book</p></aside>",
        "<div class='post-share-buttons'>Tell your friends</div>",
        "<div class='relatedPosts'><a href='/b'>Another</a></div>",
        "<div class='toc'><ul><li><a href='#a'>A</a></li></ul></div>",
        "<div><h3>You may also like</h3><p><a href='/b'>Another post</a></p></div>",
        "<div><h4><a href='/b'>Another post</a></h4><p>Its first words.</p></div>",
        "<form><input><p>Sign up</p></form>",
        "<span class='screen-reader-text'>Skip</span>",
        "<div class='elementor-widget elementor-widget-share-buttons'>Share</div>",
    ],
)
def test_furniture_inside_the_body_is_left_out(box: str) -> None:
    assert texts(post(box)) == CLEAN


@pytest.mark.parametrize(
    "box",
    [
        "<div class='has-social-icons wp-block-group'>Kept words</div>",
        "<div class='elementor-widget-container'>Kept words</div>",
        "<section id='sharing-tools-with-your-neighbours'>Kept words</section>",
        "<pre><span class='comment'>Kept words</span></pre>",
        "<h3><a href='https://other.example/'>Kept words</a></h3>",
        "<h3><a href='/b'>Kept words</a></h3>",
        "<div class='widget'>Kept words</div>",
    ],
)
def test_content_whose_names_sound_like_furniture_stays(box: str) -> None:
    assert "Kept words" in texts(post(box))


SECTION = (
    "Labels of this kind go on the front of each drawer, where everybody sees what is in it and what is not."
)


@pytest.mark.parametrize("heading", ["Categories", "More on drawers", "Further reading", "Kategorien"])
def test_a_section_without_links_is_the_posts_whatever_its_heading(heading: str) -> None:
    box = f"<h2>{heading}</h2><p>{SECTION}</p><h2>Next</h2>"
    assert texts(post(box)) == [CLEAN[0], heading, SECTION, "Next", CLEAN[1]]
    assert SECTION not in texts(post(box.replace("front", "<a href='/b'>front</a>")))
    assert SECTION not in texts(post(box.replace(heading, "About the author")))


def test_a_box_that_holds_the_post_is_no_sidebar_whatever_its_class() -> None:
    assert texts(f"<div class='layout sidebar-right'><p>{PROSE}</p><p>{PROSE}</p></div>") == CLEAN


@pytest.mark.parametrize(
    "box",
    [
        "<div class='sharedaddy'><h3>Kept words</h3></div>",
        "<div class='comment-respond'><form><p>Kept words</p></form></div>",
        "<h3>Leave a Reply</h3><p>Kept words</p>",
    ],
)
def test_a_leftover_inside_a_named_body_is_left_for_the_audit(box: str) -> None:
    assert "Kept words" in texts(post(box))


def test_the_same_in_a_guessed_body_is_furniture() -> None:
    box = "<div class='sharedaddy'><h3>Share this:</h3></div>"
    assert texts(f"<div id=x><p>{PROSE}</p>{box}<p>{PROSE}</p></div>") == CLEAN


def test_the_title_is_no_part_of_the_body_wherever_it_stands() -> None:
    assert texts(f"<article><h2>Glue</h2><p>{PROSE}</p><p>{PROSE}</p></article>", "Glue – The Bench") == CLEAN


def test_a_section_heading_that_repeats_a_part_of_the_title_stays() -> None:
    head = '<title>Summer plans and open days | Weir</title><meta property="og:type" content="article">'
    body = f"<div class='post-title'>Summer plans and open days</div>{post('<h2>Open days</h2>')}"
    found = extract(Page(url=URL, text=f"<html><head>{head}</head><body>{body}</body></html>"))
    assert "Open days" in [block.text for block in found.article.blocks]


def test_a_second_copy_of_the_title_is_left_for_the_audit() -> None:
    body = f"<h1>Glue</h1><div class='entry-content'><h2>Glue</h2><p>{PROSE}</p><p>{PROSE}</p></div>"
    assert texts(body) == ["Glue", *CLEAN]


def test_a_lead_above_the_body_comes_first() -> None:
    lead = "Twelve kinds of glue, one bench, and a winter of waiting for things to dry."
    body = f"<article><h1>Glue</h1><p>{lead}</p>{post('')}</article>"
    assert texts(body) == [lead, *CLEAN]


def test_a_line_on_author_and_date_is_no_lead() -> None:
    line = "Posted on 3 May 2024 · updated 4 May 2024 · six minutes to read · by Ruth Adeyemi"
    body = f"<article><p>{line}</p><div class='entry-content'><p>{PROSE}</p><p>{PROSE}</p></div></article>"
    assert texts(body) == CLEAN


def test_a_line_with_a_time_above_the_text_is_none_of_it() -> None:
    line = "<p>Ruth Adeyemi, <time datetime='2024-05-03'>3 May 2024</time> in <a href='/c/'>Glues</a></p>"
    assert texts(f"<article><h1>Glue</h1>{line}<p>{PROSE}</p><p>{PROSE}</p></article>") == CLEAN


def test_a_time_in_the_text_stays() -> None:
    line = "<p>We met on <time datetime='2024-05-03'>3 May</time>.</p>"
    body = f"<article><h1>Glue</h1><p>{PROSE}</p>{line}<p>{PROSE}</p></article>"
    assert texts(body) == [PROSE.strip(), "We met on 3 May.", PROSE.strip()]


def test_a_body_cut_in_two_by_an_advert_is_read_whole() -> None:
    part = f"<div class='story-body'><p>{PROSE}</p></div>"
    assert texts(f"<article>{part}<div class='adslot'>Buy</div>{part}</article>") == CLEAN


def test_comments_without_a_class_end_the_post_at_their_heading() -> None:
    talk = f"<h2>There are 13 comments</h2><ol><li><p>{PROSE}</p></li><li><p>{PROSE}</p></li></ol>"
    assert texts(f"<div id=x><p>{PROSE}</p><p>{PROSE}</p>{talk}</div>") == CLEAN


def test_a_page_without_text_gives_no_blocks() -> None:
    assert texts("<img src=a.png>") == []


def test_bold_lines_are_headings_only_where_a_post_uses_them_so() -> None:
    bold = f"<p><b>First glue</b></p><p>{PROSE}</p><p><strong>Second glue</strong></p><p>{PROSE}</p>"
    page = Page(url=URL, text=f"<div class='entry-content'><p>{PROSE}</p>{bold}</div>")
    blocks = extract_article(parse_html(page.text), page).blocks
    assert [(b.text, b.level, b.marked) for b in blocks if b.level] == [
        ("First glue", 2, "bold"),
        ("Second glue", 2, "bold"),
    ]


def test_a_heading_of_the_template_does_not_make_bold_lines_plain() -> None:
    bold = (
        f"<p><b>First glue</b></p><p>{PROSE}</p><p><b>Second glue</b></p><p>{PROSE}</p><h3>Share this:</h3>"
    )
    page = Page(url=URL, text=f"<div class='entry-content'><p>{PROSE}</p>{bold}</div>")
    assert [block.text for block in extract(page).article.blocks if block.marked == "bold"] == [
        "First glue",
        "Second glue",
    ]


def test_the_way_back_from_a_footnote_is_no_text() -> None:
    notes = "<ol><li id=fn1>By hand. <a href='#r1'>↩︎</a></li><li id=fn2><a href='#r2'>^</a> Dry.</li></ol>"
    page = Page(url=URL, text=f"<div class='entry-content'><p>{PROSE}<a href='#fn1'>1</a></p>{notes}</div>")
    assert [block.text for block in extract(page).article.blocks[1:]] == ["By hand.", "Dry."]


def test_a_picture_that_leads_into_the_page_stays() -> None:
    page = Page(
        url=URL, text=f"<div class='entry-content'><p>{PROSE}<a href='#m'><img src=m.png></a></p></div>"
    )
    assert len(extract(page).article.images) == 1


def test_bold_lines_beside_real_headings_stay_paragraphs() -> None:
    bold = f"<h2>Real</h2><p><b>First glue</b></p><p>{PROSE}</p><p><b>Second glue</b></p><p>{PROSE}</p>"
    page = Page(url=URL, text=f"<div class='entry-content'>{bold}</div>")
    blocks = extract_article(parse_html(page.text), page).blocks
    assert [block.text for block in blocks if block.level] == ["Real"]


@pytest.mark.parametrize("name", ["footnote-list brackets", "admonition note", "starlight-aside"])
def test_an_aside_that_is_a_note_of_the_text_is_read(name):
    note = "Some are younger, and two were made up in our own kitchen."
    assert texts(post(f"<aside class='{name}'><p>{note}</p></aside>"))[1] == note


def test_footnotes_behind_the_section_that_holds_the_text_are_read():
    notes = "<aside class='footnote-list'><aside class='footnote'><p>Two were made up.</p></aside></aside>"
    section = f"<section id='glue'><h1>Glue</h1><p>{PROSE}</p><p>{PROSE}</p></section>"
    assert (
        texts(f"<div class='document'><div role='main'>{section}{notes}</div></div>")[-1]
        == "Two were made up."
    )


def test_a_box_around_the_title_alone_is_no_body() -> None:
    title = "What the old bench by the window is good for"
    banner = f"<div class=banner><div class=area><h1><span>{title}</span></h1></div></div>"
    text = "We sit on it when it rains, and that is all that we can say of it."
    page = f"<title>{title}</title><div class=main>{banner}<article class=md><p>{text}</p></article></div>"
    assert [block.text for block in extract(Page(url=URL, text=page)).article.blocks] == [text]
