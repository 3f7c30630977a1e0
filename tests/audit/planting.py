"""Put leftovers into clean posts of several languages: what a rule has to find there, and give back."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from pipeline.records import Article, Block, BlockKind, Image, Link, Metadata

FOLDER = Path(__file__).parent
TABLE = tomllib.loads((FOLDER / "leftovers.toml").read_text("utf-8"))
FAMILIES = TABLE["family"]
LOOKALIKES = [text for group in TABLE["lookalike"] for text in group["texts"]]
POSTS: dict[str, list[str]] = tomllib.loads((FOLDER / "cleantexts.toml").read_text("utf-8"))
LEVELS = {"empty": 2, "deep": 4, "copy": 0}
BESIDE = (*LEVELS, "alt", "category")
MARKS: dict[str, BlockKind] = {"# ": "heading", "- ": "list_item"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A post with a leftover in it."""

    name: str
    article: Article
    metadata: Metadata
    rule: str
    quote: str
    clean: tuple[str, ...]
    """The lines of the post without the leftover."""


def clean_post(language: str) -> list[Block]:
    """Give a post as blocks."""
    return [_block(line) for line in POSTS[language]]


def _block(line: str) -> Block:
    kind = MARKS.get(line[:2], "paragraph")
    text = line[2:] if kind != "paragraph" else line
    level = 2 if kind == "heading" else 0
    return Block(kind=kind, level=level, text=text, marked="heading" if level else None)


def planted(family: dict[str, Any], chance: Random) -> Iterator[Planted]:
    """Yield each leftover of a family in each of its ways, in a language by chance."""
    for quote in family["quotes"]:
        for how in family["how"]:
            language = chance.choice(list(POSTS))
            if how in ("glued-start", "heading-start", "inside-word") and language == "ja":
                language = "en"
            yield _plant(family["rule"], quote, how, language)


def _plant(rule: str, quote: str, how: str, language: str) -> Planted:
    blocks = clean_post(language)
    clean = tuple(block.text for block in blocks)
    links: tuple[Link, ...] = ()
    title = POSTS[language][-1].split(" ")[0] + " 7"
    quote = quote.replace("TITLE", title).replace("COPY", max(clean, key=len))
    if how in BESIDE:
        return _plant_beside(rule, quote, how, language)
    extra = [Block(kind="paragraph", text=line) for line in quote.split("\n")]
    wanted = quote
    if how in ("block", "linked", "twice"):
        blocks[3:3] = extra
        links = (
            (Link(url="https://blog.example/p", text=quote, block=3, internal=True),)
            if how == "linked"
            else ()
        )
        if how == "twice":
            blocks[6:6] = extra
    elif how == "first":
        blocks[:0] = extra
    elif how in ("last", "lines-last"):
        blocks += extra
    else:
        at, text = _inline(how, quote, blocks)
        blocks[at] = Block(kind=blocks[at].kind, level=blocks[at].level, text=text, marked=blocks[at].marked)
    name = f"{how}, {language}: {quote[:70]}"
    article = Article(blocks=tuple(blocks), links=links)
    metadata = Metadata(title=title, language=language)
    return Planted(name=name, article=article, metadata=metadata, rule=rule, quote=wanted, clean=clean)


def _plant_beside(rule: str, quote: str, how: str, language: str) -> Planted:
    """Plant what is no run of words in a block: a block of its own kind, a picture's words, a category."""
    blocks = clean_post(language)
    clean = tuple(block.text for block in blocks)
    at = next(i for i, block in enumerate(blocks) if block.kind == "heading") + 1
    if how == "copy":
        at = clean.index(quote) + 1
    if how in LEVELS:
        marked = Block(kind="heading", level=LEVELS[how], text=quote, marked="heading")
        blocks[at:at] = [blocks[at - 1] if how == "copy" else marked]
    article = Article(
        blocks=tuple(blocks),
        images=(Image(src="/up/a.jpg", alt=quote, block=at),) if how == "alt" else (),
    )
    names = (quote, "Boats", quote) if how == "category" else ()
    metadata = Metadata(title="7", language=language, raw_categories=names)
    name = f"{how}, {language}: {quote[:70]}"
    return Planted(name=name, article=article, metadata=metadata, rule=rule, quote=quote, clean=clean)


def _inline(how: str, quote: str, blocks: list[Block]) -> tuple[int, str]:
    """Give the block that holds the leftover, and its text with it."""
    kind, _, side = how.partition("-")
    wanted = {"heading": "heading", "item": "list_item"}.get(kind, "paragraph")
    at = next(i for i, block in enumerate(blocks) if block.kind == wanted and (i or wanted != "paragraph"))
    text = blocks[at].text
    if how == "inside-word":
        middle = text.index(" ", 4)
        return at, f"{text[: middle - 1]}{quote}{text[middle - 1 :]}"
    if "start" in (kind, side):
        return at, f"{quote}{text}"
    return at, f"{text} {quote}" if how == "end" else f"{text}{quote}"
