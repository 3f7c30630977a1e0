"""`copydesk report`: one page to hand over, with the charts and the worst posts."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import click
from markupsafe import Markup

from pipeline.cli.options import db_option
from pipeline.desk import drawn, queue, words
from pipeline.desk.figures import FIGURES, Figure
from pipeline.store.db import close_store, open_existing

WORST = 25
STYLE = Path(queue.__file__).parent / "static" / "desk.css"
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>{style} body {{ margin: 0 auto; padding: 1rem; max-width: 78rem; }}</style></head>
<body class="desk"><main><h1>{title}</h1><p class="lead">{lead}</p>{charts}<h2>Worst posts</h2>{posts}</main>
</body></html>
"""
Rows = Sequence[Mapping[str, Any]]


@click.command("report")
@click.option("--html", "html", type=click.Path(path_type=Path, dir_okay=False), help="Write the page here.")
@click.option(
    "--markdown", "markdown", type=click.Path(path_type=Path, dir_okay=False), help="Or as Markdown."
)
@db_option
def command(html: Path | None, markdown: Path | None, db_path: Path) -> int:
    """Write one self-contained page with the charts and the worst posts; copydesk-report.html by default."""
    close_store(open_existing(db_path))
    with closing(sqlite3.connect(f"file:{db_path.resolve()}?mode=ro", uri=True)) as conn:
        figures = [(one, _rows(conn, one.sql)) for one in FIGURES]
        posts = _rows(conn, queue.RANKED.format(**queue.KEPT), _everything())
        lead = _lead(conn)
    title = f"{db_path.stem}: what was left behind"
    if markdown is not None:
        markdown.write_text(as_markdown(title, lead, figures, posts), encoding="utf-8")
    if html is not None or markdown is None:
        html = html or Path("copydesk-report.html")
        html.write_text(as_html(title, lead, figures, posts), encoding="utf-8")
    click.echo(" and ".join(str(path) for path in (html, markdown) if path))
    return 0


def _rows(conn: sqlite3.Connection, sql: str, params: Mapping[str, object] | None = None) -> Rows:
    cursor = conn.execute(sql, params or {})
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _everything() -> dict[str, object]:
    filters = dict.fromkeys(queue.FILTERS, "")
    return {**filters, "today": words.julian_day(), "limit": WORST, "offset": 0}


def _lead(conn: sqlite3.Connection) -> str:
    totals = conn.execute(queue.TOTALS).fetchone()
    posts = conn.execute("select count(*) from posts where state <> 'gone'").fetchone()[0]
    run = conn.execute(queue.RUN).fetchone()
    when = f", as of {run[4][:10]}" if run else ""
    error, warning, info = (count or 0 for count in totals)
    return f"{posts:,} posts; open: {error:,} errors, {warning:,} warnings, {info:,} info{when}."


def as_html(title: str, lead: str, figures: Sequence[tuple[Figure, Rows]], posts: Rows) -> str:
    """Lay out the page; every text in it is escaped, no script and nothing from elsewhere is in it."""
    sections = [
        Markup(
            "<section><h2>{}</h2><p>{}</p>{}<details><summary>As a table</summary>{}</details></section>"
        ).format(one.title, one.says, drawn.draw(one, rows, drawn.no_link), _table(rows))
        for one, rows in figures
        if rows
    ]
    return str(
        Markup(PAGE).format(
            title=title,
            style=Markup(STYLE.read_text("utf-8")),
            lead=lead,
            charts=Markup("").join(sections),
            posts=_table(_worst(posts)),
        )
    )


def _table(rows: Rows) -> Markup:
    if not rows:
        return Markup("<p>None.</p>")
    head = Markup("").join(Markup("<th>{}</th>").format(name.replace("_", " ")) for name in rows[0])
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(v) for v in row.values()))
        for row in rows
    )
    return Markup('<table class="plain"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>').format(
        head, body
    )


def _worst(posts: Rows) -> Rows:
    columns = ("title", "url", "errors", "warnings", "infos", "in_links", "days", "score")
    return [{name: post[name] for name in columns} for post in posts]


def as_markdown(title: str, lead: str, figures: Sequence[tuple[Figure, Rows]], posts: Rows) -> str:
    """Lay out the same as tables of Markdown."""
    parts = [f"# {title}", lead]
    for one, rows in figures:
        if rows:
            parts += [f"## {one.title}", one.says, _markdown_table(rows)]
    return "\n\n".join([*parts, "## Worst posts", _markdown_table(_worst(posts))]) + "\n"


def _markdown_table(rows: Rows) -> str:
    if not rows:
        return "None."
    lines = [
        list(rows[0]),
        ["---"] * len(rows[0]),
        *([_cell(value) for value in row.values()] for row in rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: object) -> str:
    """Keep a value inside its cell, and out of Markdown and HTML."""
    text = words.folded("" if value is None else str(value))
    return "".join("\\" + char if char in "\\|<>[]*_`" else char for char in text)
