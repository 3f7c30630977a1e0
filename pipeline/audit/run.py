"""Audit one post: find its artifacts, apply what is safe, say what remains."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.audit.anchor import context, glued
from pipeline.audit.causes import cause_summary
from pipeline.audit.claims import Claim, body_claims, judge, speaks_about, text_claims
from pipeline.audit.fix import Edit, apply_edits, mend
from pipeline.audit.furniture import furniture_findings
from pipeline.audit.plan import plan_for
from pipeline.audit.reading import Reading
from pipeline.audit.rounds import merge_round
from pipeline.audit.rule import Remark, Rule
from pipeline.audit.setting import PLAIN, Setting
from pipeline.audit.settle import keep_most, pick, settle
from pipeline.records import Article, Failure, Finding, Metadata, Where

MAX_ROUNDS = 5
"""Fixes that uncover new artifacts settle in two rounds; more only guards against rules that never end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """What the audit makes of an article."""

    title: str | None
    """The title after safe fixes."""
    findings: tuple[Finding, ...]
    """Those of the title and metadata first, then in the order of the text."""
    clean_texts: tuple[str, ...]
    """One per block of the article; "" where a block is gone."""
    failures: tuple[Failure, ...] = ()
    """Rules that failed on this post, and so said nothing about it."""


def audit(article: Article, metadata: Metadata, rules: Sequence[Rule], setting: Setting = PLAIN) -> Audited:
    """Find every artifact of a post and the text without those that are safe to remove.

    Raises whatever a rule raises; `guard.audit_safely` does without that rule.
    """
    reading = Reading(article, metadata)
    claims, remarks = body_claims(reading, rules)
    claims = settle(reading, claims, setting)
    clean_texts, widened = _clean(reading, claims)
    for _ in range(MAX_ROUNDS):
        if not any(one.fix == "safe" for one in claims):
            break
        later = Reading(article, metadata, clean_texts)
        more = [one for one in settle(later, body_claims(later, rules)[0], setting) if one.fix == "safe"]
        merged = merge_round(claims, widened, more, later.text) if more else claims
        if not more or keep_most(reading.text, merged) is not merged:
            break
        claims = merged
        clean_texts, widened = _clean(reading, claims)
    title, found = _audit_title(metadata.title, rules, setting)
    found += [_beside(rule, remark, reading) for rule, remark in remarks if _lasts(remark, clean_texts)]
    found = [one for one in found if not setting.spares(one.rule, one.quote)]
    found += [_finding(reading, one, edit) for one, edit in zip(claims, widened, strict=True)]
    found += furniture_findings(reading, rules, setting)
    return Audited(title=title, findings=_numbered(found, setting), clean_texts=clean_texts)


def _lasts(remark: Remark, clean_texts: Sequence[str]) -> bool:
    """Tell a remark on something other than a heading that is removed anyway."""
    of_heading = remark.where == "heading" and remark.block is not None and bool(remark.quote)
    return not of_heading or bool(clean_texts[remark.block or 0])


def _clean(reading: Reading, claims: Sequence[Claim]) -> tuple[tuple[str, ...], list[Edit]]:
    """Apply the safe claims; give the clean texts, and each claim's place as its finding quotes it."""
    safe = [(i, _edit(one)) for i, one in enumerate(claims) if one.fix == "safe"]
    if not safe:
        return reading.texts, [_edit(one) for one in claims]
    places = [reading.place(i) for i in reading.shown]
    mended, changed = mend(reading.text, [edit for _, edit in safe], places)
    texts = list(reading.texts)
    for line, text in changed.items():
        texts[reading.shown[line]] = text
    edits = [_edit(one) for one in claims]
    for (i, _), edit in zip(safe, mended, strict=True):
        edits[i] = edit
    return tuple(texts), edits


def _edit(one: Claim) -> Edit:
    return Edit(start=one.start, end=one.end, replacement=one.replacement or "")


def _audit_title(
    title: str | None, rules: Sequence[Rule], setting: Setting
) -> tuple[str | None, list[Finding]]:
    """Run the text checks over the title; a title of which nothing would be left stays as it is."""
    if not title:
        return title, []
    plan = plan_for(tuple(rules))
    claims = [
        replace(one, fix="suggested") if one.fix == "safe" and speaks_about(one.rule, title) else one
        for one in pick(text_claims(title, plan, plan.present(title, title.split())))
        if not setting.spares(one.rule.name, title[one.start : one.end])
    ]
    if not claims:
        return title.strip() or title, []
    safe = [_edit(one) for one in claims if one.fix == "safe"]
    mended, _ = mend(title, safe, [(0, len(title))])
    clean = apply_edits(title, mended).strip()
    if not clean:
        claims = [replace(one, fix="none", replacement=None) for one in claims]
    places = iter(mended) if clean else iter(())
    found = []
    for one in claims:
        edit = next(places) if one.fix == "safe" else _edit(one)
        found.append(replace(_quoted(title, one, edit, (one.start, one.end)), where="title"))
    return clean or title, found


def _quoted(text: str, one: Claim, edit: Edit, tight: tuple[int, int]) -> Finding:
    prefix, suffix = context(text, edit.start, edit.end)
    return Finding(
        rule=one.rule.name,
        severity=one.severity,
        confidence=one.confidence,
        quote=text[edit.start : edit.end],
        prefix=prefix,
        suffix=suffix,
        where="paragraph",
        glued=glued(text, *tight),
        fix=one.fix,
        replacement=edit.replacement if one.fix != "none" else None,
        evidence=one.evidence,
        cause=one.cause,
    )


def _finding(reading: Reading, one: Claim, edit: Edit) -> Finding:
    block = reading.block_at(one.start)
    last = reading.block_at(one.end - 1)
    within = reading.shown[bisect_left(reading.shown, block) : bisect_right(reading.shown, last)]
    hidden = all(reading.blocks[i].hidden for i in within)
    finding = _quoted(reading.text, one, edit, (one.start, one.end))
    severity = "info" if hidden else finding.severity
    return replace(
        finding, where=reading.blocks[block].kind, severity=severity, start=edit.start, block=block
    )


def _beside(rule: Rule, remark: Remark, reading: Reading) -> Finding:
    """Make a finding of a remark on the title, a category, an attribute or an empty heading."""
    evidence, sure, fix = judge(rule, remark, remark.quote)
    value = remark.context or remark.quote
    at = max(value.find(remark.quote), 0)
    prefix, suffix = context(value, at, at + len(remark.quote))
    in_body: set[Where] = {"heading", "paragraph", "list_item"}
    start = reading.starts[remark.block] if remark.block is not None and remark.where in in_body else None
    return Finding(
        rule=rule.name,
        severity=remark.severity or rule.severity,
        confidence=sure,
        quote=remark.quote,
        prefix=prefix,
        suffix=suffix,
        where=remark.where,
        fix=fix,
        replacement=remark.replacement if fix != "none" else None,
        evidence=evidence,
        cause=remark.cause,
        block=remark.block,
        start=start,
    )


def _numbered(findings: Sequence[Finding], setting: Setting) -> tuple[Finding, ...]:
    """Count equal quotes of a rule, white space aside, so that each has a key of its own; weigh as told."""
    seen: Counter[tuple[str, str]] = Counter()
    out = []
    for one in findings:
        key = (one.rule, " ".join(one.quote.split()))
        severity = setting.severities.get(one.rule, one.severity)
        cause = cause_summary(one.cause) if one.cause else None
        out.append(replace(one, occurrence=seen[key], severity=severity, cause=cause))
        seen[key] += 1
    return tuple(out)
