"""The overview: how the blog stands, as charts, each with its table and its CSV."""

import csv
import io
from typing import Any

from datasette.utils import tilde_decode
from datasette.utils.asgi import NotFound, Response

from pipeline.desk import access, drawn, queue, words
from pipeline.desk.figures import FIGURES, STAMP

_kept: dict[str, tuple[tuple[Any, ...], dict[str, list[dict[str, Any]]]]] = {}
"""Database file -> what its figures depend on, and the figures."""


async def overview_page(request: Any, datasette: Any) -> Response:
    """Show every chart of one database."""
    database = await access.open_database(datasette, request)
    rows = await figures_of(database)
    link = drawn.linker(
        lambda table: str(datasette.urls.table(database.name, table)), words.path(datasette, database.name)
    )
    shown = [
        {"figure": one, "svg": drawn.draw(one, rows[one.name], link), "rows": rows[one.name]}
        for one in FIGURES
    ]
    context = {
        "database": database.name,
        "charts": shown,
        "summary": await queue.summary(database),
        "csv": lambda name: words.path(datasette, database.name, "overview") + f"/{name}.csv",
    }
    return await queue.page_of(datasette, request, "desk_overview.html", context)


async def overview_choice(request: Any, datasette: Any) -> Response:
    """Lead to the overview of the only database there is, or to the choice."""
    names = await access.desk_databases(datasette, request.actor)
    if len(names) == 1:
        return Response.redirect(words.path(datasette, names[0], "overview"))
    return Response.redirect(words.path(datasette))


async def figure_csv(request: Any, datasette: Any) -> Response:
    """Send one figure's rows as CSV."""
    database = await access.open_database(datasette, request)
    name = tilde_decode(request.url_vars["figure"])
    if name not in {one.name for one in FIGURES}:
        raise NotFound(f"There is no chart named {name}")
    rows = (await figures_of(database))[name]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(rows[0].keys() if rows else [])
    writer.writerows(row.values() for row in rows)
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return Response(out.getvalue(), headers=headers, content_type="text/csv; charset=utf-8")


async def figures_of(database: Any) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every figure; asked again only when something they depend on has moved."""
    stamp = tuple((await database.execute(STAMP)).rows[0])
    known = _kept.get(str(database.path))
    if known and known[0] == stamp:
        return known[1]
    rows = {one.name: await queue.rows_of(database, one.sql) for one in FIGURES}
    _kept[str(database.path)] = (stamp, rows)
    return rows
