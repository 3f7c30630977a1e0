"""WordPress' REST interface, where it is open: which addresses list all posts and categories (pure)."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from pipeline.site.cms import Term, paths_of, read_posts, read_terms
from pipeline.site.urls import normalise

POSTS = "_fields=id,link,modified_gmt,categories&per_page=100"
CATEGORIES = "_fields=id,name,parent&per_page=100"
KINDS = {"wp/v2/posts": POSTS, "wp/v2/categories": CATEGORIES}
PER_PAGE = 100
PAGE = re.compile(r"&page=(\d+)$")
MAX_PAGES = 500


class Shelf:
    """Which post stands in which categories, as one night's lists say."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._terms: dict[int, Term] = {}
        self._posts: dict[str, tuple[int, ...]] = {}
        self._is_new = False

    def read(self, body: bytes, base: str, *, unchanged: bool) -> None:
        """Note what a list of posts or categories says."""
        self._is_new |= not unchanged
        self._terms |= read_terms(body)
        for post in read_posts(body):
            url = normalise(post.url, base)
            if url is not None and post.categories:
                self._posts[url] = post.categories

    def said(self) -> Iterator[tuple[str, str]]:
        """Yield each post's address and categories, in words; nothing where no list is new."""
        for url, numbers in self._posts.items() if self._is_new else ():
            paths = paths_of(numbers, self._terms)
            if paths and len(paths) == len(numbers):
                yield url, "; ".join(sorted(" / ".join(path) for path in paths))


def first_pages(interface: str) -> list[str]:
    """Give where the first hundred categories and posts stand, for an interface by path or by argument."""
    joint = "&" if "rest_route=" in interface else "?"
    base = interface.rstrip("/") + "/"
    paths = {kind: base + kind if joint == "&" else urljoin(base, kind) for kind in reversed(KINDS)}
    return [f"{path}{joint}{KINDS[kind]}&page=1" for kind, path in paths.items()]


def is_rest(url: str) -> bool:
    """Tell whether an address is one of ours to the interface."""
    return any(kind in url and fields in url for kind, fields in KINDS.items())


def is_outdated(url: str) -> bool:
    """Tell whether an earlier version of ours asked the interface at this address."""
    return "wp/v2/posts" in url and "_fields=" in url and not is_rest(url)


def next_page(url: str, entries: int) -> str | None:
    """Give the address of the hundred after; None when these were the last."""
    page = PAGE.search(url)
    if entries < PER_PAGE or page is None or int(page[1]) >= MAX_PAGES:
        return None
    return f"{url[: page.start()]}&page={int(page[1]) + 1}"
