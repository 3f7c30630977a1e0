"""From what all checks claim to what is reported: one finding per place, none that harms the post.

In this order: what the owner wants left alone goes; of claims that overlap the more specific stays; what
many pages of the site show is believed more; the lines of one form or bar become one place; and a rule that
would delete most of the post only suggests it.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.audit.claims import Claim
from pipeline.audit.evidence import SAFE_AT, confidence
from pipeline.audit.reading import Reading
from pipeline.audit.rule import Rule
from pipeline.audit.setting import Setting
from pipeline.records import Evidence

MANY_PAGES = 5
"""From so many pages on, the same line is the site's and not the author's."""
MOST = 0.5
MUCH = 400
"""Characters. Less than this is a form or a notice, also where the post beside it is shorter still."""
A_POST = 1_000
"""Characters. Where so much remains, a post remains, however long the server's messages in it were."""


def settle(reading: Reading, claims: Iterable[Claim], setting: Setting) -> list[Claim]:
    """Decide what is reported of a post's text; in order, no two overlap."""
    chosen = pick(_unspared(reading.text, claims, setting))
    if setting.repeats is not None:
        chosen = [_seen_elsewhere(one, reading, setting) for one in chosen]
    return keep_most(reading.text, _unspared(reading.text, join_lines(reading, chosen), setting))


def pick(claims: Iterable[Claim]) -> list[Claim]:
    """Keep of claims that overlap the more specific rule's, then the surer, then the longer one; in order."""
    kept: list[Claim] = []
    for one in sorted(claims, key=_rank):
        at = bisect_left(kept, one.end, key=lambda other: other.start)
        if at == 0 or kept[at - 1].end <= one.start:
            kept.insert(at, one)
    return kept


def _rank(one: Claim) -> tuple[int, bool, float, int, int, str]:
    size = one.end - one.start
    return -one.rule.specificity, one.fix != "safe", -one.confidence, -size, one.start, one.rule.name


def _unspared(text: str, claims: Iterable[Claim], setting: Setting) -> list[Claim]:
    if not setting.ignores:
        return list(claims)
    return [one for one in claims if not setting.spares(one.rule.name, text[one.start : one.end])]


def _seen_elsewhere(one: Claim, reading: Reading, setting: Setting) -> Claim:
    """Believe a whole block more that stands on many pages of the site."""
    if one.fix == "safe" or setting.repeats is None or not reading.is_alone(one.start, one.end):
        return one
    pages = min(map(setting.repeats, reading.text[one.start : one.end].split("\n")))
    if pages < MANY_PAGES:
        return one
    evidence = (*one.evidence, Evidence(kind="site-wide", detail=f"the site shows it on {pages} pages"))
    sure = confidence(evidence)
    may = one.most == "safe" and sure >= SAFE_AT
    return replace(one, evidence=evidence, confidence=sure, fix="safe" if may else one.fix)


def join_lines(reading: Reading, claims: Sequence[Claim]) -> list[Claim]:
    """Make one place of whole lines that stand together, where their rule speaks of forms and bars."""
    out: list[Claim] = []
    for one in claims:
        if out and _continues(out[-1], one, reading):
            evidence = tuple(dict.fromkeys(out[-1].evidence + one.evidence))
            out[-1] = replace(out[-1], end=one.end, evidence=evidence, confidence=confidence(evidence))
        else:
            out.append(one)
    return out


def _continues(before: Claim, one: Claim, reading: Reading) -> bool:
    if not one.rule.has_lines or before.rule is not one.rule:
        return False
    if (before.fix, before.replacement, before.severity) != (one.fix, one.replacement, one.severity):
        return False
    between = reading.text[before.end : one.start]
    whole = reading.is_alone(before.start, before.end) and reading.is_alone(one.start, one.end)
    return "\n" in between and not between.strip() and whole


def keep_most(text: str, claims: list[Claim]) -> list[Claim]:
    """Only suggest the deletions of a rule that would take most of the post and leave little.

    A page that is filler from end to end is a test page or a template: to be flagged, not to be blanked.
    """
    cut: Counter[Rule] = Counter()
    for one in claims:
        if one.fix == "safe":
            cut[one.rule] += one.end - one.start - len(one.replacement or "")
    if cut.total() <= MOST * len(text):
        return claims
    most = max(MOST * len(text), len(text) - A_POST, MUCH)
    greedy = {rule for rule, size in cut.items() if size > most}
    if _leaves_nothing(text, claims):
        greedy |= {rule for rule in cut if rule.is_filler}
    if not greedy:
        return claims
    return [replace(one, fix="suggested") if _is_by(one, greedy) else one for one in claims]


def _is_by(one: Claim, greedy: set[Rule]) -> bool:
    return one.fix == "safe" and one.rule in greedy


def _leaves_nothing(text: str, claims: Sequence[Claim]) -> bool:
    kept, at = [], 0
    for one in claims:
        if one.fix == "safe":
            kept += [text[at : one.start], one.replacement or ""]
            at = one.end
    return not "".join((*kept, text[at:])).strip()
