"""A small blog in a real database, and Datasette over it with the plugin from its entry point."""

import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import yaml
from browser import launch
from datasette.app import Datasette
from datasette.version import __version__
from desk_server import KETTLES, SECRET, Cookies, start, wait_for
from playwright.sync_api import Browser, expect, sync_playwright

from pipeline.desk.publish import metadata_for
from pipeline.store.db import close_store, open_store

expect.set_options(timeout=30_000)  # a loaded machine is slow, not wrong


@pytest.fixture
def db_path(tmp_path: Path) -> Path:
    """A database with three posts, five flags and something in almost every table."""
    path = tmp_path / "kettles.db"
    close_store(open_store(path))
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("begin;" + KETTLES.read_text("utf-8") + "commit;")
    return path


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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        if chromium is None:
            pytest.skip("NOT TESTED: no Chromium found, so no page of the desk was opened in a browser")
        yield chromium
        chromium.close()


@pytest.fixture
def served(db_path: Path, tmp_path: Path) -> Iterator[str]:
    """The small blog, served by a Datasette process of its own."""
    (tmp_path / "metadata.yml").write_text(
        yaml.safe_dump(metadata_for(["kettles"]), sort_keys=False), "utf-8"
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "serve", str(db_path), "-m", str(tmp_path / "metadata.yml")]
    if not __version__.startswith("0."):
        command += ["-c", str(tmp_path / "metadata.yml")]
    environment = {**os.environ, "DATASETTE_SECRET": SECRET}
    settings = ["--setting", "truncate_cells_html", "300", "--setting", "suggest_facets", "off"]
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "-p", str(port), *settings], env=environment, stderr=log, stdout=log
        )
    try:
        yield wait_for(f"http://127.0.0.1:{port}", server)
    finally:
        server.terminate()
        server.wait(60)
