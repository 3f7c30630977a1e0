"""What feeds and listings say of posts, and how far it is believed."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.records import Witness
from pipeline.site.layout import MIN_PAGES, Note

EVERYWHERE = 0.5
"""A post on more than this share of the term pages is named beside their lists, not in them."""


def believed(said: dict[str, frozenset[Witness]]) -> dict[str, tuple[Witness, ...]]:
    """Order what is said of each post; forget listings that name it beside every list ("recent posts").

    The parents of a category are written as the CMS or their own pages write them.
    """
    said = _with_written_parents(said)
    listings = {name for some in said.values() for witness in some for name in _terms_listed(witness)}
    out = {}
    for url, some in said.items():
        named = {name for witness in some for name in _terms_listed(witness)}
        if len(listings) >= MIN_PAGES and len(named) > EVERYWHERE * len(listings):
            some = frozenset(witness for witness in some if witness.source != "listing")
        out[url] = tuple(sorted(some, key=lambda w: (w.source, w.published or "", w.title or "", repr(w))))
    return out


def with_witnesses(note: Note, witnesses: Mapping[str, Sequence[Witness]]) -> Note:
    """Add to what a post says of itself what feeds and listings say of it; what a feed lists is one."""
    said = witnesses.get(note.url, ())
    if note.showing is None or not said:
        return note
    kind = "post" if any(one.source in ("feed", "rest") for one in said) else note.kind
    known: dict[str, tuple[str, ...]] = {}
    for one in said:
        told = {
            "authors": one.authors,
            "published": (one.published[:10],) if one.published else (),
            "categories": tuple(path[-1] for path in one.category_paths),
            "tags": one.tags,
        }
        for name, values in told.items():
            known[name] = tuple(dict.fromkeys((*known.get(name, ()), *values)))
    showing = replace(note.showing, known={**known, **note.showing.known})
    return replace(note, showing=showing, kind=kind)


def slug_of(name: str) -> str:
    """Fold a name to what addresses keep of it: letters and digits, without accents."""
    plain = unicodedata.normalize("NFKD", name.casefold()).replace("ß", "ss").replace("&", "and")
    return "".join(char for char in plain if char.isalnum())


def _with_written_parents(said: dict[str, frozenset[Witness]]) -> dict[str, frozenset[Witness]]:
    listed = {path for some in said.values() for witness in some for path in _paths_listed(witness)}
    told = {path for some in said.values() for witness in some for path in _paths_told(witness)}
    written = {tuple(map(slug_of, path)): path[-1] for path in (*sorted(listed), *sorted(told))}

    def named(path: tuple[str, ...]) -> tuple[str, ...]:
        slugs = tuple(map(slug_of, path))
        return tuple(written.get(slugs[: depth + 1], name) for depth, name in enumerate(path))

    return {url: frozenset(_with_paths(witness, named) for witness in some) for url, some in said.items()}


def _with_paths(witness: Witness, named: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Witness:
    if all(len(path) < 2 for path in witness.category_paths):
        return witness
    return replace(witness, category_paths=tuple(map(named, witness.category_paths)))


def _paths_listed(witness: Witness) -> tuple[tuple[str, ...], ...]:
    return witness.category_paths if witness.source == "listing" else ()


def _paths_told(witness: Witness) -> Iterator[tuple[str, ...]]:
    """Yield the categories that the CMS names, and all above them: it knows how they are written."""
    for path in witness.category_paths if witness.source == "rest" else ():
        yield from (path[:depth] for depth in range(1, len(path) + 1))


def _terms_listed(witness: Witness) -> tuple[object, ...]:
    """Give the terms whose listing a witness comes from; none for a feed."""
    return (*witness.category_paths, *witness.tags) if witness.source == "listing" else ()
