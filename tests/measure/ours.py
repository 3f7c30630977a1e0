"""Run copydesk itself as people do, by its command line, and turn its records into the scorers' keys."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

from measure.sets import Json

COPYDESK = [str(Path(sys.executable).with_name("copydesk"))]


def run(*arguments: str, accept: tuple[int, ...] = (0,)) -> str:
    """Run one command and return what it prints.

    Raises RuntimeError with what it said on stderr when the exit code is not one of `accept`.
    """
    done = subprocess.run([*COPYDESK, *arguments], capture_output=True, text=True, check=False)
    if done.returncode not in accept:
        raise RuntimeError(f"copydesk {' '.join(arguments)}: exit {done.returncode}\n{done.stderr[-2000:]}")
    return done.stdout


def records(pages: list[Json]) -> list[Json]:
    """Stream pages through `copydesk extract --jsonl`, one process per core; records come in order."""
    shares = [pages[n :: os.cpu_count() or 1] for n in range(os.cpu_count() or 1)]
    found: dict[str, Json] = {}
    threads = [threading.Thread(target=_stream, args=(share, found)) for share in shares if share]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [found.get(page["id"], {"id": page["id"], "error": "no line came back"}) for page in pages]


def _stream(pages: list[Json], found: dict[str, Json]) -> None:
    process = subprocess.Popen(
        [*COPYDESK, "extract", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    feeder = threading.Thread(target=_feed, args=(process.stdin, pages))
    feeder.start()
    for line in process.stdout:
        record = json.loads(line)
        found[record["id"]] = record
    feeder.join()
    process.wait()


def _feed(pipe: object, pages: list[Json]) -> None:
    with pipe as lines:  # type: ignore[attr-defined]
        for page in pages:
            line = {key: page[key] for key in ("id", "url", "html", "text") if key in page}
            lines.write(json.dumps(line).encode() + b"\n")


def stored(target: str, folder: Path) -> list[Json]:
    """Crawl a target into a fresh database and return the records of its posts."""
    db = str(folder / "copydesk.db")
    run("crawl", target, "--db", db, "--archive", str(folder / "archive"), accept=(0, 3))
    return [json.loads(line) for line in run("export", "posts", "--db", db).splitlines()]


def extraction_keys(record: Json) -> Json:
    """Rename a record's fields as the extraction scorer wants them."""
    return {
        **{key: record.get(key) for key in ("id", "text", "title", "categories", "tags")},
        "date": (record.get("published") or "")[:10] or None,
        "author": record.get("authors") or [],
        "headings": [[section["level"], section["heading"]] for section in record.get("sections") or []],
    }


def zoo_keys(record: Json) -> Json:
    """Rename a record's fields as the zoo's scorer wants them."""
    return {
        **{key: record.get(key) for key in ("url", "title", "text", "categories", "tags", "sections")},
        "date": (record.get("published") or "")[:10] or None,
        "author": ", ".join(record.get("authors") or []) or None,
        "artifacts": [{"type": f["rule"], "text": f["quote"]} for f in record.get("findings") or []],
    }


def wild_keys(record: Json) -> Json:
    """Rename a record's findings as the wild scorer wants them."""
    findings = [{"rule": f["rule"], "text": f["quote"]} for f in record.get("findings") or []]
    return {"id": record["id"], "findings": findings}
