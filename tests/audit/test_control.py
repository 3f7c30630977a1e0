"""The owner's word on rules: off, on, louder, quieter, blind; per path and per site."""

from pathlib import Path

import pytest

from pipeline.audit.control import NO_CONTROL, Control, read_control
from pipeline.audit.rule import Rule
from pipeline.audit.setting import PLAIN
from pipeline.errors import ConfigError
from pipeline.site.config import Config, read_config
from pipeline.site.tomlfile import read_toml

RULES = (Rule("rules.tea", ""), Rule("rules.pot", ""))
KNOWN = frozenset(("tea", "pot"))
WHOLE = """
[rules]
disable = ["tea"]
severity = { pot = "info" }

[[rules.paths]]
match = "/old/*"
enable = ["tea"]
severity = { pot = "error" }

[[rules.ignore]]
rules = ["pot"]
quotes = ["The  Pot"]
reason = "the name of our shop"

[[rules.ignore]]
phrases = ["leaf"]
path = "/old/*"
reason = "botany"

[site.blog]
url = "https://Blog.example"
delay = 2.5
contact = "web@blog.example"

[site.blog.rules]
enable = ["tea"]
"""


def config(tmp_path: Path, text: str) -> Config:
    path = tmp_path / "copydesk.toml"
    path.write_text(text, encoding="utf-8")
    return read_config(path)


def control(tmp_path: Path, text: str = WHOLE) -> Control:
    read = config(tmp_path, text)
    assert read.file is not None
    return read_control(read.file, ("rules",), read.rules, KNOWN)


def names(found: Control, path: str) -> list[str]:
    return [rule.name for rule in found.at(f"https://blog.example{path}", RULES)[0]]


def test_a_rule_is_off_here_and_on_there(tmp_path: Path) -> None:
    found = control(tmp_path)
    assert (names(found, "/new/x/"), names(found, "/old/x/")) == (["pot"], ["tea", "pot"])


def test_a_site_has_the_last_word(tmp_path: Path) -> None:
    read = config(tmp_path, WHOLE)
    assert read.file is not None
    blog = read.site("blog")
    assert blog is not None
    of_site = read_control(read.file, ("site", "blog", "rules"), blog.rules, KNOWN)
    assert names(control(tmp_path) + of_site, "/new/x/") == ["tea", "pot"]


def test_severity_depends_on_the_path(tmp_path: Path) -> None:
    found = control(tmp_path)
    said = [found.at(f"https://blog.example{path}", RULES)[1].severities for path in ("/", "/old/x")]
    assert said == [{"pot": "info"}, {"pot": "error"}]


def test_ignored_places_are_told_by_rule_quote_phrase_and_path(tmp_path: Path) -> None:
    found = control(tmp_path)
    new, old = (found.at(f"https://blog.example{path}", RULES)[1] for path in ("/", "/old/x"))
    assert (new.spares("pot", "the pot"), new.spares("tea", "the pot")) == (True, False)
    assert (new.spares("tea", "a Leaf"), old.spares("tea", "a Leaf")) == (False, True)


def test_without_any_word_nothing_changes() -> None:
    assert NO_CONTROL.at("https://blog.example/", RULES) == (RULES, PLAIN)


def test_a_site_is_read(tmp_path: Path) -> None:
    blog = config(tmp_path, WHOLE).site("blog")
    assert blog is not None
    assert (blog.url, blog.delay_s, blog.contact, blog.paused) == (
        "https://blog.example/",
        2.5,
        "web@blog.example",
        False,
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[rules]\ndisable = ['cup']", "line 2, rules.disable: there is no rule 'cup'; there are: pot, tea"),
        ("[rules]\noff = ['tea']", "line 2, rules.off: this key is not known"),
        ("[rules]\ndisable = 'tea'", "line 2, rules.disable: give a list of texts"),
        ("[rules]\nseverity = { tea = 'loud' }", "line 2, rules.severity.tea: give one of: error, warning"),
        ("[[rules.paths]]\ndisable = ['tea']", "line 1, rules.paths: match is missing"),
        ("[[rules.ignore]]\nquotes = ['x']", "line 1, rules.ignore: reason is missing"),
        ("[[rules.ignore]]\nreason = 'x'", "line 1, rules.ignore: nothing is named"),
        ("[[rules.ignore]]\nreason = 'x'\nrules = ['cup']", "line 3, rules.ignore.rules: there is no rule"),
    ],
)
def test_a_wrong_word_on_rules_is_pointed_at(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError) as raised:
        control(tmp_path, text)
    assert f"copydesk.toml, {said}" in str(raised.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[rule]", "line 1, rule: this key is not known; known are: rules, site"),
        ("[site]\nblog = 1", "line 2, site.blog: give a table"),
        ("[site.blog]\ndelay = 1", "line 1, site.blog: url is missing"),
        ("[site.blog]\nurl = 'ftp://x/'", "line 2, site.blog.url: this is no http or https address"),
        ("[site.blog]\nurl = 'https://x.example/'\ndelay = -1", "line 3, site.blog.delay: give seconds"),
        ("[site.blog]\nurl = 'https://x.example/'\ndelay = true", "line 3, site.blog.delay: give a number"),
        ("[site.blog]\ncolour = 'red'", "line 2, site.blog.colour: this key is not known"),
    ],
)
def test_a_wrong_configuration_is_pointed_at(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigError) as raised:
        config(tmp_path, text)
    assert f"copydesk.toml, {said}" in str(raised.value)


def test_a_quoted_key_with_a_dot_is_found_again(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text('[site."blog.example"]\n\n"a.b" = 1\n', encoding="utf-8")
    assert read_toml(path).line_of(("site", "blog.example", "c")) == 1
