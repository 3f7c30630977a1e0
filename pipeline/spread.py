"""Map a function over pages in worker processes: a time limit for each, and none that stops the rest.

Generic on purpose: who calls it says what is done to an item. Results come in the order of the items.
"""

import gc
import multiprocessing
import os
import resource
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic
from typing import Any, Generic, Literal, TypeVar

from pipeline.errors import ArchiveError, CopydeskError
from pipeline.records import Failure

Item = TypeVar("Item")
Shared = TypeVar("Shared")
Result = TypeVar("Result")

FEW = 24
"""Up to so many items are done in this process: a worker's start costs as much as these."""
CHUNK = 16
LIMIT_S = 20.0
GRACE_S = 2.0
"""A worker interrupts itself; one that sits in C code and cannot is killed this much later."""
START_S = 60.0
"""A worker has this long to import what it needs."""
RECYCLE_BYTES = 170 * 2**20
"""A worker that has grown beyond this is replaced: memory given back to Python is rarely given back."""
MAX_BYTES = 2 * 2**30


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Generic[Item, Shared, Result]):
    """What to do to each item."""

    function: Callable[[Item, Shared], Result]
    """A function of a module, so that a worker can import it."""
    shared: Shared
    """Handed to every call; sent to each worker once."""
    url_of: Callable[[Item], str | None]
    """Names an item in a Failure."""
    limit_s: float = LIMIT_S
    workers: int = 0
    """Number of processes; 0 takes one per core."""


def spread(task: Task[Item, Shared, Result], items: Sequence[Item]) -> Iterator[Result | Failure]:
    """Yield one result per item, in order; a Failure where there is none."""
    if len(items) <= FEW:
        for item in items:
            outcome = attempt(task, item)
            yield outcome
        return
    pool = _Pool(task, items)
    try:
        yield from pool.results()
    finally:
        pool.close()


def attempt(task: Task[Item, Shared, Result], item: Item) -> Result | Failure:
    """Do one item. This is the one place that catches everything: a page must not stop the others."""
    stage: Literal["archive", "extract"] = "extract"
    detail = None
    try:
        with time_limit(task.limit_s):
            return task.function(item, task.shared)
    except CopydeskError as error:
        stage, reason = "archive" if isinstance(error, ArchiveError) else "extract", str(error)
    except TimeoutError:
        reason = _gave_up(task.limit_s)
    except Exception as error:
        reason, detail = f"unexpected {type(error).__name__}: {error}", traceback.format_exc()
    return Failure(url=task.url_of(item), stage=stage, reason=reason, detail=detail)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in a block that takes too long; only in a main thread, and not inside C code."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _raise_timeout)
    # Again every second: an exception out of a signal is lost in a finaliser or a callback of the collector.
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _raise_timeout(_number: int, _frame: object) -> None:
    raise TimeoutError


def _gave_up(limit_s: float) -> str:
    return f"timeout: the page was given up after {limit_s:g} s"


@dataclass(slots=True, kw_only=True)
class _Worker:
    process: BaseProcess
    conn: Connection
    deadline: float
    todo: deque[int] = field(default_factory=deque)
    """Indexes that were handed out, the one at work first."""


class _Pool(Generic[Item, Shared, Result]):
    def __init__(self, task: Task[Item, Shared, Result], items: Sequence[Item]) -> None:
        self._task = task
        self._items = items
        self._waiting = deque(range(len(items)))
        self._done: dict[int, Result | Failure] = {}
        self._next = 0
        count = min(task.workers or os.cpu_count() or 1, (len(items) + CHUNK - 1) // CHUNK)
        self._ahead = CHUNK * count * 4
        self._workers = [self._start() for _ in range(count)]

    def results(self) -> Iterator[Result | Failure]:
        while self._next < len(self._items):
            for worker in self._workers:
                self._feed(worker)
            self._collect()
            while self._next in self._done:
                yield self._done.pop(self._next)
                self._next += 1

    def close(self) -> None:
        for worker in self._workers:
            worker.conn.close()
            worker.process.kill()
            worker.process.join()

    def _start(self) -> _Worker:
        # A server that has no threads imports once and forks workers for every pass: each spawned one paid
        # 0.4 s of CPU for the same imports (measured).
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["__main__", self._task.function.__module__])
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self._task), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process=process, conn=ours, deadline=monotonic() + START_S)

    def _feed(self, worker: _Worker) -> None:
        # Fed only when it waits: two ends that both send more than a pipe holds would wait for ever.
        # Nobody runs far ahead of the slowest page: what waits for it is kept in memory.
        if worker.todo:
            return
        last = self._next + self._ahead
        while len(worker.todo) < CHUNK and self._waiting and self._waiting[0] < last:
            worker.todo.append(self._waiting.popleft())
        worker.deadline = max(worker.deadline, monotonic() + self._task.limit_s + GRACE_S)
        with suppress(OSError):  # it died; its end of the pipe says so in a moment
            worker.conn.send([(index, self._items[index]) for index in worker.todo])

    def _collect(self) -> None:
        busy = [worker for worker in self._workers if worker.todo]
        patience = max(0.0, min(worker.deadline for worker in busy) - monotonic())
        ready = wait([worker.conn for worker in busy], timeout=patience)
        for place, worker in enumerate(self._workers):
            if worker.conn in ready:
                self._receive(place, worker)
            elif worker.todo and monotonic() > worker.deadline:
                self._replace(place, worker, _gave_up(self._task.limit_s))

    def _receive(self, place: int, worker: _Worker) -> None:
        try:
            index, result = worker.conn.recv()
        except (EOFError, OSError):
            self._replace(place, worker, "the process that read it died, perhaps for want of memory")
            return
        if index is None:
            self._replace(place, worker, None)
            return
        worker.todo.remove(index)
        worker.deadline = monotonic() + self._task.limit_s + GRACE_S
        self._done[index] = result

    def _replace(self, place: int, worker: _Worker, reason: str | None) -> None:
        """Put a fresh worker in a place; the item at work failed, where there is a reason."""
        worker.conn.close()
        worker.process.kill()
        worker.process.join()
        if reason and worker.todo:
            index = worker.todo.popleft()
            url = self._task.url_of(self._items[index])
            self._done[index] = Failure(url=url, stage="extract", reason=reason)
        self._waiting.extendleft(reversed(worker.todo))
        self._workers[place] = self._start()


def _work(conn: Connection, task: Task[Any, Any, Any]) -> None:
    """Do what comes through the pipe until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # so does what systemd sends to the whole service
    resource.setrlimit(resource.RLIMIT_AS, (MAX_BYTES, resource.RLIM_INFINITY))
    calm_collector()
    try:
        while True:
            for index, item in conn.recv():
                conn.send((index, attempt(task, item)))
                if _peak_bytes() > RECYCLE_BYTES:
                    conn.send((None, None))
                    return
    except (EOFError, OSError):
        return


def calm_collector() -> None:
    """Look for cycles rarely in a process that does one page after the other.

    A page's records live and die together; looking for cycles among them took 12 % of the time (measured).
    """
    gc.freeze()
    gc.set_threshold(50_000)


def _peak_bytes() -> int:
    """Read this process's peak memory; on Linux `ru_maxrss` starts at what the parent held."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return int(status.partition("VmHWM:")[2].split(None, 1)[0]) * 1024
