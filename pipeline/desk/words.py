"""Small things that several pages say the same way; all of it plain text or escaped markup."""

import json
import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlsplit

from datasette.utils import tilde_encode
from markupsafe import Markup

OPEN_STATES = ("open", "claimed", "reopened")
SEVERITIES = ("error", "warning", "info")


def path(datasette: Any, *parts: str) -> str:
    """Return the address of a desk page; each part is escaped as Datasette does it in paths."""
    return str(datasette.urls.path("/-/desk" + "".join("/" + tilde_encode(part) for part in parts)))


@lru_cache(maxsize=1024)
def badge(word: str, kind: str) -> Markup:
    """Return a small label; `kind` is one of our own words and becomes a class name."""
    return Markup('<span class="badge {kind}-{slug}">{word}</span>').format(kind=kind, slug=word, word=word)


def is_web_address(value: object) -> bool:
    """Say whether a value may become a link: http and https only, never javascript: or data:."""
    return isinstance(value, str) and value.strip().lower().startswith(("http://", "https://"))


def outside_link(url: str) -> Markup:
    """Return a link that leaves the desk, shown without its scheme and shortened in the middle."""
    shown = url.strip().split("://", 1)[1].rstrip("/")
    if len(shown) > 60:
        shown = f"{shown[:35]}…{shown[-24:]}"
    return Markup('<a href="{url}" rel="noopener noreferrer nofollow">{shown}</a>').format(
        url=url.strip(), shown=shown
    )


def edit_link(
    url: str, platform: str | None, cms_post_id: str | None, template: str | None = None
) -> str | None:
    """Return the address of the post in its CMS editor: by the site's template, else as we know the CMS."""
    if not is_web_address(url):
        return None
    parts = urlsplit(url)
    if template:
        return _filled(template, url, parts.path, cms_post_id)
    if not cms_post_id or not cms_post_id.isdecimal() or (platform or "").lower() != "wordpress":
        return None
    return f"{parts.scheme}://{parts.netloc}/wp-admin/post.php?post={cms_post_id}&action=edit"


def _filled(template: str, url: str, path: str, cms_post_id: str | None) -> str | None:
    """Put a post's values into a template; None where it needs an id that the page does not show."""
    if "{id}" in template and not cms_post_id:
        return None
    slug = path.rstrip("/").rpartition("/")[2].removesuffix(".html")
    values = {"{id}": cms_post_id or "", "{slug}": slug, "{path}": path, "{url}": url}
    filled = template
    for name, value in values.items():
        filled = filled.replace(name, quote(value, safe="/" if name == "{path}" else "%"))
    return filled if is_web_address(filled) else None


def folded(text: str) -> str:
    """Return the text on one line, every run of white space a single space."""
    return re.sub(r"\s+", " ", text)


def ago(moment: str | None, now: datetime | None = None) -> str:
    """Return how long ago a UTC time was, in words; the text itself when it is no time."""
    try:
        then = datetime.fromisoformat(moment or "")
    except ValueError:
        return moment or "never"
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    minutes = int(((now or datetime.now(UTC)) - then).total_seconds() // 60)
    for size, word in ((1440, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // size
            return f"{count} {word}{'' if count == 1 else 's'} ago"
    return "just now"


def julian_day(now: datetime | None = None) -> int:
    """Return the day as SQLite's julianday counts it."""
    return int((now or datetime.now(UTC)).timestamp() / 86400 + 2440587.5)


def counted(count: int, word: str) -> str:
    """Return a number with its noun: "1 post", "1,204 posts"."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def json_or(text: str | None, otherwise: Any) -> Any:
    """Read JSON; what is none becomes `otherwise`."""
    try:
        return json.loads(text or "")
    except ValueError:
        return otherwise
