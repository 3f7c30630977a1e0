"""A TOML file that a person wrote: what is wrong with it is said with file, line, key and remedy."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigError

Table = Mapping[str, Any]
At = tuple[str | int, ...]
"""Where something stands: ("rule", 2, "regex") is the key `regex` of the third `[[rule]]`."""

KINDS: dict[str, tuple[type | tuple[type, ...], str]] = {
    "text": (str, 'a text in quotes, like "…"'),
    "texts": (list, 'a list of texts, like ["…", "…"]'),
    "number": ((int, float), "a number"),
    "flag": (bool, "true or false"),
    "table": (dict, "a table, like { … }"),
    "tables": (list, "a list of tables, written under a heading in double brackets"),
}
INNER: dict[str, Any] = {"texts": str, "tables": dict}
HEADER = re.compile(r"^\s*(\[\[?)([^\]\n]+)\]")
KEY = re.compile(r"""^\s*((?:"[^"\n]*"|'[^'\n]*'|[\w.-])+)\s*=""")
LINE = re.compile(r"at line (\d+)")
PART = re.compile(r""""[^"]*"|'[^']*'|[^.\s]+""")


@dataclass(frozen=True, slots=True, kw_only=True)
class TomlFile:
    """A file as read, with what is needed to point into it."""

    path: str
    text: str = field(repr=False)
    table: Table

    def error(self, at: At, message: str) -> ConfigError:
        """Make the error that points at a place."""
        name = ".".join(str(part) for part in at if isinstance(part, str))
        return ConfigError(f"{self.path}, line {self.line_of(at)}, {name or 'file'}: {message}")

    def line_of(self, at: At) -> int:
        """Give the line, from 1, of a key, or of the heading of the table that it should stand in."""
        places = _places(self.text)
        for size in range(len(at), 0, -1):
            if at[:size] in places:
                return places[at[:size]]
        return 1

    def check(self, at: At, table: Table, kinds: Mapping[str, str]) -> None:
        """Raise ConfigError for a key that is not among `kinds`, or whose value is of another kind."""
        for key, value in table.items():
            if key not in kinds:
                raise self.error((*at, key), f"this key is not known; known are: {', '.join(kinds)}")
            of_type, wanted = KINDS[kinds[key]]
            if not isinstance(value, of_type) or (kinds[key] == "number" and isinstance(value, bool)):
                raise self.error((*at, key), f"give {wanted}")
            inner = INNER.get(kinds[key])
            if inner is not None and not all(isinstance(one, inner) for one in table[key]):
                raise self.error((*at, key), f"give {wanted}")


def read_toml(path: Path) -> TomlFile:
    """Read a file.

    Raises ConfigError when it cannot be read or is no TOML.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        return TomlFile(path=str(path), text=text, table=tomllib.loads(text))
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}, byte {error.start}: it is not UTF-8; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        line = LINE.search(str(error))
        at = int(line[1]) if line else text.rstrip().count("\n") + 1  # what is not closed ends with the file
        raise ConfigError(f"{path}, line {at}: it is no TOML: {error}; correct it there") from error


def _places(text: str) -> dict[At, int]:
    """Find the lines of headings and keys; `tomllib` does not tell them."""
    places: dict[At, int] = {}
    counts: Counter[At] = Counter()
    prefix: At = ()
    for number, line in enumerate(text.splitlines(), 1):
        if (header := HEADER.match(line)) is not None:
            prefix = _parts(header[2])
            if header[1] == "[[":
                counts[prefix] += 1
                prefix = (*prefix, counts[prefix] - 1)
            places.setdefault(prefix, number)
        elif (key := KEY.match(line)) is not None:
            places.setdefault((*prefix, *_parts(key[1])), number)
    return places


def _parts(name: str) -> At:
    return tuple(part.strip("\"'") for part in PART.findall(name))
