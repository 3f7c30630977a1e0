"""How a run went, for Prometheus: a file that the node exporter's textfile collector picks up.

Source: Prometheus, "Text-based format": HELP and TYPE once, all lines of a metric together, labels escaped.
"""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.cli.report import SiteReport

log = logging.getLogger(__name__)
LAST_SUCCESS = "copydesk_last_success_timestamp_seconds"
HELP = {
    "copydesk_run_timestamp_seconds": "When the last run ended.",
    "copydesk_run_duration_seconds": "How long it took.",
    "copydesk_run_exit_code": "Its exit code; 0 is well.",
    LAST_SUCCESS: "When a site's last complete run ended.",
    "copydesk_requests": "Requests of a site's last run.",
    "copydesk_pages": "Pages of a site's last run, by what came of them.",
    "copydesk_posts": "Posts known of a site.",
    "copydesk_flags_open": "Flags that wait for somebody, by severity.",
    "copydesk_errors": "Addresses that failed in a site's last run, by kind.",
    "copydesk_events": "What needs a person, until it ended.",
}
Label = tuple[tuple[str, str], ...]
Samples = list[tuple[str, Label, float]]


def write_metrics(path: Path, code: int, seconds: float, reports: Sequence[SiteReport]) -> None:
    """Write beside and rename: whoever collects it never sees half a file."""
    part = path.with_name(path.name + ".part")  # the collector reads only names that end in .prom
    try:
        samples = _samples(code, seconds, reports)
        samples += _successes(reports, _lines_of(path))
        part.write_text("".join(_text(samples)), encoding="utf-8")
        part.chmod(0o644)
        part.replace(path)
    except OSError as error:
        log.warning("metrics could not be written path=%s reason=%s", path, error.strerror)


def _samples(code: int, seconds: float, reports: Sequence[SiteReport]) -> Samples:
    found: Samples = [
        ("copydesk_run_timestamp_seconds", (), round(time.time())),
        ("copydesk_run_duration_seconds", (), round(seconds, 3)),
        ("copydesk_run_exit_code", (), code),
    ]
    for report in reports:
        site = ("site", report.site)
        pages = {"fetched": report.pages, "unchanged": report.unchanged, "failed": report.failed}
        posts = {"known": report.posts, "missing": report.missing}
        found.append(("copydesk_requests", (site,), report.requests))
        found += [("copydesk_pages", (site, ("status", name)), count) for name, count in pages.items()]
        found += [("copydesk_posts", (site, ("state", name)), count) for name, count in posts.items()]
        for severity in ("error", "warning", "info"):
            count = report.severities.get(severity, 0)
            found.append(("copydesk_flags_open", (site, ("severity", severity)), count))
        found += [("copydesk_errors", (site, ("kind", name)), n) for name, n in report.errors.items()]
        found.append(("copydesk_events", (site,), len(report.events)))
    return found


def _successes(reports: Sequence[SiteReport], before: Mapping[str, float]) -> Samples:
    """Give when each site was last crawled well: a run that failed must not make that forgotten."""
    now = {report.site: round(time.time()) for report in reports if report.state == "complete"}
    return [(LAST_SUCCESS, (("site", site),), at) for site, at in {**before, **now}.items()]


def _lines_of(path: Path) -> dict[str, float]:
    """Read back what the file of the run before says of successes."""
    if not path.is_file():
        return {}
    found = {}
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        label, gap, value = line.removeprefix(LAST_SUCCESS + '{site="').rpartition('"} ')
        if line.startswith(LAST_SUCCESS + "{") and gap and value.isdigit():
            found[label] = float(value)
    return found


def _text(samples: Samples) -> Iterator[str]:
    for name, said in HELP.items():
        lines = [
            f"{name}{_labels(labels)} {value:.15g}\n" for metric, labels, value in samples if metric == name
        ]
        if lines:
            yield f"# HELP {name} {said}\n# TYPE {name} gauge\n"
            yield from lines


def _labels(labels: Label) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
