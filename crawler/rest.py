"""WordPress' REST interface, where it is open: every post with its date of change (pure)."""

import json
import re
from dataclasses import dataclass
from urllib.parse import urljoin

FIELDS = "_fields=id,link,modified_gmt,slug&per_page=100"
PER_PAGE = 100
PAGE = re.compile(r"&page=(\d+)$")
MAX_PAGES = 500


@dataclass(frozen=True, slots=True)
class RestEntry:
    """One post, as the CMS tells it."""

    url: str
    modified: str | None


def first_page(interface: str) -> str:
    """Give the address of the first hundred posts, for an interface by path or by argument."""
    if "rest_route=" in interface:
        return f"{interface.rstrip('/')}/wp/v2/posts&{FIELDS}&page=1"
    return urljoin(interface.rstrip("/") + "/", f"wp/v2/posts?{FIELDS}&page=1")


def is_rest(url: str) -> bool:
    """Tell whether an address is one of ours to the interface."""
    return "wp/v2/posts" in url and FIELDS in url


def next_page(url: str, entries: int) -> str | None:
    """Give the address of the hundred after; None when these were the last."""
    page = PAGE.search(url)
    if entries < PER_PAGE or page is None or int(page[1]) >= MAX_PAGES:
        return None
    return f"{url[: page.start()]}&page={int(page[1]) + 1}"


def read_rest(body: bytes) -> list[RestEntry]:
    """Read a page of posts; what is no list of posts has none."""
    try:
        posts = json.loads(body)
    except (ValueError, RecursionError):
        return []
    found = [post for post in posts if isinstance(post, dict)] if isinstance(posts, list) else []
    return [
        RestEntry(post["link"], _text(post.get("modified_gmt")))
        for post in found
        if isinstance(post.get("link"), str)
    ]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
