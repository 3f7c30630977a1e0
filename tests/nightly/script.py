"""A month in the life of a blog, night by night, with what must be true after each."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nightly.blog import Blog
from nightly.night import ask, night, states

State = tuple[str, int, str | None]


@dataclass
class Truth:
    """What the database must say."""

    posts: dict[str, State] = field(default_factory=dict)
    counts: dict[str, Any] = field(default_factory=dict)

    def put(
        self, number: int, *, state: str | None = None, revised: int = 0, flag: str | None = None
    ) -> None:
        """Change what is expected of one post."""
        was = self.posts.get(str(number), ("live", 1, None))
        self.posts[str(number)] = (state or was[0], was[1] + revised, flag or was[2])


@dataclass
class Month:
    """The blog, what must be true of it, and where it is crawled to."""

    blog: Blog
    folder: Path
    truth: Truth = field(default_factory=Truth)
    wrong: list[str] = field(default_factory=list)
    nights: int = 0

    def night(self, state: str = "complete", **counts: int) -> None:
        """Crawl once and compare; counts that are not named are 0."""
        self.nights += 1
        report = night(self.blog, self.folder)
        expected = {"state": state, "new": 0, "changed": 0, "gone": 0, "fixed": 0, **counts}
        found = {name: report[name] for name in expected}
        if found != expected:
            self.wrong.append(f"night {self.nights}: counted {found}, not {expected}; {report['message']}")
        now = states(self.folder)
        for number in sorted(now.keys() | self.truth.posts.keys(), key=int):
            if now.get(number) != self.truth.posts.get(number):
                self.wrong.append(
                    f"night {self.nights}: post {number} is {now.get(number)},"
                    f" not {self.truth.posts.get(number)}"
                )
        if ask(self.folder, "select * from flags_now except select * from flags"):
            self.wrong.append(f"night {self.nights}: flags differ from their definition")

    def edit(self, *numbers: int, **changes: object) -> None:
        """Change posts; their lastmod changes with them."""
        for entry in self.blog.entries.values():
            if entry.number in numbers and not entry.moved_to:
                entry.edits += 1
                for name, value in changes.items():
                    setattr(entry, name, value)

    def answer(self, number: int, status: int) -> None:
        """Let a post answer otherwise."""
        for entry in self.blog.entries.values():
            if entry.number == number and not entry.moved_to:
                entry.status = status

    def move(self, number: int) -> None:
        """Give a post another address, with a redirect from the old one."""
        old = next(e for e in self.blog.entries.values() if e.number == number and not e.moved_to)
        new = f"{old.path.rstrip('/')}-moved/"
        self.blog.entries[new] = type(old)(number, new, old.edits, old.leftover)
        old.moved_to = new


def first_five(month: Month, posts: int) -> None:
    """Five nights: everything happens once."""
    blog, put = month.blog, month.truth.put
    blog.fill(posts, leftovers=6)
    for number in range(1, posts + 1):
        put(number, flag="open" if number <= 6 else None)
    month.night(new=posts)
    month.edit(1, 2, leftover=False)
    month.edit(7)
    blog.add(posts + 1)
    month.move(8)
    month.answer(9, 404)
    month.answer(10, 410)
    for number, flag in ((1, "fixed"), (2, "fixed"), (7, None)):
        put(number, revised=1, flag=flag)
    put(posts + 1)
    put(9, state="missing")
    put(10, state="gone")
    month.night(new=1, changed=3, fixed=2, gone=1)
    blog.down = True
    month.night("refused")
    blog.down, blog.sitemap = False, "today"
    month.edit(1, leftover=True)
    month.edit(11)
    put(1, revised=1, flag="reopened")
    put(11, revised=1)
    month.night(changed=2)
    blog.sitemap = "honest"
    month.edit(1, leftover=False)
    month.answer(10, 200)
    put(1, revised=1, flag="fixed")
    put(9, state="gone")
    put(10, state="live")
    month.night(changed=1, fixed=1, gone=1)


def thirty(month: Month, posts: int, choose: Callable[[int], int]) -> None:
    """Thirty nights: the five, a week of a lying sitemap, two nights down, and edits every night."""
    first_five(month, posts)
    for number in range(6, 31):
        month.blog.sitemap = "today" if 8 <= number <= 14 else "honest"
        month.blog.down = number in (20, 21)
        if month.blog.down:
            month.night("refused")
            continue
        edited = 12 + choose(posts - 12)
        month.edit(edited)
        month.truth.put(edited, revised=1)
        month.night(changed=1)
