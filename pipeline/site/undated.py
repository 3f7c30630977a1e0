"""Blogs that show no dates: what else tells their posts from the pages about the site."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from pipeline.records import Witness
from pipeline.site.layout import MIN_PAGES, Layout, Note
from pipeline.site.urls import folder_of

DATED = 0.1
"""Where more than this share of the posts show a date, it is the pages that show none."""


def shows_dates(notes: Iterable[Note], layouts: Mapping[str, Layout]) -> bool:
    """Tell whether posts of this site show when they were written, for each page or where posts show it."""
    posts = [note for note in notes if note.kind == "post"]
    dated = sum(note.published is not None for note in posts)
    return dated > DATED * len(posts) or any("published" in layout.fields for layout in layouts.values())


def with_listed_posts(notes: Sequence[Note], witnesses: Mapping[str, Sequence[Witness]]) -> list[Note]:
    """Call what a category or tag lists a post, and what lies in a folder of posts."""
    known = [
        replace(note, kind="post") if note.kind == "page" and is_listed(witnesses.get(note.url, ())) else note
        for note in notes
    ]
    folders = folders_of_posts(note.url for note in known if note.kind == "post")
    return [
        replace(note, kind="post") if note.kind == "page" and folder_of(note.url) in folders else note
        for note in known
    ]


def is_listed(witnesses: Iterable[Witness]) -> bool:
    """Tell whether the page of a category or tag lists an address."""
    return any(one.source == "listing" and (one.category_paths or one.tags) for one in witnesses)


def folders_of_posts(urls: Iterable[str]) -> frozenset[str]:
    """Give the folders that hold several posts; the uppermost one holds everything and says nothing."""
    counts = Counter(map(folder_of, urls))
    return frozenset(
        folder for folder, count in counts.items() if count >= MIN_PAGES and urlsplit(folder).path != "/"
    )
