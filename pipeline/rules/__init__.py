"""The rules, one file each; a file that is there is a rule that runs."""

import pkgutil
import re
from functools import cache
from importlib import import_module
from importlib.resources import files

from pipeline.audit.rule import Rule


@cache
def load_rules() -> tuple[Rule, ...]:
    """Give all rules, in the order of their names."""
    modules = sorted(found.name for found in pkgutil.iter_modules(__path__))
    rules: tuple[Rule, ...] = tuple(import_module(f"{__name__}.{name}").rule for name in modules)
    return rules


@cache
def load_examples() -> dict[str, str]:
    """Give the Markdown that closes each rule's page: examples from its cases, written by `make docs`."""
    parts = re.split(r"^## (.+)$", files(__name__).joinpath("examples.md").read_text("utf-8"), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))
