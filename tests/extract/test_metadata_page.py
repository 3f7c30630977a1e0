"""Language, platform and all else that a page says of itself; and no page that stops us."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ExtractionError
from pipeline.extract.dom import parse_html
from pipeline.extract.flat import lay_flat
from pipeline.extract.jsonld import read_linked_data
from pipeline.extract.language import language_tag
from pipeline.extract.metadata import extract_metadata
from pipeline.extract.written_language import written_language
from pipeline.records import Page

WORDPRESS = """<html lang="nb-NO"><head><title>Nets</title><meta name="generator" content="WordPress 6.4">
<link rel="canonical" href="/nets/?utm_source=x"><link rel="shortlink" href="/?p=97">
<link rel="stylesheet" href="/wp-content/themes/seaside/style.css">
<meta name="description" content="On nets.">
<meta property="og:site_name" content="Harbour Notes"></head>
<body class="single postid-97"><h1>Nets</h1><span class="comments-link">12 Comments</span></body></html>"""
PIECES = st.sampled_from(
    "<h1>|</h1>|<time datetime='|'>|<a rel=tag href=/tag/x>|</a>|<article>|By |2020-01-02|{|[|:"
    "|<meta property=og:title content='|<script type=application/ld+json>|</script>".split("|")
)


def test_wordpress_tells_about_itself(read):
    meta = read(WORDPRESS)
    assert (meta.platform, meta.theme, meta.cms_post_id, meta.comment_count) == (
        "wordpress",
        "seaside",
        "97",
        12,
    )
    assert (meta.canonical_url, meta.site_name) == ("https://harbour.example/nets/", "Harbour Notes")
    assert (meta.language, meta.description) == ("nb-NO", "On nets.")


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("en_us", "en-US"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("Deutsch", "de"),
        ("DE", "de"),
        ("und", None),
        ("", None),
    ],
)
def test_languages_are_spelled_as_bcp_47(text, tag):
    assert language_tag(text) == tag


def test_the_language_nearest_to_the_text_wins(read):
    page = (
        '<html lang="en"><meta property="og:locale" content="en_US"><article lang="fr"><p class="text">Mots'
    )
    assert read(page).language == "fr"


GERMAN = (
    "Das Netz ist nicht mehr zu retten und die Fischer wissen das auch, denn es wird mit jeder Fahrt dünner. "
)


def test_words_overrule_a_language_that_the_theme_claims(read):
    page = f'<html lang="en-US"><h1>Netze</h1><div class="text"><p>{GERMAN * 3}</p></div>'
    meta = read(page)
    assert (meta.language, meta.provenance["language"]) == ("de", "text")


def test_a_few_foreign_words_overrule_nothing(read):
    assert (
        read('<html lang="en"><h1>Nets</h1><div class="text"><p>Das ist nicht gut.</p></div>').language
        == "en"
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ネットをなおす。", "ja"),
        ("그물을 고친다 ", "ko"),
        ("Сети чинят зимой. ", "ru"),
        ("修补渔网是冬天的活", "zh"),
    ],
)
def test_scripts_tell_languages(text, language):
    assert written_language(text * 60, "en") == language


def test_only_fields_with_a_value_have_a_source(read):
    assert read("<h1>Nets</h1>", url=None).provenance == {"title": "markup"}


@pytest.mark.parametrize(
    "source", ["{", "[1, {}]", '{"@type": {"a": 1}}', '{"@type":"Article","author":[[[3]]]}', "null"]
)
def test_odd_json_ld_is_survived(source):
    assert read_linked_data([source], None).headline is None


def test_json_ld_with_common_faults_is_still_read():
    source = '<!-- {"@type": "Article", "headline": "Nets\nmended",} -->'
    assert read_linked_data([source], None).headline == "Nets mended"


def test_the_article_of_this_page_is_chosen_among_several():
    other = '{"@type":"Article","url":"https://a.example/b","headline":"B"}'
    nodes = f'[{other},{{"@type":"Article","url":"https://a.example/a/","headline":"A"}}]'
    assert read_linked_data([nodes], "https://a.example/a").headline == "A"


def test_front_matter_that_distill_copies_is_read(read):
    source = """{"type":"list","attributes":{"names":{"type":"character","value":["title","categories"]}},
    "value":[{"type":"character","value":["Nets"]},{"type":"character","value":["Boats","Rope"]}]}"""
    meta = read(f'<script type="text/json" id="radix-rmarkdown-metadata">{source}</script><h1>Nets</h1>')
    assert (meta.categories, meta.platform) == (("Boats", "Rope"), "distill")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30).map("".join))
def test_any_page_is_survived(html):
    try:
        tree = parse_html(html)
    except ExtractionError:
        return
    meta = extract_metadata(lay_flat(tree), Page(url="https://harbour.example/", text=html), None)
    assert len(meta.category_paths) == len(meta.categories)
