"""What a content audit asks of every post, in the record of one page."""

from typing import Any

import pytest

from pipeline.process import process
from pipeline.record_json import to_record
from pipeline.records import Page

URL = "https://harbour.example/2021/nets/"
WORDS = "The nets are mended by hand all winter long, in the barn behind the harbour. " * 12
PAGE = f"""<html lang="en-GB"><head><title>Nets | The Harbour</title>
<meta name="generator" content="WordPress 6.5"><meta name="description" content="How nets are mended.">
<meta property="og:site_name" content="The Harbour"><link rel="canonical" href="{URL}">
<meta property="article:published_time" content="2021-05-03T10:00:00+02:00">
<meta property="article:modified_time" content="2022-06-04T11:00:00+02:00">
<link rel="shortlink" href="https://harbour.example/?p=417">
<link rel="stylesheet" href="/wp-content/themes/quayside/style.css"></head><body><main>
<article class="post-417 post hentry"><h1>Nets</h1><p class="byline">By <a rel="author" href="/author/ida/">
Ida Moen</a></p><div class="entry-content"><p>{WORDS}</p><h2 id="twine">Twine</h2><p>Buy it
<a href="/shop/#twine">in our shop</a> or <a href="https://rope.example/">elsewhere</a>. {WORDS}</p>
<figure><img src="/twine.jpg" alt="A ball of twine"><figcaption>Tarred twine</figcaption></figure></div>
</article></main>
<section id="comments"><h2 class="comments-title">3 comments on “Nets”</h2></section></body></html>"""
SHOWN: dict[str, Any] = {
    "title": "Nets",
    "authors": ["Ida Moen"],
    "published": "2021-05-03T10:00:00+02:00",
    "updated": "2022-06-04T11:00:00+02:00",
    "language": "en-GB",
    "canonical_url": URL,
    "site_name": "The Harbour",
    "description": "How nets are mended.",
    "platform": "wordpress",
    "theme": "quayside",
    "cms_post_id": "417",
    "comment_count": 3,
    "reading_time_min": 2,
}


@pytest.fixture(scope="module")
def record() -> dict[str, Any]:
    return to_record(process(Page(url=URL, text=PAGE, fetched_at="2024-01-01T00:00:00Z")))


@pytest.mark.parametrize("field", SHOWN)
def test_each_field_is_as_the_page_states_it(record, field):
    assert record[field] == SHOWN[field]


def test_the_text_is_measured(record):
    assert (len(record["text"].split()), 60 < record["reading_ease"] < 100) == (record["words"], True)


def test_pictures_keep_what_describes_them_and_their_section(record):
    (picture,) = record["images"]
    told = (picture["src"].rpartition("/")[2], picture["alt"], picture["caption"], picture["section"])
    assert told == ("twine.jpg", "A ball of twine", "Tarred twine", 0)


def test_links_tell_where_they_stand_and_whether_they_leave_the_site(record):
    assert [(link["url"], link["text"], link["internal"], link["section"]) for link in record["links"]] == [
        ("https://harbour.example/shop/#twine", "in our shop", True, 0),
        ("https://rope.example/", "elsewhere", False, 0),
    ]
