"""Who may do what; the only module that knows which Datasette this is."""

from pathlib import Path
from typing import Any

from datasette.utils import actor_matches_allow, tilde_decode
from datasette.utils.asgi import Forbidden, NotFound

NEEDED = frozenset({"posts", "flags", "revisions", "sections", "runs"})
"""Tables by which a copydesk database is recognised."""

BUSY_MS = 10_000
"""How long a connection waits for another writer."""

EDITORS = {"role": ["editor", "admin"]}
"""Who may decide, unless the plugin's setting `editors` says otherwise (an allow block)."""


async def may_view(datasette: Any, actor: dict[str, Any] | None, database: str, table: str) -> bool:
    """Say whether this actor may see this table."""
    if hasattr(datasette, "check_visibility") and hasattr(datasette, "permission_allowed"):
        asked = [("view-table", (database, table)), ("view-database", database), "view-instance"]
        visible, _ = await datasette.check_visibility(actor, permissions=asked)
        return bool(visible)
    from datasette.resources import TableResource

    allowed = await datasette.allowed(
        action="view-table", resource=TableResource(database=database, table=table), actor=actor
    )
    return bool(allowed)


def is_editor(datasette: Any, actor: dict[str, Any] | None) -> bool:
    """Say whether this actor may accept and dismiss."""
    allow = (datasette.plugin_config("copydesk") or {}).get("editors", EDITORS)
    return bool(actor) and bool(actor_matches_allow(actor, allow))


def may_fetch(datasette: Any) -> bool:
    """Say whether editors may have a page fetched from here: the setting `recheck`, on by default."""
    return bool((datasette.plugin_config("copydesk") or {}).get("recheck", True))


def guards_every_form(datasette: Any) -> bool:
    """Say whether Datasette itself refuses every form of another site, files or not: it does from 1.0 on."""
    return not hasattr(datasette, "permission_allowed")


def archive_of(datasette: Any, database: Any) -> str:
    """Name the folder of WARC files: the plugin's setting `archive`, else `archive` beside the database."""
    beside = Path(database.path or "").resolve().parent / "archive"
    return str((datasette.plugin_config("copydesk") or {}).get("archive", beside))


async def desk_databases(datasette: Any, actor: dict[str, Any] | None) -> list[str]:
    """List the copydesk databases whose posts and flags this actor may see."""
    found = []
    for name, database in datasette.databases.items():
        if name.startswith("_") or not set(await database.table_names()) >= NEEDED:
            continue
        if await may_view(datasette, actor, name, "posts") and await may_view(
            datasette, actor, name, "flags"
        ):
            found.append(name)
    return found


async def open_database(datasette: Any, request: Any) -> Any:
    """Return the database that the route names, as `open_as` does."""
    return await open_as(datasette, tilde_decode(request.url_vars["database"]), request.actor)


async def open_as(datasette: Any, name: str, actor: dict[str, Any] | None) -> Any:
    """Return a database that this actor may see.

    Raises NotFound where there is none or it is not a copydesk database, Forbidden where it may not be seen.
    """
    database = datasette.databases.get(name)
    if database is None or not set(await database.table_names()) >= NEEDED:
        raise NotFound(f"There is no copydesk database named {name}")
    if name not in await desk_databases(datasette, actor):
        raise Forbidden("You may not see the posts and flags of this database; log in first")
    return database


async def questions(datasette: Any, actor: dict[str, Any] | None, database: str) -> list[dict[str, Any]]:
    """List the canned queries of a database, in the order of the metadata file."""
    if hasattr(datasette, "get_canned_queries"):
        return list((await datasette.get_canned_queries(database, actor)).values())
    configured = (datasette.config or {}).get("databases", {}).get(database, {}).get("queries", {})
    return [{"name": name, **query} for name, query in configured.items()]
