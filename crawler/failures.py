"""From an exception to one of a closed set of kinds, and what each kind means for another try."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    StopDownload,
    UnsupportedURLSchemeError,
)
from service_identity import VerificationError
from twisted.internet import error as tx
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from crawler.body import BodyError
from crawler.net import refused_hosts
from crawler.report import ErrorKind

KINDS: tuple[tuple[type[Exception], ErrorKind], ...] = (
    (DownloadTimeoutError, "timeout"),
    (tx.TimeoutError, "timeout"),
    (DownloadCancelledError, "too_large"),
    (StopDownload, "not_html"),
    (ResponseDataLossError, "incomplete_body"),
    (UnsupportedURLSchemeError, "foreign_scheme"),
    (SSL.Error, "tls"),
    (VerificationError, "tls"),
    (CannotResolveHostError, "dns"),
    (tx.DNSLookupError, "dns"),
    (DownloadConnectionRefusedError, "connection"),
    (tx.ConnectError, "connection"),
    (tx.ConnectionClosed, "connection"),
    (DownloadFailedError, "bad_http"),
    (ResponseFailed, "bad_http"),
)
"""The first class found anywhere in the chain of causes decides."""

FETCH_ERRORS: tuple[type[Exception], ...] = (
    *(known for known, _ in KINDS),
    BodyError,
    IgnoreRequest,
    tx.ConnectingCancelledError,
    # What a parser that meets an answer nobody thought of raises.
    ValueError,
    LookupError,
    AssertionError,
    OSError,
)
"""Whatever an exchange with a hostile server may raise; anything else is our own mistake."""

TRANSIENT: frozenset[str] = frozenset(
    {"timeout", "connection", "dns", "incomplete_body", "bad_http", "http_5xx"}
)
"""Kinds that another try, later in the run, may cure."""


class RefusedError(IgnoreRequest):
    """A request that we ourselves do not send; `kind` says why."""

    def __init__(self, kind: ErrorKind) -> None:
        """Keep the kind."""
        super().__init__(kind)
        self.kind: ErrorKind = kind


REASONS: dict[str, str] = {
    "dns": "no such host; check the address",
    "tls": "its certificate is not valid",
    "blocked_address": "its name leads to a private address; set allow_private = true in copydesk.toml",
}
"""Why a site cannot be crawled at all: not a refusal of its own."""


def kind_of_error(error: BaseException, url: str) -> ErrorKind:
    """Name what went wrong with one exchange."""
    if isinstance(error, (RefusedError, BodyError)):
        return error.kind
    chain = list(_chain(error))
    for known, kind in KINDS:
        if any(isinstance(link, known) for link in chain):
            return "blocked_address" if kind == "dns" and _was_refused(url) else kind
    return "unexpected"


def kind_of_status(status: int) -> ErrorKind | None:
    """Name what an HTTP status says; None for success and redirects."""
    if status < 400:
        return None
    return "http_5xx" if 500 <= status < 600 else "http_4xx"


def may_pass(kind: str | None, status: int | None) -> bool:
    """Tell whether another try may help."""
    return kind in TRANSIENT or status in {408, 425, 429}


def _was_refused(url: str) -> bool:
    return (urlsplit(url).hostname or "").lower() in refused_hosts


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception, what caused it, and what Twisted wrapped into it."""
    while error is not None:
        yield error
        for reason in getattr(error, "reasons", None) or ():
            yield from _chain(reason.value if isinstance(reason, Failure) else reason)
        error = error.__cause__ or error.__context__
