"""The post's title: the heading that readers see, chosen by what the page says of itself elsewhere."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from pipeline.extract.elements import is_permalink
from pipeline.extract.jsonld import LinkedData
from pipeline.extract.marks import PROPERTY, SITE, TITLE
from pipeline.extract.naming import without_site
from pipeline.extract.scan import Candidate, Scan
from pipeline.extract.votes import MOST_SAID, Said
from pipeline.extract.words import fold, key, text_of
from pipeline.extract.zones import Zones
from pipeline.records import Witness

META_TITLES = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "sailthru.title",
    "title",
    "headline",
)
KICKER = re.compile(
    r"kicker|overline|topline|dachzeile|roofline|spitzmarke|preline|pretitle|pretitel|suptitle|supertitle"
    r"|surtitle"
    r"|overtitle|eyebrow|oberzeile|sub-?(?:title|head|line)|visually-?hidden|sr-only|screen-reader",
    re.IGNORECASE,
)
HIDDEN = re.compile(
    r"sr-only|hidden|hide-|text-hide|screen-reader|offscreen|visuallyhidden|invisible", re.IGNORECASE
)
SOFT_HYPHEN = "\xad"
MOST_KICKER_WORDS = 5
LONGEST_TITLE = 500
MOST_PARTS = 100
"""Headings that are never closed hold each other, each all that follow."""
LEVEL_POINTS = {"h1": 15, "h2": 5, "h3": 1}
ENOUGH = 15
"""A heading with fewer points is no better than what the head says."""
SOME = 8
"""A heading with fewer points is not lifted by its place: it may be the first section's."""
ELSEWHERE = 60
NEAR = 25
"""Elements between a title and the text that it stands over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title, where it stands, and who says so."""

    text: str | None
    node: HtmlElement | None
    place: int | None
    source: str
    said: tuple[Said, ...] = ()
    """What the head, linked data and other pages call the post, as they write it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What the page calls itself outside its text, without the site's name."""

    clean: tuple[str, ...]
    keys: dict[str, set[str]]
    """Each claim's key and its words."""
    source: str


def find_title(
    scan: Scan, linked: LinkedData, names: Sequence[str], context: tuple[str | None, Sequence[Witness], range]
) -> Title:
    """Choose the heading that agrees best with the page's own claims, else the best claim.

    `context` is the page's address, what other pages say of it, and the places of the article's text.
    """
    headings = _headings(scan)
    site = {key(name) for name in names}
    said = _said(scan, linked, context[1])
    claims = _claims(said, scan.title, headings, (names, context[0]))
    heard = tuple(dict.fromkeys(("title", source, text) for source, text in said))[:MOST_SAID]
    zones = Zones()
    best: tuple[float, Candidate, str] | None = None
    for heading, text in headings:
        points = _points(heading, text, claims, site)
        points += _position(heading.place, context[2]) if points >= SOME else 0
        if points >= ENOUGH and (best is None or points > best[0]) and zones.apart(heading.node):
            points -= ELSEWHERE
        if points >= ENOUGH and (best is None or points > best[0]):
            best = (points, heading, text)
    if best is not None:
        # A list of related posts may repeat the title: the post's own stands first.
        same = (each for each, text in headings if key(text) == key(best[2]) and not zones.apart(each.node))
        own = min(same, key=lambda each: each.place, default=best[1])
        text = _without_kicker(best[2], own.node, claims)
        return Title(text=text, node=own.node, place=own.place, source="markup", said=heard)
    claim = claims.clean[0] if claims.clean else None
    return Title(text=claim, node=None, place=None, source=claims.source, said=heard)


def _without_kicker(text: str, node: HtmlElement, claims: Claims) -> str:
    """Give the claim that a heading of several parts ends with: what stands before it is its kicker."""
    words = key(text)
    if not len(node):
        return text
    for claim in claims.clean:
        before = words.removesuffix(f" {key(claim)}")
        if before != words and before.count(" ") < MOST_KICKER_WORDS and key(claim).count(" ") > 1:
            return claim
    return text


def _headings(scan: Scan) -> list[tuple[Candidate, str]]:
    found: list[tuple[Candidate, str]] = []
    marked = [each for each in scan.marked if each.marks & TITLE and each.node.tag not in LEVEL_POINTS]
    for each in (*scan.headings, *marked):
        text = heading_text(each.node)
        if text and len(text) <= LONGEST_TITLE:
            found.append((each, text))
    return found


def heading_text(node: HtmlElement) -> str:
    """Give a heading's text without the kicker that some themes put into the same element."""
    text = text_of(node)
    for part in islice(node.iterdescendants("*"), MOST_PARTS) if len(node) else ():
        name = part.get("class")
        aside = (name is not None and _is_kicker(name)) or part.tag == "small" or is_permalink(part)
        kicker = text_of(part) if aside else ""
        if kicker and len(kicker) < len(text):
            text = text.removeprefix(kicker).removesuffix(kicker).strip(" :|·–—-") or text
    return text.replace(SOFT_HYPHEN, "")


@lru_cache(maxsize=500)
def _is_kicker(class_name: str) -> bool:
    return KICKER.search(class_name) is not None


@lru_cache(maxsize=500)
def _is_hidden(class_name: str) -> bool:
    return HIDDEN.search(class_name) is not None


def _said(scan: Scan, linked: LinkedData, witnesses: Sequence[Witness]) -> list[tuple[str, str]]:
    """List who calls the post what, the most certain first."""
    said = [("json-ld", linked.headline), *(("meta", each) for each in scan.every(META_TITLES))]
    said += [(each.source, each.title) for each in witnesses]
    return [(source, fold(text)) for source, text in said if text]


def _claims(
    said: list[tuple[str, str]],
    page_title: str,
    headings: list[tuple[Candidate, str]],
    site: tuple[Sequence[str], str | None],
) -> Claims:
    names, url = site
    own = {key(name) for name in names}
    shown = [text for each, text in headings if each.node.tag == "h1" or each.marks & TITLE]
    others = [text for _, text in said] + [text for text in shown if key(text) not in own]
    raw = [*said, ("meta", page_title)] if page_title else said
    clean = [without_site(text, names, url, others) for _, text in raw]
    order = dict.fromkeys(text for text in clean if text and key(text) not in own) or dict.fromkeys(clean)
    return Claims(
        clean=tuple(order),
        keys={words: set(words.split()) for words in map(key, order)},
        source=raw[0][0] if raw else "text",
    )


def _position(place: int, body: range) -> float:
    """Favour a heading that opens the article's text, and distrust one in the middle of it."""
    if not body:
        return 0
    if body.start - NEAR <= place <= body.start + NEAR // 2:
        return 15
    return -10 if place in body else 0


def _points(heading: Candidate, text: str, claims: Claims, site_keys: set[str]) -> float:
    words = key(text)
    if not words:
        return 0
    points: float = LEVEL_POINTS.get(heading.node.tag, 0)
    points += 30 if heading.marks & TITLE and heading.marks & PROPERTY else 20 if heading.marks & TITLE else 0
    points += _agreement(words, claims)
    if words in site_keys or heading.marks & SITE:
        points -= 80
    if _is_hidden(heading.node.get("class") or ""):
        points -= 30
    return points


def _agreement(words: str, claims: Claims) -> float:
    if words in claims.keys:
        return 100
    best = 0.0
    mine = set(words.split())
    for claim, theirs in claims.keys.items():
        if claim.startswith(words + " ") or words.startswith(claim + " ") or claim.endswith(" " + words):
            shorter, longer = sorted((len(words), len(claim)))
            best = max(best, 30 + 50 * shorter / longer)
        if theirs:
            best = max(best, 60 * len(mine & theirs) / len(mine | theirs))
    return best
