"""Score single pages against the extraction sets, peers beside ours."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from measure import exact, ours, peers
from measure.sets import Json, load_scorer, read_lines

Scores = dict[str, float | None]
Worst = dict[str, list[str]]
Records = Callable[[list[Json]], list[Json]]


def names(folder: Path) -> list[str]:
    """Name the sets in the folder."""
    return sorted(path.name.split(".")[0] for path in folder.glob("*.jsonl*"))


def score(folder: Path, name: str, asked: list[str], records: Records) -> tuple[dict[str, Scores], Worst]:
    """Score one set: measures per extractor, ours first, and our worst pages per measure, worst first."""
    metrics_file = folder / "metrics.py"
    metrics = load_scorer(metrics_file)
    pages = list(read_lines(next(folder.glob(f"{name}.jsonl*"))))
    told = records(pages)
    mine = [ours.extraction_keys(record) for record in told]
    columns = {"copydesk": _scores(metrics, pages, mine) | {exact.MEASURE: exact.unexplained(told)}}
    for peer in asked:
        columns[peer] = _scores(metrics, pages, peers.predictions(peer, pages, metrics_file))
    return columns, _worst(metrics, pages, mine)


def _scores(metrics: ModuleType, pages: list[Json], predictions: list[Json]) -> Scores:
    by_id = {row["id"]: row for row in predictions}
    result = metrics.score_all([metrics.score_page(p["truth"], by_id.get(p["id"], {})) for p in pages])
    result.pop("n")
    told = {key for row in predictions for key, value in row.items() if value}
    return {key: float(result[key]) for key in sorted(result) if _source(key) & told}


def _source(measure: str) -> set[str]:
    """Name the fields that a measure reads: an extractor that knows none of them has no score, not zero."""
    if measure == "topics":
        return {"tags", "categories"}
    field = measure.partition("_")[0]
    return {"headings"} if field == "heading" else {field} if field in FIELDS else {"text"}


def _worst(metrics: ModuleType, pages: list[Json], predictions: list[Json]) -> Worst:
    """List, per measure, our pages with a loss, worst first: "loss id: ours / truth"."""
    found: dict[str, list[tuple[float, str]]] = {}
    for page, mine in zip(pages, predictions, strict=True):
        for key, value in metrics.score_page(page["truth"], mine).items():
            loss = LOSS.get(key, _plain_loss)(value)
            if loss > 0:
                found.setdefault(key, []).append((loss, _describe(key, loss, page, mine)))
    return {key: [line for _, line in sorted(rows, key=lambda row: -row[0])] for key, rows in found.items()}


def _plain_loss(value: Any) -> float:
    return 1.0 - float(value)


FIELDS = ("title", "date", "author", "tags", "categories")
LOSS: Mapping[str, Callable[[Any], float]] = {
    "shingle": lambda row: 1.0 - row[0],
    "token": lambda row: 1.0 - row[2],
    "segment": lambda row: float(row[1] + row[2]),
    "heading": lambda row: float(row[1] + row[2] - 2 * row[0]),
}


def _describe(key: str, loss: float, page: Json, mine: Json) -> str:
    line = f"{loss:.3g}  {page['id']}"
    if key in FIELDS:
        line += f": {mine.get(key)!r} should be {page['truth'].get(key)!r}"
    if key == "heading":
        line += f": {len(mine.get('headings') or [])} headings of ours"
    return line
