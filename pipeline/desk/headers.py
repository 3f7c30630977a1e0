"""What every answer carries: a content security policy, and CSV that no spreadsheet runs."""

import re
from base64 import b64encode
from collections.abc import Awaitable, Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import datasette as datasette_package

from pipeline.desk import guard, limits
from pipeline.desk.csvsafe import Defuser

Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]

DESK_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
OTHERS_POLICY = (
    "default-src 'self'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline';"
    " img-src 'self' data:; object-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ELSEWHERE = (
    b"This server does not go by that name. Its operator can add it: copydesk serve --public-url URL\n"
)
INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
ALLOW_FACET = "{{ datasette_allow_facet }}"


def wrap(datasette: Any) -> Callable[[Any], Any]:
    """Return the wrapper that Datasette puts around its application."""
    others = OTHERS_POLICY.format(scripts=" ".join(script_sources())).encode()
    desk_path = str(datasette.urls.path("/-/desk"))

    def wrapper(app: Any) -> Any:
        async def strict(scope: Message, receive: Any, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            if not guard.is_host_known(datasette, scope):
                await _refuse(send)
                return
            limits.begin_request()
            own = scope["path"] == desk_path or scope["path"].startswith(desk_path + "/")
            answer = _Answer(send, DESK_POLICY.encode() if own else others)
            # Datasette shows CSV as text/plain unless a download was asked for.
            answer.may_be_csv = scope["path"].endswith(".csv")
            answer.is_static = "/-/static" in scope["path"]
            answer.is_private = own or guard.has_session(scope)
            answer.is_https = scope.get("scheme") == "https"
            await app(guard.without_revoked(datasette, scope), receive, answer.send)

        return strict

    return wrapper


class _Answer:
    """One answer on its way out."""

    def __init__(self, send: Send, policy: bytes) -> None:
        self._send = send
        self._policy = policy
        self.may_be_csv = False
        self.is_static = False
        self.is_private = False
        """No cache between here and the reader may keep it."""
        self.is_https = False
        self._defuser: Defuser | None = None

    async def send(self, message: Message) -> None:
        """Pass a message on, with headers added and CSV defused."""
        if message["type"] == "http.response.start":
            message = {**message, "headers": self._headers(list(message.get("headers", [])))}
        elif self._defuser is not None and message["type"] == "http.response.body":
            last = not message.get("more_body", False)
            message = {**message, "body": self._defuser.feed(message.get("body", b""), last=last)}
        await self._send(message)

    def _headers(self, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        names = {name.lower(): value for name, value in headers}
        kind = names.get(b"content-type", b"")
        if kind.startswith(b"text/csv") or (self.may_be_csv and kind.startswith(b"text/plain")):
            self._defuser = Defuser()
            headers = [pair for pair in headers if pair[0].lower() != b"content-length"]
        if not self.is_static:
            headers.append((b"vary", b"Cookie"))
        if self.is_private and not self.is_static:
            headers = [pair for pair in headers if pair[0].lower() != b"cache-control"]
            headers.append((b"cache-control", b"private, no-store"))
        if self.is_https:
            headers = [
                (name, _secure(value) if name.lower() == b"set-cookie" else value) for name, value in headers
            ]
        added = {
            b"content-security-policy": self._policy,
            b"x-content-type-options": b"nosniff",
            b"referrer-policy": b"same-origin",
        }
        return headers + [(name, value) for name, value in added.items() if name not in names]


def _secure(cookie: bytes) -> bytes:
    return cookie if b"secure" in cookie.lower() else cookie + b"; Secure"


async def _refuse(send: Send) -> None:
    head = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 421, "headers": head})
    await send({"type": "http.response.body", "body": ELSEWHERE})


def script_sources() -> list[str]:
    """Return what Datasette's own inline scripts need in a policy: their hashes.

    A version whose inline scripts are written anew for each page cannot be hashed; there, and only on
    Datasette's own pages, inline scripts stay allowed.
    """
    scripts = list(_inline_scripts(Path(datasette_package.__file__).parent / "templates"))
    if any("{{" in script or "{%" in script for script in scripts):
        return ["'unsafe-inline'"]
    digests = {b64encode(sha256(script.encode()).digest()).decode() for script in scripts}
    return [f"'sha256-{digest}'" for digest in sorted(digests)]


def _inline_scripts(folder: Path) -> Iterator[str]:
    for template in sorted(folder.glob("*.html")):
        for script in INLINE_SCRIPT.findall(template.read_text("utf-8")):
            if ALLOW_FACET in script:
                yield script.replace(ALLOW_FACET, "true")
                yield script.replace(ALLOW_FACET, "false")
            else:
                yield script
