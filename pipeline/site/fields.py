"""Where the posts of a layout show their fields, learned where a page or a feed says the same elsewhere."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

FIELDS = ("authors", "published", "categories", "tags")
MIN_AGREEING = 5
"""From this many posts on that show what is known of them, a place is believed."""
MIN_SHARE = 0.8
LONGEST_AFFIX = 24
AUTHORS = re.compile(r"(?<![a-z])(authors?|byline|writers?|contributors?)(?![a-z])")
MOST_AUTHORS = 4
PERSON = re.compile(
    r"(?=.{3,40}$)[^\W\d_a-z][\w.'’-]*( [\w.'’-]+){1,3}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,8}"
)
"""Two to four words, the first with a capital letter or of a script without; one, where none are parted."""
BETWEEN = re.compile(r"\s*[,·•|]\s*")
Shown = Mapping[str, Sequence[str]]
"""Selector of a place -> the texts that stand there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPlace:
    """A place that shows one field of a post, and what always stands around it."""

    DAY: ClassVar[str] = "\0day"
    """Ends the key of a place whose text was read as a day."""

    field: str
    css: str
    prefix: str = ""
    suffix: str = ""
    posts: int = 0
    """On so many the place and another witness agree."""

    def values_in(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Read the field out of the texts that stand in this place."""
        plain = [text.removeprefix(self.prefix).removesuffix(self.suffix) for text in texts]
        parts = (
            plain if len(plain) > 1 or self.field == "published" else BETWEEN.split(plain[0]) if plain else []
        )
        return tuple(dict.fromkeys(name for part in parts if (name := part.strip().removeprefix("#"))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """What one post shows, and what is known of it."""

    shown: Shown
    known: Mapping[str, tuple[str, ...]]


def learn_fields(posts: Sequence[Showing]) -> dict[str, FieldPlace]:
    """Find for each field the place that shows it on the most posts, whatever order they come in."""
    found = {field: _best_place(field, posts) for field in FIELDS}
    found["authors"] = found["authors"] or _place_of_names(posts)
    return {field: place for field, place in found.items() if place is not None}


def _best_place(field: str, posts: Sequence[Showing]) -> FieldPlace | None:
    """Choose among places where the field changes from post to post: what never does is furniture."""
    seen: Counter[str] = Counter()
    agreed: dict[tuple[str, str, str], list[tuple[str, ...]]] = defaultdict(list)
    for post in posts:
        values = tuple(map(_folded, post.known.get(field, ())))
        if not values:
            continue
        seen.update(css.removesuffix(FieldPlace.DAY) for css in post.shown if _speaks_of(field, css))
        for css, prefix, suffix in _agreeing(field, values, post.shown):
            agreed[css, prefix, suffix].append(values)
    usable = [
        (len(said), -len(css), css, prefix, suffix)
        for (css, prefix, suffix), said in agreed.items()
        if len(said) >= max(MIN_AGREEING, MIN_SHARE * seen[css]) and len(set(said)) > 1
    ]
    if not usable:
        return None
    count, _, css, prefix, suffix = max(usable)
    return FieldPlace(field=field, css=css, prefix=prefix, suffix=suffix, posts=count)


def _place_of_names(posts: Sequence[Showing]) -> FieldPlace | None:
    """Find the place that calls itself the author's and shows people who change from post to post."""
    shown: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for post in posts:
        for css, texts in post.shown.items():
            if AUTHORS.search(css) and len(texts) <= MOST_AUTHORS and all(map(PERSON.fullmatch, texts)):
                shown[css].append(tuple(texts))
    usable = [
        (len(said), -len(css), css)
        for css, said in shown.items()
        if len(said) >= max(MIN_AGREEING, MIN_SHARE * len(posts)) and 1 < len(set(said)) <= len(said) / 2
    ]
    count, _, css = max(usable, default=(0, 0, ""))
    return FieldPlace(field="authors", css=css, posts=count) if usable else None


def _agreeing(field: str, values: tuple[str, ...], shown: Shown) -> Iterator[tuple[str, str, str]]:
    """Yield the places of a post that say the same as is known, with what stands around it."""
    for css, texts in shown.items():
        if not _speaks_of(field, css):
            continue
        place = css.removesuffix(FieldPlace.DAY)
        prefix, suffix = ("", "") if field == "published" else _around(values, texts)
        read = FieldPlace(field=field, css=place, prefix=prefix, suffix=suffix).values_in(texts)
        if {_folded(name) for name in read} == set(values):
            yield place, prefix, suffix


def _around(values: tuple[str, ...], texts: Sequence[str]) -> tuple[str, str]:
    """Give what stands before the first and after the last of the values in a single text."""
    text = texts[0]
    if len(texts) > 1 or len(text) != len(text.casefold()):
        return "", ""
    start, last = text.casefold().find(values[0]), text.casefold().rfind(values[-1])
    end = last + len(values[-1])
    if start < 0 or last < 0 or start > LONGEST_AFFIX or len(text) - end > LONGEST_AFFIX:
        return "", ""
    return text[:start], text[end:]


def _speaks_of(field: str, css: str) -> bool:
    return css.endswith(FieldPlace.DAY) == (field == "published")


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
