"""What the tests need to know of a generator."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generators.club import Entry

from pipeline.sample.serve import address_of, serve


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """One way to make a blog of the club's posts, and what its pages show of them."""

    name: str
    serve: Callable[[Path], AbstractContextManager[str]]
    """From an empty folder: make the blog, yield its address (no slash at the end) while it runs."""
    path: Callable[[Entry], str]
    """The URL path of a post."""
    categories: Callable[[Entry], list[list[str]]]
    """The paths of the categories that a post has there."""
    hides: frozenset[str] = frozenset()
    """Fields that no page says, or says wrongly: authors, tags, language."""


def nested(entry: Entry) -> list[list[str]]:
    """Keep the post's category where it hangs."""
    return [list(entry.categories)]


def flat(entry: Entry) -> list[list[str]]:
    """Drop the ancestors, for generators that know none."""
    return [[entry.categories[-1]]]


Build = Callable[[Path, Path, str], None]
"""From an empty work folder, into an output folder, for an address."""


def static(build: Build) -> Callable[[Path], AbstractContextManager[str]]:
    """Serve what a static generator builds, with validators, as careful hosts do."""
    return partial(_static, build)


@contextmanager
def _static(build: Build, folder: Path) -> Iterator[str]:
    work, output = folder / "work", folder / "site"
    work.mkdir()
    output.mkdir()
    with serve(output) as server:
        build(work, output, address_of(server))
        yield address_of(server)


def write(path: Path, text: str) -> None:
    """Write a text file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
