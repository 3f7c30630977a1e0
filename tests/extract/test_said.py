"""Who said what of a field: kept beside the winner."""

from collections.abc import Callable

from pipeline.records import Metadata, Witness

HEAD = """<script type="application/ld+json">{"@type": "BlogPosting", "headline": "Nets",
"datePublished": "2019-04-02", "dateModified": "2020-01-01", "author": {"name": "Ada Pike"}}</script>"""


def test_everybody_who_names_a_date_is_kept(read: Callable[..., Metadata]) -> None:
    feed = Witness(url="https://harbour.example/2021/nets", source="feed", published="2021-07-30")
    said = read(f"<head>{HEAD}</head><h1>Nets</h1>", witnesses=[feed]).said
    assert ("published", "feed", "2021-07-30") in said
    assert ("published", "json-ld", "2019-04-02") in said
    assert ("updated", "json-ld", "2020-01-01") in said


def test_titles_and_authors_are_kept_as_they_were_written(read: Callable[..., Metadata]) -> None:
    said = read(f"<head>{HEAD}<meta property=og:title content='Nets | Harbour'></head><h1>Nets</h1>").said
    assert ("title", "meta", "Nets | Harbour") in said
    assert ("authors", "json-ld", "Ada Pike") in said


def test_dates_in_the_text_are_no_witnesses(read: Callable[..., Metadata]) -> None:
    assert (
        read("<h1>Nets</h1><div class=text><p>On 14 April 1912 the nets were full of fish.</p></div>").said
        == ()
    )


def test_everybody_who_names_terms_is_kept(read: Callable[..., Metadata]) -> None:
    listing = Witness(url="https://harbour.example/2021/nets", source="listing", category_paths=(("Boats",),))
    head = "<meta property=article:section content=Sea><meta name=keywords content='tar, rope'>"
    row = '<p><a rel="category tag" href="/category/oars/">Oars</a> <a rel=tag href="/tag/tar/">Tar</a></p>'
    said = read(f"<head>{head}</head><h1>Nets</h1>{row}<p class=text>W.</p>", witnesses=[listing]).said
    assert [each for each in said if each[0] in ("categories", "tags")] == [
        ("categories", "rel-tag", "Oars"),
        ("categories", "listing", "Boats"),
        ("categories", "meta", "Sea"),
        ("tags", "rel-tag", "Tar"),
        ("tags", "meta", "tar, rope"),
    ]
