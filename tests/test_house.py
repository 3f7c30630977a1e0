"""What a machine can hold of how this code is built: who imports whom, sizes, words."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RECORDS = {"pipeline.records", "pipeline.crawl_records", "pipeline.errors"}
PURE = RECORDS | {"lxml", "bs4", "soupsieve", "ftfy"}
STAGES = {
    "pipeline.site",
    "pipeline.extract",
    "pipeline.audit",
    "pipeline.rules",
    "pipeline.archive.textdump",
}
LINE = PURE | STAGES
CRAWLING = {"scrapy", "twisted", "protego", "OpenSSL", "service_identity", "lxml", "itemadapter"}
ROOMS = {  # room: what it may import besides itself and the standard library; None: anything
    "pipeline.records": set(),
    "pipeline.crawl_records": set(),
    "pipeline.errors": set(),
    "pipeline.site": PURE,
    "pipeline.extract": PURE | {"pipeline.site"},
    "pipeline.audit": PURE | {"pipeline.site"},
    "pipeline.rules": PURE | {"pipeline.site", "pipeline.audit"},
    "pipeline.learn": LINE,
    "pipeline.process": LINE,
    "pipeline.measure": set(),
    "pipeline.record_json": RECORDS | {"pipeline.measure"},
    "pipeline.markdown": RECORDS,
    "pipeline.spread": LINE | {"pipeline.process", "pipeline.learn", "pipeline.record_json"},
    "pipeline.archive": RECORDS | {"pipeline.site", "pipeline.extract"},
    "pipeline.store": RECORDS | {"sqlite_utils", "pipeline.measure"},
    "pipeline.desk": RECORDS | {"datasette", "markupsafe", "itsdangerous", "yaml"},
    "pipeline.sample": {"jinja2", "markupsafe"},
    "pipeline.cli": None,
    "crawler": RECORDS | {"pipeline.site"} | CRAWLING,
}
THE_LINE = {*STAGES, *RECORDS, "pipeline.learn", "pipeline.process", "pipeline.record_json"}
OUTSIDE = {"socket", "ssl", "http", "urllib.request", "sqlite3", "logging", "time", "subprocess"}
OUTSIDE |= {"multiprocessing", "asyncio", "threading"}
CLOCK = {"now", "utcnow", "today"}
MODULES = sorted(path for top in ("crawler", "pipeline") for path in (ROOT / top).rglob("*.py"))
EVERYTHING = [*MODULES, *sorted((ROOT / "tests").rglob("*.py"))]

every_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
every_file = pytest.mark.parametrize("path", EVERYTHING, ids=lambda path: str(path.relative_to(ROOT)))


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def within(name: str, allowed: set[str]) -> bool:
    return any(name == room or name.startswith(f"{room}.") for room in allowed)


def room_of(name: str) -> str | None:
    return next((room for room in ROOMS if within(name, {room})), None)


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == "pipeline":
            yield from (f"pipeline.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


@every_module
def test_rooms_import_only_what_the_walls_allow(path: Path) -> None:
    name = module_name(path)
    room = room_of(name)
    if name == "pipeline":
        return
    assert room is not None, f"{name} stands in no room; a new room is a decision: add it to ROOMS"
    allowed = ROOMS[room]
    foreign = [n for n in imports(path) if n.partition(".")[0] not in sys.stdlib_module_names]
    assert allowed is None or [n for n in foreign if not within(n, allowed | {room})] == []


@every_module
def test_the_line_neither_fetches_nor_stores_nor_logs_nor_reads_a_clock(path: Path) -> None:
    if not within(module_name(path), THE_LINE):
        return
    assert [name for name in imports(path) if within(name, OUTSIDE)] == []
    calls = [n.func for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
    assert [f.attr for f in calls if isinstance(f, ast.Attribute) and f.attr in CLOCK] == []


@every_module
def test_nobody_imports_the_command_line(path: Path) -> None:
    if not within(module_name(path), {"pipeline.cli"}):
        assert [name for name in imports(path) if within(name, {"pipeline.cli"})] == []


@every_file
def test_files_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 250
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    found = [node for node in ast.walk(ast.parse(text)) if isinstance(node, functions)]
    assert [f.name for f in found if lines_of(f) > 40] == []


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count a function's lines; SQL and other text in it takes one."""
    texts = [n for n in ast.walk(function) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    spared = sum((text.end_lineno or 0) - text.lineno for text in texts)
    return (function.end_lineno or 0) - function.lineno + 1 - spared


HOOKS = {"pipeline.desk", "pipeline.rules"}


@pytest.mark.parametrize("path", [p for p in MODULES if p.name == "__init__.py"], ids=module_name)
def test_package_files_hold_a_docstring_and_nothing_else(path: Path) -> None:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    assert ast.get_docstring(ast.Module(body, [])), "say in a sentence what the package is for"
    if module_name(path) not in HOOKS:
        assert len(body) == 1


@every_file
def test_types_are_imported_for_real(path: Path) -> None:
    assert "TYPE_" + "CHECKING" not in path.read_text(encoding="utf-8")


def test_there_is_no_third_code_directory() -> None:
    tops = {path.relative_to(ROOT).parts[0] for path in tracked() if path.suffix == ".py"}
    assert tops == {"crawler", "pipeline", "tests"}


FOREIGN = re.compile(
    r"(?<![\w.])/(?:work|root|Users|opt|tmp/bash)/"  # somebody's machine
    r"|\b(?:extra-)?index-url\b|pypi\.org/simple|files\.pythonhosted|registry\.npm"  # a package index
)
SPEAK_OF_THEM = {"tests/test_house.py"}


def tracked() -> list[Path]:
    """List the files of the project: what git knows or would add, or all outside .venv without git."""
    command = ["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    found = [ROOT / name for name in listed] or [p for top in TOP for p in ROOT.glob(top)]
    return [path for path in found if path.is_file()]


TOP = ("crawler/**/*", "pipeline/**/*", "tests/**/*", "docs/**/*", ".ci/*", "*")


def test_nothing_speaks_of_a_workplace_or_a_package_registry() -> None:
    found = []
    for path in tracked():
        name = path.relative_to(ROOT).as_posix()
        if name in SPEAK_OF_THEM or path.suffix in (".png", ".gz", ".zip"):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{name}: {match[0]}" for match in FOREIGN.finditer(text)]
    assert found == []


def test_no_two_test_files_share_a_name() -> None:
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert len(names) == len(set(names)), "pytest cannot tell them apart"
