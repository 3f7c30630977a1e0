"""Which regular expressions of users may run: none that a page can bring to a standstill."""

import re
import warnings
from collections.abc import Iterator
from importlib import import_module
from typing import Any

MANY = 30
"""A repeat of up to this often is no loop."""


def pattern_trouble(pattern: str) -> str | None:
    """Say what is wrong with a pattern and what to do about it; None when nothing is."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compiled = re.compile(pattern)
            # Python's own parser; its names have been stable since 1999, its module became private in 3.11.
            tree = import_module("re._parser").parse(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        return f"this is no regular expression: {error}; correct it"
    if compiled.search("") is not None:
        return "it matches where nothing is; let it require at least one character"
    if _has_nested_loop(tree):
        return (
            "it repeats what repeats itself, which can take for ever on some page;"
            " give the outer repeat an end, like {1,20}, or the inner one a fixed number"
        )
    return None


def _has_nested_loop(tree: Any) -> bool:
    """Tell a loop around a loop, or around alternatives: both can match one text in ever more ways."""
    return any(
        any(_is_elastic(*step) or _is_choice(*step) for step in _steps(argument[2]))
        for name, argument in _steps(tree)
        if _is_loop(name, argument)
    )


def _is_loop(name: str, argument: Any) -> bool:
    return name in ("MAX_REPEAT", "MIN_REPEAT") and int(argument[1]) > MANY


def _is_elastic(name: str, argument: Any) -> bool:
    return name in ("MAX_REPEAT", "MIN_REPEAT") and int(argument[1]) > max(1, int(argument[0]))


def _is_choice(name: str, argument: Any) -> bool:
    """Tell alternatives that may begin alike; with a different first letter each they cannot."""
    if name != "BRANCH":
        return False
    firsts = [option[0] if len(option) else None for option in argument[1]]
    letters = [first[1] if first is not None and str(first[0]) == "LITERAL" else None for first in firsts]
    return None in letters or len(set(letters)) < len(letters)


def _steps(tree: Any) -> Iterator[tuple[str, Any]]:
    """Yield every step of a parsed pattern, from the outside in; atomic groups never look back."""
    for operation, argument in tree:
        name = str(operation)
        yield name, argument
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            yield from _steps(argument[2])
        elif name == "BRANCH":
            for option in argument[1]:
                yield from _steps(option)
        elif name == "SUBPATTERN":
            yield from _steps(argument[3])
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from _steps(argument[1])
        elif name == "GROUPREF_EXISTS":
            for option in filter(None, argument[1:]):
                yield from _steps(option)
