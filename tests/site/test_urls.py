"""One spelling for each address."""

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.site.urls import joined, normalise, path_of, same_site

BASE = "https://workbench.example/blog/"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://Workbench.Example:443/a/../b", "https://workbench.example/b"),
        ("post.html#part", "https://workbench.example/blog/post.html"),
        ("/a?utm_source=x&b=1&fbclid=2", "https://workbench.example/a?b=1"),
        ("/a?replytocom=12", "https://workbench.example/a"),
        ("/%7euser/%c3%a4", "https://workbench.example/~user/%C3%A4"),
        ("/ä b", "https://workbench.example/%C3%A4%20b"),
        ("https://me:secret@workbench.example/", "https://workbench.example/"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("javascript:alert(1)", None),
        ("mailto:a@b.example", None),
        ("file:///etc/passwd", None),
        ("https://workbench.example/a\nb", None),
        ("http://[broken", None),
        ("/" + "x" * 3_000, None),
    ],
)
@pytest.mark.row(39, 41, 45, 46)
def test_an_address_has_one_spelling(url: str, expected: str | None) -> None:
    assert normalise(url, BASE) == expected


@given(st.text(max_size=80))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text, BASE)
    assert once is None or normalise(once) == once


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.a.example/x", "http://a.example/", True),
        ("https://a.example:8443/", "https://a.example/", False),
        ("https://b.a.example/", "https://a.example/", False),
        ("https://раура.example/", "https://paypa.example/", False),
    ],
)
def test_a_site_is_its_host_and_port(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same


def test_a_path_is_given_to_be_read() -> None:
    assert path_of("https://a.example/caf%C3%A9/?q") == "/café/"


@pytest.mark.parametrize(
    "base", ["https://a.example/b/c/", "http://a.example:8080/b/c?d#e", "https://a.example"]
)
@pytest.mark.parametrize(
    "url",
    (
        "https://b.example/x/../y http://b.example http:/x /x/y //b.example/x / /x? /x# /./x /x/../y ? #z x"
        " ../x /x;y?z#w mailto:a@b.example https://[ HTTPS://b.example/x"
    ).split(),
)
def test_the_short_ways_join_as_the_long_one_does(base, url):
    assert outcome(joined, base, url) == outcome(urljoin, base, url)


def outcome(join, base, url):
    """What comes of it in the end: the one spelling, or a refusal."""
    try:
        return normalise(join(base, url))
    except ValueError:
        return None
