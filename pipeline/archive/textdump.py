"""A pasted plain-text post -> metadata and blocks: what the markup would have said, read from its shape."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extract.dates import find_day
from pipeline.records import Article, Block, BlockKind, Metadata

BULLET = re.compile(r"^\s*(?:[•●◦▪‣·∙○■►➢✓✔]|[-*+–](?=\s))\s*")
NUMBERED = re.compile(r"^\s*(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+(?=\S)|^\s*(\d{1,2})[.)](?=\S)")
HASHES = re.compile(r"^(#{1,6})\s+(?=\S)")
UNDERLINE = re.compile(r"^(=|-)\1{2,}$")
LABELLED = re.compile(
    r"^(categories|category|filed under|tags|tagged|by|author|written by)\s*:?\s+(.+)$", re.I
)
DATED = re.compile(
    r"^(?:posted|published|last updated|updated|date|veröffentlicht|publié|publicado)\b"
    r"(?: on| am| le| el)?:?\s+",
    re.I,
)
AUTHOR = re.compile(r"^\W{0,3}(?:by|von|par|por|di)\s+(.{2,60})$", re.I)
SENTENCE_END = (".", ",", ";", ":", "…", "。", "、", "：", "；")
MAX_HEADING = 110
MAX_HEADING_WORDS = 16
MAX_HEAD = 8
"""Lines above the text that may say what it is: categories, title, author, date."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Lines between two blank ones."""

    lines: tuple[str, ...]

    @property
    def is_single(self) -> bool:
        return len(self.lines) == 1


def read_dump(text: str) -> tuple[Metadata, Article]:
    """Read a plain-text post: categories line, title, headings, bullets, paragraphs.

    The first title names the post; a second one stays in the body, where a rule finds it. A numbered
    run of headings under an unnumbered one stands one level deeper. A dump never gets a tree.
    """
    stretches = _split_head([*_stretches(text)])
    head, used = _read_head(stretches)
    blocks = tuple(_levelled(_blocks(stretches[used:])))
    return head.metadata(), Article(blocks=blocks, page_text=text)


def _stretches(text: str) -> Iterator[_Stretch]:
    lines: list[str] = []
    for line in (*text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), ""):
        if line.strip():
            lines.append(line.strip())
        elif lines:
            yield _Stretch(tuple(lines))
            lines = []


def _split_head(stretches: list[_Stretch]) -> list[_Stretch]:
    """Let each line of the first stretches stand for itself where one of them says who, when or where."""
    out: list[_Stretch] = []
    for at, stretch in enumerate(stretches):
        if at < 3 and not stretch.is_single and any(map(_says, stretch.lines[:4])):
            out += (_Stretch((line,)) for line in stretch.lines)
        else:
            out.append(stretch)
    return out


def _says(line: str) -> bool:
    return bool(LABELLED.match(line)) or _day_line(line) is not None


@dataclass(slots=True)
class _Head:
    """What the lines above the text say, while they are being read."""

    title: str | None = None
    author: str | None = None
    published: str | None = None
    raw_categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def metadata(self) -> Metadata:
        categories = tuple(dict.fromkeys(self.raw_categories))
        said = {
            "title": self.title,
            "authors": self.author,
            "published": self.published,
            "categories": categories,
            "tags": self.tags,
        }
        return Metadata(
            title=self.title,
            authors=(self.author,) if self.author else (),
            published=self.published,
            categories=categories,
            category_paths=tuple((name,) for name in categories),
            raw_categories=self.raw_categories,
            tags=tuple(dict.fromkeys(self.tags)),
            provenance={field: "text" for field, value in said.items() if value},
        )


def _read_head(stretches: list[_Stretch]) -> tuple[_Head, int]:
    """Read the lines above the text; give what they say and how many stretches they took."""
    head = _Head()
    for at, stretch in enumerate(stretches[:MAX_HEAD]):
        if not stretch.is_single or not (
            _take_label(head, stretch.lines[0]) or _take_name(head, stretches, at)
        ):
            return head, at
    return head, min(len(stretches), MAX_HEAD)


def _take_label(head: _Head, line: str) -> bool:
    """Take a line that says what it is: categories, tags, author or date."""
    label = LABELLED.match(line) if len(line) < 300 else None
    key = label[1].lower() if label else ""
    if label and key in ("by", "author", "written by") and len(label[2].split()) <= 4:
        head.author = head.author or label[2].strip()
    elif label and key.startswith("tag"):
        head.tags += _names(label[2])
    elif label and key.startswith(("categor", "filed")):
        head.raw_categories += _names(label[2])
    elif day := _day_line(line):
        head.published, author = head.published or day[0], day[1]
        head.author = head.author or author
    else:
        return False
    return True


def _take_name(head: _Head, stretches: list[_Stretch], at: int) -> bool:
    """Take the line of categories, or the title; a second title belongs to the body."""
    line = stretches[at].lines[0]
    if head.title is None and not head.raw_categories and _is_categories(stretches, at):
        head.raw_categories = _names(line)
    elif head.title is None and _is_title(line):
        head.title = HASHES.sub("", line)
    else:
        return False
    return True


def _day_line(line: str) -> tuple[str, str | None] | None:
    """Read a line that holds a day and at most an author: "Posted on March 3, 2024 by Jo Baker"."""
    day = find_day(line, "en") if len(line) <= MAX_HEADING and any(char.isdigit() for char in line) else None
    if day is None:
        return None
    before, after = DATED.sub("", line[: day.start], count=1).strip(" ,|·-–"), line[day.end :].strip(" ,|·-–")
    author = AUTHOR.match(after) or AUTHOR.match(before)
    rest = "" if author else f"{before}{after}"
    return (day.iso, author[1].strip() if author else None) if len(rest) <= 2 else None


def _names(line: str) -> tuple[str, ...]:
    return tuple(" ".join(name.split()) for name in re.split(r"[,;|]", line) if name.strip())


def _is_categories(stretches: list[_Stretch], at: int) -> bool:
    """Tell a line of names from a title: short parts with commas, and a title of its own after it."""
    stretch = stretches[at]
    parts = stretch.lines[0].split(",")
    if not stretch.is_single or len(parts) < 2 or stretch.lines[0].endswith(SENTENCE_END):
        return False
    rest = stretches[at + 1 : at + 3]
    if not rest or rest[0].lines == stretch.lines or not _is_title(rest[0].lines[0]) or not rest[0].is_single:
        return False
    return all(0 < len(part.split()) <= 6 and len(part) <= 60 for part in parts)


def _is_title(line: str) -> bool:
    return len(line) <= 200 and not line.endswith(SENTENCE_END) and not BULLET.match(line)


def _blocks(stretches: list[_Stretch]) -> Iterator[Block]:
    for at, stretch in enumerate(stretches):
        after = stretches[at + 1] if at + 1 < len(stretches) else None
        if stretch.is_single and _is_heading(stretch.lines[0], after):
            marks = HASHES.match(stretch.lines[0])
            text = HASHES.sub("", stretch.lines[0]).rstrip("# ")
            yield Block(
                kind="heading", text=_folded(text), level=len(marks[1]) if marks else 2, marked="heading"
            )
        elif len(stretch.lines) == 2 and UNDERLINE.match(stretch.lines[1]):
            level = 1 if stretch.lines[1][0] == "=" else 2
            yield Block(kind="heading", text=_folded(stretch.lines[0]), level=level, marked="heading")
        else:
            yield from _lines(stretch)


def _lines(stretch: _Stretch) -> Iterator[Block]:
    ordered = sum(NUMBERED.match(line) is not None for line in stretch.lines) > 1
    for line in _unwrapped(stretch.lines):
        mark = BULLET.match(line) or (NUMBERED.match(line) if ordered else None)
        kind: BlockKind = "list_item" if mark else "paragraph"
        if text := _folded(line[mark.end() :] if mark else line):
            yield Block(kind=kind, text=text)


def _unwrapped(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Join lines that only the paper's width has broken: several, none of them short or a sentence's end."""
    sizes = [len(line) for line in lines[:-1]]
    if len(lines) < 3 or min(sizes) < 35 or max(sizes) > 100 or max(sizes) - min(sizes) > 20:
        return lines
    if any(BULLET.match(line) or NUMBERED.match(line) for line in lines):
        return lines
    return (" ".join(lines),)


def _folded(line: str) -> str:
    return " ".join(line.split())


def _is_heading(line: str, after: _Stretch | None) -> bool:
    """Tell a heading without markup: short, no sentence, and something follows that it can head."""
    if after is None or BULLET.match(line):
        return False
    if HASHES.match(line):
        return True
    words = line.split()
    if len(line) > MAX_HEADING or len(words) > MAX_HEADING_WORDS or line.endswith(SENTENCE_END):
        return False
    if not (line[0].isupper() or line[0].isdigit() or not line[0].isascii()):
        return False
    if NUMBERED.match(line) and NUMBERED.match(after.lines[0]):
        return False
    return not any(mark in line[:-1] for mark in (". ", "! ", "? ")) or NUMBERED.match(line) is not None


def _levelled(blocks: Iterator[Block]) -> Iterator[Block]:
    """Put a numbered heading under the unnumbered one before it; "2.1" another level deeper."""
    under = False
    for block in blocks:
        if block.kind != "heading":
            yield block
            continue
        number = NUMBERED.match(block.text)
        dots = (number[1] or "").count(".") if number else 0
        level = min(6, block.level + dots + (1 if number and under and block.level == 2 else 0))
        under = under or number is None
        yield Block(kind="heading", text=block.text, level=level, marked="heading")
