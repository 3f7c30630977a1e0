"""Apply what a profile declares to a page: its selectors win over everything found otherwise."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml.html import HtmlElement

from pipeline.extract.body import Body
from pipeline.extract.dates import OLDEST_STATED, machine_date
from pipeline.extract.words import text_of
from pipeline.records import Metadata
from pipeline.site.profile import Era, Profile, selector

ATTRIBUTES = ("datetime", "content")
"""Where `time` and `meta` elements keep what they say."""


def declared_body(body: Body, tree: HtmlElement, era: Era) -> Body:
    """Move the body to where the profile says that it stands; where nothing stands there, it stays."""
    element = next(matches(tree, era.body), None)
    title = next(matches(tree, era.title), None)
    dropped = frozenset(match for css in era.drop for match in matches(tree, css))
    return replace(
        body,
        element=body.element if element is None else element,
        strong=body.strong or element is not None,
        title=body.title if title is None else title,
        dropped=dropped,
        pinned=element is not None,
    )


def declared_metadata(metadata: Metadata, tree: HtmlElement, profile: Profile, era: Era) -> Metadata:
    """Set the fields for which the profile's selectors find something."""
    values = {name: value for name, value in _values(metadata, tree, era) if value}
    fields: dict[str, Any] = dict(values)
    if "categories" in fields:
        fields["category_paths"] = tuple((name,) for name in fields["categories"])
        fields["raw_categories"] = tuple(_texts(tree, era.categories))
    if profile.site_name is not None:
        fields["site_name"] = profile.site_name
    return replace(metadata, **fields, provenance=metadata.provenance | dict.fromkeys(values, "profile"))


def matches(tree: HtmlElement, css: str | None) -> Iterator[HtmlElement]:
    """Yield the elements that a selector of the profile finds; none without one."""
    if css is not None:
        found: Any = selector(css)(tree)
        yield from found


def _values(metadata: Metadata, tree: HtmlElement, era: Era) -> Iterator[tuple[str, Any]]:
    yield "title", next(_texts(tree, era.title), None)
    yield "published", _date(tree, era.date, metadata.language or "en")
    for name, css in (("authors", era.authors), ("categories", era.categories), ("tags", era.tags)):
        yield name, tuple(dict.fromkeys(_texts(tree, css)))


def _texts(tree: HtmlElement, css: str | None) -> Iterator[str]:
    for match in matches(tree, css):
        text = match.get("content") or text_of(match)
        if text:
            yield text


def _date(tree: HtmlElement, css: str | None, language: str) -> str | None:
    for match in matches(tree, css):
        said = [*(match.get(name) for name in ATTRIBUTES), text_of(match)]
        found = next(
            (iso for text in said if text and (iso := machine_date(text, language, OLDEST_STATED))), None
        )
        if found:
            return found
    return None
