"""HTML tags that readers see as text.

**Finds** tags of the HTML that editors write, block delimiters of the WordPress editor and bookmarks of
TinyMCE, shown as text, however often they were escaped; and such bookmarks inside an embedded frame, where
only dumps and feeds show them.

**Why it matters** Readers see <br /> in the middle of a post.

**Leaves alone** code, posts about HTML, and a lone tag that a sentence names.

**Fix** deletes the tags and keeps the words between them. *Safe* for closing tags, attributes and tags
alone in a block.

**Source** Double escaping by importers and fields that escape; wp-includes/blocks.php; TinyMCE's bookmark
spans.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from pipeline.audit.anchor import is_quoted
from pipeline.audit.notation import alone, joined, mentioned
from pipeline.audit.reading import Reading
from pipeline.audit.rule import Remark, Rule, Span
from pipeline.records import Evidence

rule = Rule(
    __name__,
    __doc__,
    severity="error",
    specificity=5,
    witness="syntax",
    about=r"\b(?:x?html5?|css|xml|svg|markup|tags?|elements?|javascript|jsx|react|xss|seo|web ?design|amp)\b",
)

NAMES = (
    r"p|br|hr|span|div|strong|em|b|i|u|s|a|img|center|font|h[1-6]|ul|ol|li|table|tbody|thead|tr|"
    r"td|th|iframe|script|style|"
    r"blockquote|figure|figcaption|section|article|noscript|sup|sub|small|big|strike|del|ins|"
    r"video|audio|source|embed|"
    r"object|param|label|form|input|button|o:p|st1:\w{2,20}|w:\w{2,20}|main|aside|nav|header|footer|picture|svg|path|time|"
    r"mark|abbr|cite|dl|dt|dd|col|colgroup|caption|nobr|acronym|tt"
)
LT, GT = r"(?:<|&(?:amp;){0,8}lt;)", r"(?:>|&(?:amp;){0,8}gt;)"
OPENING = re.compile(r"<([a-z][a-z0-9]*)\s[^<>]*=")
REACH = 600
"""How far behind a tag its closing one is looked for, in characters."""
ENDS = tuple(".!?:;…")
TAG = re.compile(
    rf"{LT}(/?)(?:{NAMES})((?:\s[^<>\n]{{0,600}}?)?)\s?(/?){GT}|<![-–—]{{1,2}}\s?/?"
    rf"(?:wp:|more|nextpage|StartFragment|EndFragment|\[if|\[endif|noindex)[^<>\n]{{0,400}}[-–—]{{1,2}}>",
    re.I,
)
ESCAPED = re.compile(LT)
LINE_ENDS = ("<br", "<p>", "<hr")
PARTING = re.compile(r"</?(?:br|hr|p|div|h[1-6]|[uo]l|li|t[rdh]|table|blockquote|section|center)\b", re.I)
"""Tags on whose two sides words never belong together."""
UNREAD = re.compile(
    rf"{LT}(script|style)(?=[\s>&])[^<>\n]{{0,200}}?{GT}(?:(?!{LT}\1)[^\n]){{0,2000}}?{LT}/\1\s?{GT}", re.I
)
"""What stands between these tags is for browsers, not for readers."""
BOOKMARK = re.compile(
    r"<span data-mce-type=[^<>\n]{0,400}>[\ufeff\u200b\s]{0,8}</span>|_SELRES_(?:start|"
    r"end)[^<>\n]{0,40}>\ufeff?</span>",
    re.I,
)
FRAMED = re.compile(rf"{LT}span\s[^\n]{{0,80}}?data-mce-type=[^\n]{{0,600}}?{LT}/span{GT}", re.I)
"""A bookmark as the source has it; what it marks is nothing, or a character without width."""


@rule.text("<", "&lt;", "&amp;lt;", "&amp;amp;")
def by_tags(text: str) -> Iterator[Span]:
    """Yield tags; those that stand side by side are one place."""
    taken = sorted(match.span() for form in (BOOKMARK, UNREAD) for match in form.finditer(text))
    starts, ends = [start for start, _ in taken], [end for _, end in taken]
    tags = [t for t in TAG.finditer(text) if bisect_right(starts, t.start()) == bisect_right(ends, t.start())]
    closed = any(tag[1] for tag in tags)
    for start, end in joined(text, sorted([*taken, *(tag.span() for tag in tags)])):
        quote = ESCAPED.sub("<", text[start:end])
        named = (
            quote.count("<") < 2
            and not _is_closed(quote, text[end : end + REACH])
            and mentioned(text, start, end)
        )
        if named or is_quoted(text, start, end):
            continue
        sure = (
            alone(text, start, end)
            or closed
            or "=" in quote
            or quote.startswith("<!")
            or quote.count("<") > 1
            or (quote.lower().startswith(LINE_ENDS) and _ends_sentence(text, start, end))
        )
        kind = "syntax" if sure else "likely"
        if sure or quote.lower().startswith(LINE_ENDS):
            evidence = (Evidence(kind=kind, detail=text[start:end][:80]),)
            parted = PARTING.match(quote) and text[start - 1 : start].strip() and text[end : end + 1].strip()
            yield Span(start=start, end=end, replacement=" " if parted else "", evidence=evidence)


def _is_closed(quote: str, rest: str) -> bool:
    """Tell a tag with attributes that is closed further on: that marks words up, nobody names it so."""
    name = OPENING.match(quote)
    return name is not None and f"/{name[1].lower()}" in ESCAPED.sub("<", rest).lower()


def _ends_sentence(text: str, start: int, end: int) -> bool:
    """Tell a line break at the end of a block, or glued between two sentences."""
    return not text[end : end + REACH].strip() or (
        text[start - 1 : start] in ENDS and not text[end].isspace()
    )


@rule.post()
def by_frame(reading: Reading) -> Iterator[Remark]:
    """Yield the bookmarks that an editor has left between the tags of a frame."""
    for inner in reading.framed:
        for mark in FRAMED.finditer(inner):
            yield Remark(
                where="attribute",
                quote=mark[0],
                context=inner,
                replacement="",
                severity="info",
                fix="suggested",
            )
