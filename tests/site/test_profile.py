"""What a person declares about a site, and how it wins over what was learned."""

import pickle

import pytest

from pipeline.errors import ConfigError
from pipeline.learn import learn
from pipeline.process import extract
from pipeline.records import Page
from pipeline.site.profile import Profile, read_profile
from pipeline.site.template import Template

SITE = "https://garden.example"
TEXT = """
site_name = "The Garden"
edit_url = "https://garden.example/edit?post={id}"
listings = ["/beds/*"]
posts = ["/notes/**", "/beds/2020/*"]
drop = [".sponsor"]

[[era]]
until = 2018-12-31
body = "td.story"
title = "td.headline"
date = ".when"

[[era]]
body = "div.words"
authors = ".hand"
categories = ".bed"
tags = ".mark"
"""
PROFILE = read_profile(TEXT, "garden")
LONG = "<p>Beans want warm soil, and they want it for longer than a gardener has patience to wait.</p>" * 4


def read(
    inner: str, profile: Profile = PROFILE, url: str = f"{SITE}/a/"
) -> tuple[list[str], dict[str, object]]:
    page = Page(url=url, text=f"<html><body><h1>Beans</h1>{inner}</body></html>")
    found = extract(page, Template(profile=profile))
    fields = ("title", "published", "authors", "categories", "tags", "provenance", "site_name", "edit_url")
    named = {name: getattr(found.metadata, name) for name in fields}
    return [block.text for block in found.article.blocks], named | {"kind": found.kind}


NEW = f"<article>{LONG}</article><div class=words><p>Peas.</p><p class=sponsor>Buy twine.</p></div>"


def test_a_declared_body_wins_and_what_is_dropped_is_gone() -> None:
    assert read(NEW)[0] == ["Peas."]


def test_where_nothing_stands_in_the_declared_place_the_page_is_read_as_ever() -> None:
    assert read(f"<article>{LONG}</article>")[0] == [LONG[3:-4].split("</p>")[0]] * 4


def test_declared_fields_win_and_say_so() -> None:
    said = (
        "<span class=hand>Ida Root</span><i class=bed>Peas</i><i class=bed>Peas</i><b class=mark>spring</b>"
    )
    found = read(f"<meta name=author content='Somebody Else'>{said}{NEW}")[1]
    assert (found["authors"], found["categories"], found["tags"]) == (("Ida Root",), ("Peas",), ("spring",))
    assert {"authors": "profile", "categories": "profile", "tags": "profile"}.items() <= dict(
        found["provenance"]  # type: ignore[call-overload]
    ).items()


OLD = f"<table><tr><td class=headline>Old beans<td class=when>5 May 2017<td class=story>{LONG}</table>"


def test_an_old_page_is_read_by_the_selectors_of_its_era() -> None:
    found = read(OLD, url=f"{SITE}/2017/05/beans/")[1]
    assert (found["title"], found["published"]) == ("Old beans", "2017-05-05")


@pytest.mark.parametrize(
    ("published", "url", "body"),
    [
        ("2018-12-31T23:00:00Z", None, "td.story"),
        ("2019-01-01", f"{SITE}/2011/01/01/x", "div.words"),
        (None, f"{SITE}/2018/11/x", "td.story"),
        (None, f"{SITE}/x", "div.words"),
    ],
)
def test_the_day_then_the_address_then_the_newest_choose_the_era(
    published: str | None, url: str | None, body: str
) -> None:
    assert PROFILE.era_of(published, url).body == body


def test_what_stands_above_the_eras_holds_in_each_and_after_the_last() -> None:
    profile = read_profile('body = "main"\ntitle = "h2"\n[[era]]\nuntil = 2001-02-03\nbody = "td"', "p")
    assert [(era.until, era.body, era.title) for era in profile.eras] == [
        ("2001-02-03", "td", "h2"),
        (None, "main", "h2"),
    ]


def test_the_longest_path_that_matches_says_what_a_page_is() -> None:
    kinds = [
        PROFILE.kind_of(SITE + path) for path in ("/beds/tall/", "/beds/2020/x", "/notes/a/b", "/beds/a/b")
    ]
    assert kinds == ["listing", "post", "post", None]
    assert read(NEW, url=f"{SITE}/beds/high")[1]["kind"] == "listing"


def test_the_site_is_called_as_declared_and_posts_lead_into_the_editor() -> None:
    found = read(f"<link rel=shortlink href='{SITE}/?p=12'>{NEW}")[1]
    assert (found["site_name"], found["edit_url"]) == ("The Garden", "https://garden.example/edit?post=12")
    assert read(NEW)[1]["edit_url"] is None


def test_a_profile_can_be_handed_to_a_worker() -> None:
    assert pickle.loads(pickle.dumps(PROFILE)) == PROFILE


def test_what_posts_share_in_the_declared_body_is_furniture_there() -> None:
    twine = "Twine of the finest hemp is sold in our shop from Tuesday to Friday."
    inner = "<article>{}</article><div class=words><p>Peas {}.</p><p>{}</p></div>"
    texts = [inner.format(LONG, "abcdefg"[number], twine) for number in range(6)]
    pages = [
        Page(url=f"{SITE}/{i}/", text=f"<html><body>{text}</body></html>") for i, text in enumerate(texts)
    ]
    article = extract(pages[0], learn(pages, PROFILE)).article
    assert [block.text for block in article.blocks] == ["Peas a."]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("boddy = 'p'", "profile p: unknown key 'boddy'; known are authors, body,"),
        ("body = ", "profile p: not valid TOML"),
        ("body = 'p['", "profile p: 'body' = 'p[' is no CSS selector"),
        ("drop = 'p'", "profile p: 'drop' is no list of texts"),
        ("posts = ['blog/*']", "profile p: 'blog/*' is no path; begin it with a slash"),
        (
            "edit_url = 'x?{post}'",
            "profile p: 'edit_url' asks for {post}; only {id}, {path}, {slug}, {url} are known",
        ),
        ("edit_url = 'x?{'", "profile p: 'edit_url' is not understood: "),
        ("era = 3", "profile p: 'era' is no list of tables"),
        ("[[era]]\nuntil = '2020'", "profile p: era 1 'until' is no day"),
        ("[[era]]\nbody = 'p'\n[[era]]\nbody = 'q'", "profile p: era 1 has no 'until' but is not the newest"),
        (
            "[[era]]\nuntil = 2020-01-02\n[[era]]\nuntil = 2020-01-01",
            "profile p: era 2 ends before era 1 does; put the newest last",
        ),
    ],
)
def test_a_mistake_is_named_with_its_place_and_remedy(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_profile(text, "p")
    assert str(caught.value).startswith(said)
