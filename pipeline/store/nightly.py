"""What a night asks beyond what hints name: pages nobody vouches for, and a rotating part of everything."""

from collections.abc import Collection

from sqlite_utils import Database

from pipeline.store.run import RunContext
from pipeline.store.transact import transaction
from pipeline.store.trust import believed

NIGHTS_A_ROUND = 30
PROBES = 4
"""One in so many of the rotating pages is asked without validators: that is how a lying 304 is found."""
BATCH = 500

SEEDS = """
    select url, depth from urls where site_id = ? and source = 'seed' and state in ('done', 'todo', 'doing')
    and (coalesce(media_type, '') not in ('application/rss+xml', 'application/feed+json') or depth = 0)
    and redirects_to is null and media_type is not null order by depth, id
"""
VOUCHED = """
    select distinct l.url_id from listings l join urls d on d.id = l.listed_in
    where d.site_id = :site and d.last_run_id = :run and d.state = 'done' and l.lastmod is not null
    and l.source in ({})
"""
UNVOUCHED = """
    select u.id from urls u
    where u.site_id = :site and coalesce(u.last_run_id, 0) <= :before and u.source not in ('seed', 'probe')
    and (u.state = 'failed'
        or (u.state = 'gone' and exists (select 1 from posts p where p.site_id = u.site_id and p.url = u.url
            and p.state in ('live', 'missing')))
        or (u.state = 'done' and u.redirects_to is null and (:blind or coalesce(u.kind, 'post') = 'post')))
"""
ANSWERED = """
    select u.url from urls u where u.site_id = :site and u.source <> 'probe' and (u.state = 'done'
        or (u.state = 'gone' and exists (select 1 from posts p where p.site_id = u.site_id and p.url = u.url
            and p.state in ('live', 'missing'))))
"""
HELD = """
    select id from urls where site_id = :site and held_event_id is not null and state = 'done'
    and coalesce(last_run_id, 0) <= :before
"""
RENAMED = """
    select distinct u.id from revisions r
    join revisions old on old.post_id = r.post_id and old.number = r.number - 1 and old.text_raw = r.text_raw
    join posts p on p.id = r.post_id
    join json_each(old.metadata, '$.categories') was
    join categories c on c.site_id = p.site_id and c.name = was.value
    join post_categories pc on pc.category_id = c.id
    join posts other on other.id = pc.post_id
    join urls u on u.site_id = other.site_id and u.url = other.url
    where p.site_id = :site and r.first_run_id = :before and u.state = 'done'
    and coalesce(u.last_run_id, 0) <= :before
    and json_array_length(old.metadata, '$.categories') = json_array_length(r.metadata, '$.categories')
    and was.value not in (select value from json_each(r.metadata, '$.categories'))
"""
"""A category that gave way to another on a post whose text stayed: no hint tells of it on the other posts."""
ROTATING = """
    select id, coalesce(etag, last_modified) is not null from urls
    where site_id = :site and coalesce(last_run_id, 0) <= :before and source <> 'seed'
    and state in ('done', 'gone', 'skipped')
    order by last_run_id, id
    limit (select (count(*) + :nights - 1) / :nights from urls where site_id = :site and source <> 'seed')
"""


def known_seeds(db: Database, site_id: str) -> list[tuple[str, int]]:
    """List the documents that every night begins with: home page, sitemaps, first pages of feeds."""
    return [(str(url), int(depth)) for url, depth in db.execute(SEEDS, [site_id])]


def archived_digests(db: Database, site_id: str) -> dict[str, str]:
    """Map addresses to the digest of what is archived for them."""
    rows = db.execute(
        "select url, digest from urls where site_id = ? and state = 'done' and digest is not null"
        " and warc_file is not null",
        [site_id],
    )
    return dict(rows.fetchall())


def absent(db: Database, run: RunContext, urls: Collection[str]) -> list[str]:
    """List what a site had and has no more, of posts until they count as gone; `urls` is all that it has."""
    rows = db.execute(ANSWERED, {"site": run.site_id})
    return [url for (url,) in rows.fetchall() if url not in urls]


def queue_rechecks(db: Database, run: RunContext) -> int:
    """Put what this night has yet to ask into the queue; to be called once hints were read."""
    named = {"site": run.site_id, "run": run.run_id, "before": run.before, "nights": NIGHTS_A_ROUND}
    if not run.before:
        return 0
    sources = believed(db, run)
    marks = ", ".join(f"'{source}'" for source in sources)
    vouched = {row[0] for row in db.execute(VOUCHED.format(marks), named)}
    unvouched = [row[0] for row in db.execute(UNVOUCHED, {**named, "blind": not vouched})]
    reasons = {url_id: "nobody vouches for it" for url_id in unvouched if url_id not in vouched}
    reasons |= {row[0]: "held back" for row in db.execute(HELD, named)}
    reasons |= {row[0]: "its category was renamed" for row in db.execute(RENAMED, named)}
    reasons |= _rotating(db, named)
    rows = [(reason, url_id) for url_id, reason in reasons.items()]
    for start in range(0, len(rows), BATCH):
        with transaction(db):
            db.conn.executemany(
                "update urls set state = 'todo', reason = ? where id = ?", rows[start : start + BATCH]
            )
    return len(rows)


def _rotating(db: Database, named: dict[str, object]) -> dict[int, str]:
    found = db.execute(ROTATING, named).fetchall()
    conditional = [url_id for url_id, has_validators in found if has_validators]
    probes = set(conditional[: -(-len(conditional) // PROBES)])
    return {url_id: "probe" if url_id in probes else "its turn" for url_id, _ in found}
