"""The rules, one file each; a file that is there is a rule that runs."""

import pkgutil
from functools import cache
from importlib import import_module

from pipeline.audit.rule import Rule


@cache
def load_rules() -> tuple[Rule, ...]:
    """Give all rules, in the order of their names."""
    modules = sorted(found.name for found in pkgutil.iter_modules(__path__))
    rules: tuple[Rule, ...] = tuple(import_module(f"{__name__}.{name}").rule for name in modules)
    return rules
