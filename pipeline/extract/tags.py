"""Who names the post's tags, the surest first."""

from collections.abc import Iterable, Iterator, Sequence

from pipeline.extract.facts import Facts
from pipeline.extract.marks import CATEGORY, TAG
from pipeline.extract.term_links import TermLink
from pipeline.extract.term_rows import clean_terms, displayed_own, marked_terms, split_terms
from pipeline.extract.words import key

Told = tuple[Sequence[str], str]
"""Terms, and who names them."""
OWN_METAS = ("article:tag", "og:article:tag", "parsely-tags", "sailthru.tags", "news_keywords")
"""Written per post; plain keywords are often the site's."""
TAG_METAS = (*OWN_METAS[:-1], "tags", "news_keywords", "keywords", "dc.subject", "citation_keywords")


def tag_witnesses(facts: Facts, links: list[TermLink], categories: Iterable[str]) -> Iterator[Told]:
    """Yield what each witness calls the post's tags; of feeds' plain labels what is no category."""
    known = {key(name) for name in categories}
    own = [*facts.linked.keywords, *(name for meta in OWN_METAS for name in _in_meta(facts, meta))]
    shown = displayed_own(links, "tag", facts, own, _in_meta(facts, "keywords"))
    yield _beyond_shown(shown, facts), "meta"
    yield shown, "rel-tag"
    yield marked_terms(facts, TAG, CATEGORY), "markup"
    yield [tag for witness in facts.witnesses for tag in witness.tags], "feed"
    labels = (label for witness in facts.witnesses for label in witness.labels)
    yield [label for label in labels if key(label) not in known], "feed"
    yield facts.front_matter.get("tags", ()), "meta"
    yield clean_terms(facts.linked.keywords), "json-ld"
    for name in TAG_METAS:
        yield _in_meta(facts, name), "meta"


def _in_meta(facts: Facts, name: str) -> list[str]:
    contents = facts.scan.meta.get(name, ())
    return clean_terms(term for content in contents for term in split_terms(content))


def _beyond_shown(shown: list[str], facts: Facts) -> list[str]:
    """Give all tags of a Ghost post where the theme shows some: its head lists every public one.

    Source: Ghost's ghost_head helper; Casper shows the primary tag alone.
    """
    if not any("ghost" in content.lower() for content in facts.scan.meta.get("generator", ())):
        return []
    names = _in_meta(facts, "article:tag")
    return names if shown and set(map(key, shown)) < set(map(key, names)) else []
