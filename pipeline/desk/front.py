"""What Datasette's own pages get from us: the front page and the row page of a post."""

from typing import Any

from datasette.utils import tilde_decode

from pipeline.desk import access, queue, words

WORST = 8
"""Posts on the front page."""
FLAG_COLUMNS = ("post_id", "rule", "severity", "state", "quote", "place", "confidence", "fix")
FLAG_FACETS = "&_facet=severity&_facet=rule"
POST_COLUMNS = ("title", "url", "published", "updated", "words", "section_count", "in_links", "state")
TABLES = {
    "inventory": "the whole inventory, for a spreadsheet",
    "sections": "every heading and its text",
    "categories": "the blog's own order",
    "authors": "who wrote",
    "causes": "flags of one origin",
    "rules": "what copydesk looks for",
    "runs": "what each crawl did",
}
SECTIONS = """
select position, level, heading, words, marked from sections
where post_id = :post and revision_id = :revision order by position
"""
CATEGORIES = """
select c.id, c.path from post_categories pc join categories c on c.id = pc.category_id
where pc.post_id = :post order by pc.position
"""
FLAGS = """
select key, rule, severity, state, quote, place from flags where post_id = :post
order by state in ('fixed', 'dismissed', 'gone'),
         case severity when 'error' then 3 when 'warning' then 2 else 1 end desc, rule
"""


async def front_page(datasette: Any, request: Any) -> dict[str, Any]:
    """Return what the front page shows of each copydesk database."""
    names = await access.desk_databases(datasette, request.actor)
    return {
        "desks": [await _desk(datasette, request, name) for name in names],
        "desk_names": names,
        "counted": words.counted,
        "badge": words.badge,
    }


async def _desk(datasette: Any, request: Any, name: str) -> dict[str, Any]:
    database = datasette.databases[name]
    urls = datasette.urls
    existing = set(await database.table_names()) | set(await database.view_names())
    return {
        "name": name,
        "queue": words.path(datasette, name),
        "flags": f"{urls.table(name, 'flags')}?state=open{FLAG_FACETS}{_columns(FLAG_COLUMNS)}",
        "posts": f"{urls.table(name, 'posts')}?_sort_desc=published{_columns(POST_COLUMNS)}",
        "summary": await queue.summary(database),
        "sites": await queue.rows_of(database, "select id, home_url, name from sites order by id"),
        "worst": [
            {**post, "href": words.path(datasette, name, "post", post["id"])}
            for post in await queue.worst_posts(database, {}, WORST)
        ],
        "questions": [
            {"title": query.get("title") or query["name"], "href": urls.query(name, query["name"])}
            for query in await access.questions(datasette, request.actor, name)
        ],
        "tables": [
            {"name": table, "what": what, "href": urls.table(name, table)}
            for table, what in TABLES.items()
            if table in existing
        ],
    }


async def post_row(datasette: Any, request: Any, database_name: str) -> dict[str, Any]:
    """Return what the row page of a post shows below the row."""
    database = datasette.databases[database_name]
    if database_name not in await access.desk_databases(datasette, request.actor):
        return {}
    post_id = str(tilde_decode(request.url_vars.get("pks", "")))
    posts = await queue.rows_of(database, "select * from posts where id = :post", {"post": post_id})
    if not posts:
        return {}
    params = {"post": post_id, "revision": posts[0]["revision_id"]}
    return {
        "desk_post": posts[0],
        "desk_review": words.path(datasette, database_name, "post", post_id),
        "desk_sections": await queue.rows_of(database, SECTIONS, params),
        "desk_categories": await queue.rows_of(database, CATEGORIES, {"post": post_id}),
        "desk_flags": await queue.rows_of(database, FLAGS, {"post": post_id}),
        "badge": words.badge,
        "counted": words.counted,
    }


def _columns(names: tuple[str, ...]) -> str:
    return "".join(f"&_col={name}" for name in names)
