"""What other extractors say of the same pages, in the scorers' keys; kept in build/peers between runs."""

import hashlib
import importlib.metadata
import re
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType
from typing import Any

from measure.sets import Json, load_scorer, read_lines, write_lines

CACHE = Path("build/peers")


def trafilatura(page: Json, metrics: ModuleType) -> Json:
    """Ask trafilatura, with metadata; body and headings come from its HTML output."""
    import trafilatura

    url = page.get("url") or None
    html = trafilatura.extract(page["html"], url=url, output_format="html", include_formatting=True)
    found: Any = trafilatura.bare_extraction(page["html"], url=url, with_metadata=True)
    named = found.as_dict() if found else {}
    return {
        "text": metrics.html_text(html),
        "headings": metrics.html_headings(html),
        "title": named.get("title"),
        "date": named.get("date"),
        "author": [name.strip() for name in (named.get("author") or "").split(";") if name.strip()],
        "categories": named.get("categories") or [],
        "tags": named.get("tags") or [],
    }


def readability_lxml(page: Json, metrics: ModuleType) -> Json:
    """Ask readability-lxml for body and title; it knows no other field."""
    import readability

    document = readability.Document(page["html"])
    html = document.summary(html_partial=True)
    return {
        "text": metrics.html_text(html),
        "headings": metrics.html_headings(html),
        "title": document.short_title(),
    }


def htmldate(page: Json, metrics: ModuleType) -> Json:
    """Ask htmldate for the day of publication."""
    import htmldate

    return {"date": htmldate.find_date(page["html"], original_date=True, url=page.get("url") or None)}


Ask = Callable[[Json, ModuleType], Json]
PEERS: dict[str, Ask] = {
    "trafilatura": trafilatura,
    "readability-lxml": readability_lxml,
    "htmldate": htmldate,
}


def installed() -> list[str]:
    """Name the peers that this environment has."""
    return [name for name in PEERS if _version(name)]


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def predictions(name: str, pages: list[Json], metrics_file: Path) -> list[Json]:
    """Predict all pages with one peer; pages that make it raise come out empty."""
    digest = hashlib.sha256("".join(page["id"] + page["html"] for page in pages).encode("utf-8", "replace"))
    kept = CACHE / f"{name}-{_version(name)}-{digest.hexdigest()[:16]}.jsonl"
    if kept.exists():
        return list(read_lines(kept))
    with get_context("spawn").Pool(2) as pool:  # crawls run in threads beside it
        rows = pool.map(_predict, [(name, page, metrics_file) for page in pages], chunksize=4)
    write_lines(kept, rows)
    return rows


def _predict(job: tuple[str, Json, Path]) -> Json:
    name, page, metrics_file = job
    html = re.sub(r"^\s*<\?xml[^>]*\?>", "", page["html"])  # lxml refuses str with an encoding declaration
    try:
        return {"id": page["id"], **PEERS[name]({**page, "html": html}, load_scorer(metrics_file))}
    except Exception as error:
        return {"id": page["id"], "error": f"{type(error).__name__}: {error}"[:200]}
