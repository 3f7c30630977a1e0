"""The post's categories and tags: its own, as displayed, never the site's list of all of them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.extract.facts import Facts
from pipeline.extract.marks import APART, CATEGORY, CRUMB, ENTRY, PROPERTY, TAG
from pipeline.extract.term_links import CATEGORY_PATH, Sort, TermLink, term_links, term_name
from pipeline.extract.authors import urlsplit_path
from pipeline.extract.words import key, text_of
from urllib.parse import unquote

META_SECTIONS = ("article:section", "og:article:section", "articlesection", "parsely-section", "sailthru.section", "dc.subject.section")
META_TAGS = ("article:tag", "og:article:tag", "parsely-tags", "sailthru.tags", "tags", "news_keywords", "keywords", "dc.subject", "citation_keywords")
NO_SECTION = frozenset("post posts blog article articles news page pages newsletter archive home".split())
MOST_ROWS_TERMS = 40
"""A row with more terms than this is a list of all of the site's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Categories and tags with their sources."""

    categories: tuple[str, ...] = ()
    paths: tuple[tuple[str, ...], ...] = ()
    raw_categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    category_source: str = "text"
    tag_source: str = "text"


def find_terms(facts: Facts) -> Terms:
    """Choose, for categories and for tags, the best witness that names any."""
    links = [link for link in term_links(facts)]
    by_class = _named_by_class(facts)
    categories, category_source, shown = _categories(facts, links, by_class)
    tags, tag_source = _tags(facts, links, by_class, categories)
    names = _unique(categories)
    return Terms(
        categories=names,
        paths=tuple(_path(name, links, facts) for name in names),
        raw_categories=tuple(shown or names),
        tags=tags,
        category_source=category_source,
        tag_source=tag_source,
    )


def _rows(links: Sequence[TermLink], sort: Sort, facts: Facts) -> list[list[TermLink]]:
    """Group the links of one sort by the row they stand in, and keep the post's own rows."""
    mine = [link for link in links if link.sort == sort]
    rows = [list(row) for _, row in groupby(mine, key=lambda link: id(link.row))]
    best = max((link.weight for link in mine), default=0)
    rows = [row for row in rows if len(row) <= MOST_ROWS_TERMS and max(link.weight for link in row) >= min(best, 2)]
    rows = [[link for link in row if not _is_parent(link, row)] for row in rows]
    return [row for row in rows if not (facts.in_body(row[0].row) and max(link.weight for link in row) < 2)]


def _is_parent(link: TermLink, row: list[TermLink]) -> bool:
    """Tell whether a link only leads to the nested category after it, as in Money ► Saving."""
    return link.leads_to_next and any(other.path.startswith(f"{link.path}/") for other in row)


def _categories(facts: Facts, links: list[TermLink], by_class: dict[Sort, list[str]]) -> tuple[list[str], str, list[str]]:
    rows = _rows(links, "category", facts)
    if rows:
        names = [link.name for row in rows for link in row]
        first = max(rows, key=lambda row: len({link.name for link in row}))
        return names, "rel-tag", [link.name for link in first]
    if by_class["category"]:
        return by_class["category"], "markup", []
    if marked := _marked(facts, CATEGORY, TAG):
        return marked, "markup", marked
    listed = [path[-1] for witness in facts.witnesses for path in witness.category_paths if path]
    if listed:
        return listed, "listing", []
    if labels := _labels_in_url(facts):
        return labels, "feed", []
    if written := facts.front_matter.get("categories"):
        return written, "meta", []
    if sections := _sections(facts.linked.sections):
        return sections, "json-ld", []
    return _sections(facts.scan.every(META_SECTIONS)), "meta", []


def _tags(facts: Facts, links: list[TermLink], by_class: dict[Sort, list[str]], categories: Iterable[str]) -> tuple[tuple[str, ...], str]:
    rows = _rows(links, "tag", facts)
    if rows:
        return _unique(link.name for row in rows for link in row), "rel-tag"
    if by_class["tag"]:
        return _unique(by_class["tag"]), "markup"
    if marked := _marked(facts, TAG, CATEGORY):
        return _unique(marked), "markup"
    if fed := [tag for witness in facts.witnesses for tag in witness.tags]:
        return _unique(fed), "feed"
    known = {key(name) for name in categories}
    if labels := [label for witness in facts.witnesses for label in witness.labels if key(label) not in known]:
        return _unique(labels), "feed"
    if written := facts.front_matter.get("tags"):
        return _unique(written), "meta"
    if facts.linked.keywords:
        return _unique(facts.linked.keywords), "json-ld"
    for name in META_TAGS:
        terms = _unique(term for content in facts.scan.every((name,)) for term in _split(content))
        if terms:
            return terms, "meta"
    return (), "text"


def _split(content: str) -> list[str]:
    separator = "," if "," in content else ";" if ";" in content else "|"
    return [name for part in content.split(separator) if (name := term_name(part))]


def _sections(sections: Iterable[str]) -> list[str]:
    return [name for section in sections for name in [term_name(section)] if name and key(name) not in NO_SECTION]


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(key(name) or name, name)
    return tuple(seen.values())


def _marked(facts: Facts, wanted: int, other: int) -> list[str]:
    """Collect terms that are no links: short texts that the markup calls a category or a tag."""
    names: list[str] = []
    for each in facts.scan.marked:
        if not each.marks & wanted or each.marks & other or facts.zones.of(each.node) & (APART | CRUMB):
            continue
        if facts.other_post(each) or (facts.in_body(each.node) and not each.marks & PROPERTY):
            continue
        text = text_of(each.node)
        if not text or len(text) > 200 or (len(each.node) > 0 and not each.marks & PROPERTY):
            continue
        names += _split(text)
    return names


def _labels_in_url(facts: Facts) -> list[str]:
    path = [_slug(part) for part in unquote(urlsplit_path(facts.url or "")).split("/")[:-1]]
    return [label for witness in facts.witnesses for label in witness.labels if _slug(label) in path]


def _slug(text: str) -> str:
    return key(text).replace(" ", "").replace("_", "")


def _named_by_class(facts: Facts) -> dict[Sort, list[str]]:
    """Name the terms that WordPress writes into the post's class by the links that lead to them.

    The class holds slugs only; a menu or widget that links to the term's page shows its written name.
    """
    slugs: dict[Sort, list[str]] = {"category": [], "tag": []}
    for each in facts.scan.marked:
        if each.marks & ENTRY and each.node in facts.zones.around:
            for token in (each.node.get("class") or "").split():
                for sort in slugs:
                    if token.startswith(f"{sort}-"):
                        slugs[sort].append(token[len(sort) + 1 :])
    if not any(slugs.values()):
        return slugs
    written: dict[str, str] = {}
    for anchor in facts.scan.anchors:
        match = CATEGORY_PATH.search(urlsplit_path(anchor.node.get("href") or ""))
        name = term_name(text_of(anchor.node)) if match else None
        if match and name:
            written.setdefault((match[1] or "").rstrip("/").rpartition("/")[2], name)
    return {"category": [written[slug] for slug in slugs["category"] if slug in written], "tag": []}


def _path(name: str, links: list[TermLink], facts: Facts) -> tuple[str, ...]:
    """Give a category's full path: parents are named by the links to their own pages."""
    address = next((link.path for link in links if link.sort == "category" and link.name == name), "")
    parents = address.strip("/").split("/")[:-1]
    if not parents:
        return (name,)
    written: dict[str, str] = {}
    for anchor in facts.scan.anchors:
        match = CATEGORY_PATH.search(urlsplit_path(anchor.node.get("href") or ""))
        if match and match[1]:
            written.setdefault(unquote(match[1]).strip("/"), term_name(text_of(anchor.node)) or "")
    known = (written.get("/".join(parents[: depth + 1])) for depth in range(len(parents)))
    return (*(parent for parent in known if parent), name)
