"""Read a file of users' rules; anything wrong in it is said with file, line, key and remedy."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any, get_args

from pipeline.audit.own import OwnRule, finds, selector_trouble
from pipeline.audit.patterns import pattern_trouble
from pipeline.errors import ConfigError
from pipeline.records import FixSafety, Severity
from pipeline.site.tomlfile import At, Table, TomlFile, read_toml

KEYS = {
    "name": "text",
    "message": "text",
    "severity": "text",
    "fix": "text",
    "replacement": "text",
    "phrases": "texts",
    "regex": "texts",
    "css": "texts",
    "matches": "texts",
    "leaves": "texts",
}
CHOICES = {"severity": get_args(Severity), "fix": get_args(FixSafety)}
SEARCHES = ("phrases", "regex", "css")
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def read_own_rules(path: Path, taken: Collection[str]) -> tuple[OwnRule, ...]:
    """Read the rules of a file; `taken` are names that it may not use.

    Raises ConfigError for anything that is not understood, and for an example that does not hold.
    """
    file = read_toml(path)
    file.check((), file.table, {"rule": "tables"})
    if not file.table.get("rule"):
        raise file.error((), 'it holds no rule; write [[rule]] and below it name = "…"')
    names = set(taken)
    rules = []
    for number, table in enumerate(file.table["rule"]):
        rules.append(_rule(file, ("rule", number), table, names))
        names.add(rules[-1].name)
    return tuple(rules)


def _rule(file: TomlFile, at: At, table: Table, taken: Collection[str]) -> OwnRule:
    file.check(at, table, KEYS)
    for key in ("name", "message"):
        if not table.get(key, "").strip():
            raise file.error(at, f'{key} is missing; add {key} = "…"')
    if not NAME.fullmatch(table["name"]):
        raise file.error((*at, "name"), "write it in lower case with hyphens, like old-slogan")
    if table["name"] in taken:
        raise file.error((*at, "name"), f"there is already a rule '{table['name']}'; choose another name")
    for key, choices in CHOICES.items():
        if table.get(key, choices[0]) not in choices:
            raise file.error((*at, key), f"give one of: {', '.join(choices)}")
    _check_searches(file, at, table)
    own = OwnRule(source=f"{file.path}, line {file.line_of(at)}", **_values(table))
    _check_examples(file, at, own)
    return own


def _values(table: Table) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}


def _check_searches(file: TomlFile, at: At, table: Table) -> None:
    if not any(table.get(key) for key in SEARCHES):
        raise file.error(at, "it searches for nothing; add phrases = […], regex = […] or css = […]")
    if any(not phrase.strip() for phrase in table.get("phrases", ())):
        raise file.error((*at, "phrases"), "an empty phrase is everywhere; remove it")
    for key, trouble in (("regex", pattern_trouble), ("css", selector_trouble)):
        for value in table.get(key, ()):
            if (wrong := trouble(value)) is not None:
                raise file.error((*at, key), f"{value!r}: {wrong}")
    if table.get("replacement") and table.get("fix") == "none":
        raise file.error((*at, "replacement"), 'with fix = "none" nothing is replaced; remove one of them')


def _check_examples(file: TomlFile, at: At, own: OwnRule) -> None:
    for key, wanted, remedy in (
        ("matches", True, "is not found; correct it or what the rule searches for"),
        ("leaves", False, "is found; narrow what the rule searches for"),
    ):
        for example in getattr(own, key):
            if finds(own, example) is not wanted:
                raise file.error((*at, key), f"the example {example!r} {remedy}")


def own_rule_files(folder: Path) -> list[Path]:
    """List the files of rules in a folder, by name; none when there is no folder."""
    try:
        return sorted(folder.glob("*.toml")) if folder.is_dir() else []
    except OSError as error:
        raise ConfigError(f"{folder} cannot be read: {error.strerror}") from error
