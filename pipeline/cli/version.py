"""Which pipeline this is: the release, and a fingerprint of the code that decides what a post becomes."""

from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGE = Path(__file__).parent.parent
DECIDING = ("process.py", "learn.py", "records.py", "archive", "extract", "site", "audit", "rules")


def release() -> str:
    """Return the installed release's number."""
    try:
        return version("copydesk")
    except PackageNotFoundError:
        return "0"


@cache
def pipeline_version() -> str:
    """Return release+fingerprint: equal means that the same page becomes the same post."""
    digest = sha256()
    for name in DECIDING:
        place = PACKAGE / name
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(path.read_bytes())
    return f"{release()}+{digest.hexdigest()[:8]}"
