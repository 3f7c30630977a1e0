"""Why each part of a page was kept or left out."""

from typing import Any

import pytest

from pipeline.cli.explain import explain
from pipeline.cli.explain_text import as_text
from pipeline.learn import learn
from pipeline.records import Page, Witness
from pipeline.site.profile import read_profile
from pipeline.site.template import Template, tally_witnesses

SITE = "https://shed.example"
PROSE = "".join(
    f"<p>Sentence {n} of this text says something that no other sentence says.</p>" for n in range(9)
)
PAGE = Page(
    url=f"{SITE}/saws/",
    text=f"""<html><head><title>Saws</title></head><body><nav>Home and away</nav>
    <div class="entry-content"><h1>Saws</h1>{PROSE}
    <div class="newsletter-signup">Subscribe to our letter</div><p class="ad">Buy glue now.</p>
    <h3>Related posts</h3><ul><li>Files of old</li></ul></div>
    <div>A line beside it.</div></body></html>""",
)


def reasons(profile: str = "") -> dict[str, str]:
    told = explain(PAGE, Template(profile=read_profile(profile, "shed")))
    return {part["text"]: part["why"] for part in told["left_out"]}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Saws", "shows the title"),
        ("Subscribe to our letter", "furniture by its names: newsletter-signup"),
        ("Related posts", "the heading 'Related posts' opens it"),
        ("Files of old", "the heading 'Related posts' opens it"),
        ("Home and away", "furniture by its tag, role or visibility: nav"),
        ("A line beside it.", "stands outside the body"),
        ("Buy glue now.", "the profile drops it"),
    ],
)
def test_each_part_that_is_left_out_has_its_reason(text: str, why: str) -> None:
    assert reasons('drop = [".ad"]')[text] == why


def test_kept_blocks_are_those_of_the_record() -> None:
    told = explain(PAGE, Template())
    assert "\n".join(b["text"] for b in told["blocks"] if b["kept"]) == told["post"]["text_raw"]


def explained(template: Template) -> dict[str, Any]:
    return explain(PAGE, template)


def test_the_kind_names_who_settled_it() -> None:
    feed = tally_witnesses([Witness(url=f"{SITE}/saws/", source="feed", title="Saws")])
    assert explained(Template())["kind"] == {"kind": "page", "why": "nothing dates it"}
    by_feed = (
        "a feed, the CMS or a category lists it, or it lies among posts (by itself page: nothing dates it)"
    )
    assert explained(Template.from_tally(feed))["kind"] == {"kind": "post", "why": by_feed}
    declared = Template(profile=read_profile('listings = ["/saws"]', "shed"))
    assert explained(declared)["kind"] == {"kind": "listing", "why": "the profile says so"}


@pytest.mark.parametrize(
    ("profile", "why"),
    [("", "the page calls it a body"), ('body = "body > div:last-child"', "the profile says so")],
)
def test_the_body_names_who_chose_it(profile: str, why: str) -> None:
    assert explained(Template(profile=read_profile(profile, "shed")))["body"]["why"] == why


def test_selectors_that_find_nothing_on_the_page_are_named() -> None:
    declared = 'authors = ".hand"\ndrop = [".ad", ".sponsor"]\n[[era]]\nbody = "td.story"\n'
    told = as_text(explained(Template(profile=read_profile(declared, "shed"))))
    assert [line.strip() for line in told.splitlines() if "finds nothing" in line] == [
        "its body = 'td.story' finds nothing on this page",
        "its authors = '.hand' finds nothing on this page",
        "its drop = '.sponsor' finds nothing on this page",
    ]


def test_a_body_that_other_posts_showed_names_them() -> None:
    note = "<div><p>All of it may be copied with a kind word to us, and with our address below it.</p></div>"
    posts = [
        Page(
            url=f"{SITE}/{n}/",
            text=f"<body><time>2024-05-0{n + 1}</time><div><div class=inner>{text}</div>{note}</div></body>",
        )
        for n, text in enumerate([PROSE, PROSE, PROSE, PROSE, PROSE, "<p>Saws are sharp again.</p>"])
    ]
    assert explain(posts[5], learn(posts))["body"]["why"] == "other posts of the site have it there"


def test_a_dump_is_told_without_a_tree() -> None:
    dump = Page(url=None, media_type="text/plain", text="Saws\n\nTake care. Error: Contact form not found.")
    assert "broken-form in paragraph, error" in as_text(explain(dump, learn([])))


FEED = f"""<rss version="2.0"><channel><title>The shed</title><item><title>Saws</title>
<link>{SITE}/saws/</link><category>Tools</category><category>Hand tools</category>
<pubDate>Mon, 03 May 2021 10:00:00 +0200</pubDate></item></channel></rss>"""


def test_a_feed_is_explained_as_what_it_says_of_posts() -> None:
    page = Page(url=f"{SITE}/feed/", text=FEED, media_type="application/rss+xml")
    lines = [line.strip() for line in as_text(explain(page, Template())).splitlines()]
    assert lines[lines.index(f"{SITE}/saws/") :] == [
        f"{SITE}/saws/",
        "title          Saws",
        "published      2021-05-03T10:00:00+02:00",
        "labels         Tools, Hand tools",
    ]


def test_a_sitemap_is_explained_as_the_addresses_it_names() -> None:
    entry = f"<url><loc>{SITE}/saws/</loc><lastmod>2021-05-03</lastmod></url>"
    text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entry}</urlset>'
    page = Page(url=f"{SITE}/sitemap.xml", text=text, media_type="application/xml")
    lines = [line.strip() for line in as_text(explain(page, Template())).splitlines()]
    assert lines[-2:] == ["Sitemap, addresses: 1", f"{SITE}/saws/  changed 2021-05-03"]
