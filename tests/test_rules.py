"""Every rule, for ever: its page is complete, its cases hold, it survives any text."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.audit.docs import PARTS, rule_page
from pipeline.audit.fix import Edit, apply_edits
from pipeline.audit.rule import Rule
from pipeline.audit.run import Audited, audit
from pipeline.extract.article import extract_article
from pipeline.extract.dom import parse_html
from pipeline.records import Article, Block, Metadata, Page
from pipeline.rules import load_examples, load_rules

FOLDER = Path(__file__).parent / "rules"
RULES = {rule.name: rule for rule in load_rules()}
CASES = {name: tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))["case"] for name in RULES}
MARKS = {
    "# ": ("heading", 2),
    "## ": ("heading", 3),
    "### ": ("heading", 4),
    "- ": ("list_item", 0),
    "| ": ("table_cell", 0),
}
PAIRS = [(RULES[name], case) for name, cases in CASES.items() for case in cases]
NAMES = [f"{rule.name}: {case['label']}" for rule, case in PAIRS]


def block_of(line: str) -> Block:
    mark = next((mark for mark in MARKS if line.startswith(mark)), "")
    kind, level = MARKS.get(mark, ("paragraph", 0))
    return Block(kind=kind, level=level, text=line[len(mark) :], marked="heading" if level else None)


def article_of(case: dict[str, Any]) -> Article:
    if "text" in case:
        return Article(
            blocks=tuple(map(block_of, case["text"].strip("\n").split("\n"))), page_text=case["text"]
        )
    source = f"<html><body><article>{case['html']}</article></body></html>"
    return extract_article(parse_html(source), Page(url="https://blog.example/post/", text=source), None)


def metadata_of(case: dict[str, Any]) -> Metadata:
    names = tuple(case.get("categories", ()))
    keys = ("title", "site_name", "description", "language", "published")
    known = {key: case[key] for key in keys if key in case}
    said = tuple(tuple(one) for one in case.get("said", ()))
    return Metadata(categories=tuple(dict.fromkeys(names)), raw_categories=names, said=said, **known)


def run_case(rules: tuple[Rule, ...], case: dict[str, Any]) -> tuple[Article, Audited]:
    article = article_of(case)
    return article, audit(article, metadata_of(case), rules)


def after(article: Article, audited: Audited) -> Article:
    """The article as it is once cleaned; blocks that went hold no text and head nothing."""
    pairs = zip(article.blocks, audited.clean_texts, strict=True)
    blocks = tuple(replace(b, text=text, kind=b.kind if text else "paragraph") for b, text in pairs)
    return replace(article, blocks=blocks)


def edits_of(audited: Audited) -> list[Edit]:
    """The safe fixes of the text; one of an empty heading replaces nothing."""
    safe = [f for f in audited.findings if f.fix == "safe" and f.start is not None and f.quote]
    return [
        Edit(start=f.start or 0, end=(f.start or 0) + len(f.quote), replacement=f.replacement or "")
        for f in safe
    ]


@pytest.mark.parametrize(("rule", "case"), PAIRS, ids=NAMES)
def test_case(rule: Rule, case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if "known_failure" in case:
        request.applymarker(pytest.mark.xfail(strict=True, reason=case["known_failure"]))
    _, audited = run_case((rule,), case)
    assert [" ".join(f.quote.split()) for f in audited.findings] == case["finds"]
    assert {f.fix for f in audited.findings} <= {case.get("fix", f.fix) for f in audited.findings}
    if "fixed" in case:
        assert "\n".join(filter(None, audited.clean_texts)) == case["fixed"].strip("\n")


@pytest.mark.parametrize(("rule", "case"), PAIRS, ids=NAMES)
def test_replacing_what_is_safe_gives_exactly_the_clean_text(rule: Rule, case: dict[str, Any]) -> None:
    article, audited = run_case(tuple(RULES.values()), case)
    raw = "\n".join(block.text for block in article.blocks if block.text)
    assert all(raw[f.start :].startswith(f.quote) for f in audited.findings if f.start is not None)
    assert apply_edits(raw, edits_of(audited)) == "\n".join(filter(None, audited.clean_texts))


@pytest.mark.parametrize(("rule", "case"), PAIRS, ids=NAMES)
def test_cleaning_a_clean_text_changes_nothing(rule: Rule, case: dict[str, Any]) -> None:
    article, audited = run_case((rule,), case)
    cleaned = after(article, audited)
    again = audit(cleaned, replace(metadata_of(case), title=audited.title), (rule,))
    assert list(again.clean_texts) == [block.text for block in cleaned.blocks]


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_page_has_all_its_parts(rule: Rule) -> None:
    assert [part for part in PARTS if f"**{part}**" not in (rule.doc or "")] == []
    page = rule_page(rule, load_examples())
    assert (page.startswith(f"# {rule.name}\n"), "**Examples**" in page, "Found: nothing" in page) == (
        True,
    ) * 3


@pytest.mark.parametrize("name", RULES)
def test_one_case_finds_and_one_leaves_alone(name: str) -> None:
    assert {bool(case["finds"]) for case in CASES[name] if "known_failure" not in case} == {True, False}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_name_is_kebab_case(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)


@given(st.lists(st.text(max_size=80), max_size=6), st.text(max_size=40))
@settings(max_examples=60, deadline=None)
@pytest.mark.row(60)
def test_any_text_is_survived_and_every_place_lies_inside(texts: list[str], title: str) -> None:
    article = Article(blocks=tuple(map(block_of, (" ".join(text.split()) for text in texts))))
    raw = "\n".join(block.text for block in article.blocks if block.text)
    audited = audit(article, Metadata(title=title), tuple(RULES.values()))
    assert all(raw[f.start :].startswith(f.quote) for f in audited.findings if f.start is not None)
    assert apply_edits(raw, edits_of(audited)) == "\n".join(filter(None, audited.clean_texts))
