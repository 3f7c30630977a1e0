"""Bold paragraphs that act as headings, where a post uses them so."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.phrases import ALL_OPENERS
from pipeline.records import Block

NO_HEADING = re.compile(r"[.,;…]\W*$")
"""How a sentence ends, and a heading does not."""
LEVEL = 2


def promote_bold(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Turn bold paragraphs into headings when the post has several and no real ones; else they are plain.

    Each must be followed by text of its own, and must not end as a sentence does. "Share this" is no heading
    of the post's, whatever its tag.
    """
    acting = {index for index, block in enumerate(blocks) if _acts(blocks, index)}
    if len(acting) < 2 or any(block.level > 1 and not ALL_OPENERS.fullmatch(block.text) for block in blocks):
        acting = set()
    return tuple(_settle(block, index in acting) for index, block in enumerate(blocks))


def _acts(blocks: Sequence[Block], index: int) -> bool:
    block = blocks[index]
    if block.marked != "bold" or NO_HEADING.search(block.text) or index + 1 == len(blocks):
        return False
    after = blocks[index + 1]
    return after.marked is None and after.kind != "caption" and len(after.text) > len(block.text)


def _settle(block: Block, acts: bool) -> Block:
    if block.marked != "bold":
        return block
    return replace(block, kind="heading", level=LEVEL) if acts else replace(block, marked=None)
