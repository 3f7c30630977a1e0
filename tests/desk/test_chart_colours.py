"""Colours of the charts stay apart for people who see fewer of them, in light and in dark."""

import re
from itertools import combinations, product
from pathlib import Path

import pytest

from pipeline.desk import charts

CSS = Path(charts.__file__).parent.joinpath("static/desk.css").read_text("utf-8")
COLOUR = re.compile(r"--(c-[a-z]+|paper): (#[0-9a-f]{6})")
LIGHT, DARK = ({}, {})
for block in re.findall(r"(@media \(prefers-color-scheme: dark\) \{\s*)?:root \{(.*?)\}", CSS, re.DOTALL):
    (DARK if block[0] else LIGHT).update(COLOUR.findall(block[1]))
SERIES = (("error", "warning", "info"), ("new", "fixed", "reopened"))
# Machado, Oliveira and Fernandes (2009): what is left of linear RGB where one kind of cone is missing.
SEEN = {
    "by all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "without red cones": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "without green cones": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "without blue cones": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
WHITE = (0.9505, 1.0, 1.089)
APART = 20
"""CIE76 distance; about 2 is the smallest that people notice side by side."""


def linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def times(matrix: tuple[tuple[float, ...], ...], vector: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def lab(colour: str, seen: str) -> tuple[float, float, float]:
    left = [min(1.0, max(0.0, part)) for part in times(SEEN[seen], linear(colour))]
    x, y, z = (
        (part / white) ** (1 / 3) if part / white > 0.008856 else 7.787 * part / white + 16 / 116
        for part, white in zip(times(XYZ, left), WHITE, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: str, other: str, seen: str) -> float:
    pairs = zip(lab(one, seen), lab(other, seen), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


@pytest.mark.parametrize(("names", "mode", "seen"), list(product(SERIES, (LIGHT, DARK), SEEN)))
def test_marks_of_a_chart_are_told_apart(names: tuple[str, ...], mode: dict[str, str], seen: str) -> None:
    near = {
        (one, other): round(distance(mode[f"c-{one}"], mode[f"c-{other}"], seen))
        for one, other in combinations(names, 2)
    }
    assert min(near.values()) >= APART, near


@pytest.mark.parametrize("mode", [LIGHT, DARK])
def test_marks_stand_out_from_the_paper(mode: dict[str, str]) -> None:
    def light(colour: str) -> float:
        return times(XYZ, linear(colour))[1] + 0.05

    paper = light(mode["paper"])
    found = {n: max(paper, light(c)) / min(paper, light(c)) for n, c in mode.items() if n[:2] == "c-"}
    found.pop("c-deep")
    assert {name: round(ratio, 1) for name, ratio in found.items() if ratio < 3} == {}
