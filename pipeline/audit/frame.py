"""Pictures that belong to the post although its body does not hold them: above it, beside it, in a slider."""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

POST = re.compile(r"\b(?:hentry|h-entry)\b")
POST_TYPE = re.compile(r"(?:Article|Posting)\b")
ENDS = ("main", "body", "html")
OTHERS = re.compile(
    r"\b(?:authors?|avatar|bio|byline|comments?|related|recommend\w*|widgets?|teasers?|promo|banner|logo|"
    r"advert\w*|newsletter|share|social)(?:\b|[_-])",
    re.I,
)
"""Class names and ids of what stands in a post's frame and is about somebody or something else."""
OTHER_TAGS = ("nav", "footer", "form", "template")
SIDES = re.compile(r"\bside-?bar", re.I)
PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:$|[?#])", re.I)
MANY = 300
"""Pictures: a page with more is a gallery, or wants to keep us busy."""
NEAR = 24
"""Steps up from the body: frames are nearer, and pages may be nested without end."""
HEADINGS = ("h1", "h2", "h3")


def pictures_beside(root: Any, title: str | None, is_meant: Callable[[Any], bool]) -> Iterator[Any]:
    """Yield img elements outside the body that its post's own frame holds; first those that are meant.

    A picture that leads to another page stands for that page.
    """
    frame, is_marked = _frame(root, title)
    if frame is None:
        return
    meant = (image for image in _pictures_around(root, frame) if is_meant(image))
    for image in islice(meant, MANY):
        if not _is_of_others(image, frame, is_marked):
            yield image


def _pictures_around(root: Any, frame: Any) -> Iterator[Any]:
    """Yield pictures between the body and its frame, the nearest first; the body itself is not walked."""
    inner = root
    while inner is not frame:
        outer = inner.getparent()
        for beside in outer:
            if beside is not inner:
                yield from beside.iter("img")
        inner = outer


def _frame(root: Any, title: str | None) -> tuple[Any, bool]:
    """Give the element marked as the post, else the smallest that holds its title; and which of both."""
    holders = []
    for one in islice(root.iterancestors(), NEAR):
        if one.tag in ENDS:
            break
        if one.tag == "article" or _says_post(one):
            return one, True
        holders.append(one)
    wanted = " ".join((title or "").split()).casefold()
    return next((one for one in holders if wanted and _is_headed(one, wanted)), None), False


def _says_post(element: Any) -> bool:
    names, kind = element.get("class"), element.get("itemtype")
    return bool(names and POST.search(names)) or bool(kind and POST_TYPE.search(kind))


def _is_headed(element: Any, wanted: str) -> bool:
    return any(
        " ".join("".join(one.itertext()).split()).casefold() == wanted for one in element.iter(*HEADINGS)
    )


def _is_of_others(image: Any, frame: Any, is_marked: bool) -> bool:
    for one in islice(image.iterancestors(), 2 * NEAR):
        if one is frame:
            return False
        names = f"{one.get('class') or ''} {one.get('id') or ''}"
        if one.tag in OTHER_TAGS or OTHERS.search(names):
            return True
        if not is_marked and (one.tag == "aside" or SIDES.search(names)):
            return True
        if one.tag == "a" and not PICTURE.search(one.get("href") or ""):
            return True
    return True
