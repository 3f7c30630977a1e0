"""Logging to standard error: one event a line, as text or as JSON, fit to be read in a terminal."""

import json
import logging
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from pipeline.cli.redact import conceal_environment, fit_to_log, printable, without_secrets

FORMATS = ("text", "json")
Function = TypeVar("Function", bound=Callable[..., object])


class TextLines(logging.Formatter):
    """One line an event; the lines of a traceback follow indented, so that none can pass for an event."""

    def format(self, record: logging.LogRecord) -> str:
        """Make the line."""
        at = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(record.created))
        line = f"{at}Z {record.levelname} {record.name}: {fit_to_log(record.getMessage())}"
        line += "".join(f" {_word(name)}={_word(value)}" for name, value in facts_of(record).items())
        return "\n    ".join([line, *_traceback(self, record)])


class JsonLines(logging.Formatter):
    """One JSON object a line: at, level, logger, event, and the facts of the event."""

    def format(self, record: logging.LogRecord) -> str:
        """Make the line."""
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line: dict[str, Any] = {"at": f"{at}.{record.msecs:03.0f}Z", "level": record.levelname.lower()}
        line |= {"logger": record.name, "event": fit_to_log(record.getMessage())}
        line |= {fit_to_log(name): _clean(value) for name, value in facts_of(record).items()} | line
        if trace := _traceback(self, record):
            line["traceback"] = trace
        return json.dumps(line, ensure_ascii=False)


def facts_of(record: logging.LogRecord) -> Mapping[str, Any]:
    """Give what a caller added: `log.info("run ended", extra={"facts": {"code": 0}})`."""
    found: Mapping[str, Any] = getattr(record, "facts", {})
    return found


def log_to_stderr(level: int, log_format: str = "text") -> None:
    """Send every event of this level and above to standard error."""
    conceal_environment()
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if log_format == "json" else TextLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(log_format == "json")  # Python's own would be lines of another kind


def say(sentence: str, **facts: object) -> None:
    """Tell the person, or the program that reads JSON lines, why a command ends."""
    if _is_json():
        logging.getLogger("copydesk").error("%s", sentence, extra={"facts": facts})
        return
    lines = without_secrets(sentence).splitlines() or [""]
    click.echo("copydesk: " + "\n  ".join(printable(line) for line in lines), err=True)


def say_usage(error: click.ClickException) -> None:
    """Tell what is wrong with a command line; people also get its usage."""
    if _is_json():
        say(error.format_message(), code=error.exit_code)
    else:
        error.show()


def log_option(function: Function) -> Function:
    """Add `--log-format`, which also turns on what happens in between, unless `--quiet` is given."""
    option = click.option(
        "--log-format",
        type=click.Choice(FORMATS),
        is_eager=True,
        expose_value=False,
        callback=_switch,
        help="Log what happens to standard error, one event a line.",
    )
    return option(function)


def quiet_option(function: Function) -> Function:
    """Add `--quiet`: nothing is printed, and only warnings are logged, when all goes well."""
    option = click.option(
        "-q", "--quiet", is_flag=True, is_eager=True, callback=_hush, help="Print nothing when all went well."
    )
    return option(function)


def _switch(context: click.Context, option: click.Parameter, value: str | None) -> None:
    if value is not None:
        log_to_stderr(logging.WARNING if context.params.get("quiet") else logging.INFO, value)


def _hush(context: click.Context, option: click.Parameter, value: bool) -> bool:
    if value:
        logging.getLogger().setLevel(logging.WARNING)
    return value


def _is_json() -> bool:
    return any(isinstance(handler.formatter, JsonLines) for handler in logging.getLogger().handlers)


def _traceback(formatter: logging.Formatter, record: logging.LogRecord) -> list[str]:
    if not record.exc_info:
        return []
    return [fit_to_log(line) for line in formatter.formatException(record.exc_info).splitlines()]


def _word(value: object) -> str:
    text = fit_to_log(str(value))
    return json.dumps(text, ensure_ascii=False) if " " in text or not text else text


def _clean(value: object) -> object:
    """Clean every text in a fact, however deep."""
    if isinstance(value, str):
        return fit_to_log(value)
    if isinstance(value, Mapping):
        return {fit_to_log(str(name)): _clean(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(one) for one in value]
    return value if isinstance(value, bool | int | float | None) else fit_to_log(str(value))
