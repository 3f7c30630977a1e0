"""Rules that users write in a file of their own: phrases, regular expressions, selectors; no code."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import soupsieve
from bs4 import BeautifulSoup, Tag

from pipeline.audit.rule import Rule, Span, TextCheck
from pipeline.records import Evidence, FixSafety, Severity

CLASS_OR_ID = re.compile(r"[.#](-?[_a-zA-Z][\w-]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRule:
    """A table `[[rule]]`, checked. Unlike a Rule it can be sent to another process."""

    name: str
    message: str
    source: str
    """File and line it comes from."""
    severity: Severity = "warning"
    fix: FixSafety = "suggested"
    replacement: str = ""
    phrases: tuple[str, ...] = ()
    """Found as whole words, whatever their case and the white space in them."""
    regex: tuple[str, ...] = ()
    css: tuple[str, ...] = ()
    """Selectors; what a selected element shows in the article is the place."""
    matches: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()


@lru_cache(maxsize=256)
def own_rule(own: OwnRule) -> Rule:
    """Make the rule that the engine runs."""
    rule = Rule(own.name, _page(own), severity=own.severity, fix=own.fix, cause=f"own:{own.name}")
    for check in _text_checks(own):
        rule.text()(check)
    for selector in own.css:
        rule.tree(*_hints(selector), replacement=_replacement(own))(_tree_check(selector))
    return rule


def finds(own: OwnRule, example: str) -> bool:
    """Tell whether a rule finds something in an example: a text, or HTML where it has selectors."""
    soup = BeautifulSoup(example, "lxml")
    if own.css and any(soup.select_one(selector) is not None for selector in own.css):
        return True
    text = soup.get_text() if own.css else example
    return any(True for check in _text_checks(own) for _ in check(text))


def selector_trouble(selector: str) -> str | None:
    """Say what is wrong with a selector; None when nothing is."""
    try:
        soupsieve.compile(selector)
    except soupsieve.SelectorSyntaxError as error:
        return f"this is no selector: {str(error).splitlines()[0]}; correct it"
    return None


def _text_checks(own: OwnRule) -> Iterator[TextCheck]:
    if own.phrases:
        yield _pattern_check(own, phrase_pattern(own.phrases), "wording")
    for pattern in own.regex:
        yield _pattern_check(own, re.compile(pattern), "syntax")


def phrase_pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Make one pattern of phrases, the longest first."""
    ways = (r"\s+".join(map(re.escape, phrase.split())) for phrase in sorted(phrases, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)", re.IGNORECASE)


def _pattern_check(own: OwnRule, pattern: re.Pattern[str], kind: str) -> TextCheck:
    replacement = _replacement(own)

    def check(text: str) -> Iterator[Span]:
        for found in pattern.finditer(text):
            if found.end() > found.start():
                evidence = (Evidence(kind=kind, detail=found[0][:80]),)
                start, end = found.span()
                yield Span(start=start, end=end, replacement=replacement, evidence=evidence)

    return check


def _tree_check(selector: str) -> Callable[[Tag], Iterator[Tag]]:
    compiled = soupsieve.compile(selector)

    def check(body: Tag) -> Iterator[Tag]:
        yield from compiled.select(body)

    return check


def _replacement(own: OwnRule) -> str | None:
    return None if own.fix == "none" else own.replacement


def _hints(selector: str) -> tuple[str, ...]:
    """Give strings of which a page that the selector fits holds one; any tag where none is known."""
    parts = selector.split(",")
    hints = [names[-1] for names in map(CLASS_OR_ID.findall, parts) if names]
    return tuple(hints) if len(hints) == len(parts) else ("<",)


def _page(own: OwnRule) -> str:
    """Write the rule's page from what its file says."""
    looks = [f"the phrase “{phrase}”" for phrase in own.phrases]
    looks += [f"text like `{pattern}`" for pattern in own.regex]
    looks += [f"what `{selector}` selects in the article" for selector in own.css]
    leaves = "; ".join(own.leaves) or "nothing that its file names"
    does = {
        "none": "none: it is only flagged.",
        "suggested": "an editor decides.",
        "safe": "*Safe*: applied.",
    }
    examples = "".join(f"\n- {one}" for one in own.matches)
    return (
        f"{own.message}\n\n**Finds** {'; '.join(looks)}."
        + (f" For example:\n{examples}" if examples else "")
        + f"\n\n**Leaves alone** {leaves}."
        + f"\n\n**Fix** {does[own.fix]}\n\n**Source** {own.source}.\n"
    )
