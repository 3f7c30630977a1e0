"""Score whole blogs, served on loopback and crawled over HTTP."""

import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from measure import exact, ours, peers
from measure.sets import Json, load_scorer, read_lines

Scores = dict[str, float | None]
Crawl = Callable[[Path, str], list[Json]]


def names(folder: Path) -> list[str]:
    """Name the blogs in the folder."""
    return sorted(path.parent.name for path in folder.glob("*/site.json"))


def score(folder: Path, name: str, asked: list[str], crawl: Crawl) -> tuple[dict[str, Scores], list[str]]:
    """Score one blog: measures per extractor, ours first, and our mistakes."""
    scorer = load_scorer(folder / "score.py")
    truth = list(read_lines(folder / name / "truth.jsonl"))
    told = crawl(folder, name)
    result, mistakes = scorer.score(truth, [ours.zoo_keys(record) for record in told], 10_000)
    columns = {"copydesk": flat(result) | {exact.MEASURE: exact.unexplained(told)}}
    if "trafilatura" in asked:
        columns["trafilatura"] = flat(scorer.score(truth, _page_by_page(folder, name))[0])
    return columns, sorted(mistakes, key=lambda line: "artifact" in line)  # posts and fields before findings


def crawl_over_http(folder: Path, name: str) -> list[Json]:
    """Serve one blog and crawl it from its front page, as a person would."""
    server = load_scorer(folder / "serve.py").server(folder / name)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as temporary:
        try:
            return ours.stored(f"http://127.0.0.1:{server.server_address[1]}/", Path(temporary))
        finally:
            server.shutdown()
            server.server_close()


def _page_by_page(folder: Path, name: str) -> list[Json]:
    """Give every HTML page of the blog to trafilatura; what it finds text on counts as a post."""
    files = load_scorer(folder / "serve.py").load(folder / name)
    paths = [
        row["url"] for part in ("truth", "nonposts") for row in read_lines(folder / name / f"{part}.jsonl")
    ]
    pages = [{"id": path, "url": f"https://blog.example{path}", "html": _file(files, path)} for path in paths]
    rows = peers.predictions(
        "trafilatura", [p for p in pages if p["html"]], folder.parent / "extraction" / "metrics.py"
    )
    return [_as_post(row) for row in rows if row.get("text")]


def _file(files: Mapping[str, bytes], path: str) -> str:
    path = unquote(path).lstrip("/")
    found = files.get(f"{path}index.html" if path.endswith("/") or not path else path, b"")
    text = (found or files.get(f"{path}.html", b"")).decode("utf-8", "replace")
    return text if "<html" in text[:1500].lower() else ""


def _as_post(row: Json) -> Json:
    sections = [{"level": level, "heading": heading} for level, heading in row.get("headings") or []]
    return {**row, "url": row["id"], "sections": sections, "author": ", ".join(row.get("author") or [])}


def flat(result: Mapping[str, Any]) -> Scores:
    """Turn the scorer's nested result into {"measure part": number}."""
    rows: Scores = {}
    for measure, parts in result.items():
        by_type = measure == "artifacts by type"
        for part, value in parts.items():
            if by_type:
                rows |= {f"{part} {letter}": value[letter] for letter in ("p", "r")}
            elif part not in ("n", "of") or measure.endswith(("flagged", "any rule", "no truth for")):
                rows[f"{measure} {part}"] = value
    return rows
