"""What is installed is used, what is used is declared, and each has its reason in docs/operations.md."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
BEHIND = {"cssselect": "lxml.cssselect", "pyopenssl": "OpenSSL", "pyyaml": "yaml", "beautifulsoup4": "bs4"}
"""Distribution -> the module by which it is used, where the names differ."""
OURS = {"crawler", "pipeline"}


def plain(requirement: str) -> str:
    return re.split(r"[\s><=\[;]", requirement)[0].lower().replace("_", "-")


DECLARED = {plain(requirement) for requirement in PROJECT["dependencies"]}


@cache
def used() -> frozenset[str]:
    """Collect what the product imports, whole names."""
    return frozenset(name for folder in sorted(OURS) for name in imports(ROOT / folder))


def imports(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module


def test_everything_that_is_imported_is_declared() -> None:
    names = {name.partition(".")[0] for name in used()}
    foreign = names - set(sys.stdlib_module_names) - OURS
    owners = packages_distributions()
    owned = {name: {plain(owner) for owner in owners.get(name, [])} for name in foreign}
    assert [name for name, by in sorted(owned.items()) if not by & DECLARED] == []


@pytest.mark.parametrize("name", sorted(DECLARED))
def test_everything_that_is_installed_is_used(name: str) -> None:
    wanted = BEHIND.get(name, name.replace("-", "_"))
    assert any(f"{module}.".lower().startswith(f"{wanted}.".lower()) for module in used())


@pytest.mark.parametrize("name", sorted(DECLARED))
def test_every_dependency_has_its_reason(name: str) -> None:
    page = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    assert re.search(rf"^\| {re.escape(name)} \| \S", page, re.MULTILINE | re.IGNORECASE), name


def test_what_tests_need_is_used_by_tests() -> None:
    places = [*ROOT.glob("tests/**/*.py"), *ROOT.glob("tests/**/*.sh"), ROOT / "Makefile"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in places)
    text += (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("[tool.")[2]
    needed = [plain(requirement) for requirement in PROJECT["optional-dependencies"]["dev"]]
    stubs = ("types-", "lxml-stubs")  # read by mypy alone
    unused = [name for name in needed if not name.startswith(stubs) and used_as(name) not in text]
    assert unused == []


def used_as(name: str) -> str:
    return {"pytest-asyncio": "asyncio_mode", "pytest-xdist": "-n $(JOBS)"}.get(name, name)
