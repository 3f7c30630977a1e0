"""Datasette over a database with the desk in it, as `copydesk serve` starts it: here or in a process."""

import subprocess
import time
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from datasette.app import Datasette
from datasette.version import __version__

from pipeline.desk.publish import metadata_for

SECRET = "only for tests"
KETTLES = Path(__file__).with_name("kettles.sql")
Cookies = Callable[[str | None], dict[str, str]]


async def start(path: Path, secret: str | None = None, **more: Any) -> Datasette:
    """Start Datasette over a database, with more in its metadata if asked."""
    metadata = metadata_for([path.stem]) | more
    newer = {"config": deepcopy(metadata)} if not __version__.startswith("0.") else {}
    settings = {"truncate_cells_html": 300}
    datasette = Datasette([str(path)], metadata=metadata, settings=settings, secret=secret, **newer)
    await datasette.invoke_startup()
    return datasette


def wait_for(address: str, server: subprocess.Popen[bytes]) -> str:
    for _ in range(900):
        try:
            with urlopen(address + "/-/versions.json"):
                return address
        except URLError:
            assert server.poll() is None, "the server ended early"
            time.sleep(0.1)
    raise AssertionError("the server did not start")
