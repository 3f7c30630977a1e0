"""The engine: who reports which place, with which evidence, and what is applied."""

import re
from collections.abc import Iterator

import pytest
from bs4 import Tag

from pipeline.audit.evidence import confidence
from pipeline.audit.rule import Remark, Rule, Span
from pipeline.audit.run import Audited, audit
from pipeline.extract.article import extract_article
from pipeline.extract.dom import parse_html
from pipeline.records import Article, Block, Evidence, Finding, Metadata, Page
from pipeline.rules import load_rules

TEXT = "<p>Words that a reader reads in this post, and there are enough of them.</p>"


def word_rule(word: str, name: str = "some-word", specificity: int = 5, **said: object) -> Rule:
    rule = Rule(f"rules.{name}", "", specificity=specificity)

    @rule.text(word)
    def by_word(text: str) -> Iterator[Span]:
        for match in re.finditer(re.escape(word), text):
            yield Span(start=match.start(), end=match.end(), **said)  # type: ignore[arg-type]

    return rule


def paragraphs(*texts: str) -> Article:
    return Article(blocks=tuple(Block(kind="paragraph", text=text) for text in texts))


def run(article: Article, *rules: Rule, title: str | None = None) -> Audited:
    return audit(article, Metadata(title=title), rules)


def page_of(html: str) -> Article:
    foot = "<footer><p>[vc_row] foot</p></footer>"
    source = f"<html><body><header><p>Top</p></header><article>{html}</article>{foot}</body></html>"
    return extract_article(parse_html(source), Page(url="https://blog.example/p/", text=source), None)


def quotes(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(finding.rule, finding.quote) for finding in findings]


def test_a_finding_says_where_it_stands() -> None:
    (finding,) = run(
        paragraphs("First.", "Here is teapot twice."), word_rule("teapot", replacement=None)
    ).findings
    assert (finding.start, finding.block, finding.where) == (15, 1, "paragraph")
    assert (finding.prefix, finding.suffix) == ("First.\nHere is ", " twice.")
    assert (finding.fix, finding.replacement) == ("none", None)


@pytest.mark.parametrize(
    ("text", "side"),
    [("teapot says", "none"), ("teapotSays", "before"), ("saidteapot", "after"), ("ateapotb", "both")],
)
def test_glue_is_named_by_the_text_it_sticks_to(text: str, side: str) -> None:
    assert run(paragraphs(text), word_rule("teapot")).findings[0].glued == side


def test_the_more_specific_rule_reports_a_place_once() -> None:
    rules = (word_rule("tea", "vague", 1), word_rule("teapot", "exact", 9))
    assert [f.rule for f in run(paragraphs("A teapot."), *rules).findings] == ["exact"]


def test_equal_quotes_are_told_apart_by_their_number() -> None:
    found = run(paragraphs("tea, tea", "tea"), word_rule("tea", replacement=None)).findings
    assert [finding.occurrence for finding in found] == [0, 1, 2]


def test_what_is_not_sure_enough_is_only_suggested() -> None:
    weak = (Evidence(kind="likely", detail=""),)
    audited = run(paragraphs("A teapot."), word_rule("teapot", evidence=weak))
    assert (audited.findings[0].fix, audited.clean_texts) == ("suggested", ("A teapot.",))


def test_witnesses_add_up_and_repeating_one_does_not() -> None:
    glued, size = Evidence(kind="glued", detail=""), Evidence(kind="size-suffix", detail="")
    assert confidence([glued, size]) == confidence([glued, size, size]) == 0.93
    assert confidence([glued]) == 0.65


def test_fixes_run_until_nothing_changes() -> None:
    audited = run(paragraphs("A [[x]x] pot."), word_rule("[x]"))
    assert audited.clean_texts == ("A pot.",)
    assert [(f.quote, f.replacement) for f in audited.findings] == [("[[x]x] ", "")]


def test_code_is_never_shown_to_a_rule() -> None:
    article = page_of(f"{TEXT}<pre>teapot</pre><p>Write <code>teapot</code> now.</p>")
    assert run(article, word_rule("teapot")).findings == ()


def test_a_tree_check_places_the_tag_in_the_text() -> None:
    rule = Rule("rules.marked", "")

    @rule.tree("stray")
    def by_class(body: Tag) -> Iterator[Tag]:
        yield from body.select(".stray")

    audited = run(page_of(f'{TEXT}<p>Good <b class="stray">bad</b> good.</p>'), rule)
    assert quotes(audited.findings) == [("marked", "bad ")]
    assert audited.clean_texts[-1] == "Good good."


def test_the_title_is_audited_and_never_emptied() -> None:
    assert run(paragraphs("x"), word_rule("teapot"), title="A teapot story").title == "A story"
    whole = run(paragraphs("x"), word_rule("teapot"), title="teapot")
    assert (whole.title, whole.findings[0].fix, whole.findings[0].where) == ("teapot", "none", "title")


def test_a_post_about_the_artifact_is_believed_less() -> None:
    rule = word_rule("teapot")
    rule.about = r"\bteapots?\b"
    audited = run(paragraphs("A teapot.", "teapot"), rule, title="On Teapots")
    assert [(f.block, f.fix) for f in audited.findings] == [(1, "suggested")]


def test_broken_furniture_is_found_and_changes_no_text() -> None:
    audited = run(page_of(TEXT), *load_rules())
    assert [(f.rule, f.quote, f.where) for f in audited.findings] == [("shortcode", "[vc_row]", "furniture")]
    assert audited.findings[0].start is None


BROKEN = {
    "php-message": "Warning: Undefined array key 2 in /srv/www/wp-content/themes/tea/footer.php on line 12",
    "shortcode": '[rev_slider alias="home"]',
    "broken-form": '[contact-form-7 id="12" title="Write to us"]',
    "printed-value": "[object Object]",
    "template-tag": "{{ site.tagline }}",
    "placeholder-text": "Lorem ipsum dolor sit amet, consectetur adipiscing elit.",
    "mojibake": "Ã–ffnungszeiten fÃ¼r GÃ¤ste",
}


@pytest.mark.parametrize(("rule", "words"), BROKEN.items(), ids=BROKEN)
def test_what_stands_broken_in_a_footer_is_found(rule: str, words: str) -> None:
    rest = f"<script>a = ['[x'];</script><footer><p>{words}</p></footer>"
    source = f"<html><body><article>{TEXT * 4}</article>{rest}</body></html>"
    article = extract_article(parse_html(source), Page(url="https://blog.example/p/", text=source), None)
    found = [one for one in run(article, *load_rules()).findings if one.rule != "repeated-block"]
    assert {(one.rule, one.where) for one in found} == {(rule, "furniture")}


def test_whole_furniture_is_no_finding() -> None:
    source = (
        f"<html><body><article>{TEXT}</article><div id='respond'><h3>Leave a Reply</h3></div></body></html>"
    )
    article = extract_article(parse_html(source), Page(url="https://blog.example/p/", text=source), None)
    assert run(article, *load_rules()).findings == ()


def test_a_remark_stands_beside_the_text() -> None:
    rule = Rule("rules.beside", "")

    @rule.post()
    def by_attribute(_: object) -> Iterator[Remark]:
        yield Remark(where="attribute", quote="b", context="abc", replacement=None)

    (finding,) = run(paragraphs("x"), rule).findings
    assert (finding.prefix, finding.suffix, finding.start, finding.where) == ("a", "c", None, "attribute")


@pytest.mark.parametrize(
    "unit", ["[a ", "{{", "&lt;", "**a ", "Ã", "img 1234", "Ab Cd ", "abcAbc", "100x100 ", "\u200ba"]
)
def test_hostile_repetition_does_not_hang_a_rule(unit: str) -> None:
    audited = run(paragraphs(unit * 3000), *load_rules(), title=unit * 200)
    assert len(audited.clean_texts) == 1
