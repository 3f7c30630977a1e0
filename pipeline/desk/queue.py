"""The queue: one row per post with open flags, the one that matters most first."""

from typing import Any

from datasette.utils.asgi import Response

from pipeline.desk import access, words

PAGE_SIZE = 50
FILTERS = ("site", "category", "rule", "severity")

# Ten links in count as much as the flags themselves, and so do 90 days of waiting.
QUEUE = """
with waiting as (
    select f.post_id, count(*) as flags,
           sum(f.severity = 'error') as errors, sum(f.severity = 'warning') as warnings,
           sum(f.severity = 'info') as infos,
           sum(case f.severity when 'error' then 3 when 'warning' then 2 else 1 end) as points,
           max(0, cast(julianday('now') - julianday(min(f.first_seen_at)) as integer)) as days
    from flags f
    where f.state in ('open', 'claimed', 'reopened') and f.post_id is not null
      and (:site = '' or f.site_id = :site) and (:rule = '' or f.rule = :rule)
      and (:severity = '' or f.severity = :severity)
    group by f.post_id
)
select p.id, p.title, p.url, p.published, p.in_links, p.state, w.*,
       round(w.points * (1 + p.in_links / 10.0) * (1 + w.days / 90.0), 1) as score
from waiting w join posts p on p.id = w.post_id
where :category = '' or exists (select 1 from post_categories pc join categories c on c.id = pc.category_id
                                where pc.post_id = p.id and c.path = :category)
order by score desc, p.in_links desc, p.title, p.id
limit :limit offset :offset
"""
FURNITURE = """
select f.key, f.rule, f.severity, f.quote, n.pages
from flags f join findings n on n.id = f.finding_id
where f.post_id is null and f.state in ('open', 'claimed', 'reopened')
order by case f.severity when 'error' then 3 when 'warning' then 2 else 1 end desc, n.pages desc
limit 20
"""
# The plus keeps SQLite from walking flags_severity: flags_state alone answers this, five times faster.
TOTALS = """
select f.severity, count(*) as flags from flags f
where f.state in ('open', 'claimed', 'reopened') group by +f.severity
"""
RUN = """
select id, site_id, action, state, started_at, finished_at, message, posts, new_posts, changed_posts, failed
from runs where state <> 'running' order by id desc limit 1
"""
CHOICES = {
    "site": "select id from sites order by id",
    "category": "select distinct path from categories order by path",
    "rule": "select distinct rule from flags where state in ('open', 'claimed', 'reopened') order by rule",
}


async def rows_of(database: Any, sql: str, params: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """Run a query and return its rows as plain dicts."""
    return [dict(row) for row in (await database.execute(sql, params or {})).rows]


async def worst_posts(
    database: Any, chosen: dict[str, str], limit: int, offset: int = 0
) -> list[dict[str, Any]]:
    """Return the posts that need work first."""
    filters = {name: chosen.get(name, "") for name in FILTERS}
    return await rows_of(database, QUEUE, {**filters, "limit": limit, "offset": offset})


async def summary(database: Any) -> dict[str, Any]:
    """Return what stands above every list: posts known, open flags by severity, the last finished run."""
    totals = {row["severity"]: row for row in await rows_of(database, TOTALS)}
    runs = await rows_of(database, RUN)
    posts = await rows_of(database, "select count(*) as posts from posts where state <> 'gone'")
    run = runs[0] if runs else None
    return {
        "posts": posts[0]["posts"],
        "open": {severity: totals.get(severity, {}).get("flags", 0) for severity in words.SEVERITIES},
        "run": run,
        "run_ago": words.ago(run["finished_at"] or run["started_at"]) if run else None,
    }


async def queue_page(request: Any, datasette: Any) -> Response:
    """Show the queue of one database."""
    database = await access.open_database(datasette, request)
    chosen = {name: request.args.get(name) or "" for name in FILTERS}
    page = max(1, int(request.args.get("page") or 1)) if (request.args.get("page") or "1").isdecimal() else 1
    found = await worst_posts(database, chosen, PAGE_SIZE + 1, (page - 1) * PAGE_SIZE)
    choices = {name: await rows_of(database, sql) for name, sql in CHOICES.items()}
    context = {
        "database": database.name,
        "posts": found[:PAGE_SIZE],
        "first": (page - 1) * PAGE_SIZE + 1,
        "next_page": page + 1 if len(found) > PAGE_SIZE else None,
        "previous_page": page - 1 if page > 1 else None,
        "chosen": chosen,
        "filtered": any(chosen.values()),
        "choices": {name: [next(iter(row.values())) for row in rows] for name, rows in choices.items()},
        "furniture": await rows_of(database, FURNITURE),
        "summary": await summary(database),
    }
    return await page_of(datasette, request, "desk_queue.html", context)


async def desk_page(request: Any, datasette: Any) -> Response:
    """Lead to the only queue there is, or offer the choice between several."""
    names = await access.desk_databases(datasette, request.actor)
    if len(names) == 1:
        return Response.redirect(words.path(datasette, names[0]))
    offered = [{"name": name, "summary": await summary(datasette.databases[name])} for name in names]
    return await page_of(datasette, request, "desk_choice.html", {"offered": offered})


async def page_of(
    datasette: Any, request: Any, template: str, context: dict[str, Any], status: int = 200
) -> Response:
    """Return a desk page; every one of them may use `desk_path` and `counted`."""
    helpers = {
        "desk_path": lambda *parts: words.path(datasette, *parts),
        "counted": words.counted,
        "ago": words.ago,
        "badge": words.badge,
        "outside_link": words.outside_link,
        "is_web_address": words.is_web_address,
        "may_decide": access.is_editor(datasette, request.actor),
    }
    body = await datasette.render_template(template, {**helpers, **context}, request=request)
    return Response.html(body, status=status)
