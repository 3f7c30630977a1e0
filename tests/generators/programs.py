"""Run a program and say what it said when it fails."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

NOTHING: Mapping[str, str] = {}


def run(
    *words: str | Path, cwd: Path, timeout_s: int = 120, given: str = "", more: Mapping[str, str] = NOTHING
) -> str:
    """Run to the end and give the standard output; `given` is its input, `more` goes into the environment.

    Raises: RuntimeError with the end of what the program said.
    """
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env={**os.environ, "LC_ALL": "C.UTF-8", **more},
        input=given,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=timeout_s,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, words))} failed:\n{(done.stdout + done.stderr)[-2000:]}")
    return done.stdout
