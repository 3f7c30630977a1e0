"""What many pages of a site have in common, learned in one fold that adds up in any order."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any
from urllib.parse import urlsplit

from pipeline.records import PageKind, Witness
from pipeline.site.cms import Term, with_names
from pipeline.site.fields import FieldPlace
from pipeline.site.hearsay import believed, with_witnesses
from pipeline.site.layout import MIN_PAGES, NEARLY_ALL, Layout, Note, gathered, layout_from, majority
from pipeline.site.profile import Profile
from pipeline.site.undated import folders_of_posts, is_listed, shows_dates, with_listed_posts
from pipeline.site.urls import folder_of, normalise

MOST_NAMED = 50
NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Notes on pages; `a + b` equals `b + a`."""

    notes: dict[str, Note] = field(default_factory=dict)
    witnesses: dict[str, frozenset[Witness]] = field(default_factory=dict)
    terms: dict[int, Term] = field(default_factory=dict)
    """Categories by their number in the CMS."""

    def __add__(self, other: "Tally") -> "Tally":
        """Join two tallies; of two notes on one page the greater layout stays, whatever the order."""
        notes = dict(self.notes)
        for url, note in other.notes.items():
            known = notes.get(url)
            notes[url] = note if known is None or note.layout > known.layout else known
        witnesses = dict(self.witnesses)
        for url, said in other.witnesses.items():
            witnesses[url] = witnesses.get(url, frozenset()) | said
        terms = {**self.terms, **other.terms}
        terms |= {n: max(terms[n], self.terms[n]) for n in self.terms.keys() & other.terms.keys()}
        return Tally(notes=notes, witnesses=witnesses, terms=terms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What was learned of a site, and what a person declared instead."""

    witnesses: dict[str, tuple[Witness, ...]] = field(default_factory=dict)
    """Normalised address -> what feeds and listings say of the post there."""
    posts: frozenset[str] = frozenset()
    """Addresses of the posts among the pages that it was learned from."""
    is_undated: bool = False
    """Its posts show no dates, so that a page without one may well be a post."""
    post_folders: frozenset[str] = frozenset()
    """Folders that hold several posts, where posts show no dates."""
    listing_folders: frozenset[str] = frozenset()
    """Folders most of whose pages list posts: /people/, /topics/."""
    listing_series: frozenset[str] = frozenset()
    """Paths of pages that list posts, numbers aside, where only such pages are called so: /older0.html."""
    layouts: dict[str, Layout] = field(default_factory=dict)
    strangers: dict[str, str] = field(default_factory=dict)
    """Post -> its layout, where that is one of too few pages: the template says nothing of it."""
    repeats: dict[int, int] = field(default_factory=dict)
    """Fingerprint of a block that several posts hold -> how many."""
    pages: int = 0
    site_name: str | None = None
    """What most pages call the site; platform and theme likewise."""
    in_titles: tuple[str, ...] = ()
    """What nearly all titles in the head begin or end with: what the site is called there."""
    platform: str | None = None
    theme: str | None = None
    profile: Profile | None = None
    """Declared by a person: wins."""
    is_learning: bool = False
    """Nothing is known yet, but will be: what stands on the page must not be guessed away before."""

    @classmethod
    def from_tally(cls, tally: Tally, profile: Profile | None = None) -> "Template":
        """Draw the conclusions; nothing is concluded of a layout with fewer than five pages."""
        witnesses = believed(with_names(tally.witnesses, tally.terms) if tally.terms else tally.witnesses)
        notes = [with_witnesses(note, witnesses) for note in tally.notes.values()]
        is_undated = not shows_dates(notes, {})
        settled = gathered(with_listed_posts(notes, witnesses) if is_undated else notes)
        groups: dict[str, list[Note]] = defaultdict(list)
        for note in settled:
            groups[note.layout].append(note)
        layouts = {layout: layout_from(notes) for layout, notes in sorted(groups.items())}
        posts = {note.url: note.layout for note in settled if note.kind == "post"}
        site_name, platform, theme = (
            majority(note.says[i] for note in tally.notes.values()) for i in range(3)
        )
        return cls(
            witnesses=witnesses,
            posts=frozenset(posts),
            is_undated=is_undated and not shows_dates(settled, layouts),
            post_folders=folders_of_posts(posts) if is_undated else frozenset(),
            listing_folders=_listing_folders(tally.notes.values()),
            listing_series=_listing_series(tally.notes.values()),
            layouts=layouts,
            strangers={url: layout for url, layout in posts.items() if not layouts[layout].is_known},
            repeats=_repeats(settled),
            pages=len(tally.notes),
            site_name=(profile.site_name if profile is not None else None) or site_name,
            in_titles=_in_nearly_all_titles(tally.notes.values()),
            platform=platform,
            theme=theme,
            profile=profile,
        )

    def having_seen(self, layouts: Mapping[str, str]) -> "Template":
        """Count posts that it was not learned from; `layouts` says where each one's body stands."""
        strange = {url: layout for url, layout in layouts.items() if not self.is_known(layout)}
        return replace(self, posts=self.posts | set(layouts), strangers={**self.strangers, **strange})

    @property
    def confidence(self) -> float | None:
        """Give the share of posts whose layout is known, 0 to 1; None without posts."""
        return round(1 - len(self.strangers) / len(self.posts), 3) if self.posts else None

    def summary(self) -> dict[str, Any]:
        """Say in plain values what was learned: for a row of the database."""
        known = {name: layout for name, layout in self.layouts.items() if layout.is_known}
        return {
            "pages": self.pages,
            "posts": len(self.posts),
            "confidence": self.confidence,
            "layouts": {name: layout.summary() for name, layout in known.items()},
            "unlike_others": sorted(self.strangers)[:MOST_NAMED],
            "listing_folders": sorted(self.listing_folders),
            "profile": self.profile.name if self.profile is not None else None,
        }

    def furniture_of(self, layout: str) -> Mapping[int, int]:
        """Give what pages of a layout share -> on how many; nothing of an unknown one."""
        known = self.layouts.get(layout)
        return known.furniture if known is not None else {}

    def edges_of(self, layout: str) -> frozenset[str]:
        """Give the paths of boxes beside the text that say nothing; none of an unknown layout."""
        return self.layouts[layout].edges if self.is_known(layout) else frozenset()

    def is_known(self, layout: str) -> bool:
        """Tell whether there are pages enough of a layout to conclude anything."""
        return layout in self.layouts and self.layouts[layout].is_known

    @property
    def homes(self) -> frozenset[str]:
        """Give the known layouts of posts: the places where a body stands."""
        return frozenset(
            name for name, one in self.layouts.items() if one.is_known and one.posts >= MIN_PAGES
        )

    def fields_of(self, layout: str) -> Mapping[str, FieldPlace]:
        """Give the places where posts of a layout show their fields; none of an unknown one."""
        known = self.layouts.get(layout)
        return known.fields if known is not None else {}

    def pages_with(self, text: str) -> int:
        """Say how many posts, of those that the site was learned from, hold a block with these words."""
        return self.repeats.get(fingerprint(text), 0)

    def witnesses_of(self, url: str | None) -> tuple[Witness, ...]:
        """Give what other pages say of an address; the final slash does not count."""
        if url is None:
            return ()
        address = normalise(url) or url
        return self.witnesses.get(address) or self.witnesses.get(_other_spelling(address), ())

    def settle_kind(self, url: str | None, guess: PageKind, *, dated: bool) -> PageKind:
        """Correct a single page's guess by what is known of the site.

        What a feed lists is a post; what lies among listings or is numbered like them is one, too; what lies
        below a post is its attachment; what carries no date, where others do, is a page. Where none does,
        what a category lists or what lies in a folder of posts is one.
        """
        if url is None or guess not in ("post", "page"):
            return guess
        if any(witness.source in ("feed", "rest") for witness in self.witnesses_of(url)):
            return "post"
        folder = folder_of(normalise(url) or url)
        if folder in self.listing_folders or _numberless(url) in self.listing_series:
            return "listing"
        if folder in self.posts or _other_spelling(folder) in self.posts:
            return "attachment"
        if self.is_undated:
            listed = is_listed(self.witnesses_of(url))
            return "post" if listed or folder in self.post_folders else guess
        return "page" if guess == "post" and not dated and self.posts else guess


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


def _repeats(notes: Iterable[Note]) -> dict[int, int]:
    counts = Counter(block for note in notes if note.kind == "post" for block in note.blocks)
    return {block: count for block, count in counts.items() if block and count >= MIN_PAGES}


def _in_nearly_all_titles(notes: Collection[Note]) -> tuple[str, ...]:
    counts = Counter(part for note in notes for part in note.named)
    needed = max(MIN_PAGES, NEARLY_ALL * len(notes))
    return tuple(sorted(part for part, count in counts.items() if count >= needed))


def _listing_folders(notes: Iterable[Note]) -> frozenset[str]:
    kinds: dict[str, list[PageKind]] = defaultdict(list)
    for note in notes:
        kinds[folder_of(note.url)].append(note.kind)
    return frozenset(
        folder
        for folder, seen in kinds.items()
        if len(seen) > 1 and seen.count("listing") * 2 > len(seen) and urlsplit(folder).path != "/"
    )


def _listing_series(notes: Iterable[Note]) -> frozenset[str]:
    kinds: dict[str, list[PageKind]] = defaultdict(list)
    for note in notes:
        if NUMBER.search(urlsplit(note.url).path):
            kinds[_numberless(note.url)].append(note.kind)
    return frozenset(
        address for address, seen in kinds.items() if len(seen) > 2 and seen.count("listing") >= len(seen) - 1
    )


def _numberless(url: str) -> str:
    """Give an address without the numbers in its path."""
    return NUMBER.sub("0", urlsplit(normalise(url) or url).path)


def _other_spelling(url: str) -> str:
    return url.removesuffix("/") if url.endswith("/") else url + "/"
