"""Telling others how a run went: a watchdog, a file for Prometheus, a webhook, a mail; or nobody."""

import logging
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from pipeline.cli.codes import LOCKED, UNEXPECTED, code_of, sentence_of
from pipeline.cli.hook import ping, post_run
from pipeline.cli.logs import quiet_option
from pipeline.cli.mail import ENDING, send_report
from pipeline.cli.promfile import write_metrics
from pipeline.cli.redact import conceal
from pipeline.cli.report import SiteReport
from pipeline.errors import ConfigError

log = logging.getLogger(__name__)
Function = TypeVar("Function", bound=Callable[..., object])
OPTIONS = {
    "ping": ("URL", "Call URL/start at the start, URL/<exit code> at the end."),
    "metrics": ("FILE", "Write a .prom file for the node exporter."),
    "webhook": ("URL", "Post the report to URL as JSON."),
    "mail": ("ADDRESS", "Mail the report there when somebody is needed; or write it to a file.eml."),
}
"""Each may also stand under [notify] in the configuration."""
ADDRESS = re.compile(r"https?://[^\s/]+\S*")
MEANT: Mapping[str, Callable[[str], object]] = {
    "ping": ADDRESS.fullmatch,
    "metrics": lambda place: place.endswith(".prom"),
    "webhook": ADDRESS.fullmatch,
    "mail": lambda place: re.fullmatch(r"[^\s@,]+@[^\s@,]+", place) or place.endswith(ENDING),
}
WANTED = {
    "ping": "an http or https address, or $NAME of an environment variable that holds one",
    "metrics": "a file name that ends in .prom: the collector passes over all others",
    "webhook": "an http or https address, or $NAME of an environment variable that holds one",
    "mail": f"one mail address, or a file name that ends in {ENDING}",
}


@dataclass(slots=True)
class Notice:
    """What came of a run."""

    code: int = UNEXPECTED
    reports: Sequence[SiteReport] = field(default_factory=list)
    trouble: str = ""
    """Why it ended before it had a report."""
    seconds: float = 0.0


def notice_options(function: Function) -> Callable[..., object]:
    """Add the options of a command that cron runs; it gets `told`, what they say by their names."""

    @wraps(function)
    def collected(**values: Any) -> object:
        told = {name: values.pop(name) for name in OPTIONS}
        return function(**values, told=told)

    command: Callable[..., object] = collected
    for name, (metavar, text) in reversed(OPTIONS.items()):
        command = click.option(f"--{name}", metavar=metavar, help=text)(command)
    return quiet_option(command)


@contextmanager
def telling(told: Mapping[str, str | None], configured: Mapping[str, str]) -> Iterator[Notice]:
    """Tell at the start and, however the block ends, at its end.

    A run that finds another one at work is not the one that anybody waits for: it tells nothing at its end.
    """
    places = {name: _meant(name, told.get(name) or configured.get(name)) for name in OPTIONS}
    notice, started = Notice(), time.monotonic()
    log.info("run started")
    if places["ping"]:
        ping(places["ping"], "start")
    try:
        yield notice
    except BaseException as error:
        notice.code, notice.trouble = code_of(error), sentence_of(error)
        raise
    finally:
        notice.seconds = time.monotonic() - started
        _log(notice)
        if notice.code != LOCKED:
            _tell(places, notice)


def _meant(name: str, value: str | None) -> str | None:
    """Check a place; one that begins with "$" stands in the environment, for its address lets anybody in."""
    if value is None:
        return None
    place = os.environ.get(value[1:], "") if value.startswith("$") else value
    if value.startswith("$"):
        conceal(place)
    problem = "" if MEANT[name](place) else WANTED[name]
    if problem:
        raise ConfigError(f"{name} ({'not set' if not place else value}): give {problem}")
    return place


def _tell(places: Mapping[str, str | None], notice: Notice) -> None:
    if places["metrics"]:
        write_metrics(Path(places["metrics"]), notice.code, notice.seconds, notice.reports)
    if places["webhook"]:
        post_run(places["webhook"], notice.code, notice.reports, notice.trouble)
    if places["mail"]:
        send_report(places["mail"], notice.code, notice.reports, notice.trouble)
    if places["ping"]:
        ping(places["ping"], str(notice.code))


def _log(notice: Notice) -> None:
    for report in notice.reports:
        facts = {
            name: getattr(report, name) for name in ("site", "state", "requests", "pages", "posts", "failed")
        }
        log.info("site done", extra={"facts": facts | {"message": report.message}})
    facts = {"code": notice.code, "seconds": round(notice.seconds, 1)}
    log.info("run ended", extra={"facts": facts})
