"""Charts as SVG: bars that stand on each other, bars that lie, and a grid. Pure; text in, markup out.

Colours come from the style sheet by class; every mark has a title, and a link where there is one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

WIDTH, HEIGHT, LEFT, BOTTOM = 640, 220, 44, 26
ROW = 26
HEAD = 20
"""Characters of a slanting head."""
SLANT_X, SLANT_Y = 4.2, 4.2
"""Room that a character of it takes, to the right and upwards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One bar, stretch of a bar, or cell."""

    value: float
    """What it says: a number, or a share from 0 to 1 in a grid or of a lying bar."""
    says: str
    """Its title, such as "crawl 3: 12 errors"."""
    kind: str = "plain"
    """A class of ours: error, warning, info, new, fixed, reopened, plain."""
    href: str = ""
    label: str = ""
    """Text inside a cell or behind a bar."""


def columns(labels: Sequence[str], bars: Sequence[Sequence[Mark]], words: tuple[str, str]) -> Markup:
    """Draw bars side by side, the marks of each on top of each other; words are title and description."""
    top = max((sum(mark.value for mark in bar) for bar in bars), default=0) or 1
    step = min((WIDTH - LEFT) / max(1, len(bars)), 80.0)
    shapes = [_scale(top)]
    for index, (label, bar) in enumerate(zip(labels, bars, strict=True)):
        x, base = LEFT + index * step, float(HEIGHT - BOTTOM)
        for mark in bar:
            height = mark.value / top * (HEIGHT - BOTTOM - 12)
            base -= height
            if mark.value:
                shapes.append(_box(mark, (x + step * 0.1, base, step * 0.8, max(height, 1.5))))
        if index % (len(bars) // 10 + 1) == 0:
            shapes.append(_text(label, x + step / 2, HEIGHT - 8, "middle"))
    return _drawing(shapes, HEIGHT, words)


def grid(
    rows: Sequence[str], heads: Sequence[str], cells: Sequence[Sequence[Mark | None]], words: tuple[str, str]
) -> Markup:
    """Draw a cell for each row and head, the fuller the larger its value; long heads stand aslant above."""
    left = min(200, 20 + 7 * max((len(row) for row in rows), default=0))
    longest = max((len(head) for head in heads), default=0)
    aslant = longest * 6.5 > (WIDTH - left) / max(1, len(heads))
    # The last slanting head needs room to its right.
    step = (WIDTH - left - (SLANT_X * min(longest, HEAD) if aslant else 0)) / max(1, len(heads))
    top = 22.0 + (SLANT_Y * min(longest, HEAD) - 10 if aslant else 0)
    shapes = [
        _slanting(_short(head, HEAD * 6.5), left + (i + 0.4) * step, top - 6)
        if aslant
        else _text(head, left + (i + 0.5) * step, 14, "middle")
        for i, head in enumerate(heads)
    ]
    for index, (row, marks) in enumerate(zip(rows, cells, strict=True)):
        y = top + index * ROW
        shapes.append(_text(_short(row, left), left - 6, y + 17, "end"))
        for at, mark in enumerate(marks):
            if mark is not None:
                shapes.append(_cell(mark, (left + at * step + 1, y + 1, step - 2, ROW - 2)))
    return _drawing(shapes, top + 4 + ROW * len(rows), words)


def lying(rows: Sequence[str], marks: Sequence[Mark], words: tuple[str, str]) -> Markup:
    """Draw one lying bar a row; values are shares of the whole width."""
    left, room = 170, WIDTH - 170 - 110
    shapes = []
    for index, (row, mark) in enumerate(zip(rows, marks, strict=True)):
        y = 4.0 + index * ROW
        shapes.append(_text(_short(row, left), left - 6, y + 17, "end"))
        shapes.append(_box(mark, (left, y + 3, max(mark.value * room, 1.5), ROW - 8)))
        shapes.append(_text(mark.label, left + mark.value * room + 6, y + 17, "start"))
    return _drawing(shapes, 10 + ROW * len(rows), words)


def _drawing(shapes: Sequence[Markup], height: float, words: tuple[str, str]) -> Markup:
    return Markup(
        '<svg class="chart" viewBox="0 0 {width} {height}" role="group" aria-label="{title}">'
        "<title>{title}</title><desc>{says}</desc>{shapes}</svg>"
    ).format(width=WIDTH, height=_n(height), title=words[0], says=words[1], shapes=Markup("").join(shapes))


def _scale(top: float) -> Markup:
    """Draw the line that bars stand on, and the largest value."""
    base = HEIGHT - BOTTOM
    lines = Markup('<path class="axis" d="M{x} 12H{end}M{x} {base}H{end}"/>').format(
        x=LEFT, end=WIDTH, base=base
    )
    return lines + _text(f"{top:,.0f}", LEFT - 6, 16, "end") + _text("0", LEFT - 6, base, "end")


def _box(mark: Mark, place: tuple[float, float, float, float]) -> Markup:
    x, y, width, height = map(_n, place)
    shape = Markup(
        '<rect class="mark {kind}" x="{x}" y="{y}" width="{width}" height="{height}">'
        "<title>{says}</title></rect>"
    ).format(kind=mark.kind, x=x, y=y, width=width, height=height, says=mark.says)
    return _linked(shape, mark)


def _cell(mark: Mark, place: tuple[float, float, float, float]) -> Markup:
    x, y, width, height = place
    shade = "deep" if mark.value > 0.55 else "light"
    shape = Markup(
        '<rect class="cell shade-{step}" x="{x}" y="{y}" width="{w}" height="{h}">'
        "<title>{says}</title></rect>"
        '<text class="{shade}" x="{middle}" y="{line}" text-anchor="middle">{label}</text>'
    ).format(
        step=round(mark.value * 10), x=_n(x), y=_n(y), w=_n(width), h=_n(height), says=mark.says, shade=shade,
        middle=_n(x + width / 2), line=_n(y + height / 2 + 4), label=mark.label,
    )  # fmt: skip
    return _linked(shape, mark)


def _linked(shape: Markup, mark: Mark) -> Markup:
    if not mark.href:
        return shape
    return Markup('<a href="{href}" aria-label="{says}">{shape}</a>').format(
        href=mark.href, says=mark.says, shape=shape
    )


def _text(text: str, x: float, y: float, anchor: str) -> Markup:
    return Markup('<text x="{x}" y="{y}" text-anchor="{anchor}">{text}</text>').format(
        x=_n(x), y=_n(y), anchor=anchor, text=text
    )


def _slanting(text: str, x: float, y: float) -> Markup:
    return Markup('<text x="{x}" y="{y}" transform="rotate(-45 {x} {y})">{text}</text>').format(
        x=_n(x), y=_n(y), text=text
    )


def _short(text: str, room: float) -> str:
    most = max(3, int(room / 6.5))
    return text if len(text) <= most else text[: most - 1] + "…"


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
