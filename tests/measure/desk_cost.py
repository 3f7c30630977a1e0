"""How quick the desk is over a big database, as multiples of Datasette's own one-row page: `make bench`."""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from datasette.app import Datasette

from measure import bigdesk, table
from pipeline.cli.serve import SETTINGS, metadata_for

POSTS, SECTIONS, FINDINGS = 50_000, 1_000_000, 100_000
ONE_ROW = "/{db}/sections/17"
PAGES = {
    "queue": "/-/desk/{db}",
    "queue of one rule": "/-/desk/{db}?rule=broken-form",
    "review": "/-/desk/{db}/post/p4711",
    "overview": "/-/desk/{db}/overview",
    "posts table": "/{db}/posts",
    "flags table by state": "/{db}/flags?state=open&_nofacet=1",
    "flags table with facets": "/{db}/flags",
    "search in sections": "/{db}/sections?_search=" + bigdesk.RARE,
    "search in posts": "/{db}/posts?_search=" + bigdesk.RARE,
    "inventory": "/{db}/inventory",
}
TIMES = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the database where none is given, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--db", type=Path, help="a database that bigdesk made earlier")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full size")
    parser.add_argument("--json", default="")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = options.db or made(Path(folder), options.scale)
        figures = measure(path)
    print(f"## the desk\n\n{table.figures_table('desk', figures)}\n")
    table.save(options.json, {"desk": figures})
    return 0


def made(folder: Path, scale: float) -> Path:
    """Generate the database at a share of its full size."""
    print("generating the database", file=sys.stderr)
    counts = [max(1, int(count * scale)) for count in (POSTS, SECTIONS, FINDINGS)]
    return bigdesk.build(folder / "big.db", *counts)


def measure(path: Path) -> dict[str, float | None]:
    """Return the one-row page in ms and every other page as a multiple of it."""
    return asyncio.run(_measure(path))


async def _measure(path: Path) -> dict[str, float | None]:
    settings = {name: _setting(value) for name, value in SETTINGS.items()}
    desk = Datasette([str(path)], metadata=metadata_for([path.stem]), settings=settings)
    await desk.invoke_startup()
    jar = {"ds_actor": desk.sign({"a": {"id": "Ada", "role": "editor"}}, "actor")}
    figures: dict[str, float | None] = {}
    units = []
    for name, address in PAGES.items():
        unit, page = await _side_by_side(
            desk, address.format(db=path.stem), ONE_ROW.format(db=path.stem), jar
        )
        figures[name] = round(page / unit, 1)
        units.append(unit)
    for database in desk.databases.values():
        database.close()
    return {"one-row page, ms": round(median(units) * 1000, 1), **figures}


async def _side_by_side(desk: Any, address: str, one_row: str, jar: dict[str, str]) -> tuple[float, float]:
    """Return warm medians of the one-row page and of the page, asked in turn: both meet the same machine."""
    times: list[tuple[float, float]] = []
    for _ in range(TIMES + 1):
        times.append((await _seconds(desk, one_row, jar), await _seconds(desk, address, jar)))
    return median(unit for unit, _ in times[1:]), median(page for _, page in times[1:])


async def _seconds(desk: Any, address: str, jar: dict[str, str]) -> float:
    started = time.perf_counter()
    answer = await desk.client.get(address, cookies=jar)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return time.perf_counter() - started


def _setting(value: str) -> object:
    return {"on": True, "off": False}.get(value, int(value) if value.isdecimal() else value)


if __name__ == "__main__":
    sys.exit(main())
