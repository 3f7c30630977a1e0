"""How an owner wants the rules used: off, louder, quieter, or blind to a place; per site and per path.

Read from `[rules]` and `[site.<key>.rules]` of the configuration. What comes later in the file, and what
speaks of a path, wins.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, get_args
from urllib.parse import urlsplit

from pipeline.audit.rule import Rule
from pipeline.audit.setting import PLAIN, Ignore, Setting, fold
from pipeline.records import Severity
from pipeline.site.tomlfile import At, TomlFile

CHOICES = {"disable": "texts", "enable": "texts", "severity": "table"}
RULES_KEYS = CHOICES | {"files": "texts", "paths": "tables", "ignore": "tables"}
PATH_KEYS = CHOICES | {"match": "text"}
IGNORE_KEYS = {"rules": "texts", "quotes": "texts", "phrases": "texts", "path": "text", "reason": "text"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """Choices that hold where a path matches."""

    path: str | None = None
    """Glob on the path of an address; None is everywhere."""
    disable: frozenset[str] = frozenset()
    enable: frozenset[str] = frozenset()
    severities: tuple[tuple[str, Severity], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """All choices, in the order in which they are applied."""

    layers: tuple[Layer, ...] = ()
    ignores: tuple[Ignore, ...] = ()

    def __add__(self, other: "Control") -> "Control":
        """Let the other one have the last word."""
        return Control(layers=self.layers + other.layers, ignores=self.ignores + other.ignores)

    def at(self, url: str | None, rules: Sequence[Rule]) -> tuple[tuple[Rule, ...], Setting]:
        """Give the rules that run on a page, and how."""
        if not self.layers and not self.ignores:
            return tuple(rules), PLAIN
        path = urlsplit(url or "").path or "/"
        off: set[str] = set()
        severities: dict[str, Severity] = {}
        for layer in self.layers:
            if layer.path is None or fnmatchcase(path, layer.path):
                off = (off | layer.disable) - layer.enable
                severities |= dict(layer.severities)
        ignores = tuple(one for one in self.ignores if one.path is None or fnmatchcase(path, one.path))
        return tuple(r for r in rules if r.name not in off), Setting(ignores=ignores, severities=severities)


NO_CONTROL = Control()


def read_control(file: TomlFile, at: At, table: Mapping[str, Any], known: frozenset[str]) -> Control:
    """Read one section of choices.

    Raises ConfigError, with file, line and key, for anything in it that is not understood.
    """
    file.check(at, table, RULES_KEYS)
    layers = [_layer(file, at, table, known)]
    for number, path in enumerate(table.get("paths", ())):
        here = (*at, "paths", number)
        file.check(here, path, PATH_KEYS)
        _require(file, here, path, "match", 'the glob that paths are compared with, like "/archive/*"')
        layers.append(_layer(file, here, path, known))
    ignores = [_ignore(file, (*at, "ignore", n), one, known) for n, one in enumerate(table.get("ignore", ()))]
    empty = Layer()
    return Control(layers=tuple(one for one in layers if one != empty), ignores=tuple(ignores))


def _layer(file: TomlFile, at: At, table: Mapping[str, Any], known: frozenset[str]) -> Layer:
    for key in ("disable", "enable", "severity"):
        _know(file, (*at, key), list(table.get(key, ())), known)
    for name, severity in table.get("severity", {}).items():
        if severity not in get_args(Severity):
            raise file.error((*at, "severity", name), "give one of: error, warning, info")
    return Layer(
        path=table.get("match"),
        disable=frozenset(table.get("disable", ())),
        enable=frozenset(table.get("enable", ())),
        severities=tuple(table.get("severity", {}).items()),
    )


def _ignore(file: TomlFile, at: At, table: Mapping[str, Any], known: frozenset[str]) -> Ignore:
    file.check(at, table, IGNORE_KEYS)
    _know(file, (*at, "rules"), table.get("rules", ()), known)
    _require(file, at, table, "reason", "for whoever reads this in a year")
    if not any(map(fold, [*table.get("quotes", ()), *table.get("phrases", ())])):
        raise file.error(at, "nothing is named; add quotes = [whole quotes] or phrases = [parts of them]")
    return Ignore(
        reason=table["reason"],
        rules=frozenset(table.get("rules", ())),
        quotes=frozenset(map(fold, table.get("quotes", ()))),
        phrases=tuple(filter(None, map(fold, table.get("phrases", ())))),
        path=table.get("path"),
    )


def _know(file: TomlFile, at: At, names: Sequence[str], known: frozenset[str]) -> None:
    for name in names:
        if name not in known:
            raise file.error(at, f"there is no rule '{name}'; there are: {', '.join(sorted(known))}")


def _require(file: TomlFile, at: At, table: Mapping[str, Any], key: str, what: str) -> None:
    if not table.get(key, "").strip():
        raise file.error(at, f"{key} is missing; add it: {what}")
