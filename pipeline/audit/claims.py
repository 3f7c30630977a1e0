"""Run the checks of all rules over one post: who claims which place."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from pipeline.audit.anchor import place_of
from pipeline.audit.evidence import SAFE_AT, confidence
from pipeline.audit.plan import Plan, plan_for
from pipeline.audit.reading import Reading
from pipeline.audit.rule import Remark, Rule, Span
from pipeline.records import Evidence, FixSafety, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A place in a text that a rule claims, with what follows from its evidence."""

    rule: Rule
    start: int
    end: int
    replacement: str | None
    evidence: tuple[Evidence, ...]
    confidence: float
    fix: FixSafety
    severity: Severity
    cause: str | None
    most: FixSafety
    """How far the fix may go once more evidence speaks for it."""


def judge(rule: Rule, said: Span | Remark, quote: str) -> tuple[tuple[Evidence, ...], float, FixSafety]:
    """Turn evidence into a confidence, and that into how far a fix may go."""
    evidence = said.evidence or (Evidence(kind=rule.witness, detail=quote[:80]),)
    sure = confidence(evidence)
    most = said.fix or rule.fix
    if said.replacement is None or most == "none":
        return evidence, sure, "none"
    return evidence, sure, "safe" if most == "safe" and sure >= SAFE_AT else "suggested"


def claim(rule: Rule, span: Span, text: str) -> Claim | None:
    """Turn a span into a claim, white space around it left out, or None when it holds nothing."""
    start, end = span.start, span.end
    while start < end and text[start].isspace() and span.replacement is not None:
        start += 1
    while end > start and text[end - 1].isspace() and span.replacement is not None:
        end -= 1
    if start >= end or text[start:end] == span.replacement:
        return None
    evidence, sure, fix = judge(rule, span, text[start:end])
    return Claim(
        rule=rule,
        start=start,
        end=end,
        replacement=None if fix == "none" else span.replacement,
        evidence=evidence,
        confidence=sure,
        fix=fix,
        severity=span.severity or rule.severity,
        cause=span.cause or rule.cause,
        most=span.fix or rule.fix,
    )


def text_claims(text: str, plan: Plan, present: frozenset[str]) -> Iterator[Claim]:
    """Run the text checks over a stretch of text that stands for itself: a block, a title."""
    for rule, triggers, check in plan.text_checks:
        if triggers and (triggers.isdisjoint(present) or not any(t in text for t in triggers & present)):
            continue
        for span in check(text):
            if (made := claim(rule, span, text)) is not None:
                yield made


def body_claims(reading: Reading, rules: Sequence[Rule]) -> tuple[list[Claim], list[tuple[Rule, Remark]]]:
    """Run every check over a post: the places in its text, not yet settled, and the remarks beside it."""
    plan = plan_for(tuple(rules))
    present = plan.present(reading.text, reading.words)
    claims = [*_block_claims(reading, plan, present), *_marked_claims(reading, rules)]
    claims += _tree_claims(reading, rules)
    remarks: list[tuple[Rule, Remark]] = []
    for rule in rules:
        for triggers, check in rule.post_checks:
            if triggers and present.isdisjoint(triggers):
                continue
            for said in check(reading):
                if isinstance(said, Remark):
                    remarks.append((rule, said))
                elif (made := claim(rule, said, reading.text)) is not None:
                    claims.append(made)
    return [*_topical(reading, claims)], remarks


def _topical(reading: Reading, claims: Iterable[Claim]) -> Iterator[Claim]:
    """Believe less where the post speaks about such artifacts: only what is alone in a block, never safe."""
    title = reading.metadata.title or ""
    for one in claims:
        if not speaks_about(one.rule, title):
            yield one
        elif reading.is_alone(one.start, one.end):
            yield one if one.fix == "none" else replace(one, fix="suggested", most="suggested")


def speaks_about(rule: Rule, title: str) -> bool:
    """Tell a title whose post is likely to show such artifacts on purpose."""
    return bool(rule.about) and bool(title) and re.search(rule.about, title, re.I) is not None


def _block_claims(reading: Reading, plan: Plan, present: frozenset[str]) -> Iterator[Claim]:
    checks = [(r, t & present, c) for r, t, c in plan.text_checks if not t or t & present]
    if not checks:
        return
    fresh = frozenset(reading.fresh)
    holders = {t: fresh.intersection(reading.blocks_with(t)) for t in {t for _, ts, _ in checks for t in ts}}
    for rule, triggers, check in checks:
        for i in fresh.intersection(chain.from_iterable(holders[t] for t in triggers)) if triggers else fresh:
            block, text = reading.blocks[i], reading.texts[i]
            if block.kind == "code":
                continue
            for span in check(text):
                made = claim(rule, span, text)
                if made is None or (block.rich and reading.in_code(i, text[made.start : made.end])):
                    continue
                yield _moved(made, reading.starts[i])


def _moved(made: Claim, offset: int) -> Claim:
    return replace(made, start=made.start + offset, end=made.end + offset)


def _marked_claims(reading: Reading, rules: Sequence[Rule]) -> Iterator[Claim]:
    for rule in rules:
        for names, check in rule.marked_checks:
            if reading.tokens.isdisjoint(names):
                continue
            for i in reading.shown:
                if reading.blocks[i].tokens.isdisjoint(names):
                    continue
                for span in check(reading.blocks[i]):
                    if span.end <= len(reading.texts[i]) and (made := claim(rule, span, reading.texts[i])):
                        yield _moved(made, reading.starts[i])


def _tree_claims(reading: Reading, rules: Sequence[Rule]) -> Iterator[Claim]:
    source = reading.article.page_text
    for rule in rules:
        for hints, replacement, check in rule.tree_checks:
            if not any(hint in source for hint in hints) or reading.soup is None:
                continue
            for tag in check(reading.soup):
                if (place := place_of(tag, reading)) is None:
                    continue
                evidence = (Evidence(kind="markup", detail=str(tag.name)),)
                span = Span(start=place[0], end=place[1], replacement=replacement, evidence=evidence)
                if (made := claim(rule, span, reading.text)) is not None:
                    yield made
