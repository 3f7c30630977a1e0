"""A category that the post names twice.

**Finds** the second and later mention of the same name in the post's own list of categories.

**Why it matters** The list on the page looks careless, and counts by category come out wrong.

**Leaves alone** names that differ in more than white space: "News" and "NEWS" are two terms; a name
that the page shows in two places, such as a breadcrumb and a label: each of them names it once; two links in
a sentence with nothing between them, of which one is shown; and lists so long that they are the site's.

**Fix** keeps the first mention. *Safe*: the second one says nothing new.

**Source** Themes that print a term once per taxonomy or per parent, and sites with two terms of one name.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pipeline.audit.reading import Reading
from pipeline.audit.rule import Remark, Rule
from pipeline.records import Evidence

rule = Rule(__name__, __doc__, severity="info", specificity=1, witness="same-text")

OWN = 10
"""A post is filed under so many names at most; longer lists are menus."""
NEAR = 3
"""A name's list is its parent or a step or two above: `ul > li > a`."""
WRAPS = ("li", "span", "em", "strong", "b", "i", "td", "dd", "a")


@rule.post()
def by_list(reading: Reading) -> Iterator[Remark]:
    """Yield each mention after the first."""
    names = [" ".join(name.split()) for name in reading.metadata.raw_categories]
    seen: set[str] = set()
    for name in _listed_twice(names, reading.article.root):
        if name in seen:
            same = Evidence(kind="same-text", detail=f"listed before: {name}")
            yield Remark(where="metadata", quote=name, replacement="", evidence=(same,))
        seen.add(name)


def _listed_twice(names: list[str], root: Any) -> list[str]:
    """Give the names, those left out that a page shows twice, but not side by side."""
    counts = Counter(names)
    if len(counts) == len(names) or root is None:
        return names
    if len(names) > OWN:
        return []
    apart = {name for name, count in counts.items() if count > 1 and not _share_a_list(name, root)}
    return [name for name in names if name not in apart]


def _share_a_list(name: str, root: Any) -> bool:
    tree = root.getroottree()
    holders = [one for one in tree.iter("a", "span", "li", "p", "div", "td") if _shows(one.text, name)]
    return any(_are_items(one, other) for one, other in pairwise(holders))


def _are_items(one: Any, other: Any) -> bool:
    """Tell two items of one list: they, or what wraps each, stand in the same element."""
    for _ in range(NEAR):
        if one.tag != other.tag or one is other:
            return False
        if one.getparent() is other.getparent():
            return not _are_twins(one, other)
        one, other = one.getparent(), other.getparent()
        if one.tag not in WRAPS:
            return False
    return False


def _are_twins(one: Any, other: Any) -> bool:
    """Tell two links side by side in a sentence, nothing between them: of such, readers are shown one."""
    touching = one.getnext() is other and not one.tail
    words = [one.getparent().text, *(child.tail for child in one.getparent())]
    return touching and any(any(map(str.isalnum, text or "")) for text in words)


def _shows(text: str | None, name: str) -> bool:
    return text is not None and "{" not in text and " ".join(text.split()).strip(" ,|/·•") == name
