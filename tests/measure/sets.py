"""Read the evaluation sets and their own scorers from where they lie."""

import gzip
import importlib.util
import io
import json
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

Json = dict[str, Any]
LOCK = threading.Lock()


def read_lines(path: Path) -> Iterator[Json]:
    """Yield the objects of a JSON-lines file, plain, gzip or zstd."""
    with path.open("rb") as raw:
        for line in io.TextIOWrapper(_plain(path, raw), encoding="utf-8"):
            if line.strip():
                yield json.loads(line)


def _plain(path: Path, raw: Any) -> Any:
    if path.suffix == ".gz":
        return gzip.GzipFile(fileobj=raw)
    if path.suffix == ".zst":
        import zstandard

        return zstandard.ZstdDecompressor().stream_reader(raw)
    return raw


def write_lines(path: Path, rows: list[Json]) -> Path:
    """Write objects as JSON lines, making the folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def load_scorer(path: Path) -> ModuleType:
    """Import a scorer by its path, under a name of its own (several are called score.py)."""
    with LOCK:  # blogs are scored in two threads
        return _load(path)


def _load(path: Path) -> ModuleType:
    name = f"_scorer_{path.parent.name.replace('-', '_')}_{path.stem}"
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"no scorer at {path}; is EVAL_DIR right?")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
