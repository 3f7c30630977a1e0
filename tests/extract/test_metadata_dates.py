"""Dates: as written, the post's own, never invented."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract.dates import machine_date, text_day
from pipeline.extract.published import url_day
from pipeline.records import Witness

WRITTEN = [
    ("5. März 2020", "de"),
    ("5 de marzo de 2020", "es"),
    ("le 5 mars 2020", "fr"),
    ("5 marzo 2020", "it"),
    ("5 de março de 2020", "pt"),
    ("5 maart 2020", "nl"),
    ("5 marca 2020", "pl"),
    ("5 марта 2020 г.", "ru"),
    ("5 березня 2020", "uk"),
    ("2020年3月5日", "ja"),
    ("2020년 3월 5일", "ko"),
    ("5 Mart 2020", "tr"),
    ("5 mars 2020", "sv"),
    ("5. marts 2020", "da"),
    ("5. maaliskuuta 2020", "fi"),
    ("5. března 2020", "cs"),
    ("٥ مارس ٢٠٢٠", "ar"),
    ("5 במרץ 2020", "he"),
    ("ngày 5 tháng 3 năm 2020", "vi"),
    ("5 Tháng Ba, 2020", "vi"),
    ("5 Maret 2020", "id"),
    ("March 5th, 2020", "en"),
    ("05.03.2020", "de"),
    ("5 มีนาคม 2563", "th"),
    ("๕ มี.ค. ๒๕๖๓", "th"),
    ("५ मार्च २०२०", "hi"),
    ("令和2年3月5日", "ja"),
    ("民國109年3月5日", "zh-TW"),
    ("5. marec 2020", "sl"),
    ("2020 m. kovo 5", "lt"),
    ("5. märts 2020", "et"),
    ("5 de marzo de 2020", "gl"),
    ("۵ مارس ۲۰۲۰", "fa"),
    ("5/3/2020", "en-GB"),
    ("3/5/2020", "en-US"),
]


@pytest.mark.parametrize(("text", "language"), WRITTEN)
def test_days_are_read_in_many_languages(text, language):
    assert text_day(f"Posted: {text}, by Ida", language) == "2020-03-05"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2020-03-05T10:00:00.000Z", "2020-03-05T10:00:00Z"),
        ("2020-03-05 10:00 +0100", "2020-03-05T10:00+01:00"),
        ("20200305T100000Z", "2020-03-05T10:00:00Z"),
        ("Thu, 05 Mar 2020 10:00:00 +0100", "2020-03-05T10:00:00+01:00"),
        ("Thu Mar 05 2020 10:00:00 GMT+0100 (CET)", "2020-03-05T10:00:00+01:00"),
        ("2020-03-05", "2020-03-05"),
        ("0001-01-01T00:00:00Z", None),
        ("1970-01-01", None),
        ("Wed, 30 Nov 0002 00:00:00 +0000", None),
        ("Thu, 01 Jan 1970 00:00:00 +0000", None),
        ("2020-02-30", None),
        ("soon", None),
    ],
)
def test_machine_dates_keep_the_offset_they_state(text, iso):
    assert machine_date(text) == iso


@pytest.mark.parametrize(
    "text", ["March 2020", "3 days ago", "© 2020-03-05", "10.20.30.40", "v1.2.3", "5 Maybe 2020"]
)
def test_what_is_no_full_day_is_no_date(text):
    assert text_day(text, "en") is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2020/03/05/nets", "2020-03-05"),
        ("https://a.example/nets-20200305.html", "2020-03-05"),
        ("https://a.example/2020/03/nets", None),
        ("https://a.example/2039026", None),
    ],
)
def test_an_address_names_a_day_only_when_it_has_one(url, day):
    assert url_day(url) == day


def test_a_comments_date_never_wins(read):
    page = """<h1>Nets</h1><p class=text>Words.</p><div id=comments><time datetime=2022-05-06>x</time></div>
    <footer>© 2023-01-02 Harbour</footer>"""
    assert read(page, url="https://harbour.example/nets").published is None


def test_published_and_updated_are_told_apart(read):
    page = """<article><h1>Nets</h1><p>Published <time datetime=2021-05-06>May 6</time>,
    updated <time datetime=2021-06-07>June 7</time></p></article>"""
    meta = read(page, url="https://harbour.example/nets")
    assert (meta.published, meta.updated) == ("2021-05-06", "2021-06-07")


def test_a_date_line_that_nothing_marks_is_found(read):
    meta = read("<h1>Netze</h1><p>Von Ida Moen am 3. Mai 2021</p><p class=text>Worte.</p>", url=None)
    assert (meta.published, meta.provenance["published"]) == ("2021-05-03", "text")


def test_the_shown_day_wins_over_the_same_moment_in_utc(read):
    page = """<meta property=article:published_time content=2021-05-07T02:30:00Z>
    <h1>Nets</h1><p>May 6, 2021</p><p class=text>Words.</p>"""
    assert read(page, url=None).published == "2021-05-06"


def test_the_time_and_offset_of_the_page_are_kept(read):
    data = '{"@type":"Article","datePublished":"2021-05-06T23:30:00-05:00"}'
    page = f'<h1>Nets</h1><script type="application/ld+json">{data}</script>'
    assert read(page, url=None).published == "2021-05-06T23:30:00-05:00"


def test_nothing_is_published_after_it_was_fetched(read):
    assert read("<h1>Nets</h1><p>June 1, 2031</p>", url=None).published is None


def test_a_feed_dates_a_page_that_shows_no_date(read):
    witness = Witness(
        url="https://harbour.example/nets", source="feed", published="2021-05-06T10:00:00+02:00"
    )
    meta = read("<h1>Nets</h1>", url=None, witnesses=[witness])
    assert (meta.published, meta.provenance["published"]) == ("2021-05-06T10:00:00+02:00", "feed")


@settings(deadline=None)
@given(st.text(alphabet="0123456789-/.: TZMarchMai년月日年,", max_size=60))
def test_a_date_is_never_invented(text):
    day = text_day(text, "de")
    assert day is None or day[2:4] in re.sub(r"[^0-9]", "", text)


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_survived_as_a_date(text):
    machine_date(text)
    text_day(text, "en-US")


def test_a_posts_own_footer_dates_it(read):
    page = """<div id=page><div class=post><h1>Nets</h1><div class=text>Words.</div>
    <footer><time datetime=2021-05-06>May 6</time></footer></div></div>"""
    assert read(page, url=None).published == "2021-05-06"


ARTICLE = "<article><h1>Nets</h1>{}<div class=text>{}<p>Words of the post.</p></div></article>"
DATELINES = [
    ("<p class=date>Written: 2023-11-07 15:03 / Updated: 2023-11-09 15:30</p>", "2023-11-07", "2023-11-09"),
    ("<p>Last updated 4 June 2020, originally created 17 June 2019</p>", "2019-06-17", "2020-06-04"),
    ("<dl><dt>Registered:</dt><dd>18.09.2008</dd></dl><p>21.01.2009, 05:42</p>", "2009-01-21", None),
    ("<aside class=post-meta><time datetime=2022-01-21>Jan 21</time></aside>", "2022-01-21", None),
    (
        "<ul role=navigation class=toolbar><li itemprop=datePublished content=2020-01-13>x</ul>",
        "2020-01-13",
        None,
    ),
    ("<p><abbr title='6 October 2017 at 04:00'>6 Oct</abbr></p>", "2017-10-06", None),
]


@pytest.mark.parametrize(("markup", "published", "updated"), DATELINES)
def test_each_date_means_what_stands_before_it(read, markup, published, updated):
    meta = read(ARTICLE.format(markup, ""), url="https://harbour.example/nets")
    assert (meta.published and meta.published[:10], meta.updated and meta.updated[:10]) == (
        published,
        updated,
    )


SENTENCES = [
    "<p>It was published by the Institute in the <a href=/x.pdf>Bulletin of 15 April 2020</a>, says Ida.</p>",
    "<p>See also: <a class=publication href=/x.pdf>No. 34 of 23 April 2020</a></p>",
    "<p>As printed in the Bulletin of the Institute <i>on 15 April 2020</i>, the nets are old.</p>",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_date_inside_a_sentence_of_the_text_dates_nothing(read, sentence):
    page = ARTICLE.format("<div>Ida Moen / 22 April 2020 / 06:15</div>", sentence)
    assert read(page, url=None).published == "2020-04-22"


def test_linked_data_may_count_seconds(read):
    data = '{"@type":"BlogPosting","headline":"Nets","datePublished":1676551869000}'
    page = f'<h1>Nets</h1><script type="application/ld+json">{data}</script>'
    assert read(page, url=None).published == "2023-02-16T12:51:09Z"


def test_a_citation_does_not_outvote_the_day_of_the_update(read):
    citation = "<p>In: Science, volume 371, pages 260 to 264, printed 15 January 2021, see there.</p>"
    page = ARTICLE.format("<p><b>Last updated </b>17 January 2021.</p>", citation)
    assert read(page, url=None).published == "2021-01-17"


def test_the_one_day_that_readers_see_dates_the_post_though_the_head_calls_it_the_update(read):
    page = """<meta property=article:published_time content=2020-03-05T10:00:00+01:00>
    <meta property=article:modified_time content=2021-06-07T09:00:00+02:00>
    <h1>Nets</h1><p>June 7, 2021</p><p class=text>Words.</p>"""
    meta = read(page, url=None)
    assert (meta.published, meta.updated) == ("2021-06-07", "2021-06-07T09:00:00+02:00")
    assert ("published", "meta", "2020-03-05T10:00:00+01:00") in meta.said


def test_a_feed_says_what_the_day_of_the_update_on_the_page_is_not(read):
    page = """<meta property=article:modified_time content=2021-06-07T09:00:00+02:00>
    <h1>Nets</h1><p>June 7, 2021</p><p class=text>Words.</p>"""
    fed = Witness(url="https://harbour.example/2021/nets", source="feed", published="2020-03-05T10:00:00Z")
    assert read(page, witnesses=[fed]).published == "2020-03-05T10:00:00Z"


def test_a_moment_outweighs_a_bare_day_that_readers_do_not_see(read):
    page = """<meta name=article:published_time content=2020-03-05><h1>Nets</h1>
    <ul><li><time datetime=2020-03-15>15.03.2020</time></ul><p class=text>Words.</p>"""
    assert read(page, url=None).published == "2020-03-15"


@pytest.mark.parametrize("line", ["(3 May 2021) The nets", "BERGEN, 3 May 2021 – The nets"])
def test_a_press_release_is_dated_by_the_words_that_open_it(read, line):
    rest = f"are mended by hand, {'as every spring, ' * 6} since 2 April 2021 in the old hall."
    page = f"<h1>Nets</h1><div class=text><p>{line} {rest}</p><p>On 1 April 2021 {rest}</p></div>"
    assert read(page, url=None).published == "2021-05-03"


def test_a_discussion_is_dated_by_its_opening_post(read):
    post = "<div class=comment><p class=comment-time><i>{}</i><i>10:30</i></p><p>Words.</p></div>"
    page = f"<h1>Nets?</h1><div class=text>{post.format('03.05.21')}{post.format('04.05.21')}</div>"
    assert read(page, url=None).published == "2021-05-03"


def test_a_description_that_ends_in_a_day_dates_a_page_that_shows_none(read):
    page = "<meta name=description content='Mended nets (news of 3 May 2021)'><h1>Nets</h1>"
    assert read(page, url=None).published == "2021-05-03"
