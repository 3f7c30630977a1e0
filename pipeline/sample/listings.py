"""Gather the sample blog's archive pages: home, categories, tags, people, years."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.sample.names import slug, url_path
from pipeline.sample.posts import SamplePost

PER_PAGE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingPage:
    """One page of a listing."""

    title: str
    path: str
    crumbs: tuple[str, ...]
    posts: Sequence[SamplePost]
    number: int
    count: int
    first: str
    """URL path of the listing's first page."""

    def path_of(self, number: int) -> str:
        """Give the address of another page of the same listing."""
        return self.first if number == 1 else f"{self.first}page/{number}/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list of posts, not yet cut into pages."""

    title: str
    path: str
    posts: Sequence[SamplePost]
    era: str = "new"
    crumbs: tuple[str, ...] = ()
    """Names above it, outermost first: a category's parents."""

    def pages(self) -> Iterator[ListingPage]:
        """Cut the list into pages, newest posts first."""
        count = -(-len(self.posts) // PER_PAGE)
        for number in range(1, count + 1):
            yield ListingPage(
                title=self.title,
                path=self.path if number == 1 else f"{self.path}page/{number}/",
                crumbs=self.crumbs,
                posts=self.posts[(number - 1) * PER_PAGE : number * PER_PAGE],
                number=number,
                count=count,
                first=self.path,
            )


def home(posts: Sequence[SamplePost]) -> Listing:
    """List everything, on the front page."""
    return Listing(title="", path="/", posts=posts)


def archives(posts: Sequence[SamplePost]) -> list[Listing]:
    """List by category, tag, person and, for the old theme's posts, year."""
    return [*_by_category(posts), *_by_tag(posts), *_by_person(posts), *_by_year(posts)]


def categories(posts: Sequence[SamplePost]) -> list[tuple[str, ...]]:
    """Name every category with its parents, in alphabetical order."""
    return sorted(
        {names[:depth] for post in posts for names in post.categories for depth in range(1, len(names) + 1)}
    )


def tree(names: Sequence[str]) -> str:
    """Give the address of a category."""
    return url_path("category", *map(slug, names))


def newest_of(posts: Sequence[SamplePost]) -> datetime:
    """Say when the site last changed."""
    return max(post.changed for post in posts)


def _by_category(posts: Sequence[SamplePost]) -> Iterator[Listing]:
    for names in categories(posts):
        inside = [post for post in posts if any(path[: len(names)] == names for path in post.categories)]
        yield Listing(title=names[-1], path=tree(names), posts=inside, crumbs=names[:-1])


def _by_tag(posts: Sequence[SamplePost]) -> Iterator[Listing]:
    for tag in sorted({tag for post in posts for tag in post.tags}):
        yield Listing(title=tag, path=url_path("tag", slug(tag)), posts=[p for p in posts if tag in p.tags])


def _by_person(posts: Sequence[SamplePost]) -> Iterator[Listing]:
    for who in sorted({author for post in posts for author in post.authors}):
        written = [post for post in posts if who in post.authors]
        yield Listing(title=who, path=url_path("people", slug(who)), posts=written)


def _by_year(posts: Sequence[SamplePost]) -> Iterator[Listing]:
    for year in sorted({post.published.year for post in posts if post.era == "old"}):
        written = [post for post in posts if post.published.year == year and post.era == "old"]
        yield Listing(title=str(year), path=url_path(str(year)), posts=written, era="old")
