"""What is stored of some rules' findings: what a trial of a rule is compared with."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.records import Finding
from pipeline.store.keys import fold

SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One finding of one rule, as far as a trial tells findings apart."""

    url: str
    """The post's address; the site's key for broken furniture."""
    rule: str
    quote: str
    prefix: str
    suffix: str
    fix: str


FINDINGS = """
    select coalesce(p.url, f.site_id), f.rule, f.quote, f.prefix, f.suffix, f.fix
    from findings f left join posts p on p.id = f.post_id
    where f.site_id = ? and iif(f.post_id is null, f.pages > 0, p.revision_id = f.revision_id)
"""


def stored_places(db: Database, site_id: str, rules: Collection[str]) -> list[Place]:
    """List what is stored of these rules for the newest revision of each post, and around them."""
    marks = ", ".join("?" * len(rules))
    rows = db.execute(f"{FINDINGS} and f.rule in ({marks}) order by 1, f.position", [site_id, *rules])
    return [_place(*row) for row in rows]


def place_of(url: str, finding: Finding) -> Place:
    """Give the place of a finding that was just made."""
    return _place(url, finding.rule, finding.quote, finding.prefix, finding.suffix, finding.fix)


def _place(url: str, rule: str, quote: str, prefix: str, suffix: str, fix: str) -> Place:
    lead, tail = quote[: len(quote) - len(quote.lstrip())], quote[len(quote.rstrip()) :]
    # A space at the edge tells words that are glued from words that are not.
    before, after = SPACE.sub(" ", prefix + lead).lstrip(), SPACE.sub(" ", tail + suffix).rstrip()
    return Place(url=url, rule=rule, fix=fix, quote=fold(quote), prefix=before, suffix=after)


def post_addresses(db: Database, site_id: str) -> dict[str, str]:
    """Give every address that leads to a post -> the one it is known by."""
    rows = db.execute(
        "select pu.url, p.url from post_urls pu join posts p on p.id = pu.post_id where p.site_id = ?"
        " union select url, url from posts where site_id = ?",
        [site_id, site_id],
    )
    return dict(rows.fetchall())
