"""The queue: one row per post with open flags, the one that matters most first."""

import json
from typing import Any

from datasette.utils.asgi import Response

from pipeline.desk import access, words

PAGE_SIZE = 50
FILTERS = ("site", "category", "rule", "severity", "assignee")

CHOSEN = """
(:site = '' or site_id = :site)
and (:category = '' or post_id in (select pc.post_id from post_categories pc
    join categories c on c.id = pc.category_id where c.path = :category))
and (:assignee = '' or post_id in (select post_id from flags where state = 'claimed' and actor = :assignee))
"""
# Every way of asking weighs first: post, points, importance, weight. What the page shows besides is counted
# for the few that can come up on it.
KEPT = {
    "weighed": f"""
with weighed as not materialized (
    select post_id, points, importance, points * importance as weight, in_links,
           errors, warnings, infos, waiting_day
    from queue where {CHOSEN}
)
""",
    "day": "waiting_day",
    "counted": "near",
}
NARROWED = f"""
with weighed as materialized (
    select f.post_id, f.points, q.importance, f.points * q.importance as weight, q.in_links from (
        select post_id, sum(case severity when 'error' then 3 when 'warning' then 2 else 1 end) as points
        from flags indexed by {{index}}
        where state in ('open', 'claimed', 'reopened') and post_id is not null and {CHOSEN} and {{which}}
        group by {{group}}
    ) f join queue q on q.post_id = f.post_id
)
"""
DAY = """
(select cast(julianday(min(first_seen_at)) as integer) from flags f indexed by flags_waiting
 where f.post_id = w.post_id and state in ('open', 'claimed', 'reopened') and {which})
"""
COUNTED = """
(select w.*, sum(severity = 'error') as errors, sum(severity = 'warning') as warnings,
        sum(severity = 'info') as infos, cast(julianday(min(first_seen_at)) as integer) as waiting_day
 from near w cross join flags f indexed by flags_waiting on f.post_id = w.post_id
 where f.state in ('open', 'claimed', 'reopened') and {which} group by w.post_id)
"""


def _narrowed(index: str, group: str, which: str) -> dict[str, str]:
    return {
        "weighed": NARROWED.format(index=index, group=group, which=which),
        "day": DAY.format(which=which),
        "counted": COUNTED.format(which=which),
    }


OF_SEVERITY = _narrowed("flags_waiting", "post_id", "severity = :severity")
OF_RULE = _narrowed(
    "flags_waiting_rule", "site_id, post_id", "rule = :rule and (:severity = '' or severity = :severity)"
)
# 90 days of waiting count as much as the flags themselves. The weights answer which posts come first before
# age is counted; no post can come up from further down than the oldest one's age would lift it. So a look
# reads some hundred rows instead of every post that waits.
RANKED = """
{weighed}, sure as (
    select weight * (1 + (:today - {day}) / 90.0) as rank
    from (select * from weighed order by weight desc limit :limit + :offset) w
),
least as (
    select case when count(*) = :limit + :offset then min(rank) else 0 end
        / (1 + max(0, :today - coalesce((select min(waiting_day) from queue), :today)) / 90.0) as weight
    from sure
),
near as (select * from weighed where weight >= (select weight from least)),
best as (
    select c.*, :today - c.waiting_day as days, weight * (1 + (:today - c.waiting_day) / 90.0) as rank
    from {counted} c
    order by rank desc, importance desc, post_id limit :limit offset :offset
)
select p.id, p.title, p.url, p.published, p.state, p.page_views, b.*, round(b.rank, 1) as score
from best b join posts p on p.id = b.post_id order by rank desc, b.importance desc, p.title, p.id
"""
CLAIMED = """
select post_id, group_concat(distinct actor) as by from flags
where state = 'claimed' and post_id in (select value from json_each(:posts)) group by post_id
"""
FURNITURE = """
select f.key, f.rule, f.severity, f.quote, n.pages
from flags f join findings n on n.id = f.finding_id
where f.post_id is null and f.state in ('open', 'claimed', 'reopened')
order by case f.severity when 'error' then 3 when 'warning' then 2 else 1 end desc, n.pages desc
limit 20
"""
TOTALS = """
select sum(error) as error, sum(warning) as warning, sum(info) as info from (
    select sum(errors) as error, sum(warnings) as warning, sum(infos) as info from queue union all
    select sum(severity = 'error'), sum(severity = 'warning'), sum(severity = 'info') from flags
    where post_id is null and state in ('open', 'claimed', 'reopened'))
"""
CAUSES = """
with grouped as (
    select cause_id, count(*) as flags from flags indexed by flags_waiting_cause
    where state in ('open', 'claimed', 'reopened') and cause_id is not null
    group by cause_id having count(*) > 1 order by flags desc, cause_id limit 8
)
select c.id, c.summary, c.rule, c.since, g.flags,
       (select count(distinct f.post_id) from flags f indexed by flags_waiting_cause
        where f.cause_id = g.cause_id and f.state in ('open', 'claimed', 'reopened')) as posts
from grouped g join causes c on c.id = g.cause_id
order by g.flags desc, c.id
"""
RUN = """
select id, site_id, action, state, started_at, finished_at, message, posts, new_posts, changed_posts, failed
from runs where state <> 'running' order by id desc limit 1
"""
CHOICES = {
    "site": "select id from sites order by id",
    "category": "select distinct path from categories order by path",
    "rule": "select name from rules r where exists (select 1 from flags f where f.rule = r.name"
    " and f.state in ('open', 'claimed', 'reopened')) order by name",
    "assignee": "select distinct actor from flags where state = 'claimed' order by actor",
}


async def rows_of(database: Any, sql: str, params: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """Run a query and return its rows as plain dicts."""
    return [dict(row) for row in (await database.execute(sql, params or {})).rows]


async def worst_posts(
    database: Any, chosen: dict[str, str], limit: int, offset: int = 0
) -> list[dict[str, Any]]:
    """Return the posts that need work first."""
    filters = {name: chosen.get(name, "") for name in FILTERS}
    asked = OF_RULE if filters["rule"] else OF_SEVERITY if filters["severity"] else KEPT
    return await rows_of(
        database,
        RANKED.format(**asked),
        {**filters, "today": words.julian_day(), "limit": limit, "offset": offset},
    )


async def summary(database: Any) -> dict[str, Any]:
    """Return what stands above every list: posts known, open flags by severity, the last finished run."""
    totals = (await rows_of(database, TOTALS))[0]
    runs = await rows_of(database, RUN)
    posts = await rows_of(database, "select count(*) as posts from posts where state <> 'gone'")
    run = runs[0] if runs else None
    return {
        "database": database.name,
        "posts": posts[0]["posts"],
        "open": {severity: totals[severity] or 0 for severity in words.SEVERITIES},
        "run": run,
        "run_ago": words.ago(run["finished_at"] or run["started_at"]) if run else None,
    }


async def queue_page(request: Any, datasette: Any) -> Response:
    """Show the queue of one database."""
    database = await access.open_database(datasette, request)
    chosen = {name: request.args.get(name) or "" for name in FILTERS}
    page = max(1, int(request.args.get("page") or 1)) if (request.args.get("page") or "1").isdecimal() else 1
    found = await worst_posts(database, chosen, PAGE_SIZE + 1, (page - 1) * PAGE_SIZE)
    asked = {"posts": json.dumps([post["id"] for post in found])}
    claimed = {row["post_id"]: row["by"] for row in await rows_of(database, CLAIMED, asked)}
    choices = {name: await rows_of(database, sql) for name, sql in CHOICES.items()}
    context = {
        "database": database.name,
        "posts": found[:PAGE_SIZE],
        "claimed": claimed,
        "first": (page - 1) * PAGE_SIZE + 1,
        "next_page": page + 1 if len(found) > PAGE_SIZE else None,
        "previous_page": page - 1 if page > 1 else None,
        "chosen": chosen,
        "filtered": any(chosen.values()),
        "choices": {name: [next(iter(row.values())) for row in rows] for name, rows in choices.items()},
        "causes": [] if any(chosen.values()) else await rows_of(database, CAUSES),
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
