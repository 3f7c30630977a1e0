"""Print how accurate copydesk is on the evaluation sets, as Markdown tables: `make eval`."""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from measure import blogs, exact, extraction, ours, peers, table
from measure.sets import read_lines, write_lines
from pipeline.sample.build import build
from pipeline.sample.compare import compare
from pipeline.sample.serve import address_of, serve

Columns = dict[str, dict[str, float | None]]


class Asked(NamedTuple):
    """Where the sets lie, who is scored on them, and how."""

    folder: Path
    peers: list[str]
    worst: int
    records: extraction.Records
    crawl: blogs.Crawl


def _ways(how: str) -> tuple[extraction.Records, blogs.Crawl]:
    if how == "command":
        return ours.records, blogs.crawl_over_http
    from measure import direct

    return direct.records, direct.crawl


def main(arguments: Sequence[str] | None = None) -> int:
    """Score what was asked for; print tables, write JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--eval-dir", type=Path, required=True)
    parser.add_argument(
        "--only", default="", help="a set, or a set's part: zoo, zoo/hugo-plain, extraction/blogs"
    )
    parser.add_argument("--worst", type=int, default=0, help="list this many of our worst pages per measure")
    parser.add_argument("--json", default="", help="write all figures to this file")
    parser.add_argument("--peers", choices=["yes", "no"], default="yes")
    parser.add_argument("--how", choices=["command", "direct"], default="command")
    options = parser.parse_args(arguments)
    asked = peers.installed() if options.peers == "yes" else []
    how = Asked(options.eval_dir, asked, options.worst, *_ways(options.how))
    results: dict[str, Columns] = {}
    parts = plan(options.eval_dir, options.only)
    if not parts:
        print(f"nothing called {options.only!r} under {options.eval_dir}", file=sys.stderr)
        return 2
    for part in parts:
        results |= PARTS[part.partition("/")[0]](part, how)
    table.save(options.json, results)
    return 0


def plan(folder: Path, only: str) -> list[str]:
    """Name what to score: all that is there, what was asked for, or the sample blog where nothing is."""
    known = [
        *(["seed"] if (folder / "seed").is_dir() else []),
        *(["zoo"] if (folder / "zoo").is_dir() else []),
        *(f"extraction/{name}" for name in extraction.names(folder / "extraction")),
        *(["wild"] if (folder / "wild").is_dir() else []),
    ] or ["sample"]
    if only.startswith("zoo/") and "zoo" in known:
        return [only]
    return [name for name in known if not only or name == only or name.startswith(f"{only}/")] or (
        ["sample"] if only == "sample" else []
    )


def seed(part: str, how: Asked) -> dict[str, Columns]:
    """Hold the founding post against its truth."""
    with tempfile.TemporaryDirectory() as temporary:
        record = Path(temporary) / "record.json"
        record.write_text(ours.run("extract", str(how.folder / "seed" / "post.txt")), encoding="utf-8")
        score = [sys.executable, str(how.folder / "seed" / "score.py"), str(record)]
        said = subprocess.run(score, capture_output=True, text=True, check=False).stdout.strip()
    lines = [] if said == "exact" else said.splitlines()
    return show(part, {"copydesk": {"differences": len(lines)}}, lines)


def zoo(part: str, how: Asked) -> dict[str, Columns]:
    """Crawl and score the blogs, two at a time."""
    wanted = part.partition("/")[2]
    names = [name for name in blogs.names(how.folder / "zoo") if not wanted or name == wanted]
    with ThreadPoolExecutor(2) as pool:
        one = partial(blogs.score, how.folder / "zoo", asked=how.peers, crawl=how.crawl)
        scored = list(pool.map(one, names))
    if wanted:
        return show(part, scored[0][0], scored[0][1][: how.worst])
    results = {f"zoo/{name}": columns for name, (columns, _) in zip(names, scored, strict=True)}
    theirs = {name: columns.get("trafilatura", {}) for name, columns in results.items()}
    print(f"## zoo\n\n{table.sites_table('zoo', _mine(results), theirs)}\n", flush=True)
    for name, (_, mistakes) in zip(names, scored, strict=True):
        show_worst([f"{name}{line}" for line in mistakes[: how.worst]])
    return results


def _mine(results: dict[str, Columns]) -> Columns:
    return {name.partition("/")[2]: columns["copydesk"] for name, columns in results.items()}


def pages(part: str, how: Asked) -> dict[str, Columns]:
    """Score one extraction set."""
    columns, losses = extraction.score(
        how.folder / "extraction", part.partition("/")[2], how.peers, how.records
    )
    lines = [f"{key}: {line}" for key, rows in sorted(losses.items()) for line in rows[: how.worst]]
    return show(part, columns, lines)


def wild(part: str, how: Asked) -> dict[str, Columns]:
    """Let the wild pages' own scorer print its table."""
    told = how.records(list(read_lines(how.folder / "wild" / "pages.jsonl.gz")))
    rows = [ours.wild_keys(record) for record in told]
    with tempfile.TemporaryDirectory() as temporary:
        found = write_lines(Path(temporary) / "predictions.jsonl", rows)
        score = [
            how.folder / "wild" / "score.py",
            how.folder / "wild" / "annotations.jsonl",
            found,
            "--errors",
            how.worst,
        ]
        said = subprocess.run(
            [sys.executable, *map(str, score)], capture_output=True, text=True, check=True
        ).stdout
    checked = f"{exact.MEASURE.removesuffix(' n')}: {exact.unexplained(told):g} of {len(told)}"
    print(f"## {part}\n\n```\n{said.rstrip()}\n{checked}\n```\n", flush=True)
    return {}


def sample(part: str, how: Asked) -> dict[str, Columns]:
    """Without the evaluation sets: crawl the bundled blog and compare it with its own truth."""
    with tempfile.TemporaryDirectory() as temporary, serve(Path(temporary) / "site") as server:
        truth = build(Path(temporary) / "site", address_of(server))
        comparison = compare(ours.stored(address_of(server), Path(temporary)), truth)
    figures: dict[str, float | None] = {**comparison.measures()}
    return show(part, {"copydesk": figures}, list(comparison.wrong[: how.worst]))


PARTS = {"seed": seed, "zoo": zoo, "extraction": pages, "wild": wild, "sample": sample}


def show(name: str, columns: Columns, lines: list[str]) -> dict[str, Columns]:
    """Print one set's table and our worst pages; return it under its name."""
    print(f"## {name}\n\n{table.measures_table(name, columns)}\n", flush=True)
    show_worst(lines)
    return {name: columns}


def show_worst(lines: list[str]) -> None:
    """Print what went wrong as a list; nothing for nothing."""
    if lines:
        print("\n".join(f"- {line}" for line in lines) + "\n", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
