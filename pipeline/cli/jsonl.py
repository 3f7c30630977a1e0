"""`extract --jsonl`: one line in, one line out, whatever the line (contracts §1)."""

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from pipeline.archive.charset import clean_text
from pipeline.cli.work import Known
from pipeline.process import process
from pipeline.record_json import to_record
from pipeline.records import Failure, Page
from pipeline.site.template import Template
from pipeline.spread import Task, attempt

ALONE = Known(template=Template())
"""A page of which nothing else is known."""


class LineError(Exception):
    """A line of input is not what it should be; its text is the sentence to answer with."""


def answer_lines(lines: Iterable[bytes], out: BinaryIO, known: Known = ALONE) -> int:
    """Answer every line with a record or an error, flushed at once; return the exit code."""
    failed = False
    for line in lines:
        answer = answer_line(line, known)
        failed = failed or "error" in answer
        out.write(_printed(answer) + b"\n")
        out.flush()
    return 3 if failed else 0


def answer_line(line: bytes, known: Known = ALONE) -> dict[str, Any]:
    """Give the record of a line with its id, or {"id", "error"}."""
    given: dict[str, Any] = {}
    try:
        given = _parse(line)
        page = _page(given)
    except LineError as error:
        return {"id": _echo(given.get("id")), "error": str(error)}
    task = Task(function=_record, shared=known, url_of=lambda page: page.url)
    record = attempt(task, page)
    if isinstance(record, Failure):
        return {"id": _echo(given.get("id")), "error": record.reason}
    return {"id": _echo(given.get("id")), **record}


def _record(page: Page, known: Known) -> dict[str, Any]:
    return to_record(process(page, known.template, known.book))


def _parse(line: bytes) -> dict[str, Any]:
    try:
        given = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise LineError(f"the line is not JSON: {error}") from error
    if not isinstance(given, dict):
        raise LineError('the line is no JSON object; give {"id", "url", "html"} or {"id", "url", "text"}')
    return given


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _page(given: dict[str, Any]) -> Page:
    url = given.get("url")
    if url is not None and not isinstance(url, str):
        raise LineError("'url' must be a string or null")
    name = "html" if given.get("html") is not None else "text"
    text = given.get(name)
    if not isinstance(text, str):
        raise LineError("the line has neither 'html' nor 'text' as a string")
    media_type = "text/html" if name == "html" else "text/plain"
    return Page(url=clean_text(url) if url else None, text=clean_text(text), media_type=media_type)


def _echo(value: Any) -> Any:
    """Return an id that can be printed as JSON again; a number that JSON cannot hold becomes null."""
    try:
        json.dumps(value, allow_nan=False)
    except (ValueError, RecursionError):
        return None
    return value


def _printed(answer: dict[str, Any]) -> bytes:
    try:
        return json.dumps(answer, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half a surrogate pair, which only an escape can hold
        return json.dumps(answer).encode()
