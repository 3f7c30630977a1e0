"""What stands broken around the article: found once, changes no text.

Furniture as such is no finding; a server's message in the header or a printed shortcode in a widget is.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from lxml import etree

from pipeline.audit.claims import claim
from pipeline.audit.reading import Reading
from pipeline.audit.rule import Rule
from pipeline.audit.setting import Setting
from pipeline.records import Finding

UNSEEN = frozenset(
    "script style template textarea code pre head noscript svg math select option iframe".split()
)
BLOCKS = frozenset(
    (
        "p div li td th h1 h2 h3 h4 h5 h6 section article aside header footer nav main body dd dt "
        "figcaption blockquote"
    ).split()
)
MAX_FINDINGS = 20
MAX_CHARS = 5_000
SHORT = 4


def furniture_findings(reading: Reading, rules: Sequence[Rule], setting: Setting) -> tuple[Finding, ...]:
    """Let the rules that ask for it look at the text around the article, where the source hints at it."""
    source, root = reading.article.page_text, reading.article.root
    if root is None or not source:
        return ()
    if not any(_shows(source, search) for search in _searches(tuple(rules))):
        return ()
    asking = [rule for rule in rules if any(hint in source for hint in rule.furniture_hints)]
    found: dict[tuple[str, str], Finding] = {}
    triggers = tuple({t for rule in asking for some, _ in rule.text_checks for t in some})
    for text in _texts(root.getroottree().getroot(), triggers):
        for rule in asking:
            for one in _findings(rule, text):
                if one.quote not in reading.text and not setting.spares(one.rule, one.quote):
                    found.setdefault((one.rule, one.quote), one)
        if len(found) >= MAX_FINDINGS:
            break
    return tuple(found.values())


@lru_cache(maxsize=16)
def _searches(rules: tuple[Rule, ...]) -> tuple[Callable[[str, int], int], ...]:
    """Make one search per first character: `find` for a single long hint, else a pattern led by it."""
    tails: dict[str, list[str]] = {}
    for hint in (hint for rule in rules for hint in rule.furniture_hints):
        tails.setdefault(hint[0], []).append(hint[1:])
    return tuple(_search(first, rest) for first, rest in tails.items())


def _search(first: str, rest: Sequence[str]) -> Callable[[str, int], int]:
    if len(rest) == 1 and len(rest[0]) > SHORT:  # of two characters, `find` takes twice as long as a pattern
        return lambda source, at: source.find(first + rest[0], at)
    pattern = re.compile(f"{re.escape(first)}{_next_signs(rest)}(?:{'|'.join(map(re.escape, rest))})")
    return lambda source, at: hit.start() if (hit := pattern.search(source, at)) else -1


def _next_signs(rest: Sequence[str]) -> str:
    """Look at two signs first: scripts are full of brackets, and most are no hint."""
    looked_at = range(min(2, *map(len, rest)))
    signs = ("".join(sorted({tail[at] for tail in rest})) for at in looked_at)
    return f"(?={''.join(f'[{re.escape(some)}]' for some in signs)})"


def _shows(source: str, search: Callable[[str, int], int]) -> bool:
    """Tell a hint that stands in text, not in a script, a comment or a tag. No parsing: most pages fail."""
    at = search(source, 0)
    while at >= 0:
        end = _end_of_unseen(source, at)
        if end is None:
            return True
        at = search(source, max(end, at + 1))
    return False


def _end_of_unseen(source: str, at: int) -> int | None:
    """Give where the script, comment or tag ends that holds this place; None in text."""
    for opening, closing in (("<script", "</script"), ("<style", "</style"), ("<!--", "-->"), ("<", ">")):
        start = source.rfind(opening, 0, at)
        if start >= 0 and source.find(closing, start, at) < 0:
            end = source.find(closing, at)
            return end if end >= 0 else len(source)
    return None


def _texts(top: etree._Element, triggers: tuple[str, ...]) -> Iterator[str]:
    """Yield the text of each block-level element, each once, that holds a trigger."""
    seen: set[etree._Element] = set()
    for element in top.iter(etree.Element):
        for node, owner in ((element.text, element), (element.tail, element.getparent())):
            if (
                not node
                or owner is None
                or owner.tag in UNSEEN
                or not any(trigger in node for trigger in triggers)
            ):
                continue
            holder = _holder(owner)
            if holder is not None and holder not in seen:
                seen.add(holder)
                yield " ".join("".join(map(str, holder.itertext())).split())[:MAX_CHARS]


def _holder(element: etree._Element) -> etree._Element | None:
    """Give the block that shows an element's text, or None where readers do not see it."""
    holder = None
    for one in (element, *element.iterancestors()):
        if not isinstance(one.tag, str) or one.tag in UNSEEN:
            return None
        if holder is None and one.tag in BLOCKS:
            holder = one
    return holder


def _findings(rule: Rule, text: str) -> Iterator[Finding]:
    for triggers, check in rule.text_checks:
        if triggers and not any(trigger in text for trigger in triggers):
            continue
        for span in check(text):
            made = claim(rule, span, text)
            if made is not None:
                yield Finding(
                    rule=rule.name,
                    severity=made.severity,
                    confidence=made.confidence,
                    quote=text[made.start : made.end],
                    where="furniture",
                    evidence=made.evidence,
                    cause=made.cause,
                )
