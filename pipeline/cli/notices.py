"""Telling others how a run went: a ping to a watchdog, a file for Prometheus, nothing at all."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.error import URLError
from urllib.request import Request, urlopen

import click

from pipeline.cli.report import SiteReport

PING_S = 10.0
log = logging.getLogger(__name__)
Function = TypeVar("Function", bound=Callable[..., object])


@dataclass(slots=True)
class Notice:
    """What came of a run."""

    code: int = 70
    reports: Sequence[SiteReport] = field(default_factory=list)


def notice_options(function: Function) -> Function:
    """Add the options of a command that cron runs."""
    for option in (
        click.option(
            "--metrics", type=click.Path(path_type=Path, dir_okay=False), help="Write a .prom file."
        ),
        click.option(
            "--ping", metavar="URL", help="Call URL/start at the start, URL/<exit code> at the end."
        ),
        click.option("-q", "--quiet", is_flag=True, help="Print nothing when all went well."),
    ):
        function = option(function)
    return function


@contextmanager
def telling(ping: str | None, metrics: Path | None) -> Iterator[Notice]:
    """Tell at the start and, however the block ends, at its end."""
    notice, started = Notice(), time.monotonic()
    _ping(ping, "start")
    try:
        yield notice
    finally:
        _ping(ping, str(notice.code))
        if metrics is not None:
            _write(metrics, _lines(notice, time.monotonic() - started))


def _ping(url: str | None, what: str) -> None:
    """Call a watchdog; that it does not answer changes nothing."""
    if url is None:
        return
    try:
        with urlopen(Request(f"{url.rstrip('/')}/{what}", method="POST", data=b""), timeout=PING_S):
            pass
    except (URLError, OSError, ValueError) as error:
        log.warning("ping failed what=%s reason=%s", what, error)


def _lines(notice: Notice, seconds: float) -> Iterator[str]:
    yield f"copydesk_run_duration_seconds {seconds:.3f}"
    yield f"copydesk_run_exit_code {notice.code}"
    for report in notice.reports:
        site = f'site="{report.site}"'
        if report.state == "complete":
            yield f"copydesk_last_success_timestamp_seconds{{{site}}} {time.time():.0f}"
        yield f'copydesk_pages{{{site},status="fetched"}} {report.pages}'
        yield f'copydesk_pages{{{site},status="unchanged"}} {report.unchanged}'
        yield f'copydesk_pages{{{site},status="failed"}} {report.failed}'
        yield f'copydesk_posts{{{site},state="known"}} {report.posts}'
        yield f'copydesk_posts{{{site},state="missing"}} {report.missing}'
        yield f"copydesk_flags_open{{{site}}} {sum(report.flags.values())}"
        for kind, count in report.errors.items():
            yield f'copydesk_errors{{{site},kind="{kind}"}} {count}'


def _write(path: Path, lines: Iterator[str]) -> None:
    """Write beside and rename: whoever collects it never sees half a file."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        log.warning("metrics could not be written path=%s reason=%s", path, error.strerror)
