"""Read the sample blog's posts from the package: front matter in TOML, then the body."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from pipeline.sample.body import Chunk, Style, read_body
from pipeline.sample.inline import Run, clean_of, read_inline
from pipeline.sample.names import slug, url_path

FOLDER = Path(__file__).parent / "posts"
NEW_THEME_FROM = 2019
"""First year of the new theme; posts from before were never converted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePost:
    """One post as its source says it."""

    path: str
    """URL path, percent-encoded."""
    era: str
    """Theme of its page: "old" or "new"."""
    title: tuple[Run, ...]
    published: datetime
    updated: datetime | None
    authors: tuple[str, ...]
    categories: tuple[tuple[str, ...], ...]
    """Paths, outermost name first."""
    repeated: tuple[str, ...]
    """Category names that the page prints once more."""
    tags: tuple[str, ...]
    language: str
    toc: bool
    media: str
    """URL path of the folder with its pictures."""
    body: tuple[Chunk, ...]
    lookalikes: tuple[str, ...]
    """Passages that must not be flagged and that no marker can name (in code, in attributes)."""
    comments: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """The title as it should read."""
        return clean_of(self.title)

    @property
    def changed(self) -> datetime:
        """When the page last changed."""
        return self.updated or self.published


def read_posts(folder: Path = FOLDER) -> list[SamplePost]:
    """Read every post, newest first."""
    return sorted(_posts(folder), key=lambda post: post.published, reverse=True)


def _posts(folder: Path) -> Iterator[SamplePost]:
    for file in sorted(folder.glob("*.md")):
        _, front, body = file.read_text(encoding="utf-8").split("+++\n", 2)
        yield _post(file.stem, tomllib.loads(front), body)


def _post(stem: str, front: dict[str, Any], body: str) -> SamplePost:
    published: datetime = front["date"]
    era = "new" if published.year >= NEW_THEME_FROM else "old"
    name = str(front.get("slug", stem.partition("_")[2]))
    year, month = f"{published:%Y}", f"{published:%m}"
    path = url_path("journal", name) if era == "new" else url_path(year, month, name)
    media = url_path("media", year, month)
    style = Style(media=media, picture=PICTURES[era])
    return SamplePost(
        path=path,
        era=era,
        title=read_inline(front["title"], media),
        published=published,
        updated=front.get("updated"),
        authors=tuple(front["authors"]),
        categories=tuple(tuple(names.split("/")) for names in front["categories"]),
        repeated=tuple(front.get("repeated", ())),
        tags=tuple(front.get("tags", ())),
        language=front.get("language", "en"),
        toc=front.get("toc", False),
        media=media,
        body=read_body(body, style),
        lookalikes=tuple(front.get("lookalikes", ())),
        comments=tuple((who, words) for who, words in front.get("comments", ())),
    )


def attachment(picture: str) -> str:
    """Name the page that the old theme shows a picture on, below its post's address."""
    return slug(picture.rpartition("/")[2].rpartition(".")[0])


def _old_picture(src: str, alt: str, caption: str, title: str) -> str:
    """Wrap a picture the way the old theme does: linked to its own page, a caption in a paragraph."""
    named = f' title="{escape(title)}"' if title else ""
    image = f'<img class="alignnone" src="{src}" alt="{escape(alt)}"{named} />'
    image = f'<a href="{attachment(src)}/" rel="attachment">{image}</a>'
    if not caption:
        return f"<p>{image}</p>"
    return f'<div class="wp-caption aligncenter">{image}<p class="wp-caption-text">{caption}</p></div>'


def _new_picture(src: str, alt: str, caption: str, title: str) -> str:
    """Wrap a picture in a figure."""
    named = f' title="{escape(title)}"' if title else ""
    words = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure><img loading="lazy" src="{src}" alt="{escape(alt)}"{named}>{words}</figure>'


PICTURES = {"old": _old_picture, "new": _new_picture}
