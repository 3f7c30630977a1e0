"""Start a server program, wait until it answers, and end it with its children: also on a loaded machine."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from urllib.request import urlopen

PATIENCE_S = 120
"""A loaded machine is slow, not wrong."""
TRIES = 5
SETTLED_S = 0.1
"""A server whose port is taken says so and ends; whoever took it may have answered meanwhile."""
NOTHING: Mapping[str, str] = {}

IsAlive = Callable[[], bool]


@contextmanager
def serving(command: list[str], folder: Path, more: Mapping[str, str] = NOTHING) -> Iterator[IsAlive]:
    """Run a server until the block ends; tell whether it is still at work. It logs into `folder`."""
    with (folder / f"{command[0]}.log").open("w") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **more},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield lambda: process.poll() is None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def on_free_port(
    command: Callable[[int], list[str]], folder: Path, more: Callable[[int], Mapping[str, str]]
) -> Iterator[int]:
    """Run a server on a port that was free; where somebody else took it meanwhile, on another."""
    for _ in range(TRIES):
        port = _free_port()
        words = command(port)
        with serving(words, folder, more(port)) as is_alive:
            if _comes_up(port, is_alive):
                yield port
                return
    raise RuntimeError(f"it did not start: {(folder / f'{words[0]}.log').read_text()[-500:]}")


def wait_until(is_there: Callable[[], bool], is_alive: IsAlive, log: Path) -> None:
    """Wait for what a server makes; one that ended makes nothing.

    Raises: RuntimeError with the end of what the server said.
    """
    until = time.monotonic() + PATIENCE_S
    while not is_there():
        if not is_alive() or time.monotonic() > until:
            raise RuntimeError(f"a server did not start: {log.read_text()[-500:]}")
        time.sleep(0.05)


def wait_for_answer(url: str) -> None:
    """Wait until an address answers; a busy server may refuse, hang up or fail at first."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            with urlopen(url, timeout=PATIENCE_S):
                return
        except (OSError, HTTPException):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _comes_up(port: int, is_alive: IsAlive) -> bool:
    until = time.monotonic() + PATIENCE_S
    while is_alive() and time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            time.sleep(SETTLED_S)
            return is_alive()
        time.sleep(0.05)
    return False


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
