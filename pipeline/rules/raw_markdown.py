"""Markdown that was never turned into markup.

**Finds** bold marks, links, pictures, headings, tables, footnotes, code fences, task boxes and links of
notebooks ([[Page]]), printed with their signs.

**Why it matters** The post, or a paragraph of it, was not rendered; its structure is lost.

**Leaves alone** footnote stars, rules of stars, hashtags, "# of …", swear words, code, and posts about
Markdown.

**Fix** takes the signs away and keeps the words. *Safe* where a post has three or more of at least two
kinds.

**Source** CommonMark.
"""

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.audit.reading import Reading
from pipeline.audit.rule import Rule, Span
from pipeline.records import Evidence

rule = Rule(
    __name__, __doc__, severity="warning", specificity=4, witness="syntax", about=r"\bmarkdown|\bcommonmark"
)

FORMS = {
    "bold": ("**", r"(?<![\w*\\])\*\*(?=[^\s*])([^*\n]{1,160}?)(?<=[^\s*])\*\*(?![\w*])"),
    "link": ("](", r"!?\[([^\[\]\n]{0,160})\]\((?:https?://|/)[^()\s]{1,400}(?:\s\"[^\"\n]{0,120}\")?\)"),
    "heading": ("##", r"^#{2,6} (?=[A-ZÀ-ÖØ-Þ0-9])(.{2,120})$"),
    "fence": ("```", r"^```(\w{0,20})$"),
    "underlined": ("__", r"(?<![\w_])__(?=[^\s_])([^_\n]{1,80}\s[^_\n]{0,80}?)(?<=[^\s_])__(?![\w_])"),
    "struck": ("~~", r"(?<![\w~])~~(?=[^\s~])([^~\n]{1,160}?)(?<=[^\s~])~~(?![\w~])"),
    "table": ("---", r"^\|?.{0,400}?\|\s?:?-{3,}:?\s?\|.{0,2000}$"),
    "footnote": ("[^", r"\[\^(?:\d{1,3}|[a-z][\w-]{1,30})\]:?"),
    "escaped star": ("\\*", r"(?<!\\)\\\*(?=\S)[^*\\\n]{1,80}\\\*"),
    "wiki link": (
        "[[",
        r"(?<!\[)\[\[(?!_?(?i:toc)_?\])(?:[^\[\]|\n]{1,80}\|)?([A-ZÀ-ÖØ-Þ][^\[\]|\n]{1,80})\]\](?!\])",
    ),
    "task": ("] ", r"^(?:[-*] )?\[[ xX]\] (?=\S)(.{2,200})$"),
}
"""Kind -> what a text must hold, and the pattern; its first group are the words without signs."""
SEARCHES = tuple((kind, sign, re.compile(form)) for kind, (sign, form) in FORMS.items())
TRIGGERS = (
    "**",
    "](",
    "##",
    "```",
    "[ ] ",
    "[x] ",
    "__",
    "~~",
    "|--",
    "| --",
    "|:--",
    "| :--",
    "[^",
    "\\*",
    "[[",
)
NEEDED = {"task": 2, "footnote": 2, "wiki link": 2}
"""How many of these a post must have before one counts: people write them, too."""
KEPT = ("table", "footnote", "escaped star")
"""What stands there cannot simply lose its signs."""


@rule.post(*TRIGGERS)
def by_signs(reading: Reading) -> Iterator[Span]:
    """Yield each construct; how sure it is depends on how many the post has."""
    found = []
    for i in reading.shown:
        block, text = reading.blocks[i], reading.texts[i]
        if block.kind == "code" or not any(sign in text for sign in TRIGGERS):
            continue
        found += [
            (i, kind, match)
            for kind, sign, form in SEARCHES
            if sign in text
            if (kind, block.kind) != ("wiki link", "table_cell")
            for match in form.finditer(text)
            if not (block.rich and reading.in_code(i, match[0]))
        ]
    kinds = Counter(kind for _, kind, _ in found)
    unrendered = len(found) >= 3 and len(kinds) >= 2
    for i, kind, match in found:
        if not unrendered and kinds[kind] < NEEDED.get(kind, 1):
            continue
        evidence = [Evidence(kind="likely", detail=kind)]
        if unrendered:
            evidence += [Evidence(kind="same-post", detail=f"{len(found)} constructs of {len(kinds)} kinds")]
            evidence += [Evidence(kind="neighbour", detail=", ".join(sorted(kinds)))]
        inner = _inner(kind, match)
        base = reading.starts[i]
        yield Span(
            start=base + match.start(), end=base + match.end(), replacement=inner, evidence=tuple(evidence)
        )


def _inner(kind: str, match: re.Match[str]) -> str | None:
    """Give the words without their signs; None where it takes a person."""
    if kind in KEPT:
        return None
    if kind == "fence" or match[0].startswith("!"):
        return ""
    return match[1]
