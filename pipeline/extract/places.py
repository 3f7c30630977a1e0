"""Which short texts a page shows, and where: what a site is asked for the places of its fields."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from lxml.html import HtmlElement

from pipeline.extract.body import Body
from pipeline.extract.dates import text_day
from pipeline.extract.declared import matches
from pipeline.extract.furniture import is_note
from pipeline.extract.words import text_of
from pipeline.records import Metadata
from pipeline.site.fields import FIELDS, FieldPlace
from pipeline.site.stand import layout_of, plain_names
from pipeline.site.template import Template

SPOTS = frozenset(
    ("a", "span", "time", "div", "p", "li", "dd", "td", "strong", "em", "b", "i", "small", "address")
)
FRAMES = frozenset(("div", "p", "ul", "ol", "dl", "table", "section", "article", "header", "footer", "nav"))
"""What holds one of these is no short text; theirs are looked at by themselves."""
LONGEST = 80
MOST_ALIKE = 12
"""More texts in places of one kind are a menu or a list of posts."""
STEPS = 4
OWN_WORDS = frozenset(("json-ld", "meta", "rel-tag", "markup"))
"""Witnesses on the page that are sure enough to learn from."""


def shown_texts(tree: HtmlElement, language: str) -> dict[str, tuple[str, ...]]:
    """Give the short texts of a page by the selector of their place; what holds a date also as its day."""
    found: dict[str, list[str]] = {}
    for element in tree.iter(*SPOTS):
        if len(element) > MOST_ALIKE or any(child.tag in FRAMES for child in element):
            continue
        text = text_of(element)
        if 1 < len(text) <= LONGEST:
            found.setdefault(_place(element), []).append(text)
    shown = {css: tuple(texts) for css, texts in found.items() if len(texts) <= MOST_ALIKE}
    return shown | dict(_days(shown, language))


def known_fields(metadata: Metadata) -> dict[str, tuple[str, ...]]:
    """Give the fields of which the page itself is sure."""
    return {
        field: _values(metadata, field) for field in FIELDS if metadata.provenance.get(field) in OWN_WORDS
    }


def placed_metadata(metadata: Metadata, tree: HtmlElement, places: Mapping[str, FieldPlace]) -> Metadata:
    """Fill what a page does not say plainly from the place where the site's other posts show it."""
    open_fields = [field for field in places if metadata.provenance.get(field, "text") == "text"]
    values = {field: _read(tree, places[field], metadata.language or "en") for field in open_fields}
    fields: dict[str, Any] = {
        field: value[0] if field == "published" else value
        for field, value in values.items()
        if value and not (field == "published" and metadata.published)
    }
    if not fields:
        return metadata
    provenance = metadata.provenance | dict.fromkeys(fields, "markup")
    if "categories" in fields:
        fields["category_paths"] = tuple((name,) for name in fields["categories"])
        fields["raw_categories"] = fields["categories"]
    return replace(metadata, **fields, provenance=provenance)


def placed_body(body: Body, tree: HtmlElement, template: Template) -> Body:
    """Move the body to where the site's other posts have it, on a page that looks like none of them.

    A long discussion or a list of teasers can outweigh a short post; its template still says where it is.
    """
    if not template.homes or template.is_known(layout_of(body.element)):
        return body
    tags = {home.rpartition("/")[2].partition(".")[0] for home in template.homes}
    found = [element for element in tree.iter(*tags) if layout_of(element) in template.homes]
    if len(found) != 1 or not text_of(found[0]) or _has_notes_beside(found[0], body.element):
        return body
    return replace(body, element=found[0], strong=True, placed=True)


def _has_notes_beside(inner: HtmlElement, outer: HtmlElement) -> bool:
    """Tell whether footnotes stand in an element, but outside the one in it that would be the body."""
    node, beside = inner, list[HtmlElement]()
    while node is not outer and (above := node.getparent()) is not None:
        beside += (child for child in above if child is not node and isinstance(child.tag, str))
        node = above
    return node is outer and any(map(is_note, beside))


def _read(tree: HtmlElement, place: FieldPlace, language: str) -> tuple[str, ...]:
    texts = tuple(text for match in matches(tree, place.css) if (text := text_of(match)))
    if len(texts) > MOST_ALIKE or any(len(text) > LONGEST for text in texts):
        return ()
    if place.field == "published":
        days = (text_day(text, language) for text in texts[:1])
        return tuple(day for day in days if day)
    return place.values_in(texts)


def _values(metadata: Metadata, field: str) -> tuple[str, ...]:
    value = getattr(metadata, field)
    return (value[:10],) if isinstance(value, str) else value


def _days(shown: Mapping[str, tuple[str, ...]], language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for css, texts in shown.items():
        day = text_day(texts[0], language) if any(char.isdigit() for char in texts[0]) else None
        if day is not None:
            yield f"{css}{FieldPlace.DAY}", (day,)


def _place(element: HtmlElement) -> str:
    """Give a selector for an element by its last steps, from an id or a few levels up."""
    steps: list[str] = []
    node: HtmlElement | None = element
    while node is not None and len(steps) < STEPS:
        names = plain_names(node)
        steps.append(f"{node.tag}{''.join(names)}")
        if names and names[0].startswith("#"):
            break
        node = node.getparent()
    return " > ".join(reversed(steps))
