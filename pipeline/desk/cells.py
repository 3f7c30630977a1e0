"""How single values look in Datasette's tables: ids as links, severities as badges, quotes marked.

Every value comes from crawled pages: it reaches the page escaped.
"""

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup, escape

from pipeline.desk import words

BADGES = ("severity", "state", "fix", "decision", "verdict")
Place = tuple[str | None, str]
"""Table (None in the answer to a question) and database."""
Painter = Callable[[Mapping[str, Any], Any, Place, Any], Markup | None]
LONG = 300
"""Characters of a quote that a table shows; the post's page shows all of it."""
LABELLED = {
    "post_id": "posts",
    "target_post_id": "posts",
    "cause_id": "causes",
    "revision_id": "revisions",
    "finding_id": "findings",
}
"""Foreign keys shown by their label alone: their ids say nothing to a reader."""
TITLED = (None, "posts", "inventory", "revisions")
"""Where `title` is the title of a post (an image has one, too)."""


def render(row: Mapping[str, Any], value: Any, column: str, place: Place, datasette: Any) -> Markup | None:
    """Return how a cell looks, or None to leave it to Datasette."""
    plain = value["value"] if isinstance(value, dict) else value
    if plain is None or plain == "":
        return None
    if isinstance(value, dict) and column in LABELLED:
        return _link(datasette.urls.row(place[1], LABELLED[column], str(plain)), str(value["label"]))
    if column in BADGES and isinstance(plain, str) and plain.isascii() and plain.isalpha():
        return words.badge(plain, column)
    if column in ("url", "src", "home_url", "leads_to", "example") and words.is_web_address(plain):
        return words.outside_link(plain)
    painter = PAINTERS.get(column)
    return painter(row, plain, place, datasette) if painter else None


def _title(row: Mapping[str, Any], value: Any, place: Place, datasette: Any) -> Markup | None:
    if place[0] not in TITLED:
        return None
    post = _get(row, "id") if place[0] == "posts" else _get(row, "post_id")
    return _link(words.path(datasette, place[1], "post", str(post)), str(value)) if post else None


def _post(row: Mapping[str, Any], value: Any, place: Place, datasette: Any) -> Markup | None:
    if place[0] is None or place[0] == "inventory":
        return _link(words.path(datasette, place[1], "post", str(value)), "review")
    return None


def _quote(row: Mapping[str, Any], value: Any, place: Place, datasette: Any) -> Markup | None:
    shown = Markup(f"<mark>{escape(words.folded(str(value)[:LONG]).strip() or '(white space)')}</mark>")
    post, key = _get(row, "post_id"), _get(row, "key")
    if not post or not key:
        return shown
    href = words.path(datasette, place[1], "post", str(post))
    return Markup(f'<a class="quote" href="{escape(href)}#flag-{escape(key)}">{shown}</a>')


def _around(row: Mapping[str, Any], value: Any, place: Place, datasette: Any) -> Markup | None:
    return Markup('<span class="around">{}</span>').format(words.folded(str(value)))


def _rule(row: Mapping[str, Any], value: Any, place: Place, datasette: Any) -> Markup | None:
    return _link(words.path(datasette, place[1], "rule", str(value)), str(value))


def _cause(row: Mapping[str, Any], value: Any, place: Place, datasette: Any) -> Markup | None:
    if place[0] is not None:
        return None
    return _link(f"{datasette.urls.table(place[1], 'flags')}?cause_id__exact={value}", "its flags")


def _category(row: Mapping[str, Any], value: Any, place: Place, datasette: Any) -> Markup | None:
    if place[0] is not None:
        return None
    return _link(
        f"{datasette.urls.table(place[1], 'post_categories')}?category_id__exact={value}", "its posts"
    )


def _percent(row: Mapping[str, Any], value: Any, place: Place, datasette: Any) -> Markup | None:
    return Markup(f"{value:.0%}") if isinstance(value, float) and 0 <= value <= 1 else None


def _link(href: str, label: str) -> Markup:
    # Some hundred links stand on a page, and Markup.format takes five times as long.
    return Markup(f'<a href="{escape(href)}">{escape(label)}</a>')


def _get(row: Mapping[str, Any], column: str) -> Any:
    value = row[column] if column in row.keys() else None  # noqa: SIM118 - a sqlite3.Row iterates over values
    return value["value"] if isinstance(value, dict) else value


PAINTERS: dict[str, Painter] = {
    "title": _title,
    "post_id": _post,
    "quote": _quote,
    "prefix": _around,
    "suffix": _around,
    "rule": _rule,
    "cause_id": _cause,
    "category_id": _category,
    "confidence": _percent,
}
