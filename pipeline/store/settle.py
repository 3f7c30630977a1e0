"""What a run settles at its end: who was seen, who is gone, what is fixed, who links to whom."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.store.causes import COUNT_FINDINGS, COUNT_POSTS, SINCE
from pipeline.store.events import Event, end_events, note_event
from pipeline.store.flags import refresh_all_flags
from pipeline.store.run import RunContext
from pipeline.store.transact import give_way, now, transaction

BATCH = 200
MAX_VANISHED = 0.2
"""Share of a site's posts that may vanish in one run; beyond it the site is ill and nobody is gone."""
MIN_POSTS = 10
NIGHTS_UNTIL_GONE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What a run changed at its end."""

    gone: int
    fixed: int
    held_back: int
    """Posts that did not answer but were left as they are, because too many did not."""


def settle_run(db: Database, run: RunContext, *, complete: bool) -> Settled:
    """Write down what only the whole run can tell; to be called once everything else is stored."""
    gone = 0
    held_back: list[str] = []
    if run.fetches:
        _see_fetched(db, run)
        gone, held_back = _vanish(db, run)
        _remember_seen(db, run)
    fixed = _fix(db, run) if run.fetches and complete and not held_back else 0
    if run.fetches and complete and not held_back:
        end_events(db, run, ["vanished", "collapsed", "template"], "accepted" if run.accepts else "crawl")
    _join_links(db, run.site_id)
    refresh_all_flags(db)
    _count_causes(db, run.site_id)
    return Settled(gone=gone, fixed=fixed, held_back=len(held_back))


def _see_fetched(db: Database, run: RunContext) -> None:
    """Note posts whose address answered, also with "not modified"."""
    _update(
        db,
        "select distinct pu.post_id from urls u join post_urls pu on pu.site_id = u.site_id"
        " and pu.url = u.url and u.redirects_to is null join posts p on p.id = pu.post_id"
        " where u.last_run_id = :run and u.state = 'done' and pu.role = 'fetched'"
        " and (p.state <> 'gone' or exists (select 1 from fetches f where f.url_id = u.id"
        "      and f.run_id = :run and f.outcome = 'unchanged'))"
        " and (p.last_run_id is not :run or p.state <> 'live')",
        "update posts set last_run_id = :run, last_seen_at = :at, state = 'live' where id in ({})",
        {"run": run.run_id, "at": now()},
    )


VANISHED = """
    select p.id, p.state, u.status = 410 or ((select count(distinct (select coalesce(max(r.id), 0) from runs r
                where r.site_id = p.site_id and r.action = 'crawl' and r.id < f.run_id
                and r.state in ('complete', 'partial', 'refused', 'failed'))) from fetches f
            where f.url_id = u.id and f.outcome in ('gone', 'redirect')
            and f.id > coalesce((select max(s.id) from fetches s where s.url_id = u.id
                                 and s.outcome in ('new', 'changed', 'unchanged')), 0)) >= :nights
        and not exists (select 1 from listings l join urls d on d.id = l.listed_in
            where l.url_id = u.id and l.source = 'sitemap' and d.state = 'done')) as for_good, p.url
    from posts p join urls u on u.site_id = p.site_id and u.url = p.url
    where p.site_id = :site and p.state <> 'gone' and (u.state = 'gone'
        or exists (select 1 from urls t where t.site_id = p.site_id and t.url = u.redirects_to
                   and t.kind in ('listing', 'page', 'other', 'error')))
"""
"""A redirect to the front page or a list is how some blogs say "not found"."""


def too_many(db: Database, site_id: str, posts: int) -> bool:
    """Tell whether so many posts cannot have vanished or changed in one night by their authors' will."""
    known = db.execute("select count(*) from posts where site_id = ? and state <> 'gone'", [site_id])
    return posts > MAX_VANISHED * max(int(known.fetchone()[0]), MIN_POSTS)


def _vanish(db: Database, run: RunContext) -> tuple[int, list[str]]:
    """Mark posts that answer 404 as missing and, after some nights or at 410, as gone."""
    parameters = {"site": run.site_id, "nights": NIGHTS_UNTIL_GONE}
    rows = db.execute(VANISHED, parameters).fetchall()
    fresh = {post_id: url for post_id, state, _, url in rows if state == "live"}
    if too_many(db, run.site_id, len(fresh)) and not run.accepts:
        urls = list(fresh.values())
        note_event(db, run, Event(kind="vanished", posts=len(urls), examples=urls, summary=_vanished(urls)))
        return 0, urls
    gone = [post_id for post_id, _, for_good, _ in rows if for_good]
    missing = [post_id for post_id in fresh if post_id not in set(gone)]
    for state, ids in (("gone", gone), ("missing", missing)):
        for chunk in _chunks(ids):
            with transaction(db):
                db.conn.executemany(
                    "update posts set state = ? where id = ?", [(state, one) for one in chunk]
                )
    return len(gone), []


def _vanished(urls: Sequence[str]) -> str:
    return (
        f"{len(urls)} posts stopped answering in one night, which is too many to believe; nothing was marked"
        " as gone. Look at the site; copydesk crawl --accept-changes believes it."
    )


def _remember_seen(db: Database, run: RunContext) -> None:
    _update(
        db,
        "select f.key from findings f join posts p on p.id = f.post_id and p.revision_id = f.revision_id"
        " join finding_history h on h.key = f.key"
        " where p.last_run_id = :run and h.last_run_id is not :run",
        "update finding_history set last_seen_at = :at, last_run_id = :run where key in ({})",
        {"run": run.run_id, "at": now()},
    )


def _fix(db: Database, run: RunContext) -> int:
    """Mark findings as fixed whose post was fetched and no longer shows them."""
    return _update(
        db,
        "select f.key from findings f join finding_history h on h.key = f.key"
        " left join posts p on p.id = f.post_id"
        " where coalesce(h.fixed_run_id, 0) <= coalesce(h.reopened_run_id, 0) and f.site_id = :site"
        " and iif(f.post_id is null, f.pages = 0,"
        "         p.last_run_id > :before and p.state = 'live' and f.revision_id <> p.revision_id)",
        "update finding_history set fixed_at = :at, fixed_run_id = :run where key in ({})",
        {"run": run.run_id, "at": now(), "site": run.site_id, "before": run.before},
    )


def _join_links(db: Database, site_id: str) -> None:
    """Point links to the posts they lead to, and count them there."""
    target = (
        "(select pu.post_id from post_urls pu where pu.site_id = p.site_id"
        " and pu.url = substr(l.url, 1, instr(l.url || '#', '#') - 1))"
    )
    _update(
        db,
        "select l.id from links l join posts p on p.id = l.post_id"
        f" where p.site_id = :site and l.internal = 1 and l.target_post_id is not {target}",
        f"update links as l set target_post_id = (select {target} from posts p where p.id = l.post_id)"
        " where id in ({})",
        {"site": site_id},
    )
    counted = (
        "(select count(distinct post_id) from links l where l.target_post_id = p.id and l.post_id <> p.id)"
    )
    _update(
        db,
        f"select p.id from posts p where p.site_id = :site and p.in_links <> {counted}",
        f"update posts as p set in_links = {counted} where id in ({{}})",
        {"site": site_id},
    )


def _count_causes(db: Database, site_id: str) -> None:
    _update(
        db,
        "select c.id from causes c"
        f" where c.site_id = :site"
        f" and (c.findings <> {COUNT_FINDINGS} or c.posts <> {COUNT_POSTS} or c.since is not {SINCE})",
        f"update causes as c set findings = {COUNT_FINDINGS}, posts = {COUNT_POSTS}, since = {SINCE}"
        " where id in ({})",
        {"site": site_id},
    )


def _update(db: Database, select: str, update: str, parameters: dict[str, object]) -> int:
    """Update what a query names, in short transactions; the query runs outside of them."""
    keys = [row[0] for row in db.execute(select, parameters).fetchall()]
    for chunk in _chunks(keys):
        named = {f"key{index}": key for index, key in enumerate(chunk)}
        marks = ", ".join(f":{name}" for name in named)
        with transaction(db):
            db.execute(update.format(marks), {**parameters, **named})
        give_way(db)
    return len(keys)


def _chunks(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
