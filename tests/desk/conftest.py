"""A small blog in a real database, and Datasette over it with the plugin from its entry point."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from datasette.version import __version__

from pipeline.desk.publish import metadata_for
from pipeline.store.db import close_store, open_store

KETTLES = Path(__file__).with_name("kettles.sql")
Cookies = Callable[[str | None], dict[str, str]]


@pytest.fixture
def db_path(tmp_path: Path) -> Path:
    """A database with three posts, five flags and something in almost every table."""
    path = tmp_path / "kettles.db"
    close_store(open_store(path))
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("begin;" + KETTLES.read_text("utf-8") + "commit;")
    return path


async def start(path: Path, **more: Any) -> Datasette:
    """Start Datasette over a database, with more in its metadata if asked."""
    metadata = metadata_for([path.stem]) | more
    newer = {"config": deepcopy(metadata)} if not __version__.startswith("0.") else {}
    datasette = Datasette([str(path)], metadata=metadata, settings={"truncate_cells_html": 300}, **newer)
    await datasette.invoke_startup()
    return datasette


@pytest.fixture
async def desk(db_path: Path) -> AsyncIterator[Datasette]:
    """Datasette without a socket, configured as `copydesk serve` does it."""
    datasette = await start(db_path)
    yield datasette
    for database in datasette.databases.values():
        database.close()


@pytest.fixture
def cookies(desk: Datasette) -> Cookies:
    """Cookies of Ada in the role given, or of nobody."""

    def of(role: str | None) -> dict[str, str]:
        return {"ds_actor": desk.sign({"a": {"id": "Ada", "role": role}}, "actor")} if role else {}

    return of
