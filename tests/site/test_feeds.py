"""Feeds of every kind, well-formed or not."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Witness
from pipeline.site.feed_text import iso_date
from pipeline.site.feeds import NO_FEED, parse_feed

HOME = "https://blog.example/feed.xml"
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Harbour Notes</title><atom:link href="/feed.xml?page=2" rel="next"/>
<item><title>Nets &amp;#8211; mended</title><link>/2021/nets/?utm_source=rss</link>
<dc:creator><![CDATA[Ida Moen]]></dc:creator><pubDate>Mon, 06 Sep 2021 08:01:00 +0200</pubDate>
<category>Boats</category><category domain="https://blog.example/tag/rope/">Rope</category></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Notes</title>
<entry><title type="html">A &lt;em&gt;small&lt;/em&gt; boat</title>
<link rel="enclosure" href="/boat.mp3"/><link href="/boat"/><published>2020-01-02T03:04:05Z</published>
<updated>2020-02-03T00:00:00+01:00</updated><author><name>Jon Vik</name><email>j@blog.example</email></author>
<category term="news" label="News"/><category term="Oars" scheme="/categories/Oars/"/></entry></feed>"""


def test_rss_entry_becomes_a_witness():
    feed = parse_feed(RSS, HOME)
    assert feed.entries == (
        Witness(
            url="https://blog.example/2021/nets/",
            source="feed",
            title="Nets – mended",
            authors=("Ida Moen",),
            published="2021-09-06T08:01:00+02:00",
            tags=("Rope",),
            labels=("Boats",),
        ),
    )


def test_atom_entry_becomes_a_witness():
    assert parse_feed(ATOM.encode(), HOME).entries == (
        Witness(
            url="https://blog.example/boat",
            source="feed",
            title="A small boat",
            authors=("Jon Vik",),
            published="2020-01-02T03:04:05Z",
            updated="2020-02-03T00:00:00+01:00",
            category_paths=(("Oars",),),
            labels=("News",),
        ),
    )


def test_channel_says_its_title_and_the_next_page():
    feed = parse_feed(RSS, HOME)
    assert (feed.kind, feed.title, feed.next_url) == (
        "rss",
        "Harbour Notes",
        "https://blog.example/feed.xml?page=2",
    )


def test_json_feed_is_read():
    item = {"id": "1", "url": "/a", "title": "A", "date_published": "2022-05-06", "tags": ["x"]}
    text = json.dumps({"items": [{**item, "authors": [{"name": "Ida Moen"}]}, 7], "next_url": "/p2"})
    feed = parse_feed(text, HOME)
    assert feed.next_url == "https://blog.example/p2"
    assert [(e.title, e.published, e.labels, e.authors) for e in feed.entries] == [
        ("A", "2022-05-06", ("x",), ("Ida Moen",))
    ]


@pytest.mark.row(36)
def test_a_feed_cut_off_in_the_middle_keeps_what_came():
    cut = RSS[: RSS.index("<category>")]
    assert [entry.title for entry in parse_feed(cut, HOME).entries] == ["Nets – mended"]


@pytest.mark.row(33)
def test_entities_are_never_expanded():
    bomb = '<!DOCTYPE x [<!ENTITY a "boom"><!ENTITY b SYSTEM "file:///etc/hostname">]>'
    text = f"{bomb}<rss><channel><item><title>t&a;&b;</title><link>/p</link></item></channel></rss>"
    assert [entry.title for entry in parse_feed(text, HOME).entries] == ["t&a;&b;"]


def test_html_entities_unknown_to_xml_are_read():
    text = "<rss><channel><item><title>Caf&eacute;&nbsp;noir</title><link>/p</link></item></channel></rss>"
    assert [entry.title for entry in parse_feed(text, HOME).entries] == ["Café noir"]


@pytest.mark.parametrize("text", ["", "{", "<html><p>hello", "plain words", '{"items": 3}', "<rss", "{}"])
def test_what_is_no_feed_gives_an_empty_one(text):
    assert parse_feed(text, HOME).entries == ()


def test_a_page_is_not_a_feed():
    assert parse_feed("<html><body><item>x</item></body></html>", HOME) == NO_FEED


def test_guid_stands_in_for_a_missing_link():
    text = "<rss><channel><item><guid>https://blog.example/g</guid><title>G</title></item></channel></rss>"
    assert [entry.url for entry in parse_feed(text, HOME).entries] == ["https://blog.example/g"]


def test_rdf_items_stand_outside_the_channel():
    text = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        '<channel><title>Old</title></channel><item rdf:about="/o"><title>One</title></item></rdf:RDF>'
    )
    feed = parse_feed(text, HOME)
    assert (feed.title, [entry.url for entry in feed.entries]) == ("Old", ["https://blog.example/o"])


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("Tue, 03 Mar 2020 10:00:00 GMT", "2020-03-03T10:00:00+00:00"),
        ("2020-03-03T10:00:00+0530", "2020-03-03T10:00:00+05:30"),
        ("2020-03-03", "2020-03-03"),
        ("yesterday", None),
    ],
)
def test_dates_keep_the_offset_they_state(written, iso):
    assert iso_date(written) == iso


@settings(deadline=None)
@given(st.text() | st.text(alphabet="<>&;/!?[]{}\"'= itemrsnky\n").map("<rss><item>{}".format))
def test_any_text_is_survived(text):
    parse_feed(text, HOME)


@settings(deadline=None)
@given(st.binary())
def test_any_bytes_are_survived(data):
    parse_feed(data, HOME)
