"""The overview: how the blog stands, as charts, each with its table and its CSV."""

import csv
import io
from dataclasses import dataclass, field
from typing import Any

from datasette.utils import tilde_decode
from datasette.utils.asgi import NotFound, Response
from markupsafe import Markup

from pipeline.desk import access, drawn, queue, words
from pipeline.desk.figures import FIGURES, STAMP, Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The figures of a database as they were last asked for: they change with runs and verdicts only."""

    stamp: tuple[Any, ...]
    """What they depend on."""
    rows: dict[str, list[dict[str, Any]]]
    drawings: dict[tuple[str, str], Markup] = field(default_factory=dict)
    """Address of the desk and name of the figure -> the chart with its links."""


_kept: dict[str, Kept] = {}
"""By database file."""


async def overview_page(request: Any, datasette: Any) -> Response:
    """Show every chart of one database."""
    database = await access.open_database(datasette, request)
    kept = await figures_of(database)
    shown = [
        {"figure": one, "svg": _drawing(datasette, database.name, one, kept), "rows": kept.rows[one.name]}
        for one in FIGURES
    ]
    context = {
        "database": database.name,
        "charts": shown,
        "summary": await queue.summary(database),
        "csv": lambda name: words.path(datasette, database.name, "overview") + f"/{name}.csv",
    }
    return await queue.page_of(datasette, request, "desk_overview.html", context)


def _drawing(datasette: Any, name: str, figure: Figure, kept: Kept) -> Markup:
    """Draw a figure, once: drawing took three fifths of the page's time."""
    desk = words.path(datasette, name)
    if (desk, figure.name) not in kept.drawings:
        link = drawn.linker(lambda table: str(datasette.urls.table(name, table)), desk)
        kept.drawings[desk, figure.name] = drawn.draw(figure, kept.rows[figure.name], link)
    return kept.drawings[desk, figure.name]


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
    rows = (await figures_of(database)).rows[name]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(rows[0].keys() if rows else [])
    writer.writerows(row.values() for row in rows)
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return Response(out.getvalue(), headers=headers, content_type="text/csv; charset=utf-8")


async def figures_of(database: Any) -> Kept:
    """Return every figure; asked again only when something they depend on has moved."""
    stamp = tuple((await database.execute(STAMP)).rows[0])
    known = _kept.get(str(database.path))
    if known and known.stamp == stamp:
        return known
    kept = Kept(stamp=stamp, rows={one.name: await queue.rows_of(database, one.sql) for one in FIGURES})
    _kept[str(database.path)] = kept
    return kept
