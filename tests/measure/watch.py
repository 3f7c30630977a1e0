"""Run a command and measure what it and all its children cost."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

EVERY_S = 0.1


class Cost(NamedTuple):
    """What one command cost."""

    cpu_s: float
    """User and system time of the command and all its descendants."""
    wall_s: float
    main_mb: float
    """Peak resident memory of the command's own process."""
    child_mb: float
    """Peak resident memory of its largest child; 0 without children (or without /proc)."""
    status: int
    output: str
    errors: str


def watched(command: list[str]) -> Cost:
    """Run a command to its end, looking at the memory of its process tree ten times a second."""
    peaks: dict[int, float] = {}
    started = time.monotonic()
    reading, writing = os.pipe()
    meter = [sys.executable, "-m", "measure.meter", str(writing), *command]
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        process = subprocess.Popen(meter, stdout=out, stderr=err, pass_fds=[writing], env=_environment())
        os.close(writing)
        done = threading.Event()
        watcher = threading.Thread(target=_watch, args=(process.pid, peaks, done))
        watcher.start()
        process.wait()
        done.set()
        watcher.join()
        with os.fdopen(reading) as file:
            report = json.load(file)
        out.seek(0)
        err.seek(0)
        peaks.pop(process.pid, None)
        return Cost(
            cpu_s=report["cpu_s"],
            wall_s=time.monotonic() - started,
            main_mb=peaks.pop(report["pid"], report["main_mb"]),
            child_mb=max(peaks.values(), default=0.0),
            status=report["status"],
            output=out.read(),
            errors=err.read(),
        )


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)}


def _watch(root: int, peaks: dict[int, float], done: threading.Event) -> None:
    while not done.wait(EVERY_S):
        for pid in tree(root):
            peaks[pid] = max(peaks.get(pid, 0.0), _peak_mb(pid))


def tree(root: int) -> set[int]:
    """Find a process and all its descendants; only the process itself where there is no /proc."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(entry.parent.name)] = int(fields[1])
    found, grown = {root}, True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        found, grown = found | more, bool(more)
    return found


def _peak_mb(pid: int) -> float:
    """Read the high-water mark that the kernel keeps, so that no peak between two looks is missed."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)
