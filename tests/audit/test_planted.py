"""What a rule finds in one file of one blog it has to find in others: leftovers planted into clean posts."""

from random import Random
from typing import Any

import pytest
from planting import FAMILIES, LOOKALIKES, POSTS, Planted, clean_post, planted

from pipeline.audit.run import Audited, audit
from pipeline.records import Article, Block, Metadata
from pipeline.rules import load_rules

RULES = load_rules()
LETTERS = ("escaped-entity", "mojibake", "printed-value")
LABELS = [f"{family['rule']}: {family['label']}" for family in FAMILIES]


def audited(post: Planted) -> Audited:
    return audit(post.article, post.metadata, RULES)


def is_found(post: Planted) -> bool:
    return any(f.rule == post.rule and f.quote.strip() == post.quote for f in audited(post).findings)


def is_restored(post: Planted) -> bool:
    """Nothing applied, or the post as it was; a code is replaced by its letter, which the word lacked."""
    found = audited(post)
    applied = any(f.fix == "safe" and f.rule == post.rule for f in found.findings)
    return not applied or post.rule in LETTERS or tuple(filter(None, found.clean_texts)) == post.clean


@pytest.mark.parametrize("family", FAMILIES, ids=LABELS)
def test_every_leftover_of_a_family_is_found(family: dict[str, Any]) -> None:
    assert [post.name for post in planted(family, Random(7)) if not is_found(post)] == []


@pytest.mark.parametrize("family", FAMILIES, ids=LABELS)
def test_a_safe_fix_gives_the_post_back_as_it_was(family: dict[str, Any]) -> None:
    assert [post.name for post in planted(family, Random(8)) if not is_restored(post)] == []


@pytest.mark.parametrize("language", POSTS)
def test_a_clean_post_has_no_finding(language: str) -> None:
    article = Article(blocks=tuple(clean_post(language)))
    assert audit(article, Metadata(title="Water", language=language), RULES).findings == ()


@pytest.mark.parametrize("text", LOOKALIKES)
def test_what_only_looks_like_a_leftover_stays(text: str) -> None:
    blocks = clean_post("en")
    blocks[4:4] = [Block(kind="paragraph", text=text)]
    found = audit(Article(blocks=tuple(blocks)), Metadata(title="Water", language="en"), RULES).findings
    assert [(one.rule, one.quote) for one in found] == []
