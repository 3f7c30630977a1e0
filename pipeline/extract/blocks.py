"""Walk an element and say what a reader would read: blocks, pictures and links, in order."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from pipeline.extract.elements import (
    code_text,
    is_all_bold,
    is_copy,
    is_permalink,
    is_way_back,
    speaks,
)
from pipeline.extract.flat import Flat
from pipeline.extract.frame import HEADINGS, Frame, enter
from pipeline.extract.furniture import NEVER_TEXT, is_unseen
from pipeline.extract.pictures import picture
from pipeline.records import Block, Image, Link, Marked
from pipeline.site.urls import joined, same_site

BLOCK_TAGS = frozenset(
    (
        "address article aside blockquote body caption center dd details div dl dt fieldset figcaption"
        " figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav noscript ol p pre"
        " section summary table tbody td tfoot th thead tr ul"
    ).split()
)
RICH = frozenset(["code", "kbd", "samp", "tt", "q", "var"])
MAX_DEPTH = 200
"""Deeper markup is read as flat text."""
MAX_HEADING = 90
"""A longer bold paragraph is emphasis, not a heading (characters)."""
MIN_SHARED = 25
"""Shorter texts recur in posts by nature ("Serves 4"), as headings do ("Ingredients"): never furniture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """What stands in an element, in reading order."""

    blocks: tuple[Block, ...]
    images: tuple[Image, ...]
    links: tuple[Link, ...]


class Walker:
    """Collects the run of inline text under the current block and turns it into a Block at its end."""

    def __init__(
        self, page: Flat, base: str | None, dropped: Collection[HtmlElement], is_shared: Callable[[str], bool]
    ) -> None:
        """Resolve addresses against `base`; leave out elements in `dropped` and text that is `is_shared`."""
        self.page = page
        self.base = base
        self.dropped = dropped
        self.is_shared = is_shared
        self.blocks: list[Block] = []
        self.images: list[Image] = []
        self.links: list[Link] = []
        self.parts: list[str] = []
        self.rich = False
        self.opener: HtmlElement | None = None
        self.first_image = 0
        self.depth = 0

    def walk(self, roots: Iterable[HtmlElement]) -> Walked:
        """Read elements one after the other, each from its first word to its last."""
        for root in roots:
            self._block(self.page.place[root], Frame())
        return Walked(blocks=tuple(self.blocks), images=tuple(self.images), links=tuple(self.links))

    def _children(self, place: int, frame: Frame) -> None:
        page, parts = self.page, self.parts
        self.depth += 1
        text = page.texts[page.starts[place]]
        if text:
            parts.append(text)
        child, end = place + 1, page.ends[place]
        while child < end:
            self._visit(child, frame)
            tail = page.texts[page.stops[child]]
            if tail:
                parts.append(tail)
            child = page.ends[child]
        self.depth -= 1

    def _visit(self, place: int, frame: Frame) -> None:
        page = self.page
        tag = page.tags[place]
        element = page.nodes[place]
        if element in self.dropped:
            return
        if tag == "br":
            self._line_break(element, frame)
        elif tag == "img":
            self._picture(element, frame)
        elif tag in NEVER_TEXT or (not page.is_plain(place) and is_unseen(element)):
            return
        elif self.depth > MAX_DEPTH:
            self.parts.append(" ".join(element.itertext()))
        elif tag in BLOCK_TAGS:
            self._flush(frame)
            self._block(place, frame)
        else:
            self._inline(place, tag, frame)

    def _inline(self, place: int, tag: str, frame: Frame) -> None:
        element = self.page.nodes[place]
        if tag == "a":
            if is_way_back(element) or (frame.level and is_permalink(element)):
                return
            self._link(element)
        elif tag in RICH:
            self.rich = True
        if self.opener is None:
            self.opener = element
        self._children(place, frame)

    def _block(self, place: int, frame: Frame) -> None:
        element, tag = self.page.nodes[place], self.page.tags[place]
        inner = enter(self.page, place, frame)
        if tag == "pre":
            self._code(element, inner)
            return
        if tag == "noscript" and not speaks(element):
            return
        self.opener, before, pictures = element, len(self.blocks), len(self.images)
        self._children(place, inner)
        self._flush(inner)
        if tag in HEADINGS and (before, pictures) == (len(self.blocks), len(self.images)):
            self._empty_heading(inner)

    def _line_break(self, element: HtmlElement, frame: Frame) -> None:
        """One break is a space to a reader of text; two in a row end the paragraph."""
        before = element.getprevious()
        doubled = before is not None and before.tag == "br" and not (before.tail or "").strip()
        if doubled and not frame.level:
            self._flush(frame)
        else:
            self.parts.append(" ")

    def _picture(self, element: HtmlElement, frame: Frame) -> None:
        image = picture(element, self.base)
        if image is None or (frame.hidden and is_copy(image, self.images)):
            return
        self.images.append(replace(image, block=len(self.blocks)))

    def _link(self, element: HtmlElement) -> None:
        href = (element.get("href") or "").strip()
        if not href or href.startswith(("#", "javascript:")):
            return
        try:
            url = joined(self.base, href) if self.base else href
            internal = bool(self.base) and same_site(url, self.base or "")
        except ValueError:
            url, internal = href, False
        text = self.page.words(element)
        self.links.append(Link(url=url, text=text, internal=internal, block=len(self.blocks)))

    def _flush(self, frame: Frame) -> None:
        """Close the current run of text; nothing happens when it holds no words."""
        if self.parts:
            text = " ".join("".join(self.parts).split())
            self.parts.clear()
            if text and (frame.level or len(text) < MIN_SHARED or not self.is_shared(text)):
                self._emit(text, frame)
        self.rich = False
        self.first_image = len(self.images)

    def _emit(self, text: str, frame: Frame) -> None:
        for index in range(self.first_image, len(self.images)):
            self.images[index] = replace(self.images[index], inline=True)
        self.blocks.append(
            Block(
                kind=frame.kind,
                text=text,
                level=frame.level,
                marked="heading" if frame.level else self._bold(text, frame),
                anchor=frame.anchor,
                tokens=frame.tokens,
                hidden=frame.hidden,
                rich=self.rich,
            )
        )
        if self.opener is not None:
            self.opener.set("data-block", str(len(self.blocks) - 1))
            self.opener = None
        if frame.kind == "caption":
            self._caption(text)

    def _bold(self, text: str, frame: Frame) -> Marked | None:
        """Mark a short paragraph that is bold from end to end: it may act as a heading."""
        opener = self.opener
        if frame.kind != "paragraph" or opener is None or len(text) > MAX_HEADING:
            return None
        return "bold" if opener.tag in ("p", "div", "b", "strong") and is_all_bold(opener) else None

    def _caption(self, text: str) -> None:
        """A caption speaks of the pictures that stand directly before it."""
        here = len(self.blocks) - 1
        for index in range(len(self.images) - 1, -1, -1):
            if self.images[index].block < here or self.images[index].caption is not None:
                break
            self.images[index] = replace(self.images[index], caption=text)

    def _empty_heading(self, frame: Frame) -> None:
        self.blocks.append(
            Block(kind="heading", text="", level=frame.level, marked="heading", tokens=frame.tokens)
        )

    def _code(self, element: HtmlElement, frame: Frame) -> None:
        lines = [line.rstrip() for line in code_text(element, self.dropped).expandtabs(4).split("\n")]
        text = "\n".join(line for line in lines if line.strip())
        if text:
            self.opener, self.rich = element, True
            self._emit(text, replace(frame, kind="code", level=0))
            self.rich = False
