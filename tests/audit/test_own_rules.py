"""Rules that users write: what they find, and what is said of a file that is wrong."""

from pathlib import Path

import pytest

from pipeline.audit.own import OwnRule, own_rule
from pipeline.audit.ownfile import read_own_rules
from pipeline.audit.patterns import pattern_trouble
from pipeline.audit.run import Audited, audit
from pipeline.errors import ConfigError
from pipeline.extract.article import extract_article
from pipeline.extract.dom import parse_html
from pipeline.records import Article, Block, Metadata, Page

GOOD = """
# Ours.
[[rule]]
name = "old-slogan"
message = "The slogan that we dropped."
phrases = ["Tea for All"]
fix = "safe"
replacement = "Tea Times"
matches = ["This is tea  for all."]
leaves = ["steam for all"]

[[rule]]
name = "callout"
message = "A box of the old theme."
css = ["div.old-box > p"]
severity = "error"
fix = "none"
matches = ['<div class="old-box"><p>Hello</p></div>']
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "house.toml"
    path.write_text(text, encoding="utf-8")
    return path


def trouble(tmp_path: Path, text: str) -> str:
    with pytest.raises(ConfigError) as raised:
        read_own_rules(written(tmp_path, text), {"broken-form"})
    return str(raised.value).replace(str(tmp_path), "")


def run(own: OwnRule, article: Article) -> Audited:
    return audit(article, Metadata(), (own_rule(own),))


def test_a_phrase_is_found_whatever_its_case_and_replaced(tmp_path: Path) -> None:
    slogan, _ = read_own_rules(written(tmp_path, GOOD), ())
    audited = run(slogan, Article(blocks=(Block(kind="paragraph", text="It is TEA for all, ever."),)))
    assert audited.clean_texts == ("It is Tea Times, ever.",)
    (found,) = audited.findings
    assert (found.rule, found.severity, found.fix, found.cause) == (
        "old-slogan",
        "warning",
        "safe",
        "Own rule: old-slogan",
    )


def test_a_selector_finds_what_its_element_shows(tmp_path: Path) -> None:
    _, callout = read_own_rules(written(tmp_path, GOOD), ())
    body = "<p>Words that a reader reads in this post, and there are enough of them.</p>" * 2
    source = f"<html><body><article>{body}<div class='old-box'><p>Hello you</p></div></article></body></html>"
    article = extract_article(parse_html(source), Page(url="https://blog.example/p/", text=source), None)
    (found,) = run(callout, article).findings
    assert (found.quote, found.severity, found.fix, found.replacement) == ("Hello you", "error", "none", None)
    assert found.cause == "Own rule: callout"


def test_a_rule_knows_where_it_comes_from(tmp_path: Path) -> None:
    slogan, callout = read_own_rules(written(tmp_path, GOOD), ())
    assert slogan.source.endswith("house.toml, line 3")
    assert f"**Source** {callout.source}." in (own_rule(callout).doc or "")


RULE = '[[rule]]\nname = "mine"\nmessage = "Ours."\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[rule]\n", "line 1: it is no TOML"),
        ("", "line 1, file: it holds no rule"),
        ("[[rules]]\n", "line 1, rules: this key is not known; known are: rule"),
        (f"{RULE}phrase = ['x']", "line 4, rule.phrase: this key is not known"),
        (f"{RULE}phrases = 'x'", "line 4, rule.phrases: give a list of texts"),
        (f"{RULE}phrases = [1]", "line 4, rule.phrases: give a list of texts"),
        (f"{RULE}phrases = [' ']", "line 4, rule.phrases: an empty phrase is everywhere"),
        (RULE, "line 1, rule: it searches for nothing"),
        ('[[rule]]\nname = "mine"\nphrases = ["x"]', "line 1, rule: message is missing"),
        (f"{RULE}regex = ['(']", "line 4, rule.regex: '(': this is no regular expression"),
        (f"{RULE}regex = ['(a+)+b']", "line 4, rule.regex: '(a+)+b': it repeats what repeats itself"),
        (f"{RULE}regex = ['a*']", "line 4, rule.regex: 'a*': it matches where nothing is"),
        (f"{RULE}css = ['div >']", "line 4, rule.css: 'div >': this is no selector"),
        (f"{RULE}css = ['p']\nfix = 'maybe'", "line 5, rule.fix: give one of: safe, suggested, none"),
        (f"{RULE}css = ['p']\nfix = 'none'\nreplacement = 'x'", "line 6, rule.replacement: with fix"),
        (
            f"{RULE}phrases = ['tea']\nmatches = ['cup']",
            "line 5, rule.matches: the example 'cup' is not found",
        ),
        (f"{RULE}phrases = ['tea']\nleaves = ['tea']", "line 5, rule.leaves: the example 'tea' is found"),
        (RULE.replace("mine", "broken-form"), "line 2, rule.name: there is already a rule 'broken-form'"),
        (RULE.replace("mine", "My rule"), "line 2, rule.name: write it in lower case with hyphens"),
        (f"{GOOD}{RULE}phrases = ['x']\n{RULE}phrases = ['x']", "line 24, rule.name: there is already"),
    ],
)
def test_an_error_names_file_line_key_and_remedy(tmp_path: Path, text: str, said: str) -> None:
    message = trouble(tmp_path, text)
    assert message.startswith("/house.toml")
    assert said in message


def test_a_file_that_is_not_there_or_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "old.toml").write_bytes(b"\xe9")
    for name, said in (("none.toml", "cannot be read"), ("old.toml", "not UTF-8")):
        with pytest.raises(ConfigError, match=said):
            read_own_rules(tmp_path / name, ())


@pytest.mark.parametrize(
    "pattern", [r"(\w+\s?)*x", r"(a|aa)+b", r"(a{1,20})+b", r"(?:(?:x\d*){2,})*y", r"(?:a|a)+$"]
)
def test_a_pattern_that_can_run_for_ever_is_refused(pattern: str) -> None:
    assert "for ever" in (pattern_trouble(pattern) or "")


@pytest.mark.parametrize(
    "pattern", [r"\bTea\s+Club\b", r"(?:foo|bar)+", r"(?>a+)+b", r"(?:\d|\w){1,9}x", r"(?i)é+"]
)
def test_a_harmless_pattern_is_not(pattern: str) -> None:
    assert pattern_trouble(pattern) is None
