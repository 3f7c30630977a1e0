"""Markdown tables of measures, with goals beside them."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

GOALS = Path(__file__).with_name("goals.toml")
Scores = Mapping[str, float | None]


def goals_of(name: str) -> dict[str, dict[str, str]]:
    """Read the goals of a set ("zoo/hugo-plain", "extraction/blogs"); {} where it has none."""
    everything = tomllib.loads(GOALS.read_text(encoding="utf-8"))
    family, _, part = name.partition("/")
    goals: Any = everything.get(family, {})
    return dict(goals.get(part, {}) if family == "extraction" else goals)


def meets(value: float | None, goal: str) -> bool:
    """Tell whether a value satisfies a goal such as ">= 0.97"."""
    sign, bound = goal.split()
    if value is None:
        return True
    return value >= float(bound) if sign == ">=" else value <= float(bound)


def measures_table(name: str, columns: Mapping[str, Scores]) -> str:
    """Lay out one row per measure, ours first, the set's goals last; a missed goal is marked with a cross."""
    goals = goals_of(name)
    first = next(iter(columns.values()), {})
    order = [key for key in goals if key in first] + [key for key in first if key not in goals]
    rows = [
        [
            key,
            *(_cell(scores.get(key)) for scores in columns.values()),
            *_goal_cells(first.get(key), goals.get(key, {})),
        ]
        for key in order
    ]
    return markdown(["measure", *columns, "goal", "reach"], rows)


def figures_table(family: str, figures: Scores) -> str:
    """Lay out one figure a row, with its goals."""
    goals = goals_of(family)
    rows = [[key, _cell(value), *_goal_cells(value, goals.get(key, {}))] for key, value in figures.items()]
    return markdown(["figure", "value", "goal", "reach"], rows)


def sites_table(name: str, ours: Mapping[str, Scores], peer: Mapping[str, Scores]) -> str:
    """Lay out the measures with goals: a column per site, a peer's range, goals that every site must meet."""
    rows = []
    for key, goals in goals_of(name).items():
        values = [scores.get(key) for scores in ours.values()]
        theirs = [value for scores in peer.values() if (value := scores.get(key)) is not None]
        span = f"{_cell(min(theirs))} to {_cell(max(theirs))}" if theirs else "–"
        worst = [value for value in values if value is not None]
        missed = {kind: [v for v in worst if not meets(v, goal)] for kind, goal in goals.items()}
        marks = [f"{goals[k]} {'✗' if missed[k] else '✓'}" if k in goals else "" for k in ("goal", "reach")]
        rows.append([key, *map(_cell, values), span, *marks])
    return markdown(["measure", *ours, "trafilatura", "goal", "reach"], rows)


def _cell(value: float | None) -> str:
    if value is None:
        return "–"
    return str(int(value)) if float(value).is_integer() and abs(value) > 1 else f"{value:.4g}"


def _goal_cells(value: float | None, goals: Mapping[str, str]) -> list[str]:
    cells = []
    for kind in ("goal", "reach"):
        goal = goals.get(kind)
        cells.append("" if goal is None else f"{goal} {'✓' if meets(value, goal) else '✗'}")
    return cells


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay out a Markdown table whose columns line up in a terminal, too."""
    widths = [max(len(row[n]) for row in [head, *rows]) for n in range(len(head))]
    lines = [_line(head, widths), _line(["-" * width for width in widths], widths)]
    return "\n".join([*lines, *(_line(row, widths) for row in rows)])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"


def save(path: str, results: Mapping[str, object]) -> None:
    """Write the results as JSON when a path was given."""
    if path:
        Path(path).write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
