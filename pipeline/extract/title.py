"""The post's title: the heading that readers see, chosen by what the page says of itself elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from pipeline.extract.jsonld import LinkedData
from pipeline.extract.marks import APART, NAV, PROPERTY, SITE, TITLE
from pipeline.extract.naming import without_site
from pipeline.extract.scan import Candidate, Scan
from pipeline.extract.words import fold, key, text_of
from pipeline.extract.zones import Zones
from pipeline.records import Witness

META_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "title", "headline")
LONGEST_TITLE = 500
LEVEL_POINTS = {"h1": 15, "h2": 5, "h3": 1}
ENOUGH = 15
"""A heading with fewer points is no better than what the head says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title, where it stands, and who says so."""

    text: str | None
    node: HtmlElement | None
    place: int | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What the page calls itself outside its text, each as it came and without the site's name."""

    raw: tuple[str, ...]
    clean: tuple[str, ...]
    keys: frozenset[str]
    source: str


def find_title(
    scan: Scan, linked: LinkedData, names: Sequence[str], url: str | None, witnesses: Sequence[Witness]
) -> Title:
    """Choose the heading that agrees best with the page's own claims, else the best claim."""
    headings = _headings(scan)
    claims = _claims(scan, linked, names, url, (witnesses, headings))
    zones = Zones(None)
    site_keys = {key(name) for name in names}
    best: tuple[float, Candidate, str] | None = None
    for heading, text in headings:
        points = _points(heading, text, claims, site_keys) - (60 if _elsewhere(zones, heading) else 0)
        if points >= ENOUGH and (best is None or points > best[0]):
            best = (points, heading, text)
    if best is not None:
        return Title(text=best[2], node=best[1].node, place=best[1].place, source="markup")
    text = claims.clean[0] if claims.clean else None
    return Title(text=text, node=None, place=None, source=claims.source)


def _headings(scan: Scan) -> list[tuple[Candidate, str]]:
    found: list[tuple[Candidate, str]] = []
    marked = [each for each in scan.marked if each.marks & TITLE and each.node.tag not in LEVEL_POINTS]
    for each in (*scan.headings, *marked):
        text = text_of(each.node)
        if text and len(text) <= LONGEST_TITLE:
            found.append((each, text))
    return found


def _claims(scan, linked, names, url, support) -> Claims:
    witnesses, headings = support
    said = [("json-ld", linked.headline), *(("meta", each) for each in scan.every(META_TITLES))]
    said += [(each.source, each.title) for each in witnesses]
    shown = [text for heading, text in headings if heading.node.tag == "h1" or heading.marks & TITLE]
    raw = [(source, fold(text)) for source, text in said if text]
    others = [text for _, text in raw] + [text for text in shown if key(text) not in {key(n) for n in names}]
    if scan.title:
        raw.append(("meta", scan.title))
    clean = [without_site(text, names, url, others) for _, text in raw]
    order = dict.fromkeys(text for text in clean if text)
    return Claims(
        raw=tuple(text for _, text in raw),
        clean=tuple(order),
        keys=frozenset(key(text) for text in order),
        source=raw[0][0] if raw else "text",
    )


def _elsewhere(zones: Zones, heading: Candidate) -> bool:
    return bool(zones.of(heading.node) & APART & ~NAV) or bool(zones.of(heading.node) & NAV)


def _points(heading: Candidate, text: str, claims: Claims, site_keys: set[str]) -> float:
    words = key(text)
    if not words:
        return 0
    points: float = LEVEL_POINTS.get(heading.node.tag, 0)
    points += 30 if heading.marks & TITLE and heading.marks & PROPERTY else 20 if heading.marks & TITLE else 0
    points += _agreement(words, claims)
    if words in site_keys or heading.marks & SITE:
        points -= 80
    return points


def _agreement(words: str, claims: Claims) -> float:
    if words in claims.keys:
        return 100
    best = 0.0
    mine = set(words.split())
    for claim in claims.keys:
        if claim.startswith(words + " ") or words.startswith(claim + " ") or claim.endswith(" " + words):
            shorter, longer = sorted((len(words), len(claim)))
            best = max(best, 30 + 50 * shorter / longer)
        theirs = set(claim.split())
        if theirs:
            best = max(best, 60 * len(mine & theirs) / len(mine | theirs))
    return best
