"""What a reader reads: blocks, pictures and links in order."""

import pytest

from pipeline.extract.article import extract_article
from pipeline.extract.dom import parse_html
from pipeline.records import Article, Page

URL = "https://workbench.example/2024/05/glue.html"


def read(body: str) -> Article:
    text = (
        f"<html><head><title>Glue</title></head><body><div class='entry-content'>{body}</div></body></html>"
    )
    return extract_article(parse_html(text), Page(url=URL, text=text))


def lines(body: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read(body).blocks]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One  two\n three</p>", [("paragraph", "One two three")]),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", [("list_item", "a"), ("list_item", "b")]),
        (
            "<dl><dt>Rasp</dt><dd>A coarse file</dd></dl>",
            [("list_item", "Rasp"), ("list_item", "A coarse file")],
        ),
        ("<table><tr><th>A</th><td>1</td></tr></table>", [("table_cell", "A"), ("table_cell", "1")]),
        ("<blockquote><p>Said so</p></blockquote>", [("quote", "Said so")]),
        ("<pre>a = 1\n\nb = 2</pre>", [("code", "a = 1\nb = 2")]),
        ("<figure><figcaption><h2>The press</h2></figcaption></figure>", [("caption", "The press")]),
        ("<p>one<br>two</p>", [("paragraph", "one two")]),
        ("<p>one<br><br>two</p>", [("paragraph", "one"), ("paragraph", "two")]),
        ("text<p>more</p>tail", [("paragraph", "text"), ("paragraph", "more"), ("paragraph", "tail")]),
        ("<p>glued<b>word</b></p>", [("paragraph", "gluedword")]),
        ("<p>seen<span hidden>unseen</span></p>", [("paragraph", "seen")]),
        ("<p>seen</p><p style='display: none'>unseen</p>", [("paragraph", "seen")]),
        ("<p>seen</p><script>var a</script><style>p{}</style>", [("paragraph", "seen")]),
        ("<p>video</p><iframe>no frames here</iframe>", [("paragraph", "video")]),
        ("<p dir=rtl>مرحبا <b>بكم</b></p>", [("paragraph", "مرحبا بكم")]),
    ],
)
def test_blocks_are_what_a_reader_reads(body: str, expected: list[tuple[str, str]]) -> None:
    assert lines(body) == expected


def test_a_table_that_lays_out_a_page_is_read_as_paragraphs() -> None:
    assert lines("<table><tr><td><p>First</p><p>Second</p></td></tr></table>") == [
        ("paragraph", "First"),
        ("paragraph", "Second"),
    ]


def test_line_numbers_of_code_are_no_text() -> None:
    body = "<table><tr><td class=gutter><pre>1\n2</pre></td><td class=code><pre>x\ny</pre></td></tr></table>"
    assert lines(body) == [("code", "x\ny")]


def test_an_empty_heading_takes_no_line_but_is_remembered() -> None:
    blocks = read("<p>a</p><h2> </h2><p>b</p>").blocks
    assert [(b.kind, b.level, b.text) for b in blocks] == [
        ("paragraph", 0, "a"),
        ("heading", 2, ""),
        ("paragraph", 0, "b"),
    ]


def test_a_heading_that_holds_only_a_picture_is_not_empty() -> None:
    assert read("<p>a</p><h2><img src=x.png></h2>").blocks[-1].text == "a"


def test_the_heading_of_a_card_opens_no_section() -> None:
    assert read("<p>a</p><h5 class='card-title'>Ocean</h5>").blocks[-1].level == 0


def test_the_sign_that_links_to_a_heading_is_not_its_text() -> None:
    heading = read("<h2 id=why>Why<a class=anchor href='#why'>¶</a></h2><p>text</p>").blocks[0]
    assert (heading.text, heading.anchor) == ("Why", "why")


def test_a_caption_belongs_to_the_picture_before_it() -> None:
    article = read("<p>a</p><figure><img src=saw.png alt=Saw><figcaption>A saw</figcaption></figure>")
    assert [(image.src, image.caption) for image in article.images] == [
        ("https://workbench.example/2024/05/saw.png", "A saw")
    ]


def test_a_picture_inside_a_paragraph_is_told_from_one_between_paragraphs() -> None:
    images = read("<p><img src=a.png>text</p><p><img src=b.png></p><p>more</p>").images
    assert [(image.block, image.inline) for image in images] == [(0, True), (1, False)]


def test_the_real_address_of_a_lazy_picture_is_found() -> None:
    image = read(
        "<p>x</p><img src='data:image/gif;base64,R0' data-src='/i/a.jpg' srcset='/i/a-300x200.jpg 300w'>"
    )
    assert image.images[0].src == "https://workbench.example/i/a.jpg"
    assert image.images[0].names == ("/i/a.jpg", "/i/a-300x200.jpg")


def test_a_picture_that_only_noscript_shows_is_found_once() -> None:
    lazy = "<img class=lazy data-src=/i/a.jpg><noscript><img src=/i/a.jpg></noscript>"
    hidden = "<img class=lazy data-later=1><noscript><img src=/i/b.jpg></noscript>"
    assert [image.src[-6:] for image in read(f"<p>x</p>{lazy}{hidden}").images] == ["/a.jpg", "/b.jpg"]


def test_links_know_whether_they_stay_on_the_site() -> None:
    links = read(
        "<p><a href='/b.html'>b</a> <a href='https://other.example/'>o</a> <a href='#x'>x</a></p>"
    ).links
    assert [(link.text, link.internal) for link in links] == [("b", True), ("o", False)]


def test_markup_nested_beyond_reading_keeps_its_words() -> None:
    assert lines("<span>" * 900 + "deep" + "</span>" * 900 + "<p>after</p>") == [
        ("paragraph", "deep"),
        ("paragraph", "after"),
    ]


def test_code_nested_beyond_reading_keeps_its_words() -> None:
    assert lines("<pre>" + "<span>" * 900 + "deep" + "</span>" * 900 + "</pre>") == [("code", "deep")]


def test_a_noscript_that_speaks_is_a_hidden_block() -> None:
    blocks = read("<p>a</p><noscript>Please switch scripts on.</noscript>").blocks
    assert [(b.text, b.hidden) for b in blocks] == [("a", False), ("Please switch scripts on.", True)]
