"""When the post was published and updated, after all that the page and its witnesses say."""

import re
from urllib.parse import unquote

from pipeline.extract.dates import OLDEST_STATED, OLDEST_YEAR, machine_date, valid_day
from pipeline.extract.facts import Facts
from pipeline.extract.links import path_of
from pipeline.extract.shown_dates import marked_dates, opening_date, written_dates
from pipeline.extract.votes import PLAINLY, Dates, Vote, as_dated, as_shown, elect, strong

# The order is that of trust: the first ones are written by the system, the later ones also by hand.
PUBLISHED_METAS = tuple(
    "article:published_time article:published og:article:published_time og:published_time og:pubdate"
    " datepublished datecreated parsely-pub-date sailthru.date pubdate publishdate publish-date".split()
)
LATER_METAS = tuple(
    "publish_date published_time_telegram publication_date publicationdate article.published"
    " article_date_original"
    " article:post_date originalpublicationdate dc.date.issued dcterms.issued dc.date.published dcterms.date"
    " citation_publication_date citation_online_date cxenseparse:recs:publishtime date_published"
    " rnews:datepublished published pub_date dc.date.created dcterms.created bt:pubdate"
    " weibo:article:create_at"
    " displaydate sort_date cxenseparse:publishtime publishedat gentime article.created ptime uploaddate"
    " release_date".split()
)
LOOSE_METAS = ("date", "dc.date", "article_date", "article-date", "created", "dc:date", "created_at")
UPDATED_METAS = tuple(
    "article:modified_time og:updated_time datemodified dcterms.modified dc.date.modified article:modified"
    " last-modified lastmod modified updated article.updated og:modified_time utime last_updated_date"
    " dateupdate".split()
)
URL_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:([/_.-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])"
    r"|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]))(?!\d)"
)
SCRIPT_DAY = re.compile(
    r'"(?:datePublished|pub_date|publishedAt|published_at|publishDate|publish_date|firstPublished\w*'
    r"|date_published|pubDate|publicationDate|published|publishedDate|publish_time|createdAt|created_at|dateCreated)\\?\"\s*:"
    r'\s*\\?"([^"\\]{8,40})'
)
# Some systems append the day to the description: "… (News of 5 May 2020)".
BRACKETED_DAY = re.compile(r"\(([^()]{0,30}\d[^()]{3,30})\)\s*$")
BARE_DAY, HAND_TYPED = 10, 15
"""A meta that names a day without a time was typed or made up by the theme: it weighs so much less."""
FEED_WEIGHT, LISTING_WEIGHT, UPDATE_WEIGHT = 90, 70, 60


def find_dates(facts: Facts) -> Dates:
    """Elect the published and the updated date, each None where nothing states it.

    A date that is only called an update stands in for the published one when there is no other.
    """
    published: list[Vote] = []
    updated: list[Vote] = []
    _machine(facts, published, updated)
    _witnessed(facts, published, updated)
    marked_dates(facts, (published, updated))
    written_dates(facts, (published, updated))
    _last_resorts(facts, published)
    first, last = elect(published, facts.latest), elect(updated, facts.latest)
    said = (*strong("published", published), *strong("updated", updated))
    if first is None or (first.weight < PLAINLY and last is not None and last.weight > PLAINLY):
        return Dates(published=last, updated=None, said=said)
    later = None if last and last.date == first.date else last
    shown = as_shown(first, published)
    # Feeds and listings tell what the day on the page means.
    dated = shown if facts.witnesses else as_dated(shown, last, published)
    heard = said if dated is shown else (*said, ("published", dated.provenance, dated.date))
    return Dates(published=dated, updated=later, said=heard)


def _machine(facts: Facts, published: list[Vote], updated: list[Vote]) -> None:
    linked, scan = facts.linked, facts.scan
    _add(published, (linked.published, 85, "json-ld"), facts.language)
    _add(updated, (linked.updated, 100, "json-ld"), facts.language)
    for names, votes, weight in (
        (PUBLISHED_METAS, published, 80),
        (LATER_METAS, published, 75),
        (LOOSE_METAS, published, 55),
        (UPDATED_METAS, updated, 90),
    ):
        for content in scan.every(names)[:6]:
            typed = HAND_TYPED if len(content) <= BARE_DAY else 0
            _add(votes, (content, weight - typed, "meta"), facts.language)


def _add(
    votes: list[Vote], said: tuple[str | None, float, str], language: str, oldest: int = OLDEST_STATED
) -> None:
    written, weight, source = said
    iso = machine_date(written, language, oldest) if written else None
    if iso:
        votes.append(Vote(iso, weight, source))


def _witnessed(facts: Facts, published: list[Vote], updated: list[Vote]) -> None:
    for witness in facts.witnesses:
        # A sitemap knows of changes only.
        if witness.source != "sitemap":
            weight = FEED_WEIGHT if witness.source == "feed" else LISTING_WEIGHT
            _add(published, (witness.published, weight, witness.source), facts.language)
        _add(updated, (witness.updated, UPDATE_WEIGHT, witness.source), facts.language)


def _last_resorts(facts: Facts, published: list[Vote]) -> None:
    day = url_day(facts.url)
    if day:
        published.append(Vote(day, PLAINLY, "url"))
    if not any(vote.weight > PLAINLY for vote in published):
        match = SCRIPT_DAY.search(facts.text)
        _add(published, (match[1] if match else None, 42, "json-ld"), facts.language, OLDEST_YEAR)
    if not published:
        described = BRACKETED_DAY.search(facts.scan.first(("description", "og:description")) or "")
        _add(published, (described[1] if described else None, 20, "meta"), facts.language, OLDEST_YEAR)
        _add(published, (opening_date(facts), 20, "text"), facts.language)


def url_day(url: str | None) -> str | None:
    """Read the day that an address names, as in /2020/03/05/; a year and month alone are no day."""
    match = URL_DAY.search(unquote(path_of(url))) if url else None
    return valid_day(int(match[1]), int(match[3] or match[5]), int(match[4] or match[6])) if match else None
