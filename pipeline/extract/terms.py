"""The post's categories and tags: its own, as displayed, never the site's list of all of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote

from pipeline.extract.class_terms import (
    categories_by_class,
    categories_in_address,
    parent_names,
    section_by_address,
)
from pipeline.extract.facts import Facts
from pipeline.extract.links import path_of
from pipeline.extract.marks import CATEGORY, CRUMB, TAG
from pipeline.extract.tags import Told, tag_witnesses
from pipeline.extract.term_links import TermLink, term_links
from pipeline.extract.term_rows import clean_terms, displayed_own, marked_terms
from pipeline.extract.votes import Said
from pipeline.extract.words import key, text_of

SECTION_METAS = "article:section og:article:section articlesection parsely-section sailthru.section".split()
NO_SECTION = frozenset(
    "post posts blog blogs article articles news page pages newsletter archive archives beiträge artikel"
    " aktuelles entradas actualités magazin magazine stories story".split()
)
# What systems write where the author chose nothing; themes that show it mean it.
NOT_CHOSEN = frozenset(
    "uncategorized uncategorised unkategorisiert sin-categoría sin-categorizar non-classé non-classée"
    " senza-categoria sem-categoria geen-categorie niet-gecategoriseerd bez-kategorii без-рубрики"
    " без-категорії okategoriserade ukategorisert ukategoriseret luokittelematon nezařazené genel"
    " tak-berkategori 未分类 未分類 미분류 غير-مصنف ללא-קטגוריה".replace("-", "_").split()
)
HOME = frozenset(
    "home homepage startseite start accueil inicio início strona główna главная hjem hem etusivu domů"
    " anasayfa ホーム トップ 首页 首頁 홈".split()
)
NO_CHOICE = frozenset(key(name.replace("_", " ")) for name in NOT_CHOSEN)
NO_SECTIONS = NO_SECTION | HOME | NO_CHOICE
MOST_CRUMBS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Categories and tags with their sources."""

    categories: tuple[str, ...] = ()
    paths: tuple[tuple[str, ...], ...] = ()
    raw_categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    category_source: str = "text"
    tag_source: str = "text"
    said: tuple[Said, ...] = ()
    """What each witness that names terms outright says, joined by commas."""


def find_terms(facts: Facts) -> Terms:
    """Take, for categories and for tags, the first witness that names any; what readers see comes first."""
    links = list(term_links(facts))
    stated = _stated_categories(facts, links)
    raw, category_source = _first(_category_witnesses(facts, stated))
    names = unique(raw)
    stated_tags = list(tag_witnesses(facts, links, names))
    tags, tag_source = _first(stated_tags)
    shown = {key(name) for name in names} if category_source == "rel-tag" else ()
    if tag_source == "meta" and all(key(tag) in shown for tag in tags):
        # Some systems put the categories that readers see into the head's tags.
        tags = ()
    return Terms(
        categories=names,
        paths=tuple(_path(name, links, facts) for name in names),
        raw_categories=tuple(raw),
        tags=unique(tags),
        category_source=category_source,
        tag_source=tag_source,
        said=(*_said("categories", stated), *_said("tags", stated_tags)),
    )


def _first(witnesses: Iterable[Told]) -> Told:
    return next(((names, source) for names, source in witnesses if names), ((), "text"))


def _said(field: str, told: Iterable[Told]) -> Iterator[Said]:
    yield from dict.fromkeys((field, source, ", ".join(names)) for names, source in told if names)


def _stated_categories(facts: Facts, links: list[TermLink]) -> list[Told]:
    """Collect who names categories outright, the surest first."""
    linked, metas = _sections(facts.linked.sections), _sections(facts.scan.every(SECTION_METAS))
    return [
        (displayed_own(links, "category", facts, (*linked, *metas)), "rel-tag"),
        (_listed(facts), "listing"),
        (_labels_in_url(facts), "feed"),
        (facts.front_matter.get("categories", ()), "meta"),
        (linked, "json-ld"),
        (metas, "meta"),
    ]


def _category_witnesses(facts: Facts, stated: Sequence[Told]) -> Iterator[Told]:
    shown, *told = stated
    yield shown
    yield categories_by_class(facts), "markup"
    yield marked_terms(facts, CATEGORY, TAG), "markup"
    yield from told
    yield categories_in_address(facts), "text"
    yield breadcrumbs(facts)[-1:], "markup"
    yield _sections(section_by_address(facts)), "markup"


def _listed(facts: Facts) -> list[str]:
    """Name the categories on whose pages the post stands; a parent's page lists its children's posts, too."""
    # Some generators keep both sorts in one folder: what the page itself calls a tag is no category.
    tags = {key(name) for name in facts.scan.meta.get("article:tag", ())}
    paths = [
        path
        for witness in facts.witnesses
        for path in witness.category_paths
        if path and (witness.source != "rest" or key(path[-1]) not in NO_CHOICE)
    ]
    paths = [path for path in paths if key(path[-1]) not in tags] or paths
    parents = {path[:depth] for path in paths for depth in range(1, len(path))}
    return [path[-1] for path in paths if path not in parents]


def _sections(sections: Sequence[str]) -> list[str]:
    parts = sections[0].split(",") if len(sections) == 1 else sections
    return [name for name in clean_terms(parts) if key(name) not in NO_SECTIONS]


def breadcrumbs(facts: Facts) -> list[str]:
    """Give the names on the way from the front page to the post, both left out."""
    trail = [name for name, _ in facts.linked.crumbs] or [
        text_of(link)
        for each in facts.scan.marked
        if each.marks & CRUMB
        for link in islice(each.node.iter("a"), MOST_CRUMBS)
    ]
    ends = {key(facts.title or ""), *(key(name) for name in facts.names), *HOME, *NO_SECTION}
    return [name for name in clean_terms(trail) if key(name) not in ends]


def _labels_in_url(facts: Facts) -> list[str]:
    """Take those of the feed's labels for categories that the post's own address holds."""
    parts = {_slug(part) for part in unquote(path_of(facts.url or "")).split("/")[:-1]}
    return [label for witness in facts.witnesses for label in witness.labels if _slug(label) in parts]


def _slug(text: str) -> str:
    return key(text).replace(" ", "").replace("_", "")


def _path(name: str, links: list[TermLink], facts: Facts) -> tuple[str, ...]:
    """Give a category's full path: its parents are named by links to their pages, or by those pages."""
    address = next((link.path for link in links if link.sort == "category" and link.name == name), "")
    slugs = address.split("/")[:-1]
    parents = parent_names(slugs, facts) if slugs else []
    told = (path for witness in facts.witnesses for path in witness.category_paths)
    nested = next((path for path in told if len(path) > 1 and key(path[-1]) == key(name)), (name,))
    # A menu that names the parent today may not tomorrow; the parent's own page still does.
    return (*parents, name) if len(parents) == len(slugs) > 0 or len(nested) == 1 else (*nested[:-1], name)


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """Keep the first spelling of each term."""
    seen: dict[str, str] = {}
    for name in names:
        seen.setdefault(key(name) or name, name)
    return tuple(seen.values())
