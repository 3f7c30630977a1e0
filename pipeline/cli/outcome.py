"""Print reports and choose the exit code that they add up to."""

from collections.abc import Sequence
from pathlib import Path

import click

from pipeline.cli.codes import UNEXPECTED
from pipeline.cli.redact import printable
from pipeline.cli.report import EXIT_CODES, SiteReport, as_json, as_text

SEVERITIES = ("error", "warning", "info")
WORST_FIRST = (130, 4, 3, 0)


def print_reports(
    reports: Sequence[SiteReport], db_path: Path, fail_on: str | None, *, as_document: bool
) -> int:
    """Print to standard output; return the exit code."""
    if as_document:
        click.echo(as_json(reports, str(db_path)))
    else:
        lines = "\n\n".join(as_text(report) for report in reports).split("\n")
        click.echo("\n".join(printable(line) for line in lines))
        if any(report.posts for report in reports):
            click.echo(f"\nSee it: copydesk serve {db_path}")
    return exit_code(reports, fail_on)


def exit_code(reports: Sequence[SiteReport], fail_on: str | None) -> int:
    """Give the worst state's code; flags count only where everything else went well."""
    signals = [report.signal for report in reports if report.signal and report.state == "stopped"]
    if signals:
        return 128 + signals[0]
    if any(report.unexpected for report in reports):
        return UNEXPECTED
    if any(report.misconfigured for report in reports):
        return 2
    codes = {EXIT_CODES[report.state] for report in reports} or {0}
    worst = next(code for code in WORST_FIRST if code in codes)
    if worst == 0 and fail_on is not None:
        counted = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
        return int(any(report.severities.get(severity) for report in reports for severity in counted))
    return worst
