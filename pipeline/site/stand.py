"""Where an element stands: tags and the classes that last from page to page."""

import re
import sys
from collections import Counter
from functools import lru_cache

from lxml.html import HtmlElement

# Classes that name the post, its terms or its state rather than its layout.
PASSING = re.compile(
    r"\d|^(category|tag|author|format|status|has|is|lang|wf|no|js|post_tag|tax|term|depth|parent|single-format|"
    r"current|active|even|odd|first|last|entry-(author|category|tag))[-_]|^(sticky|hentry|js|no-js|logged-in)$",
    re.IGNORECASE,
)
PLAIN = re.compile(r"[A-Za-z_][\w-]*")
OF_POST = re.compile(r"^(post|entry|article|page|node|item|p)[-_]", re.IGNORECASE)


BOXES = ("div", "section", "article", "main")
MOST_BOXES, DEEPEST = 30, 4


def layout_of(body: HtmlElement) -> str:
    """Describe where a body stands: tags and lasting classes from the root down to it."""
    steps = [step_of(element) for element in body.iterancestors()]
    return "/".join([*reversed(steps), step_of(body)])


def places_inside(body: HtmlElement) -> frozenset[str]:
    """Give what leads from a body down to each box in it whose place is no other's: "/article/div.text"."""
    found: Counter[str] = Counter()
    level = [("", body)]
    for _ in range(DEEPEST):
        level = [(f"{path}/{step_of(box)}", box) for path, node in level for box in node.iterchildren(*BOXES)]
        found.update(path for path, _ in level[:MOST_BOXES])
        if not level or found.total() >= MOST_BOXES:
            break
    # Most posts of a site have the same few: one text for all of them.
    return frozenset(sys.intern(path) for path, times in found.items() if times == 1)


def plain_names(element: HtmlElement) -> tuple[str, ...]:
    """Give the lasting id and classes of an element as parts of a CSS selector."""
    return _plain_names(element.get("id") or "", element.get("class") or "")


@lru_cache(maxsize=4_000)
def _plain_names(own_id: str, classes: str) -> tuple[str, ...]:
    names = [f"#{name}" for name in _lasting_id(own_id)]
    names += sorted({f".{name}" for name in classes.split()})
    return tuple(name for name in names if PLAIN.fullmatch(name[1:]) and not PASSING.search(name[1:]))


def step_of(element: HtmlElement) -> str:
    """Describe one element by its tag and lasting classes."""
    return _step(str(element.tag), element.get("class") or "", element.get("id") or "")


@lru_cache(maxsize=4_000)
def _step(tag: str, classes: str, own_id: str) -> str:
    names = classes.split() or _lasting_id(own_id)
    lasting = sorted({name.lower() for name in names if name and not PASSING.search(name)})
    return ".".join([tag, *lasting])


def _lasting_id(name: str) -> list[str]:
    """Give an id that names a place of the layout; many themes make one of the post's own words."""
    return [] if OF_POST.search(name) or len(re.split(r"[-_]", name)) > 2 else [name]
