"""From the rows of a figure to its chart, every mark with a link to the rows it stands for."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from pipeline.desk import charts
from pipeline.desk.charts import Mark
from pipeline.desk.figures import Figure
from pipeline.desk.words import OPEN_STATES

Row = Mapping[str, Any]
Link = Callable[[str, Mapping[str, str]], str]
"""Table (or "queue") and filters -> address; "" where nothing can be linked, as in a report."""
SEVERITIES = ("info", "warning", "error")
"""From the bottom of a bar to its top."""
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
LENGTHS = {
    0: "under 25",
    25: "25–49",
    50: "50–99",
    100: "100–199",
    200: "200–399",
    400: "400–799",
    800: "800 +",
}
AGES = {0: "under 7", 7: "7–29", 30: "30–89", 90: "90–179", 180: "180–364", 365: "365 +"}


def no_link(table: str, filters: Mapping[str, str]) -> str:
    """Link nowhere."""
    return ""


def linker(tables: Callable[[str], str], queue: str) -> Link:
    """Return how to link into Datasette: `tables` gives the address of a table."""

    def link(table: str, filters: Mapping[str, str]) -> str:
        return f"{queue if table == 'queue' else tables(table)}?{urlencode(filters)}"

    return link


def draw(figure: Figure, rows: Sequence[Row], link: Link) -> Markup:
    """Draw a figure; nothing where it has no rows."""
    if not rows:
        return Markup("")
    return DRAWERS[figure.name](rows, link, (figure.title, figure.says))


def _open_flags(rows: Sequence[Row], link: Link, words: tuple[str, str]) -> Markup:
    runs = sorted({row["run"] for row in rows})
    found = {(row["run"], row["severity"]): row for row in rows}
    days = {row["run"]: row["day"] for row in rows}
    bars = []
    for run in runs:
        marks = []
        for severity in SEVERITIES:
            count = found[run, severity]["flags"] if (run, severity) in found else 0
            href = link("flags", {"severity": severity, "first_seen_at__lte": f"{days[run]}T99"})
            says = f"run {run}, {days[run]}: {count:,} {severity}"
            marks.append(Mark(value=count, says=says, kind=severity, href=href))
        bars.append(marks)
    return charts.columns([days[run][2:] for run in runs], bars, words)


def _changes(rows: Sequence[Row], link: Link, words: tuple[str, str]) -> Markup:
    kinds = {"new": "first_run_id", "fixed": "fixed_run_id", "reopened": "reopened_run_id"}
    bars = [
        [
            Mark(
                value=row[kind],
                says=f"run {row['run']}, {row['day']}: {row[kind]:,} {kind}",
                kind=kind,
                href=link("finding_history", {column: str(row["run"])}),
            )
            for kind, column in kinds.items()
        ]
        for row in rows
    ]
    return charts.columns([row["day"][2:] for row in rows], bars, words)


def _rules_categories(rows: Sequence[Row], link: Link, words: tuple[str, str]) -> Markup:
    rules, categories = sorted({row["rule"] for row in rows}), sorted({row["category"] for row in rows})
    found = {(row["rule"], row["category"]): row["flags"] for row in rows}
    most = max(found.values())

    def cell(rule: str, category: str) -> Mark | None:
        count = found.get((rule, category))
        if count is None:
            return None
        href = link("queue", {"rule": rule, "category": category})
        return Mark(
            value=count / most, says=f"{rule}, {category}: {count:,} open", label=f"{count:,}", href=href
        )

    cells = [[cell(rule, category) for category in categories] for rule in rules]
    return charts.grid(rules, [one.rpartition(" / ")[2] for one in categories], cells, words)


def _calendar(rows: Sequence[Row], link: Link, words: tuple[str, str]) -> Markup:
    found = {(row["year"], row["month"]): row for row in rows}
    years = sorted({row["year"] for row in rows}, reverse=True)

    def cell(year: str, month: int) -> Mark | None:
        row = found.get((year, f"{month:02}"))
        if row is None:
            return None
        share = row["flagged"] / row["posts"]
        says = f"{MONTHS[month - 1]} {year}: {row['flagged']:,} of {row['posts']:,} posts flagged"
        href = link("posts", {"published__startswith": f"{year}-{month:02}"})
        return Mark(value=share, says=says, label=f"{row['posts']:,}", href=href)

    return charts.grid(
        years, MONTHS, [[cell(year, month) for month in range(1, 13)] for year in years], words
    )


def _lengths(rows: Sequence[Row], link: Link, words: tuple[str, str]) -> Markup:
    bars = []
    for row in rows:
        filters = _between("words", row["from_words"], list(LENGTHS))
        says = f"{LENGTHS[row['from_words']]} words: {row['sections']:,} sections"
        bars.append([Mark(value=row["sections"], says=says, href=link("sections", filters))])
    return charts.columns([LENGTHS[row["from_words"]] for row in rows], bars, words)


def _ages(rows: Sequence[Row], link: Link, words: tuple[str, str]) -> Markup:
    bars = []
    for row in rows:
        says = f"{AGES[row['from_days']]} days: {row['flags']:,} flags"
        href = link("flags", {"state__in": ",".join(OPEN_STATES), **_seen(row["from_days"])})
        bars.append([Mark(value=row["flags"], says=says, kind="warning", href=href)])
    return charts.columns([AGES[row["from_days"]] for row in rows], bars, words)


def _precision(rows: Sequence[Row], link: Link, words: tuple[str, str]) -> Markup:
    marks = []
    for row in rows:
        decided = row["accepted"] + row["dismissed"]
        share = row["accepted"] / decided
        says = f"{row['rule']}: {row['accepted']:,} of {decided:,} accepted"
        href = link("flags", {"rule": row["rule"], "state": "dismissed"})
        marks.append(
            Mark(value=share, says=says, kind="fixed", href=href, label=f"{share:.0%} of {decided:,}")
        )
    return charts.lying([row["rule"] for row in rows], marks, words)


def _seen(days: int) -> dict[str, str]:
    """Return the filters for flags that have waited so many days, up to where the next bar begins."""
    now, starts = datetime.now(UTC), list(AGES)
    following = starts[starts.index(days) + 1 :]
    before = {"first_seen_at__lte": f"{now - timedelta(days):%Y-%m-%dT%H:%M:%S}"}
    after = {"first_seen_at__gt": f"{now - timedelta(following[0]):%Y-%m-%dT%H:%M:%S}"} if following else {}
    return before | after


def _between(column: str, start: int, starts: Sequence[int]) -> dict[str, str]:
    following = starts[starts.index(start) + 1 :]
    return {f"{column}__gte": str(start)} | ({f"{column}__lt": str(following[0])} if following else {})


DRAWERS: dict[str, Callable[[Sequence[Row], Link, tuple[str, str]], Markup]] = {
    "open-flags": _open_flags,
    "changes": _changes,
    "rules-categories": _rules_categories,
    "calendar": _calendar,
    "section-lengths": _lengths,
    "ages": _ages,
    "precision": _precision,
}
