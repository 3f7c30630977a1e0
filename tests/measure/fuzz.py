"""Fuzz the way from a page's bytes to its record for a while: `make soak`. No crash, no hang, no hunger.

A find is kept under build/fuzz; it becomes a file under tests/hostile/finds, where every test run reads it.
"""

import argparse
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from measure.fuzz_line import SlowError, timed

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / "build" / "fuzz"
PAGES = ROOT / "tests" / "pages"
FINDS = ROOT / "tests" / "hostile" / "finds"
MOST_BYTES = 500 * 2**20
LONGEST = 60_000
WORDS = Path(__file__).with_name("fuzz.dict")
DICTIONARY = [
    line[1:-1].encode().decode("unicode_escape").encode("latin-1")
    for line in WORDS.read_text("ascii").splitlines()
    if line.startswith('"')
]
"""The same pieces, for tests that put them together otherwise."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Fuzz so long, then time what was slow without counters in the code; say what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    if importlib.util.find_spec("atheris") is None:
        print("NOT FUZZED: atheris is not installed here (make soak tries: pip install -e '.[fuzz]')")
        return 0
    shutil.rmtree(PLACE / "new", ignore_errors=True)
    said = fuzz(options.seconds, options.seed)
    finds = [*crashes(), *slow()]
    print("\n".join([said, *(f"- {find}" for find in finds)]))
    return bool(finds)


def fuzz(seconds: int, seed: int) -> str:
    """Run the child to its end; give its last figures."""
    for name in ("corpus", "seeds", "new/slow"):
        (PLACE / name).mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(seeds()):
        (PLACE / "seeds" / f"{number:03}").write_bytes(page[:LONGEST])
    flags = {"max_total_time": seconds, "seed": seed, "max_len": LONGEST, "timeout": 60, "dict": WORDS}
    flags |= {
        "rss_limit_mb": MOST_BYTES >> 20,
        "artifact_prefix": f"{PLACE}/new/",
        "report_slow_units": 1000,
        "print_final_stats": 1,
    }
    command = [sys.executable, "-m", "measure.fuzz_target", str(PLACE / "new" / "slow")]
    command += [f"-{name}={value}" for name, value in flags.items()]
    with (PLACE / "log").open("w", encoding="utf-8", errors="replace") as log:
        done = subprocess.run(
            [*command, str(PLACE / "corpus"), str(PLACE / "seeds")],
            cwd=ROOT / "tests",
            env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
            stdout=log,
            stderr=log,
            check=False,
        )
    return f"{_figures()}, exit {done.returncode}; log: {PLACE.relative_to(ROOT)}/log"


def seeds() -> Iterator[bytes]:
    """Yield pages to begin with: our snapshots, earlier finds, and one of each kind of document."""
    for folder in (PAGES, FINDS):
        yield from (path.read_bytes() for path in sorted(folder.glob("*")) if path.suffix != ".md")
    yield b"<rss><channel><title>B</title><item><title>A</title><link>https://blog.example/a/</link></item></channel></rss>"
    yield b"<urlset><url><loc>https://blog.example/a/</loc><lastmod>2024-01-01</lastmod></url></urlset>"
    yield b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "https://blog.example/a/"}]}'
    yield b"Kitchen\nKettles\nBy Ann on 3 May 2024\n\nWe boiled water.\n\n1. The first kettle\nIt sang.\n"


def crashes() -> list[str]:
    """Name what made the child end."""
    found = sorted(path for path in (PLACE / "new").glob("*-*") if path.is_file())
    return [f"{path.relative_to(ROOT)}: {_last_words()}" for path in found]


def slow() -> Iterator[str]:
    """Time what was slow again, in code without counters."""
    for path in sorted((PLACE / "new" / "slow").glob("*")):
        try:
            timed(path.read_bytes())
        except SlowError as error:
            yield f"{path.relative_to(ROOT)}: {error}"


def _figures() -> str:
    log = (PLACE / "log").read_text("utf-8", "replace")
    numbers = dict(re.findall(r"stat::(\w+):\s+(\d+)", log))
    reached = re.findall(r"cov: (\d+)", log)
    pages, kept, most = (
        numbers.get(name, "?") for name in ("number_of_executed_units", "new_units_added", "peak_rss_mb")
    )
    branches = (reached or ["?"])[-1]
    return f"{pages} pages fuzzed, {branches} branches reached, {kept} kept, {most} MB at most"


def _last_words() -> str:
    lines = (PLACE / "log").read_text("utf-8", "replace").splitlines()
    return next((line for line in lines if "Error" in line or "ERROR" in line), "see the log")


if __name__ == "__main__":
    sys.exit(main())
