"""Causes in words that an editor reads, and one key for one origin."""

import pytest

from pipeline.audit.causes import cause_summary
from pipeline.audit.run import audit
from pipeline.records import Article, Block, Metadata
from pipeline.rules import load_rules


@pytest.mark.parametrize(
    ("key", "summary"),
    [
        ("contact-form-7:form-deleted", "Contact Form 7: form deleted"),
        ("shortcode:instagram-feed", "Shortcode [instagram-feed]: printed, nothing runs it"),
        ("php:Warning from plugins/rain-gauge", "PHP: Warning from plugins/rain-gauge"),
        ("comment-form", "Comment form: inside the post"),
        ("own:old-slogan", "Own rule: old-slogan"),
        ("some_new:thing", "Some new: thing"),
    ],
)
def test_a_cause_reads_well(key: str, summary: str) -> None:
    assert cause_summary(key) == summary


def test_a_notice_has_the_same_cause_by_class_and_by_words() -> None:
    marked = Block(kind="paragraph", text="Fehler.", tokens=frozenset({"wpcf7-contact-form-not-found"}))
    worded = Block(kind="paragraph", text="Error: Contact form not found.")
    blocks = (Block(kind="paragraph", text="Text."), marked, worded)
    found = audit(Article(blocks=blocks), Metadata(), load_rules()).findings
    assert [finding.cause for finding in found] == ["Contact Form 7: form deleted"] * 2


def test_a_server_message_names_the_plugin_that_it_comes_from() -> None:
    text = "Warning: Undefined variable $x in /srv/wp-content/plugins/rain-gauge/show.php on line 12"
    found = audit(Article(blocks=(Block(kind="paragraph", text=text),)), Metadata(), load_rules()).findings
    assert [finding.cause for finding in found] == ["PHP: Warning from plugins/rain-gauge"]
