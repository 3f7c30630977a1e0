"""Fetch axe-core for the accessibility tests: into build/, at the time of testing, never into the project."""

import subprocess
import tarfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "build" / "axe"


def axe_source() -> str | None:
    """Return axe's script; None where it cannot be had."""
    kept = FOLDER / "axe.min.js"
    if not kept.is_file():
        FOLDER.mkdir(parents=True, exist_ok=True)
        try:
            subprocess.run(
                ["npm", "pack", "axe-core@4", "--silent"],
                cwd=FOLDER,
                check=True,
                capture_output=True,
                timeout=60,
            )
            with tarfile.open(next(FOLDER.glob("axe-core-*.tgz"))) as archive:
                member = archive.extractfile("package/axe.min.js")
                kept.write_bytes(member.read() if member else b"")
        except (OSError, subprocess.SubprocessError, StopIteration, KeyError):
            return None
    return kept.read_text("utf-8")
