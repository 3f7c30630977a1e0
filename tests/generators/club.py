"""The small blog of an invented star club: what every generator is given, and what must come out again."""

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Literal

POSTS = Path(__file__).with_name("posts")
TITLE = "Lantern Barn Star Club"
ABOUT = "About the club\n\nWe are forty people, nine telescopes and one kettle, and we meet in a barn."
Kind = Literal["heading", "paragraph", "list", "ordered", "table", "code", "figure"]
INLINE = (
    (re.compile(r"\*\*(.+?)\*\*"), "strong"),
    (re.compile(r"\*(.+?)\*"), "em"),
    (re.compile(r"`(.+?)`"), "code"),
)
LINK = re.compile(r"\[([^\]]+)\]\((\S+?)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One stretch of a post between blank lines."""

    kind: Kind
    source: str
    """Markdown, as written."""
    level: int = 0
    lines: tuple[str, ...] = ()
    """What a reader sees, one line each, without markup; of a table the cells, row by row."""
    columns: int = 0
    picture: tuple[str, str] = ("", "")
    """File name and alt text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One post of the club, before any generator touches it."""

    slug: str
    title: str
    author: str
    date: str
    """`2024-02-10 21:40`, in UTC."""
    language: str
    categories: tuple[str, ...]
    """One category, from its topmost ancestor down to itself."""
    tags: tuple[str, ...]
    leftover: tuple[str, str] | None
    """Rule and text of the artifact that the post carries."""
    blocks: tuple[Block, ...]

    @property
    def raw_lines(self) -> list[str]:
        """What stands on the page."""
        return [line for block in self.blocks for line in block.lines]

    @property
    def clean_lines(self) -> list[str]:
        """What should stand there."""
        return [line for line in map(self.cleaned, self.raw_lines) if line]

    @property
    def headings(self) -> list[tuple[int, str]]:
        """Level and clean words of every heading."""
        return [(b.level, self.cleaned(b.lines[0])) for b in self.blocks if b.kind == "heading"]

    def cleaned(self, line: str) -> str:
        """Take the leftover out of a line."""
        return line.replace(self.leftover[1], "") if self.leftover else line


def read_posts() -> list[Entry]:
    """Read the club's posts, oldest first."""
    return sorted((_read(path) for path in POSTS.glob("*.md")), key=lambda entry: entry.date)


def _read(path: Path) -> Entry:
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines())
    rule, _, text = facts.get("leftover", "").partition(" | ")
    return Entry(
        slug=path.stem,
        title=facts["title"],
        author=facts["author"],
        date=facts["date"],
        language=facts["language"],
        categories=tuple(facts["category"].split(" > ")),
        tags=tuple(facts["tags"].split(", ")),
        leftover=(rule, text) if text else None,
        blocks=tuple(read_block(source) for source in body.strip().split("\n\n")),
    )


def read_block(source: str) -> Block:
    """Tell what a stretch of Markdown is and what a reader sees of it."""
    lines = source.splitlines()
    if source.startswith("#"):
        marks, _, words = source.partition(" ")
        return Block(kind="heading", source=source, level=len(marks), lines=(words,))
    if source.startswith("```"):
        return Block(kind="code", source=source, lines=tuple(line.strip() for line in lines[1:-1]))
    if source.startswith("!"):
        file, alt, caption = source[1:].split(" | ")
        return Block(kind="figure", source=source, lines=(caption,), picture=(file, alt))
    if source.startswith("|"):
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "---" not in line]
        return Block(
            kind="table",
            source=source,
            lines=tuple(cell for row in rows for cell in row),
            columns=len(rows[0]),
        )
    if re.match(r"- |1\. ", source):
        kind: Kind = "list" if source.startswith("-") else "ordered"
        return Block(kind=kind, source=source, lines=tuple(plain(line.partition(" ")[2]) for line in lines))
    return Block(kind="paragraph", source=source, lines=(plain(source),))


def plain(text: str) -> str:
    """Take the inline markup off."""
    for pattern, _ in INLINE:
        text = pattern.sub(r"\1", text)
    return LINK.sub(r"\1", text)


def marked_up(text: str) -> str:
    """Turn inline Markdown into HTML."""
    text = escape(text, quote=False)
    for pattern, tag in INLINE:
        text = pattern.sub(rf"<{tag}>\1</{tag}>", text)
    return LINK.sub(r'<a href="\2">\1</a>', text)


def figure_html(block: Block, address: str) -> str:
    """Write a picture with its caption, for generators whose Markdown has none."""
    _, alt = block.picture
    return (
        f'<figure><img src="{address}" alt="{escape(alt)}"><figcaption>{block.lines[0]}</figcaption></figure>'
    )


def markdown(entry: Entry, pictures: str) -> str:
    """Write the body as Markdown; `pictures` is the address of their folder."""
    parts = [
        figure_html(block, f"{pictures}/{block.picture[0]}") if block.kind == "figure" else block.source
        for block in entry.blocks
    ]
    return "\n\n".join(parts) + "\n"


def picture_names() -> list[str]:
    """List the files that posts show."""
    return [block.picture[0] for entry in read_posts() for block in entry.blocks if block.kind == "figure"]
