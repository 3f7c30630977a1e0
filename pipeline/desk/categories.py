"""The blog's category tree, with counts."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from datasette.utils.asgi import Response

from pipeline.desk import access, queue

COUNTED = """
select c.id, c.name, c.path, c.parent_id, c.site_id, count(pc.post_id) as posts, count(q.post_id) as flagged,
       coalesce(sum(q.errors + q.warnings + q.infos), 0) as flags
from categories c left join post_categories pc on pc.category_id = c.id
left join queue q on q.post_id = pc.post_id
group by c.id order by c.name
"""


async def tree_page(request: Any, datasette: Any) -> Response:
    """Show every category under the one it is nested in."""
    database = await access.open_database(datasette, request)
    roots = tree(await queue.rows_of(database, COUNTED))
    return await queue.page_of(
        datasette, request, "desk_categories.html", {"database": database.name, "roots": roots}
    )


def tree(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Nest rows by parent_id; a row whose parent is missing, or that stands in a circle, becomes a root."""
    known = {row["id"] for row in rows}
    below: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        below[row["parent_id"] if row["parent_id"] in known else None].append(row)
    placed: set[Any] = set()

    def nested(row: dict[str, Any]) -> dict[str, Any]:
        placed.add(row["id"])
        inner = [nested(child) for child in below[row["id"]] if child["id"] not in placed]
        return {**row, "below": inner, "all_posts": row["posts"] + sum(one["all_posts"] for one in inner)}

    roots = [nested(row) for row in below[None]]
    return roots + [nested(row) for row in rows if row["id"] not in placed]
