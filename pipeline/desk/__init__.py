"""The Datasette plugin: hook implementations only."""

from collections.abc import Callable
from sqlite3 import Connection
from typing import Any

from datasette import hookimpl
from markupsafe import Markup

from pipeline.desk import (
    access,
    archived,
    categories,
    causes,
    cells,
    feed,
    feeds,
    front,
    headers,
    inventory,
    limits,
    login,
    overview,
    patch,
    queue,
    recheck,
    review,
    revisions,
    rulepage,
    runrow,
    triage,
    trouble,
    workbook,
)

STATIC = "/-/static-plugins/copydesk/"


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Serve the desk's own pages."""
    database = r"/-/desk/(?P<database>[^/]+)"
    return [
        (r"^/-/desk$", queue.desk_page),
        (r"^/-/desk/login$", login.login_page),
        (r"^/-/desk/overview$", overview.overview_choice),
        (rf"^{database}$", queue.queue_page),
        (rf"^{database}/overview$", overview.overview_page),
        (rf"^{database}/overview/(?P<figure>[^/]+)\.csv$", overview.figure_csv),
        (rf"^{database}/inventory$", inventory.inventory_page),
        (rf"^{database}/inventory\.(?P<kind>csv|xlsx)$", inventory.export),
        (rf"^{database}/categories$", categories.tree_page),
        (rf"^{database}/feed\.xml$", feed.feed),
        (rf"^{database}/feeds$", feeds.feeds_page),
        (rf"^{database}/post/(?P<post>[^/]+)$", review.review_page),
        (rf"^{database}/post/(?P<post>[^/]+)/decide$", triage.decide),
        (rf"^{database}/post/(?P<post>[^/]+)/clean\.md$", patch.markdown),
        (rf"^{database}/post/(?P<post>[^/]+)/fixes\.diff$", patch.diff),
        (rf"^{database}/post/(?P<post>[^/]+)/clean\.html$", patch.clean_html),
        (rf"^{database}/post/(?P<post>[^/]+)/revisions$", revisions.revisions_page),
        (rf"^{database}/post/(?P<post>[^/]+)/archived$", archived.archived_page),
        (rf"^{database}/post/(?P<post>[^/]+)/archived\.txt$", archived.archived_source),
        (rf"^{database}/post/(?P<post>[^/]+)/recheck$", recheck.recheck),
        (rf"^{database}/cause/(?P<cause>[^/]+)$", causes.cause_page),
        (rf"^{database}/cause/(?P<cause>[^/]+)/decide$", causes.decide),
        (rf"^{database}/rule/(?P<rule>[^/]+)$", rulepage.rule_page),
    ]


@hookimpl
def render_cell(
    row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any
) -> Markup | None:
    """Show ids as links, severities as badges, quotes marked."""
    return cells.render(row, value, column, (table, database), datasette)


@hookimpl(trylast=True)
def register_output_renderer() -> dict[str, Any]:
    """Offer every table and question as a workbook."""
    return {"extension": "xlsx", "render": workbook.render, "can_render": workbook.can_render}


@hookimpl
def menu_links(datasette: Any, actor: dict[str, Any] | None) -> list[dict[str, str]]:
    """Lead to the desk from every page."""
    return [
        {"href": datasette.urls.path("/-/desk"), "label": "Desk: posts to mend"},
        {"href": datasette.urls.path("/-/desk/overview"), "label": "Overview"},
    ]


@hookimpl
def extra_css_urls() -> list[str]:
    """Add our style sheet to every page."""
    return [STATIC + "desk.css"]


@hookimpl
def extra_js_urls(template: str) -> list[dict[str, Any]]:
    """Add the keys to the review page, and what every page needs."""
    names = ["pages.js"] + (["keys.js"] if template == "desk_post.html" else [])
    return [{"url": STATIC + name, "module": True} for name in names]


@hookimpl
def extra_template_vars(
    view_name: str, request: Any, table: str | None, database: str | None, datasette: Any
) -> Any:
    """Give the front page its figures, and the row pages of posts and runs what belongs to them."""
    if view_name == "index" and request is not None:
        return lambda: front.front_page(datasette, request)
    if view_name == "row" and table == "posts" and database and request is not None:
        return lambda: front.post_row(datasette, request, database)
    if view_name == "row" and table == "runs" and database and request is not None:
        return lambda: runrow.run_row(datasette, request, database)
    return {}


@hookimpl
def skip_csrf(scope: dict[str, Any]) -> bool:
    """Let the page that takes a file check its own token: forms with files fail in Datasette's check."""
    return inventory.takes_file(scope)


@hookimpl
def startup(datasette: Any) -> None:
    """Give people who are not logged in less time."""
    limits.limit(datasette)


@hookimpl
def permission_allowed(actor: dict[str, Any] | None) -> None:
    """Learn who asks, on Datasette 0.65; decide nothing."""
    limits.note_actor(actor)


@hookimpl
def permission_resources_sql(actor: dict[str, Any] | None) -> None:
    """Learn who asks, on Datasette 1.0; decide nothing."""
    limits.note_actor(actor)


@hookimpl
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Any:
    """Say in a sentence what is wrong with a database."""
    return trouble.answer(datasette, request, exception)


@hookimpl
def prepare_connection(conn: Connection) -> None:
    """Wait for the crawler instead of failing at once."""
    conn.execute(f"pragma busy_timeout = {access.BUSY_MS}")


@hookimpl
def asgi_wrapper(datasette: Any) -> Callable[[Any], Any]:
    """Send strict headers with every answer."""
    return headers.wrap(datasette)
