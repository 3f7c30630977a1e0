"""What is remembered of a page, and what the pages with one layout have in common."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.records import PageKind
from pipeline.site.fields import FieldPlace, Showing, learn_fields

MIN_PAGES = 5
"""From this many pages of one layout on, what they share is taken for furniture."""
FEWEST = 3
"""Posts that show where the body stands on others like them."""
SHARED = 0.6
"""A block on more than this share of a layout's pages belongs to the site."""
NEARLY_ALL = 0.9
"""What is missing more often than in one of ten posts is the author's: in a place, or in titles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What is remembered of one page."""

    url: str
    layout: str
    kind: PageKind
    published: str | None = None
    blocks: frozenset[int] = frozenset()
    """Fingerprints of the article's blocks."""
    says: tuple[str | None, str | None, str | None] = (None, None, None)
    """Site name, platform and theme."""
    showing: Showing | None = None
    """The short texts that a post shows by their places, and its fields as far as they are sure."""
    named: frozenset[str] = frozenset()
    """What the title in the head begins and ends with."""
    inside: frozenset[str] = frozenset()
    """What leads from a post's body down to the boxes in it."""
    edges: Mapping[str, bool] = field(default_factory=dict)
    """Path of a box beside the text -> whether it says nothing that is not known from elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What the pages have in common whose body stands in the same place."""

    pages: int
    posts: int
    first: str | None
    """Day of its oldest dated post."""
    last: str | None
    furniture: dict[int, int]
    """Fingerprint of a block that its pages share -> on how many of them it stands."""
    fields: dict[str, FieldPlace] = field(default_factory=dict)
    """Where its posts show author, day, categories and tags, as far as that could be learned."""
    edges: frozenset[str] = frozenset()
    """Paths of boxes that stand beside the text of most posts and say nothing of their own."""

    @property
    def is_known(self) -> bool:
        """Tell whether there are pages enough to conclude anything."""
        return self.pages >= MIN_PAGES

    def summary(self) -> dict[str, Any]:
        """Say in plain values what these pages have in common."""
        return {
            "pages": self.pages,
            "posts": self.posts,
            "first": self.first,
            "last": self.last,
            "shared_blocks": len(self.furniture),
            "boxes_beside": sorted(self.edges),
            "fields": {name: place.css for name, place in self.fields.items()},
        }


def gathered(notes: Iterable[Note]) -> list[Note]:
    """Give a post whose layout few have the layout of more posts, where its body holds that one's place.

    Of a short post the box around its text is easily taken for the body; a longer one shows the way down.
    """
    notes = list(notes)
    pages = Counter(note.layout for note in notes)
    posts = Counter(note.layout for note in notes if note.kind == "post")
    return [_moved(note, posts) if pages[note.layout] < MIN_PAGES else note for note in notes]


def _moved(note: Note, posts: Mapping[str, int]) -> Note:
    below = [note.layout + step for step in note.inside if posts.get(note.layout + step, 0) >= FEWEST]
    best = max(below, key=lambda layout: (posts[layout], layout), default=None)
    return note if best is None or posts[best] < posts[note.layout] else replace(note, layout=best)


def layout_from(notes: Sequence[Note]) -> Layout:
    """Draw the conclusions of the pages with one layout; of fewer than five, none on what they share."""
    posts = [note for note in notes if note.kind == "post"]
    days = sorted(note.published[:10] for note in posts if note.published)
    counts = Counter(block for note in notes for block in note.blocks)
    needed = SHARED * len(notes) if len(notes) >= MIN_PAGES else len(notes)
    return Layout(
        pages=len(notes),
        posts=len(posts),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        furniture={block: count for block, count in sorted(counts.items()) if block and count > needed},
        fields=learn_fields([note.showing for note in posts if note.showing is not None]),
        edges=_edges(posts),
    )


def _edges(posts: Sequence[Note]) -> frozenset[str]:
    seen = Counter(path for note in posts for path in note.edges)
    empty = Counter(path for note in posts for path, says_nothing in note.edges.items() if says_nothing)
    needed = max(MIN_PAGES, SHARED * len(posts))
    return frozenset(path for path, n in empty.items() if n >= needed and n >= NEARLY_ALL * seen[path])


def majority(values: Iterable[str | None]) -> str | None:
    """Give what more than half of those say that say anything."""
    counts = Counter(value for value in values if value)
    return next((value for value, count in counts.items() if count * 2 > counts.total()), None)
