"""One post as the checks read it: blocks, their places in `text_raw`, and a soup for those who ask."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

from bs4 import BeautifulSoup, Tag
from lxml import etree

from pipeline.audit.filenames import stem
from pipeline.records import Article, Block, Metadata

CODE_TAGS = ("code", "kbd", "samp", "tt", "pre", "q", "cite", "textarea")
FOLD = re.compile(r"\s+")


class Reading:
    """A post under audit. Blocks without text take no line in `text`; their start is where it would be."""

    def __init__(self, article: Article, metadata: Metadata, texts: tuple[str, ...] | None = None) -> None:
        """Read the article, with other texts in its blocks when an earlier round has cleaned them."""
        self.article = article
        self.metadata = metadata
        self.blocks: tuple[Block, ...] = article.blocks
        self.texts = texts if texts is not None else tuple(block.text for block in article.blocks)
        self.text = "\n".join(filter(None, self.texts))

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Give the offset in `text` of each block."""
        sizes = [len(text) + 1 if text else 0 for text in self.texts]
        starts, size = list(accumulate(sizes, initial=0))[:-1], len(self.text)
        if starts and starts[-1] > size:
            return tuple(min(start, size) for start in starts)
        return tuple(starts)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Give each block's text, lower case, without white space around it."""
        return tuple(text.strip().lower() for text in self.texts)

    @cached_property
    def line_set(self) -> frozenset[str]:
        """Give the lines without their order."""
        return frozenset(self.lines)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Give what stands between white space."""
        return tuple(self.text.split())

    def blocks_with(self, words: str) -> Iterator[int]:
        """Yield the blocks that hold these words."""
        at = self.text.find(words)
        while at >= 0:
            i = self.block_at(at)
            yield i
            at = self.text.find(words, self.starts[i] + len(self.texts[i]))

    @cached_property
    def shown(self) -> tuple[int, ...]:
        """Give the indexes of the blocks that hold text."""
        return tuple(i for i, text in enumerate(self.texts) if text)

    @cached_property
    def fresh(self) -> tuple[int, ...]:
        """Give the blocks worth checking one by one: all, in a later round those that a fix has changed."""
        if all(text is block.text for text, block in zip(self.texts, self.blocks, strict=True)):
            return self.shown
        return tuple(i for i in self.shown if self.texts[i] != self.blocks[i].text)

    @cached_property
    def tokens(self) -> frozenset[str]:
        """Give every class name and id of the article's blocks."""
        return frozenset().union(*{block.tokens for block in self.blocks})

    def place(self, first: int, last: int | None = None) -> tuple[int, int]:
        """Give the offsets in `text` of a block, or of all from `first` to `last`."""
        last = first if last is None else last
        return self.starts[first], self.starts[last] + len(self.texts[last])

    def block_at(self, offset: int) -> int:
        """Give the index of the block that holds this character of `text`."""
        at = bisect_right(self._shown_starts, offset) - 1
        return self.shown[max(at, 0)] if self.shown else 0

    @cached_property
    def _shown_starts(self) -> tuple[int, ...]:
        return tuple(self.starts[i] for i in self.shown)

    @cached_property
    def picture_names(self) -> dict[int, tuple[str, ...]]:
        """Give, per block, the folded names of pictures in it or beside it that its words could be."""
        found: dict[int, dict[str, None]] = {}
        for image in self.article.images:
            name = stem(image.src)
            first = name.split(" ", 1)[0]
            near = (
                (image.block - 1, image.block, image.block + 1)
                if image.inline
                else (image.block - 1, image.block)
            )
            for i in near if len(name) > 2 else ():
                if 0 <= i < len(self.texts) and first in self.lines[i]:
                    found.setdefault(i, {})[name] = None
        return {i: tuple(names) for i, names in found.items()}

    @cached_property
    def linked_whole(self) -> frozenset[int]:
        """Give the blocks whose whole text is one link."""
        return frozenset(
            link.block
            for link in self.article.links
            if link.block < len(self.texts) and link.text and link.text == self.texts[link.block]
        )

    def is_alone(self, start: int, end: int) -> bool:
        """Tell a place that holds all words of the blocks it touches."""
        first, last = self.text.rfind("\n", 0, start) + 1, self.text.find("\n", end)
        after = self.text[end:] if last < 0 else self.text[end:last]
        return not self.text[first:start].strip() and not after.strip()

    def in_code(self, block: int, quote: str) -> bool:
        """Tell a quote that the block marks as code or quotation."""
        return any(quote in code for code in self.code.get(block, ()))

    @cached_property
    def soup(self) -> Tag | None:
        """Give the article's subtree as a soup, or None for a plain-text dump."""
        if self.article.root is None:
            return None
        source = etree.tostring(self.article.root, encoding="unicode", with_tail=False, method="html")
        body = BeautifulSoup(source, "lxml").body
        return body if isinstance(body, Tag) else None

    @cached_property
    def framed(self) -> tuple[str, ...]:
        """Give, once each, what stands between the tags of embedded frames: there, only programs see it."""
        if self.article.root is None:
            return ()
        frames = [one for one in self.article.root.iter("iframe") if len(one) or one.text]
        return tuple(dict.fromkeys(_inside(one) for one in frames if not _is_copy(one)))

    @cached_property
    def code(self) -> dict[int, tuple[str, ...]]:
        """Give, per block, the texts that it marks as code or quotation: look-alikes live there."""
        found: dict[int, list[str]] = {}
        if self.article.root is None:
            return {}
        for element in self.article.root.iter(*CODE_TAGS):
            block = _block_of(element)
            if block is not None:
                found.setdefault(block, []).append(FOLD.sub(" ", "".join(element.itertext())).strip())
        return {block: tuple(texts) for block, texts in found.items()}


def _is_copy(frame: etree._Element) -> bool:
    """Tell the copy that lazy loaders leave for readers without scripts."""
    return next(frame.iterancestors("noscript"), None) is not None


def _inside(frame: etree._Element) -> str:
    inner = (etree.tostring(child, encoding="unicode", method="html") for child in frame)
    return "".join((frame.text or "", *inner)).strip()


def _block_of(element: etree._Element) -> int | None:
    for ancestor in (element, *element.iterancestors()):
        if (number := ancestor.get("data-block")) is not None:
            return int(number)
    return None
