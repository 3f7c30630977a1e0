"""Turn a sample post's source into markup and into the lines a reader sees.

The dialect is a small part of Markdown: headings, paragraphs, lists, quotes, tables, fenced code, term
lists (`: ` on the second line), footnotes, `!img FILE | ALT | CAPTION | TITLE`, and `:::x RULE VARIANT`
around the lines of an artifact that spans blocks.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from pipeline.sample.inline import Artifact, Run, clean_of, html_of, planted, raw_of, read_inline
from pipeline.sample.leftovers import BLOCK_HTML, spanning
from pipeline.sample.names import slug

HEADING = re.compile(r"(#{1,6})\s(.*)", re.DOTALL)
BOLD_LINE = re.compile(r"\*\*[^*]+\*\*")
FOOTNOTE = re.compile(r"\[\^(\d+)\]: (.*)")
LEVELS = {"heading": 3}
ITEM = re.compile(r"(\s*)(?:-|\d+\.)\s(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One block as readers meet it."""

    kind: str
    runs: tuple[Run, ...]
    level: int = 0
    """1–6 for a heading, 0 for anything else; a bold paragraph that acts as a heading has kind "bold"."""
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """A stretch of source between blank lines, built."""

    html: str
    lines: tuple[Line, ...] = ()
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """What differs between the themes inside a post's body."""

    media: str
    """URL path of the folder with the post's pictures."""
    picture: Callable[[str, str, str, str], str]
    """Markup of a picture from its address, alt, caption markup and title."""


def read_body(source: str, style: Style) -> tuple[Chunk, ...]:
    """Build every chunk of a post's body, in order."""
    return tuple(_build(lines, style) for lines in _chunks(source.splitlines()))


def _chunks(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield runs of lines without a blank one; a fence keeps its blank lines."""
    chunk: list[str] = []
    fence = ""
    for line in lines:
        if fence:
            chunk.append(line)
            fence = "" if line.strip() == fence else fence
        elif line.strip():
            fence = line[:3] if not chunk and line.startswith(("```", ":::")) else ""
            chunk.append(line)
        elif chunk:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _build(lines: list[str], style: Style) -> Chunk:
    first = lines[0]
    for start, builder in BUILDERS.items():
        if first.startswith(start):
            return builder(lines, style)
    if len(lines) > 1 and lines[1].startswith(": "):
        return _terms(lines, style)
    return _paragraph(lines, style)


def _inline(text: str, style: Style) -> tuple[Run, ...]:
    return read_inline(text, style.media)


def _paragraph(lines: list[str], style: Style) -> Chunk:
    text = " ".join(lines)
    runs = _inline(text, style)
    html = f"<p>{html_of(runs)}</p>"
    if len(runs) == 1 and runs[0].artifact and runs[0].artifact.variant in BLOCK_HTML:
        html = BLOCK_HTML[runs[0].artifact.variant](runs[0].html)
    kind = "bold" if BOLD_LINE.fullmatch(text) else "paragraph"
    return Chunk(html=html, lines=(Line(kind=kind, runs=runs),))


def _heading(lines: list[str], style: Style) -> Chunk:
    found = HEADING.fullmatch(" ".join(lines))
    assert found, lines
    level, runs = len(found[1]), _inline(found[2], style)
    anchor = slug(clean_of(runs))
    named = f' id="{anchor}"' if anchor else ""
    html = f"<h{level}{named}>{html_of(runs)}</h{level}>"
    return Chunk(html=html, lines=(Line(kind="heading", runs=runs, level=level, anchor=anchor),))


def _list(lines: list[str], style: Style) -> Chunk:
    """Build a list; items set in by two spaces form a list inside the item above."""
    tag = "ul" if lines[0].startswith("- ") else "ol"
    items: list[tuple[str, list[str]]] = []
    built = []
    for text in lines:
        found = ITEM.fullmatch(text)
        assert found, text
        runs = _inline(found[2], style)
        built.append(Line(kind="list_item", runs=runs))
        if found[1]:
            items[-1][1].append(f"<li>{html_of(runs)}</li>")
        else:
            items.append((html_of(runs), []))
    inner = "".join(f"<li>{top}{_inside(kids)}</li>\n" for top, kids in items)
    return Chunk(html=f"<{tag}>\n{inner}</{tag}>", lines=tuple(built))


def _inside(items: list[str]) -> str:
    return f"<ul>{''.join(items)}</ul>" if items else ""


def _quote(lines: list[str], style: Style) -> Chunk:
    runs = _inline(" ".join(line.lstrip("> ") for line in lines), style)
    html = f"<blockquote><p>{html_of(runs)}</p></blockquote>"
    return Chunk(html=html, lines=(Line(kind="quote", runs=runs),))


def _code(lines: list[str], style: Style) -> Chunk:
    name, inside = lines[0][3:].strip() or "text", lines[1:-1]
    html = f'<pre><code class="language-{name}">{escape(chr(10).join(inside), quote=False)}</code></pre>'
    runs = [Run(html="", raw=line, clean=line) for line in inside if line.strip()]
    return Chunk(html=html, lines=tuple(Line(kind="code", runs=(run,)) for run in runs))


def _table(lines: list[str], style: Style) -> Chunk:
    """Build a table; the row of dashes ends its head, a line `|= words` is its caption."""
    html, built, tag = ["<table>"], [], "th"
    for line in lines:
        if line.startswith("|="):
            runs = _inline(line[2:].strip(), style)
            html.append(f"<caption>{html_of(runs)}</caption>")
            built.append(Line(kind="caption", runs=runs))
            continue
        if line.startswith("|-"):
            tag = "td"
            continue
        cells = [_inline(cell.strip(), style) for cell in line.strip("|").split("|")]
        html.append("<tr>" + "".join(f"<{tag}>{html_of(cell)}</{tag}>" for cell in cells) + "</tr>")
        built += [Line(kind="table_cell", runs=cell) for cell in cells]
    return Chunk(html="".join([*html, "</table>"]), lines=tuple(built))


def _terms(lines: list[str], style: Style) -> Chunk:
    html, built = ["<dl>"], []
    for line in lines:
        tag = "dd" if line.startswith(": ") else "dt"
        runs = _inline(line.removeprefix(": "), style)
        html.append(f"<{tag}>{html_of(runs)}</{tag}>")
        built.append(Line(kind="list_item", runs=runs))
    return Chunk(html="".join([*html, "</dl>"]), lines=tuple(built))


def _footnotes(lines: list[str], style: Style) -> Chunk:
    html, built = ['<section class="footnotes"><ol>'], []
    for line in lines:
        found = FOOTNOTE.fullmatch(line)
        assert found, line
        runs = _inline(found[2], style)
        back = f'<a class="footnote-backref" href="#ref-{found[1]}">↩</a>'
        html.append(f'<li id="fn-{found[1]}">{html_of(runs)} {back}</li>')
        built.append(Line(kind="list_item", runs=(*runs, Run(html="", raw=" ↩", clean=""))))
    return Chunk(html="".join([*html, "</ol></section>"]), lines=tuple(built))


def _picture(lines: list[str], style: Style) -> Chunk:
    """Build a picture; an artifact may stand in its alt text, a look-alike too."""
    name, alt, caption, title = ([p.strip() for p in lines[0][5:].split(" | ")] + ["", "", ""])[:4]
    words, spoken = _inline(alt, style), _inline(caption, style)
    attribute = tuple(run for run in words if run.artifact or run.lookalike)
    html = style.picture(style.media + name, raw_of(words), html_of(spoken), title)
    built = [Line(kind="attribute", runs=attribute)] if attribute else []
    built += [Line(kind="caption", runs=spoken)] if caption else []
    return Chunk(html=html, lines=tuple(built), pictures=(name,))


def _spanning(lines: list[str], style: Style) -> Chunk:
    """Build an artifact that spans blocks: its first line carries it, none of them survives."""
    artifact = planted(lines[0].removeprefix(":::x ") + "|" + "\n".join(lines[1:-1]).replace("[ ] ", ""))
    html, kinds = spanning(artifact.rule, artifact.variant, lines[1:-1])
    marks: list[Artifact | None] = [artifact, *[None] * (len(kinds) - 1)]
    built = [
        Line(kind=kind, runs=(Run(html="", raw=text, clean="", artifact=mark),), level=LEVELS.get(kind, 0))
        for kind, text, mark in zip(kinds, artifact.quote.split("\n"), marks, strict=True)
    ]
    return Chunk(html=html, lines=tuple(built))


def _rule(lines: list[str], style: Style) -> Chunk:
    return Chunk(html="<hr>")


BUILDERS: dict[str, Callable[[list[str], Style], Chunk]] = {
    "#": _heading,
    "- ": _list,
    "1. ": _list,
    "> ": _quote,
    "```": _code,
    "|": _table,
    "[^": _footnotes,
    "!img ": _picture,
    ":::x ": _spanning,
    "---": _rule,
}
