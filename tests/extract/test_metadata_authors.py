"""Authors: people's names, in page order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.names import people_in
from pipeline.records import Witness


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ida Moen", ["Ida Moen"]),
        ("Von Ida Moen und Jon Vik", ["Ida Moen", "Jon Vik"]),
        ("par Ida Moen, le 3 mai 2021", ["Ida Moen"]),
        ("Por: Ida Moen | 3/5/2021", ["Ida Moen"]),
        ("Автор: Ида Моэн", ["Ида Моэн"]),
        ("作者：山田太郎", ["山田太郎"]),
        ("โดย อิดา มูเอน", ["อิดา มูเอน"]),
        ("بقلم إيدا موين، يان فيك", ["إيدا موين", "يان فيك"]),
        ("伊田 (id:ida)", ["伊田"]),
        ("投稿者: 森伊田 カテゴリー:", ["森伊田"]),
        ("작성자: 김이다", ["김이다"]),
        ("نویسنده: آیدا موئن", ["آیدا موئن"]),
        ("Geplaatst op 3-5-2021 door Ida Moen", ["Ida Moen"]),
        ("Written by Ida Moen. Last updated:", ["Ida Moen"]),
        ("Written by Ida Moen, Jon Vik & Pål Lie", ["Ida Moen", "Jon Vik", "Pål Lie"]),
        ("AutorIda Moen", ["Ida Moen"]),
        ("Ida Moen May 3, 2021", ["Ida Moen"]),
        ("Ursula van der Berg", ["Ursula van der Berg"]),
        ("Posted on", []),
        ("12 comments", []),
        ("admin", []),
        ("https://harbour.example/ida", []),
    ],
)
def test_a_byline_gives_its_names(line, names):
    assert list(people_in(line)) == names


def test_the_byline_beats_admin_in_the_metadata(read):
    page = '<meta name="author" content="admin"><h1>Nets</h1><p class="byline">By Ida Moen</p>'
    assert read(page).authors == ("Ida Moen",)


def test_a_person_beats_the_organisation(read):
    data = '{"@type":"BlogPosting","author":{"@type":"Organization","name":"Harbour Media"}}'
    link = '<a rel="author" href="/a">Ida Moen</a>'
    page = f'<script type="application/ld+json">{data}</script><h1>Nets</h1>{link}'
    assert read(page).authors == ("Ida Moen",)


def test_authors_stand_in_page_order(read):
    page = """<h1>Nets</h1><div class="post-meta"><span class="author">Jon Vik</span> and
    <span class="author">Ida Moen</span></div><div class="text"><p>Words.</p></div>"""
    assert read(page).authors == ("Jon Vik", "Ida Moen")


def test_who_comments_is_no_author(read):
    comments = '<ol class="comment-list"><li><cite class="fn">Pål Lie</cite></li></ol>'
    assert read(f'<h1>Nets</h1><p class="text">W.</p>{comments}').authors == ()


def test_json_ld_references_are_followed(read):
    data = """{"@graph":[{"@type":"Article","headline":"Nets","author":{"@id":"#ida"}},
    {"@type":"Person","@id":"#ida","name":"Ida Moen"}]}"""
    meta = read(f'<script type="application/ld+json">{data}</script><h1>Nets</h1>')
    assert (meta.authors, meta.provenance["authors"]) == (("Ida Moen",), "json-ld")


def test_a_lone_label_points_to_the_next_element(read):
    assert read("<h1>Nets</h1><p><span>By</span> <b>Ida Moen</b></p>").authors == ("Ida Moen",)


def test_somebody_mentioned_in_the_text_is_no_author(read):
    page = (
        "<h1>Nets</h1><div class=text><p>They were mended by Jon Vik of the old harbour last year.</p></div>"
    )
    assert read(page).authors == ()


def test_the_feed_names_who_the_page_does_not(read):
    witness = Witness(url="https://harbour.example/2021/nets", source="feed", authors=("Ida Moen",))
    assert read("<h1>Nets</h1>", witnesses=[witness]).authors == ("Ida Moen",)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_byline_is_survived(text):
    assert all(name.strip() for name in people_in(text))


BEFORE_A_DATE = [
    (
        "<p>Ida Moen, <time datetime=2021-05-03>3 May 2021</time> in <a href=/c/nets>Nets</a></p>",
        ("Ida Moen",),
    ),
    ("<p>Ida Moen and Bo Ek | 3 May 2021</p>", ("Ida Moen", "Bo Ek")),
    ("<p>Ida Moen on <span class=date>3 May 2021</span></p>", ("Ida Moen",)),
    ("<p>3 May 2021, Ida Moen, in <a href=/c/nets>Nets</a></p>", ("Ida Moen",)),
    ("<p>3 May 2021 · Ida Moen</p>", ("Ida Moen",)),
    ("<p><time datetime=2021-05-03>3 May</time> • Ida Moen</p>", ("Ida Moen",)),
    ("<p>2021年5月3日 投稿者: 森伊田 カテゴリー: <a href=/c/nets>網</a></p>", ("森伊田",)),
    ("<p>Публикувано на 3 май 2021 от Ида Моен</p>", ("Ида Моен",)),
    ("<p>3 May 2021 · Nets and ropes</p>", ()),
    ("<p>3 May 2021, Berlin</p>", ()),
    ("<p>Berlin, 3 May 2021</p>", ()),
    ("<p>Harbour News, 3 May 2021</p>", ()),
    ("<p>See you in the barn, 3 May 2021</p>", ()),
]


@pytest.mark.parametrize(("line", "names"), BEFORE_A_DATE)
def test_a_full_name_before_the_date_under_the_title_is_the_authors(read, line, names):
    assert read(f"<article><h1>Nets</h1>{line}<p class=text>Words.</p></article>").authors == names


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Di Heron", ("Di Heron",)),
        ("Van Gaal", ("Van Gaal",)),
        ("Von Ida Moen", ("Ida Moen",)),
        ("By Ida", ("Ida",)),
    ],
)
def test_a_particle_is_part_of_a_name_that_the_machine_states(read, said, names):
    data = f'<script type=\'application/ld+json\'>{{"@type": "BlogPosting", "author": "{said}"}}</script>'
    assert read(f"{data}<h1>Nets</h1><p class=text>Words.</p>").authors == names


def test_an_hour_after_an_empty_by_is_no_author(read):
    line = "<div class=byline>By <p class=publishedDate>9:39AM BST 05 Oct 2011</p></div>"
    assert read(f"<article><h1>Nets</h1>{line}<p class=text>Words.</p></article>").authors == ()


def test_the_name_in_an_authors_box_is_found_in_other_languages(read):
    box = "<div class='caja autor'><div class=nombre>Ida Moen</div><div>Salud y LGTB</div></div>"
    assert read(f"<article><h1>Nets</h1>{box}<p class=text>Words.</p></article>").authors == ("Ida Moen",)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Опубликовано 9 июня 2020 автором Ида Моен", "Ида Моен"),
        ("نشر في 9 يونيو 2020 بواسطة آيدا موئن", "آيدا موئن"),
        ("9 Haziran 2020 tarihinde Ayşe Yıldız tarafından yayınlandı", "Ayşe Yıldız"),
        ("Ayşe Yıldız tarafından", "Ayşe Yıldız"),
        ("Pubblicato il 9 giugno 2020 da Chiara Rossi", "Chiara Rossi"),
        ("작성일: 2020년 6월 9일 글쓴이: 김민지", "김민지"),
    ],
)
def test_a_line_says_in_many_languages_who_wrote_it(read, line, name):
    assert read(f"<h1>Nets</h1><p>{line}</p><p class=text>Words.</p>").authors == (name,)


def test_of_in_portuguese_is_no_by(read):
    assert read("<h1>Redes</h1><p>Notícias da Vila Nova</p><p class=text>Words.</p>").authors == ()
