"""What many pages of a site have in common, learned in one fold that adds up in any order."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pipeline.records import PageKind, Witness
from pipeline.site.urls import normalise

# Classes that name the post, its terms or its state rather than its layout.
PASSING = re.compile(
    r"\d|^(category|tag|author|format|status|has|is|lang|wf|no|js|post_tag|tax|term|depth|parent|single-format|"
    r"current|active|even|odd|first|last|entry-(author|category|tag))[-_]|^(sticky|hentry|js|no-js|logged-in)$",
    re.IGNORECASE,
)
MIN_PAGES = 5
"""From this many pages of one layout on, what they share is taken for furniture."""
EVERYWHERE = 0.5
"""A post on more than this share of the term pages is named beside their lists, not in them."""
SHARED = 0.6
"""A block on more than this share of a layout's pages belongs to the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What is remembered of one page."""

    url: str
    layout: str
    kind: PageKind
    dated: bool
    blocks: frozenset[int] = frozenset()
    """Fingerprints of the article's blocks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Notes on pages; `a + b` equals `b + a`."""

    notes: dict[str, Note] = field(default_factory=dict)
    witnesses: dict[str, frozenset[Witness]] = field(default_factory=dict)

    def __add__(self, other: "Tally") -> "Tally":
        """Join two tallies; of two notes on one page the greater layout stays, whatever the order."""
        notes = dict(self.notes)
        for url, note in other.notes.items():
            known = notes.get(url)
            notes[url] = note if known is None or note.layout > known.layout else known
        witnesses = dict(self.witnesses)
        for url, said in other.witnesses.items():
            witnesses[url] = witnesses.get(url, frozenset()) | said
        return Tally(notes=notes, witnesses=witnesses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What was learned of a site."""

    furniture: dict[str, frozenset[int]] = field(default_factory=dict)
    """Layout -> fingerprints of blocks that its pages share."""
    witnesses: dict[str, tuple[Witness, ...]] = field(default_factory=dict)
    """Normalised address -> what feeds and listings say of the post there."""
    posts: frozenset[str] = frozenset()
    """Addresses that look like posts by themselves."""
    listing_folders: frozenset[str] = frozenset()
    """Folders most of whose pages list posts: /people/, /topics/."""
    layouts: dict[str, int] = field(default_factory=dict)
    """Layout -> pages seen with it."""
    pages: int = 0

    @classmethod
    def from_tally(cls, tally: Tally) -> "Template":
        """Draw the conclusions; nothing is concluded of a layout with fewer than five pages."""
        groups: dict[str, list[Note]] = defaultdict(list)
        for note in tally.notes.values():
            groups[note.layout].append(note)
        return cls(
            furniture={layout: _shared(notes) for layout, notes in groups.items() if len(notes) >= MIN_PAGES},
            witnesses=_believed(tally.witnesses),
            posts=frozenset(note.url for note in tally.notes.values() if note.kind == "post"),
            listing_folders=_listing_folders(tally.notes.values()),
            layouts={layout: len(notes) for layout, notes in groups.items()},
            pages=len(tally.notes),
        )

    def witnesses_of(self, url: str | None) -> tuple[Witness, ...]:
        """Give what other pages say of an address; the final slash does not count."""
        if url is None:
            return ()
        address = normalise(url) or url
        return self.witnesses.get(address) or self.witnesses.get(_other_spelling(address), ())

    def settle_kind(self, url: str | None, guess: PageKind, *, dated: bool) -> PageKind:
        """Correct a single page's guess by what is known of the site.

        What a feed lists is a post; what lies among listings is one, too; what lies below a post is its
        attachment; what carries no date, where others do, is a page.
        """
        if url is None or guess not in ("post", "page"):
            return guess
        if any(witness.source == "feed" for witness in self.witnesses_of(url)):
            return "post"
        folder = _folder(normalise(url) or url)
        if folder in self.listing_folders:
            return "listing"
        if folder in self.posts or _other_spelling(folder) in self.posts:
            return "attachment"
        return "page" if guess == "post" and not dated and self.posts else guess


def layout_of(body: HtmlElement) -> str:
    """Describe where a body stands: tags and lasting classes from the root down to it."""
    steps = [_step(element) for element in body.iterancestors()]
    return "/".join([*reversed(steps), _step(body)])


def fingerprint(text: str) -> int:
    """Give a number for a block's words, the same in every process; digits do not count."""
    words = re.sub(r"[\W\d_]+", " ", text.casefold()).strip()
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big") if words else 0


def tally_witnesses(witnesses: Iterable[Witness]) -> Tally:
    """Make a tally of what a feed or listing says."""
    out: dict[str, frozenset[Witness]] = {}
    for witness in witnesses:
        out[witness.url] = out.get(witness.url, frozenset()) | {witness}
    return Tally(witnesses=out)


def _step(element: HtmlElement) -> str:
    names = [element.get("id") or "", *(element.get("class") or "").split()]
    lasting = sorted({name.lower() for name in names if name and not PASSING.search(name)})
    return ".".join([str(element.tag), *lasting])


def _shared(notes: list[Note]) -> frozenset[int]:
    counts = Counter(block for note in notes for block in note.blocks)
    return frozenset(block for block, count in counts.items() if block and count > SHARED * len(notes))


def _believed(said: dict[str, frozenset[Witness]]) -> dict[str, tuple[Witness, ...]]:
    """Order what is said of each post; forget listings that name it beside every list ("recent posts")."""
    listings = {name for some in said.values() for witness in some for name in _terms_listed(witness)}
    out = {}
    for url, some in said.items():
        named = {name for witness in some for name in _terms_listed(witness)}
        if len(listings) >= MIN_PAGES and len(named) > EVERYWHERE * len(listings):
            some = frozenset(witness for witness in some if witness.source != "listing")
        out[url] = tuple(sorted(some, key=lambda w: (w.source, w.published or "", w.title or "", repr(w))))
    return out


def _terms_listed(witness: Witness) -> tuple[object, ...]:
    """Give the terms whose listing a witness comes from; none for a feed."""
    return (*witness.category_paths, *witness.tags) if witness.source == "listing" else ()


def _listing_folders(notes: Iterable[Note]) -> frozenset[str]:
    kinds: dict[str, list[PageKind]] = defaultdict(list)
    for note in notes:
        kinds[_folder(note.url)].append(note.kind)
    return frozenset(
        folder
        for folder, seen in kinds.items()
        if len(seen) > 1 and seen.count("listing") * 2 > len(seen) and urlsplit(folder).path != "/"
    )


def _folder(url: str) -> str:
    """Give the address one step up, with its final slash."""
    return url.rstrip("/").rpartition("/")[0] + "/"


def _other_spelling(url: str) -> str:
    return url.removesuffix("/") if url.endswith("/") else url + "/"
