"""What a block becomes: the kind, level and names that the elements around its text give it."""

from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.elements import anchor_of, is_card_title, is_layout_cell
from pipeline.extract.flat import Flat
from pipeline.records import BlockKind

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
KINDS: dict[str, BlockKind] = {
    "li": "list_item",
    "dt": "list_item",
    "dd": "list_item",
    "td": "table_cell",
    "th": "table_cell",
    "figcaption": "caption",
    "caption": "caption",
    "blockquote": "quote",
}


@dataclass(slots=True)
class Frame:
    """Where the walk is: what kind of block text there becomes, and below which names."""

    kind: BlockKind = "paragraph"
    level: int = 0
    anchor: str | None = None
    tokens: frozenset[str] = frozenset()
    hidden: bool = False


def enter(page: Flat, place: int, frame: Frame) -> Frame:
    """Give the frame inside an element that stands in another frame."""
    tag, names = page.tags[place], page.names(place)
    kind, level, anchor = frame.kind, HEADINGS.get(tag, 0), None
    if level and (frame.kind == "caption" or is_card_title(names)):
        level = 0
    if level:
        kind, anchor = "heading", anchor_of(page.nodes[place])
    elif tag in KINDS and not (tag in ("td", "th") and is_layout_cell(page.nodes[place])):
        kind = KINDS[tag]
    elif "wp-caption-text" in names:
        kind = "caption"
    elif frame.level:
        kind, level, anchor = frame.kind, frame.level, frame.anchor
    tokens = frame.tokens | _tokens(names) if names else frame.tokens
    return Frame(kind, level, anchor, tokens, frame.hidden or tag == "noscript")


@lru_cache(maxsize=4_000)
def _tokens(names: str) -> frozenset[str]:
    return frozenset(names.lower().split())
