"""Read one line of sample text: plain words, links, emphasis, planted artifacts and look-alikes.

`{{x RULE VARIANT|TEXT=>REPLACEMENT}}` plants an artifact (variant and replacement may be left out),
`{{ok TEXT}}` marks a passage that must not be flagged, `{{img FILE|ALT}}` puts a picture into the line.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import escape

TOKEN = re.compile(
    r"""
    \{\{x\s(?P<x>.*?)\}\}(?!\})        # a planted artifact; what it quotes may itself end in braces
    | \{\{ok\s(?P<ok>.*?)\}\}(?!\})    # a look-alike
    | \{\{img\s(?P<img>.*?)\}\}        # a picture inside the line
    | `(?P<code>[^`]+)`
    | \*\*(?P<strong>.+?)\*\*
    | (?<!\w)_(?P<em>[^_]+)_(?!\w)
    | \[(?P<text>[^\]]+)\]\((?P<href>[^)]+)\)
    | \[\^(?P<note>\d+)\]
    """,
    re.VERBOSE | re.DOTALL,
)
PHP_MESSAGE = re.compile(r"(\w[\w ]*): (.*) in (\S+) on line (\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Artifact:
    """A leftover planted on purpose."""

    rule: str
    quote: str
    variant: str = ""
    replacement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of one line: its markup, what a reader sees now, and what a reader should see."""

    html: str
    raw: str
    clean: str
    artifact: Artifact | None = None
    lookalike: str | None = None


def read_inline(text: str, media: str) -> tuple[Run, ...]:
    """Split one line into runs; `media` is the folder, as a URL path, that pictures are named in."""
    return tuple(_runs(text, media))


def raw_of(runs: tuple[Run, ...]) -> str:
    """Give the line as a reader sees it, white space folded."""
    return " ".join("".join(run.raw for run in runs).split())


def clean_of(runs: tuple[Run, ...]) -> str:
    """Give the line as it should read, white space folded."""
    return " ".join("".join(run.clean for run in runs).split())


def html_of(runs: tuple[Run, ...]) -> str:
    """Give the line's markup."""
    return "".join(run.html for run in runs)


def planted(words: str) -> Artifact:
    """Read the inside of an artifact marker."""
    head, _, rest = words.partition("|")
    quote, _, replacement = rest.partition("=>")
    rule, _, variant = head.strip().partition(" ")
    return Artifact(rule=rule, quote=quote, variant=variant.strip(), replacement=replacement)


def _runs(text: str, media: str) -> Iterator[Run]:
    end = 0
    for token in TOKEN.finditer(text):
        if plain := text[end : token.start()]:
            yield _plain(plain)
        yield from _token(token, media)
        end = token.end()
    if text[end:]:
        yield _plain(text[end:])


def _token(token: re.Match[str], media: str) -> Iterator[Run]:
    kind = str(token.lastgroup)
    words = token[kind]
    if kind == "x":
        yield _artifact(planted(words))
    elif kind == "ok":
        inner = read_inline(words, media)
        yield Run(html=html_of(inner), raw=raw_of(inner), clean=clean_of(inner), lookalike=raw_of(inner))
    elif kind == "img":
        name, _, alt = words.partition("|")
        yield Run(html=f'<img src="{media}{escape(name)}" alt="{escape(alt)}">', raw="", clean="")
    elif kind == "code":
        yield replace(_plain(words), html=f"<code>{escape(words)}</code>")
    elif kind == "note":
        link = f'<sup id="ref-{words}"><a href="#fn-{words}">{words}</a></sup>'
        yield Run(html=link, raw=words, clean=words)
    else:
        yield from _wrapped(kind, token, media)


def _wrapped(kind: str, token: re.Match[str], media: str) -> Iterator[Run]:
    """Yield the runs inside emphasis or a link, the tags as runs without text around them."""
    inner, start, end = (token[kind], f"<{kind}>", f"</{kind}>")
    if kind == "href":
        href = token["href"]
        if href.startswith("x "):
            stray = planted(href[2:])
            yield Run(html="", raw="", clean="", artifact=replace(stray, variant="attribute"))
            href = stray.quote
        inner, start, end = token["text"], f'<a href="{escape(href)}">', "</a>"
    yield Run(html=start, raw="", clean="")
    yield from _runs(inner, media)
    yield Run(html=end, raw="", clean="")


def _plain(text: str) -> Run:
    return Run(html=escape(text, quote=False), raw=text, clean=text)


def _artifact(artifact: Artifact) -> Run:
    html = escape(artifact.quote, quote=False)
    if artifact.variant in INLINE_HTML:
        html = INLINE_HTML[artifact.variant](artifact.quote)
    return Run(html=html, raw=artifact.quote, clean=artifact.replacement, artifact=artifact)


def _php(text: str) -> str:
    """Mark up a message the way PHP prints it with html_errors on."""
    said = PHP_MESSAGE.fullmatch(text)
    if not said:
        return escape(text, quote=False)
    word, message, path, line = (escape(part, quote=False) for part in said.groups())
    return f"<br />\n<b>{word}</b>:  {message} in <b>{path}</b> on line <b>{line}</b><br />\n"


INLINE_HTML: dict[str, Callable[[str], str]] = {
    "php": _php,
    "nbsp": lambda text: "&nbsp;",
    "linked": lambda text: f'<a href="{escape(text)}">{escape(text)}</a>',
}
