"""How long one question may take: a second for people who are not logged in, the server's limit else."""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any

ANONYMOUS_MS = 1000
_asker: ContextVar[list[bool] | None] = ContextVar("asker", default=None)
"""Of the request at hand: whether somebody is logged in, once that is known; None outside of requests."""


def begin_request() -> None:
    """Forget who asked before."""
    _asker.set([])


def note_actor(actor: dict[str, Any] | None) -> None:
    """Remember who asks. The first answer of a request counts: later ones are what others would see."""
    asker = _asker.get()
    if asker == []:
        asker.append(bool(actor))


def limit(datasette: Any) -> None:
    """Make every database of the server ask who is asking."""
    for database in datasette.databases.values():
        database.execute = _limited(database.execute)


def _limited(execute: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def within_limits(*args: Any, custom_time_limit: int | None = None, **more: Any) -> Any:
        if _asker.get() == [False]:
            custom_time_limit = min(custom_time_limit or ANONYMOUS_MS, ANONYMOUS_MS)
        return await execute(*args, custom_time_limit=custom_time_limit, **more)

    return within_limits
