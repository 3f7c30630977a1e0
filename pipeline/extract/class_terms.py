"""Terms that a page names by slug only, in a class or its address, and the names other links give them."""

import re
from collections.abc import Sequence
from urllib.parse import unquote

from pipeline.extract.facts import Facts
from pipeline.extract.links import path_of, stays
from pipeline.extract.marks import ENTRY
from pipeline.extract.term_links import term_name
from pipeline.extract.words import text_of

POST_CLASS = "category-"
DATED_PATH = re.compile(r"(?P<categories>(?:/[^/]+)+)/(?:19|20)\d\d/\d\d/\d\d/[^/]+/?$")
# WordPress marks, in its menus, the categories that hold the post.
MENU_CLASS = frozenset(("current-post-parent", "current-menu-parent"))


def categories_by_class(facts: Facts) -> list[str]:
    """Name the categories that WordPress writes into the class of the post's container.

    The class holds slugs; a menu or widget that links to the category's page shows its written name.
    """
    slugs = [
        token[len(POST_CLASS) :]
        for each in facts.scan.marked
        if each.marks & ENTRY and each.node in facts.zones.around
        for token in (each.node.get("class") or "").split()
        if token.startswith(POST_CLASS)
    ]
    written = {path.rpartition("/")[2]: name for path, name in _written(facts).items()} if slugs else {}
    return [written[slug] for slug in slugs if slug in written] or _current_in_menu(facts)


def _current_in_menu(facts: Facts) -> list[str]:
    names: list[str] = []
    for anchor in facts.scan.anchors:
        item = anchor.node.getparent()
        classes = set((item.get("class") or "").split()) if item is not None and item.tag == "li" else set()
        if "menu-item-object-category" in classes and classes & MENU_CLASS:
            names += [name for name in [term_name(text_of(anchor.node))] if name]
    return names


def categories_in_address(facts: Facts) -> list[str]:
    """Read the categories that Jekyll's default permalink puts before the date: /food/2020/03/05/title.html.

    The folder that the blog itself lives in is no category: its feed lies there, too.
    """
    if not any("jekyll" in content.lower() for content in facts.scan.meta.get("generator", ())):
        return []
    match = DATED_PATH.match(path_of(facts.url or ""))
    feeds = [path_of(link.href) for link in facts.scan.links.get("alternate", ()) if "xml" in link.media_type]
    folder = feeds[0].rpartition("/")[0] if feeds else ""
    parts = match["categories"].removeprefix(folder).strip("/").split("/") if match else []
    return [name for part in parts if (name := term_name(unquote(part)))]


def section_by_address(facts: Facts) -> list[str]:
    """Name the folder that the post lies in, if a link leads to it: /recipes/ for /recipes/soup."""
    folders = path_of(facts.url or "").strip("/").split("/")[:-1]
    paths = ["/".join(folders[:depth]) for depth in range(len(folders), 0, -1)]
    written: dict[str, str] = {}
    for anchor in facts.scan.anchors if paths else ():
        href = anchor.href
        path = path_of(href).strip("/")
        if path in paths and "?" not in href and "#" not in href and stays(href, facts.hosts):
            written[path] = written.get(path) or term_name(text_of(anchor.node)) or ""
    return [name for path in paths if (name := written.get(path))][:1]


def parent_names(slugs: Sequence[str], facts: Facts) -> list[str]:
    """Name the parents of a nested category, outermost first; one that no link names is left out."""
    written = _written(facts)
    paths = ("/".join(slugs[: depth + 1]) for depth in range(len(slugs)))
    return [written[path] for path in paths if path in written]


def _written(facts: Facts) -> dict[str, str]:
    names: dict[str, str] = {}
    for anchor in facts.scan.anchors:
        name = term_name(text_of(anchor.node)) if anchor.target.category else None
        if name:
            names.setdefault(anchor.target.path, name)
    return names
