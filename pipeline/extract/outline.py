"""Blocks -> intro and sections: the tree that an editor would draw, as a flat list."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.records import Block, Section

ROMAN = r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})"
PARTS = (
    r"step|tip|part|chapter|schritt|tipp|teil|kapitel|étape|partie|chapitre|astuce|paso|parte|capítulo|capitolo"
    r"|passo|deel|stap|hoofdstuk|krok|część|rozdział|шаг|часть|глава|الخطوة|الفصل|الجزء"
)
PRINTED = re.compile(
    rf"""^(?:\#\s*|(?:{PARTS}|no\.|nr\.)\s+)?
    (?: (?P<deep>\d{{1,3}}(?:\.\d{{1,3}})+)\.?(?=[\s)]*[^\W\d_]|\s*$)      # 2.3 Title
      | (?P<plain>\d{{1,3}}|{ROMAN})\s?(?:[.):、．]|\s[-–—]\s)(?!\d)      # 1. Title, IV) Title, 3 – Title
    )""",
    re.VERBOSE | re.IGNORECASE,
)
NAMED = re.compile(rf"^(?:\#|(?:{PARTS})\s+)(\d{{1,3}})\b", re.IGNORECASE)
DIGITS = "一二三四五六七八九十"
COUNTED = re.compile(
    rf"""^(?: [第제]\s?(\d{{1,3}}|[{DIGITS}百]{{1,4}})\s?[章節节回部条條編篇話话課课步장절부화편]
        | [（(]?([{DIGITS}]{{1,3}})[）)、．.]
    )""",
    re.VERBOSE,
)
"""Numbers the Chinese way: 第3章, 第一節, 一、, （二）."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A post's text cut at its headings."""

    intro: str
    sections: tuple[Section, ...]
    section_of: tuple[int | None, ...]
    """For each block the section it stands in (a heading stands in its own); None before the first."""


def outline(blocks: Sequence[Block], clean_texts: Sequence[str]) -> Outline:
    """Cut blocks into sections; `clean_texts` are their texts after cleaning, "" where one was removed.

    A heading that cleaning emptied opens no section: what follows belongs to the section before.
    """
    opened: list[tuple[int, list[str]]] = []
    intro: list[str] = []
    section_of: list[int | None] = []
    for index, (block, text) in enumerate(zip(blocks, clean_texts, strict=True)):
        if block.level and text:
            opened.append((index, []))
        elif text:
            (opened[-1][1] if opened else intro).append(text)
        section_of.append(len(opened) - 1 if opened else None)
    parents = _parents([blocks[index].level for index, _ in opened])
    sections = tuple(
        _section(blocks[index], clean_texts[index], parent, lines)
        for (index, lines), parent in zip(opened, parents, strict=True)
    )
    return Outline(intro="\n".join(intro), sections=sections, section_of=tuple(section_of))


def printed_number(heading: str) -> str | None:
    """Give the number that a heading prints: "1", "2.3", "IV", "三"; None for "10 ways", "2024 in review"."""
    if heading and 0x2460 <= ord(heading[0]) <= 0x2473:
        return str(int(unicodedata.numeric(heading[0])))
    match = PRINTED.match(heading)
    if match:
        number = match["deep"] or match["plain"]
        # "i." and "mix)" are words; a Roman number is printed in capitals.
        return number if number[0].isdigit() or number.isupper() else None
    named = NAMED.match(heading) or COUNTED.match(heading)
    return named[named.lastindex or 0] if named else None


def _section(block: Block, heading: str, parent: int | None, lines: list[str]) -> Section:
    return Section(
        level=block.level,
        heading=heading,
        heading_raw=block.text,
        number=printed_number(heading),
        parent=parent,
        marked=block.marked or "heading",
        anchor=block.anchor,
        text="\n".join(lines),
    )


def _parents(levels: Sequence[int]) -> list[int | None]:
    """For each heading the nearest earlier one of a smaller level."""
    out: list[int | None] = []
    open_ones: list[int] = []
    for index, level in enumerate(levels):
        while open_ones and levels[open_ones[-1]] >= level:
            open_ones.pop()
        out.append(open_ones[-1] if open_ones else None)
        open_ones.append(index)
    return out
