"""CPU time of the whole single-page pipeline beside trafilatura with metadata, page by page in turns."""

import contextlib
import json
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import trafilatura

from measure.bigblog import BigBlog
from measure.extraction import names
from measure.sets import Json, read_lines
from pipeline.audit.guard import audit_safely
from pipeline.audit.setting import PLAIN
from pipeline.errors import CopydeskError
from pipeline.process import extract, process
from pipeline.record_json import to_record
from pipeline.records import Page
from pipeline.rules import load_rules
from pipeline.spread import calm_collector

WARM_UP = 5


def measure(eval_dir: Path, sample: int) -> dict[str, float | None]:
    """Time both on a seeded sample of real pages, or of made-up ones where there are none.

    Both run as a stream of pages does, `extract --jsonl` or a crawl's worker: the collector is calmed.
    """
    calm_collector()
    pages = sample_pages(eval_dir / "extraction", sample)
    ours: list[float] = []
    theirs: list[float] = []
    for number, page in enumerate(pages):
        turns = [(copydesk_page, ours), (trafilatura_page, theirs)]
        for work, times in turns if number % 2 else reversed(turns):
            times.append(_timed(work, page))
    ours, theirs = ours[WARM_UP:], theirs[WARM_UP:]
    rules = [cost for page in pages[WARM_UP:] if (cost := _rules_alone(page)) is not None]
    return {
        "pages": len(ours),
        "page, CPU ms, copydesk, mean": statistics.mean(ours) * 1000,
        "page, CPU ms, copydesk, median": statistics.median(ours) * 1000,
        "page, CPU ms, trafilatura with metadata, mean": statistics.mean(theirs) * 1000,
        "page, CPU ms, trafilatura with metadata, median": statistics.median(theirs) * 1000,
        "page, CPU ratio of means": statistics.mean(ours) / statistics.mean(theirs),
        "page, CPU ratio of medians": statistics.median(ours) / statistics.median(theirs),
        "all rules together, CPU ms a page, mean": statistics.mean(rules) * 1000,
        "page, median of CPU ratios": statistics.median(a / b for a, b in zip(ours, theirs, strict=True)),
    }


def sample_pages(folder: Path, sample: int) -> list[Json]:
    """Draw pages of all sets evenly, the same ones every time."""
    chance = random.Random(1)
    sets = [list(read_lines(next(folder.glob(f"{name}.jsonl*")))) for name in names(folder)]
    if not sets:
        blog = BigBlog(sample * 2, "http://blog.example")
        return [_made_up(blog, entry.path) for entry in blog.entries[: sample + WARM_UP]]
    drawn = [
        page for pages in sets for page in chance.sample(pages, min(len(pages), sample // len(sets) + 1))
    ]
    chance.shuffle(drawn)
    return drawn[: sample + WARM_UP]


def _made_up(blog: BigBlog, path: str) -> Json:
    return {"url": blog.base + path, "html": blog.answer(path).body.decode()}


def _timed(work: Callable[[Json], object], page: Json) -> float:
    started = time.process_time()
    work(page)
    return time.process_time() - started


def _rules_alone(page: Json) -> float | None:
    """Time the audit on top of an extraction; None for a page that cannot be read."""
    try:
        found = extract(Page(url=page.get("url") or None, text=page["html"]))
    except CopydeskError:
        return None
    rules = load_rules()
    started = time.process_time()
    audit_safely(found.article, found.metadata, rules, PLAIN)
    return time.process_time() - started


def copydesk_page(page: Json) -> None:
    """Extract, audit, make the record and print it, as `copydesk extract` does."""
    with contextlib.suppress(CopydeskError):
        json.dumps(to_record(process(Page(url=page.get("url") or None, text=page["html"]))))


def trafilatura_page(page: Json) -> None:
    """Ask trafilatura for body and metadata."""
    with contextlib.suppress(ValueError):
        trafilatura.bare_extraction(page["html"], url=page.get("url") or None, with_metadata=True)
