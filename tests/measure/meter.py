"""Run a command to the end of its last descendant, then say what all cost: `python -m measure.meter FD …`.

A process of its own, because only a parent (or a "subreaper", on Linux) is told what its descendants cost.
"""

import ctypes
import json
import os
import resource
import subprocess
import sys
from contextlib import suppress

PR_SET_CHILD_SUBREAPER = 36


def main(report_fd: int, command: list[str]) -> None:
    """Run the command; write its id, exit code and cost as JSON to the file descriptor."""
    with suppress(OSError, AttributeError):
        # Orphans (a fork server, say) become our children instead of init's, and are counted.
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    process = subprocess.Popen(command)
    status = process.wait()
    with suppress(ChildProcessError):
        while True:
            os.wait()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    report = {"pid": process.pid, "status": status, "cpu_s": used.ru_utime + used.ru_stime}
    with os.fdopen(report_fd, "w") as file:
        json.dump({**report, "main_mb": used.ru_maxrss / 1024}, file)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
