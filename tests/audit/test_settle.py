"""What is reported of what the checks claim: one finding per stretch, and no post is emptied."""

import re
from collections.abc import Iterator

import pytest

from pipeline.audit.guard import audit_safely
from pipeline.audit.rule import Rule, Span
from pipeline.audit.run import Audited, audit
from pipeline.audit.setting import Ignore, Setting
from pipeline.records import Article, Block, Evidence, Metadata
from pipeline.rules import load_rules

SENTENCE = "Words that a reader reads in this post, and there are enough of them. "


def line(text: str, *tokens: str) -> Block:
    return Block(kind="paragraph", text=text, tokens=frozenset(tokens))


def run(blocks: list[Block], *rules: Rule, setting: Setting | None = None) -> Audited:
    return audit(Article(blocks=tuple(blocks)), Metadata(), rules or load_rules(), setting or Setting())


def word_rule(word: str, **said: object) -> Rule:
    rule = Rule("rules.some-word", "")

    @rule.text(word)
    def by_word(text: str) -> Iterator[Span]:
        for match in re.finditer(re.escape(word), text):
            yield Span(start=match.start(), end=match.end(), **said)  # type: ignore[arg-type]

    return rule


def broken_rule() -> Rule:
    rule = Rule("rules.hasty", "")

    @rule.text()
    def by_number(text: str) -> Iterator[Span]:
        yield Span(start=0, end=int(text))

    return rule


def test_the_lines_of_one_form_are_one_finding() -> None:
    form = [line("Leave a Reply", "comment-respond"), line("Name *", "comment-form")]
    audited = run([line(SENTENCE.strip()), *form, line("Comment *", "comment-respond"), line("The end.")])
    assert [(f.rule, f.quote, f.fix) for f in audited.findings] == [
        ("comment-form", "\nLeave a Reply\nName *\nComment *", "safe")
    ]
    assert audited.clean_texts == (SENTENCE.strip(), "", "", "", "The end.")


def test_forms_with_a_text_between_them_are_two_findings() -> None:
    form = line("Leave a Reply", "comment-respond")
    assert len(run([line("One."), form, line("Two is here."), form]).findings) == 2


def test_a_stretch_is_hidden_only_when_all_of_it_is() -> None:
    shown, unseen = line("Leave a Reply", "comment-respond"), line("Name *", "comment-respond")
    unseen = Block(kind="paragraph", text="Name *", tokens=unseen.tokens, hidden=True)
    assert [f.severity for f in run([line("One."), shown, unseen]).findings] == ["warning"]
    assert [f.severity for f in run([line("One."), unseen]).findings] == ["info"]


def test_a_rule_that_would_delete_most_of_a_post_only_suggests_it() -> None:
    filler = "teapot " * 100
    audited = run([line(SENTENCE.strip()), line(filler.strip())], word_rule("teapot"))
    assert {f.fix for f in audited.findings} == {"suggested"}
    assert audited.clean_texts == (SENTENCE.strip(), filler.strip())


def test_where_a_post_remains_even_long_messages_go() -> None:
    audited = run([line((SENTENCE * 20).strip()), line(("teapot " * 400).strip())], word_rule("teapot"))
    assert {f.fix for f in audited.findings} == {"safe"}


def test_a_page_of_nothing_but_filler_is_flagged_and_not_blanked() -> None:
    audited = run([line("Lorem ipsum dolor sit amet, consectetur adipiscing elit.")])
    assert [(f.rule, f.fix) for f in audited.findings] == [("placeholder-text", "suggested")]


def test_what_many_pages_show_is_believed_more() -> None:
    rule = word_rule("teapot", evidence=(Evidence(kind="likely", detail=""),))
    blocks = [line(SENTENCE.strip()), line("teapot")]
    known = Setting(repeats={"teapot": 40}.get)  # type: ignore[arg-type]
    (alone,), (often,) = run(blocks, rule).findings, run(blocks, rule, setting=known).findings
    assert (alone.fix, often.fix, often.confidence) == ("suggested", "safe", 0.94)
    assert often.evidence[-1] == Evidence(kind="site-wide", detail="the site shows it on 40 pages")


def test_what_a_rule_never_does_alone_it_does_not_do_for_many_pages() -> None:
    rule = word_rule("teapot", fix="suggested")
    known = Setting(repeats=lambda _: 40)
    assert [f.fix for f in run([line("A."), line("teapot")], rule, setting=known).findings] == ["suggested"]


@pytest.mark.parametrize(
    "ignore",
    [
        Ignore(reason="ours", quotes=frozenset({"error: contact form not found."})),
        Ignore(reason="ours", phrases=("form not found",), rules=frozenset({"broken-form"})),
    ],
)
def test_what_is_ignored_is_not_found_and_stays(ignore: Ignore) -> None:
    text = "Take care. Error: Contact form not found."
    assert run([line(text)]).clean_texts == ("Take care.",)
    audited = run([line(text)], setting=Setting(ignores=(ignore,)))
    assert (audited.findings, audited.clean_texts) == ((), (text,))


def test_severity_is_what_the_owner_says() -> None:
    setting = Setting(severities={"broken-form": "info"})
    audited = run([line("Take care. Error: Contact form not found.")], setting=setting)
    assert [f.severity for f in audited.findings] == ["info"]


def test_a_rule_that_fails_on_a_post_takes_nothing_with_it() -> None:
    article = Article(blocks=(line("A teapot."),))
    audited = audit_safely(article, Metadata(), (broken_rule(), word_rule("teapot")))
    assert audited.clean_texts == ("A.",)
    (failure,) = audited.failures
    assert failure.stage == "audit"
    assert failure.reason.startswith("rule hasty failed on this post (ValueError: ")
    assert "by_number" in (failure.detail or "")


def test_the_time_limit_of_a_page_is_no_fault_of_a_rule() -> None:
    rule = Rule("rules.slow", "")

    @rule.text()
    def by_waiting(_: str) -> Iterator[Span]:
        raise TimeoutError
        yield

    with pytest.raises(TimeoutError):
        audit_safely(Article(blocks=(line("x"),)), Metadata(), (rule,))
