"""How far a site's hints are believed: learned from what pages turned out to be, and said in a sentence."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from pipeline.store.listings import HINTS
from pipeline.store.run import RunContext
from pipeline.store.transact import transaction

MANY = 10
MOST = 0.8
HALF = 0.5
FRESH = timedelta(days=1)
ENOUGH = 30
"""So many pages that were as a hint said make it trusted."""
NIGHTS = {"sitemap": 3, "feed": 3, "rest": 3, "validators": 30}
"""After a lie, so many nights in a row without one."""

TOLD = """
    select l.source, l.changed_run_id is :run as claimed, {changed} as changed, count(*)
    from fetches f join urls u on u.id = f.url_id join listings l on l.url_id = u.id
    join urls d on d.id = l.listed_in and d.state = 'done' and d.last_run_id = :run
    where f.run_id = :run and f.outcome in ('changed', 'unchanged') and u.kind = 'post'
    and l.lastmod is not null group by 1, 2, 3
"""
PROBED = """
    select {changed} as changed, count(*) from fetches f join urls u on u.id = f.url_id
    where f.run_id = :run and f.outcome in ('changed', 'unchanged') and u.kind = 'post'
    and f.reason = 'probe: same validators' group by 1
"""
TEXT_CHANGED = """
    exists (select 1 from post_urls pu join revisions r on r.post_id = pu.post_id and r.first_run_id = :run
        join revisions old on old.post_id = r.post_id and old.number = r.number - 1
        where pu.site_id = u.site_id and pu.url = u.url and old.text_raw <> r.text_raw)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """What one night showed of one kind of hint."""

    vouched: int = 0
    missed: int = 0
    claimed: int = 0
    empty: int = 0
    listed: int = 0


def believed(db: Database, run: RunContext) -> list[str]:
    """Name the kinds of hints that are believed tonight; what they say tonight counts already."""
    doubted = {
        row[0]
        for row in db.execute(
            "select source from trust where site_id = ? and verdict = 'doubted'", [run.site_id]
        )
    }
    return [source for source in HINTS if source not in doubted and not _cries_wolf(db, run, source)]


def are_validators_believed(db: Database, site_id: str) -> bool:
    """Tell whether a 304 of this site means that nothing changed."""
    sql = "select 1 from trust where site_id = ? and source = 'validators' and verdict = 'doubted'"
    return db.execute(sql, [site_id]).fetchone() is None


def learn_trust(db: Database, run: RunContext) -> None:
    """Hold tonight's hints against what the pages turned out to be."""
    for source, night in _nights(db, run).items():
        before = db.execute(
            "select verdict, vouched, missed, claimed, empty, good_nights from trust"
            " where site_id = ? and source = ?",
            [run.site_id, source],
        ).fetchone() or ("presumed", 0, 0, 0, 0, 0)
        row = _judge(source, night, before, _looks_implausible(db, run.site_id, source))
        with transaction(db):
            db.execute(
                "insert or replace into trust(site_id, source, verdict, reason, vouched, missed, claimed,"
                " empty, good_nights, decided_run_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [run.site_id, source, *row, run.run_id],
            )


def _judge(
    source: str, night: Night, before: tuple[str, int, int, int, int, int], implausible: bool
) -> tuple[object, ...]:
    verdict, vouched, missed, claimed, empty, good = before
    sums = (vouched + night.vouched, missed + night.missed, claimed + night.claimed, empty + night.empty)
    lie = _lie(source, night)
    if lie is None and implausible:
        lie = "it says that nearly every page changed within a day"
    if lie is not None:
        return "doubted", lie, *sums, 0
    good += bool(night.vouched)
    if verdict == "doubted" and good < NIGHTS[source]:
        return verdict, f"it was wrong before; {good} of {NIGHTS[source]} good nights since", *sums, good
    if verdict == "doubted" or sums[0] >= ENOUGH:
        return "trusted", f"it was right about {sums[0] - sums[1]:,} of {sums[0]:,} pages", *sums, good
    if verdict == "trusted":
        return verdict, f"it was right about {sums[0] - sums[1]:,} of {sums[0]:,} pages", *sums, good
    return "presumed", "nothing speaks against it yet", *sums, good


def _lie(source: str, night: Night) -> str | None:
    if night.missed:
        what = "it said 304 for" if source == "validators" else "it called unchanged"
        return f"{what} {night.missed} of {night.vouched + night.missed} pages that had changed"
    if _is_wolf(night.empty, night.claimed, night.listed):
        return f"it called {night.claimed} pages changed and {night.empty} of them were not"
    return None


def _is_wolf(empty: int, claimed: int, listed: int) -> bool:
    return claimed >= MANY and empty > MOST * claimed and claimed > HALF * listed


def _cries_wolf(db: Database, run: RunContext, source: str) -> bool:
    """Tell whether tonight a source calls most of what it lists changed."""
    listed, claimed = db.execute(
        "select count(*), sum(l.changed_run_id is :run) from listings l join urls u on u.id = l.url_id"
        " where u.site_id = :site and l.source = :source and l.listed_in is not null",
        {"run": run.run_id, "site": run.site_id, "source": source},
    ).fetchone()
    return bool(claimed) and _is_wolf(claimed, claimed, listed)


def _looks_implausible(db: Database, site_id: str, source: str) -> bool:
    """Tell whether nearly every lastmod lies within the last day, or in the future."""
    since = (datetime.now(UTC) - FRESH).date().isoformat()
    listed, fresh = db.execute(
        "select count(*), sum(substr(l.lastmod, 1, 10) > ?) from listings l join urls u on u.id = l.url_id"
        " where u.site_id = ? and l.source = ? and l.listed_in is not null and l.lastmod is not null",
        [since, site_id, source],
    ).fetchone()
    return bool(listed >= MANY and fresh > MOST * listed)


def _nights(db: Database, run: RunContext) -> dict[str, Night]:
    named = {"run": run.run_id, "site": run.site_id}
    told = db.execute(TOLD.format(changed=TEXT_CHANGED), named).fetchall()
    listed = dict(
        db.execute(
            "select l.source, count(*) from listings l join urls u on u.id = l.url_id"
            " where u.site_id = :site and l.lastmod is not null and l.listed_in is not null group by 1",
            named,
        ).fetchall()
    )
    nights = {source: _night(source, told, listed[source]) for source in HINTS if source in listed}
    probed = dict(db.execute(PROBED.format(changed=TEXT_CHANGED), named).fetchall())
    if probed:
        nights["validators"] = Night(vouched=probed.get(0, 0), missed=probed.get(1, 0))
    return nights


def _night(source: str, told: list[tuple[str, int, int, int]], listed: int) -> Night:
    counts = {(claimed, changed): count for name, claimed, changed, count in told if name == source}
    return Night(
        vouched=counts.get((0, 0), 0) + counts.get((0, 1), 0),
        missed=counts.get((0, 1), 0),
        claimed=counts.get((1, 0), 0) + counts.get((1, 1), 0),
        empty=counts.get((1, 0), 0),
        listed=listed,
    )


def trust_of(db: Database, site_id: str) -> dict[str, dict[str, object]]:
    """Return what is believed of a site's hints, for people."""
    rows = db.execute(
        "select source, verdict, reason, vouched, missed, claimed, empty from trust where site_id = ?"
        " order by source",
        [site_id],
    )
    names = ("verdict", "reason", "vouched", "missed", "claimed", "empty")
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows.fetchall()}
