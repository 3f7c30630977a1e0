"""What the row page of a run shows: how it ended, what it asked for and what came of it, in words."""

from collections.abc import Mapping
from typing import Any

from datasette.utils import tilde_decode

from pipeline.desk import access, queue, words

RUN = """
select r.*, s.home_url, (select count(*) from posts p where p.site_id = r.site_id) as known
from runs r join sites s on s.id = r.site_id where r.id = cast(:run as integer)
"""
CHANGED = """
select p.id, coalesce(p.title, p.url) as title, r.number, r.changes from revisions r
join posts p on p.id = r.post_id where r.first_run_id = :run order by r.number = 1, p.url limit :limit
"""
LOST = """
select p.id, coalesce(p.title, p.url) as title, p.state from fetches f join urls u on u.id = f.url_id
join posts p on p.site_id = u.site_id and p.url = u.url
where f.run_id = :run and f.outcome = 'gone' order by p.url limit :limit
"""
EVENTS = """
select summary, first_seen_at from events
where site_id = :site and first_run_id <= :run and last_run_id >= :run order by id
"""
REASONS = """
select coalesce(reason, 'not said') as reason, outcome, count(*) as answers from fetches
where run_id = :run group by 1, 2 order by 3 desc, 1, 2
"""
MOST = 50


async def run_row(datasette: Any, request: Any, database_name: str) -> dict[str, Any]:
    """Return what the row page of a run shows above the row."""
    database = datasette.databases[database_name]
    if database_name not in await access.desk_databases(datasette, request.actor):
        return {}
    run_id = str(tilde_decode(request.url_vars.get("pks", "")))
    runs = await queue.rows_of(database, RUN, {"run": run_id})
    if not runs:
        return {}
    run = runs[0]
    named = {"run": run["id"], "site": run["site_id"], "limit": MOST}
    return {
        "desk_run": run,
        "desk_facts": facts_of(run),
        "desk_events": await queue.rows_of(database, EVENTS, named),
        "desk_changed": await queue.rows_of(database, CHANGED, named),
        "desk_lost": await queue.rows_of(database, LOST, named),
        "desk_reasons": await queue.rows_of(database, REASONS, named),
        "desk_post_path": lambda post: words.path(datasette, database_name, "post", post),
        "badge": words.badge,
        "counted": words.counted,
        "ago": words.ago,
    }


def facts_of(run: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Say in words what a run counted; what was not looked at is no zero."""
    report = words.json_or(run["report"], {})
    causes = ", ".join(f"{count} {kind}" for kind, count in sorted(report.get("errors", {}).items()))
    sure = run["template_confidence"]
    strange = report.get("unlike_others", 0)
    unlike = f", {words.counted(strange, 'post')} unlike the others" if strange else ""
    facts = [
        ("asked", f"{words.counted(run['requests'], 'request')}, {run['size_bytes']:,} bytes received"),
        ("answers", f"{run['fetched']:,} fetched, {run['unchanged']:,} unchanged"),
        ("posts", f"{run['new_posts']:,} new, {run['changed_posts']:,} changed, {run['gone_posts']:,} gone"),
        ("flags", _flags(run)),
        ("failed", f"{run['failed']:,}"),
        ("without a page", causes or "none"),
        ("robots.txt", f"{run['skipped_by_robots']:,} left alone"),
        ("template", "no data: no page had to be read" if sure is None else f"{sure:.0%} sure{unlike}"),
    ]
    return facts + [(kind, said) for kind, said in report.get("hints", {}).items()]


def _flags(run: Mapping[str, Any]) -> str:
    if run["state"] == "running":
        return "no data: the run has not ended"
    if not run["posts"]:
        return "no data: no post was checked"
    closed = "" if run["state"] == "complete" else "; none was closed, for the run was not complete"
    flags, posts = words.counted(run["flags_open"], "flag"), words.counted(run["posts"], "post")
    return f"{flags} in {posts} checked{closed}"
