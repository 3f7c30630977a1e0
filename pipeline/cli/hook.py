"""Requests to whoever watches a run: that they do not answer changes nothing, and is logged."""

import json
import logging
from collections.abc import Sequence
from dataclasses import asdict
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from pipeline.cli.report import SiteReport
from pipeline.cli.version import release

PATIENCE_S = 10.0
log = logging.getLogger(__name__)


class _NoRedirect(HTTPRedirectHandler):
    """A redirected POST would arrive as a GET without its body: say so instead."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """Follow nothing."""


def ping(url: str, what: str) -> None:
    """Call a watchdog, as Healthchecks has it: `what` is "start" or an exit code."""
    parts = urlsplit(url)
    path = f"{parts.path.rstrip('/')}/{what}"
    _send("ping", Request(urlunsplit(parts._replace(path=path)), data=b"", method="POST"))


def post_run(url: str, code: int, reports: Sequence[SiteReport], trouble: str) -> None:
    """Post a run as JSON; `text` is what chat programs show of it."""
    text = " ".join(report.message for report in reports) or trouble
    run = {"event": "run ended", "code": code, "trouble": trouble, "text": f"copydesk: {text}"}
    body = json.dumps({**run, "sites": [asdict(report) for report in reports]}).encode()
    _send("webhook", Request(url, data=body, headers={"Content-Type": "application/json"}, method="POST"))


def _send(what: str, request: Request) -> None:
    """Send; an address may hold a token, so that no more of it is logged than its host."""
    request.add_header("User-Agent", f"copydesk/{release()}")
    try:
        with build_opener(_NoRedirect).open(request, timeout=PATIENCE_S):
            pass
    except (URLError, OSError, HTTPException, ValueError) as error:
        log.warning("%s failed host=%s reason=%s", what, request.host, error)
