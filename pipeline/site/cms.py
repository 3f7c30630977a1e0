"""What a CMS's REST interface says of posts (number, date of change, categories) and of categories (name).

Source: WordPress REST API, `/wp/v2/posts` and `/wp/v2/categories`; each is told by the shape of its entries.
"""

import html
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pipeline.records import Witness
from pipeline.site.urls import normalise

MOST_NESTED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class RestPost:
    """One post, as the CMS tells it."""

    url: str
    """As written."""
    number: int | None = None
    modified: str | None = None
    categories: tuple[int, ...] | None = None
    """Numbers of its categories; None where the list names none of any entry: it may be one of pages."""


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A category, as the CMS tells it."""

    name: str
    parent: int
    """Number of the category above it; 0 has none."""


def read_posts(body: str | bytes) -> list[RestPost]:
    """Read a list of posts; what is none has none."""
    return [
        RestPost(
            url=entry["link"],
            number=_whole(entry.get("id")),
            modified=_text(entry.get("modified_gmt")),
            categories=_numbers(entry.get("categories")),
        )
        for entry in _entries(body)
        if isinstance(entry.get("link"), str)
    ]


def read_terms(body: str | bytes) -> dict[int, Term]:
    """Read a list of categories, by number; what is none has none."""
    found = {}
    for entry in _entries(body):
        number, name = _whole(entry.get("id")), html.unescape(_text(entry.get("name")) or "").strip()
        if number is not None and name and "parent" in entry:
            found[number] = Term(name, _whole(entry["parent"]) or 0)
    return found


def witnesses_of(posts: Iterable[RestPost], base: str) -> Iterator[Witness]:
    """Yield what the CMS says of each post; its categories have numbers only, until `with_names`."""
    for post in posts:
        url = normalise(post.url, base)
        if url is not None and post.categories is not None:
            number = None if post.number is None else str(post.number)
            yield Witness(url=url, source="rest", cms_post_id=number, category_ids=post.categories)


def with_names(
    said: Mapping[str, frozenset[Witness]], terms: Mapping[int, Term]
) -> dict[str, frozenset[Witness]]:
    """Name the categories of which only numbers are known, with all that stand above them."""
    return {
        url: frozenset(
            replace(one, category_paths=paths_of(one.category_ids, terms)) if one.category_ids else one
            for one in some
        )
        for url, some in said.items()
    }


def paths_of(numbers: Iterable[int], terms: Mapping[int, Term]) -> tuple[tuple[str, ...], ...]:
    """Give categories by name, each with those above it, outermost first; unknown ones are left out."""
    paths = (_path(number, terms) for number in numbers)
    return tuple(path for path in paths if path)


def _path(number: int, terms: Mapping[int, Term]) -> tuple[str, ...]:
    names: list[str] = []
    while number in terms and len(names) < MOST_NESTED:
        names.insert(0, terms[number].name)
        number = terms[number].parent
    return tuple(names)


def _entries(body: str | bytes) -> list[dict[str, Any]]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return []
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def _numbers(value: object) -> tuple[int, ...] | None:
    if not isinstance(value, list):
        return None
    return tuple(number for one in value if (number := _whole(one)))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None
