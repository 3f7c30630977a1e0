"""What a page shows of its terms: rows of links, and short texts that the markup calls a term."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from lxml.html import HtmlElement

from pipeline.extract.facts import Facts
from pipeline.extract.marks import APART, CRUMB, PROPERTY, Mark
from pipeline.extract.term_links import Sort, TermLink, term_name
from pipeline.extract.words import key, text_of

MOST_ROW_TERMS = 40
"""A row with more terms than this is a list of all of the site's."""
MOST_TERMS = 30
"""Rows that hold more in all are a menu cut into pieces: only the nearest one is the post's."""
PROSE = 120
FAR = 170.0
FAINT = 70
"""A row with fewer points stands far off, or only its links' addresses call it what it is."""


def displayed_own(
    links: Sequence[TermLink], sort: Sort, facts: Facts, stated: Sequence[str], heard: Sequence[str] = ()
) -> list[str]:
    """List the terms in the post's own rows; a faint row that the head knows nothing of is the site's.

    `stated` is what the head says of this post, `heard` what it says of the post or the site.
    """
    rows = own_rows(links, sort, facts)
    shown = displayed(rows)
    if not stated or any(row_points(row, facts) >= FAINT for row in rows):
        return shown
    told = {key(name) for name in (*stated, *heard)}
    return [] if told.isdisjoint(map(key, shown)) else shown


def displayed(rows: list[list[TermLink]]) -> list[str]:
    """List the terms with the repetitions inside a row; a row shown above and below the text counts once."""
    names: list[str] = []
    for row in rows:
        shown = [link.name for link in row]
        names += [name for name in shown if name not in names] if names else shown
    return names


def own_rows(links: Sequence[TermLink], sort: Sort, facts: Facts) -> list[list[TermLink]]:
    """Group the links of one sort by the row they stand in, and keep the post's own rows."""
    mine = [link for link in links if link.sort == sort]
    rows = [list(row) for _, row in groupby(mine, key=lambda link: id(link.row))]
    scored = [(row_points(row, facts), row) for row in rows if len(row) <= MOST_ROW_TERMS]
    best = max((points for points, _ in scored), default=0)
    kept = [row for points, row in scored if points >= max(1, best - 25)]
    if sum(len(row) for row in kept) <= MOST_TERMS:
        return kept
    return [row for points, row in scored if points == best][:1]


def row_points(row: list[TermLink], facts: Facts) -> float:
    """Rate a row by how plainly the markup names it and how near it stands to the title or the text's end."""
    weight = max(link.weight for link in row)
    place = row[0].place
    if weight < 3 and _is_prose(row[0].row):
        return 0
    distances = [FAR]
    if facts.anchor is not None:
        distances.append(place - facts.anchor if place > facts.anchor else 6.0 * (facts.anchor - place))
    if facts.body:
        distances.append(abs(place - facts.body[-1]))
    distance = min(distances)
    # Far above the title lie menus, whatever a class or a label calls them.
    above = facts.anchor is not None and place < facts.anchor
    return 0 if weight < 3 and above and distance >= FAR else 40 * weight - distance / 4


def _is_prose(row: HtmlElement) -> bool:
    """Tell whether a row holds sentences: a link to a topic in running text is no term of the post."""
    words = len((row.text or "").strip()) + sum(len((child.tail or "").strip()) for child in row)
    return words > PROSE or (row.tag in ("p", "li") and words > PROSE / 2)


def marked_terms(facts: Facts, wanted: Mark, other: Mark) -> list[str]:
    """Collect terms that are no links: short texts that the markup calls a category or a tag."""
    names: list[str] = []
    for each in facts.scan.marked:
        if not each.marks & wanted or each.marks & other or (len(each.node) and not each.marks & PROPERTY):
            continue
        if facts.in_body(each.place) and not each.marks & PROPERTY:
            continue
        text = text_of(each.node)
        if text and len(text) <= 200 and not facts.zones.of(each.node) & (APART | CRUMB):
            names += split_terms(text)
    return names


def split_terms(content: str) -> list[str]:
    """Take a list of terms in one text apart, by whichever separator it uses."""
    separator = next((sign for sign in (",", ";") if sign in content), "#" if content.count("#") > 1 else "|")
    return [name for part in content.split(separator) if (name := term_name(part))]


def clean_terms(names: Iterable[str]) -> list[str]:
    """Write terms as displayed and leave out what is none."""
    return [name for text in names if (name := term_name(text))]
