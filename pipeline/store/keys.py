"""Content-derived ids of posts, findings and causes: they survive reprocessing, edits and rebuilding."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, count

from pipeline.records import Finding

RULE_ALIASES: dict[str, str] = {}
"""New rule name -> the name it had when keys were first made of it: a renamed rule keeps its verdicts."""

SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFinding:
    """What is remembered of a finding for recognising it."""

    key: str
    rule: str
    quote: str
    prefix: str
    suffix: str
    occurrence: int
    revision_id: int | None


def short_hash(*parts: str) -> str:
    """Give 16 hex digits of SHA-256 over parts that cannot run into each other."""
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def post_id(site_id: str, url: str) -> str:
    """Give the id that a post gets from its first address."""
    return short_hash("post", site_id, url)


def cause_id(site_id: str, cause: str) -> str:
    """Give the id of what findings of the same origin share."""
    return short_hash("cause", site_id, cause)


def finding_key(owner: str, finding: Finding, occurrence: int) -> str:
    """Give the key of a finding; the owner is its post, or the site for broken furniture."""
    return short_hash("finding", owner, *_group(finding.rule, finding.quote), str(occurrence))


def fold(quote: str) -> str:
    """Fold white space, which edits of the markup change without changing the words."""
    return SPACE.sub(" ", quote).strip()


def occurrences(findings: Sequence[Finding], stored: Iterable[StoredFinding]) -> list[int]:
    """Number equal quotes of a post so that each keeps the number it had, one per finding.

    A place is recognised by prefix and suffix; what is left over is matched in page order, and what still
    is left over is new.
    """
    known: dict[tuple[str, str], list[StoredFinding]] = defaultdict(list)
    for old in stored:
        known[_group(old.rule, old.quote)].append(old)
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, finding in enumerate(findings):
        groups[_group(finding.rule, finding.quote)].append(index)
    numbers = [0] * len(findings)
    for group, members in groups.items():
        if len(members) > 1 or group in known:
            chosen = _match([findings[index] for index in members], known[group])
            for index, number in zip(members, chosen, strict=True):
                numbers[index] = number
    return numbers


def _match(findings: list[Finding], stored: list[StoredFinding]) -> list[int]:
    # Newest revision first: what an editor sees now has the better claim to a place.
    free = sorted(stored, key=lambda old: (-(old.revision_id or 0), old.occurrence))
    chosen: list[int | None] = []
    for finding in findings:
        same = [old for old in free if (old.prefix, old.suffix) == (finding.prefix, finding.suffix)]
        chosen.append(same[0].occurrence if same else None)
        if same:
            free.remove(same[0])
    left = iter([old.occurrence for old in free])
    fresh = count(max((old.occurrence for old in stored), default=-1) + 1)
    numbers = [next(chain(left, fresh)) if number is None else number for number in chosen]
    return _in_page_order(findings, numbers)


def _in_page_order(findings: list[Finding], numbers: list[int]) -> list[int]:
    """Let places that look alike have ascending numbers, so that the next time matches the same way."""
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for finding, number in zip(findings, numbers, strict=True):
        alike[finding.prefix, finding.suffix].append(number)
    queues = {context: iter(sorted(of_context)) for context, of_context in alike.items()}
    return [next(queues[finding.prefix, finding.suffix]) for finding in findings]


def _group(rule: str, quote: str) -> tuple[str, str]:
    return RULE_ALIASES.get(rule, rule), fold(quote)
