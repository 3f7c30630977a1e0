"""Profile: what a person declares about a site in TOML; it wins over what was learned of it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from string import Formatter
from typing import Any

from lxml.cssselect import CSSSelector, SelectorError

from pipeline.errors import ConfigError
from pipeline.records import PageKind
from pipeline.site.urls import path_of

SELECTORS = ("body", "title", "date", "authors", "categories", "tags")
KINDS: dict[str, PageKind] = {"posts": "post", "pages": "page", "listings": "listing"}
ERA_KEYS = frozenset((*SELECTORS, "drop"))
TOP_KEYS = ERA_KEYS | {*KINDS, "start", "site_name", "edit_url", "era"}
EDIT_FIELDS = frozenset(("id", "url", "slug", "path"))
URL_MONTH = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])(?:[/-](0[1-9]|[12]\d|3[01]))?(?![0-9])")
GLOB_PARTS = re.compile(r"(\*\*|\*|\?)")
GLOB_MEANING = {"**": ".*", "*": "[^/]*", "?": "[^/]"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Era:
    """CSS selectors that hold for the posts of some years; None: as it was learned."""

    until: str | None = None
    """Last day of it, ISO 8601; None for the newest."""
    body: str | None = None
    title: str | None = None
    date: str | None = None
    authors: str | None = None
    categories: str | None = None
    tags: str | None = None
    drop: tuple[str, ...] = ()
    """Elements that belong to the site wherever they stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A site as a person describes it."""

    name: str
    site_name: str | None = None
    edit_url: str | None = None
    """Address of a post in the CMS, with {id}, {url}, {path} or {slug} in it."""
    kinds: tuple[tuple[str, PageKind], ...] = ()
    """Path globs and what lies there; the longest that matches counts."""
    eras: tuple[Era, ...] = (Era(),)
    """Oldest first; the last one has no end."""

    def era_of(self, published: str | None, url: str | None) -> Era:
        """Choose the era by the day of publication, else the month in the address, else the newest."""
        day = published[:10] if published else _day_in(url)
        if day is None:
            return self.eras[-1]
        return next(era for era in self.eras if era.until is None or day <= era.until)

    def kind_of(self, url: str | None) -> PageKind | None:
        """Give what is declared to lie at an address."""
        path = (path_of(url).rstrip("/") or "/") if url else ""
        found = [(len(glob), kind) for glob, kind in self.kinds if _glob(glob).fullmatch(path)]
        return max(found)[1] if found else None

    def edit_address(self, url: str | None, post_id: str | None) -> str | None:
        """Say where a post is edited; None when its id or address is needed and unknown."""
        known = {
            "id": post_id,
            "url": url,
            "slug": path_of(url).rstrip("/").rpartition("/")[2] if url else "",
            "path": path_of(url) if url else "",
        }
        if self.edit_url is None or not all(known[field] for field in _fields(self.edit_url)):
            return None
        return self.edit_url.format_map(known)


def read_profile(text: str, name: str) -> Profile:
    """Read a profile and check all of it.

    Raises: ConfigError that names the place and the remedy.
    """
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"profile {name}: not valid TOML: {error}; correct that line") from error
    where = f"profile {name}:"
    _check_keys(said, TOP_KEYS, where)
    globs = [(glob, kind) for key, kind in KINDS.items() for glob in _texts(said, key, where)]
    return Profile(
        name=name,
        site_name=_text(said, "site_name", where),
        edit_url=_checked_edit_url(_text(said, "edit_url", where), where),
        kinds=tuple((_checked_glob(glob, where), kind) for glob, kind in globs),
        eras=_eras(said, where),
    )


@lru_cache(maxsize=500)
def selector(css: str) -> CSSSelector:
    """Compile a CSS selector once."""
    return CSSSelector(css, translator="html")


def _eras(said: Mapping[str, Any], where: str) -> tuple[Era, ...]:
    """Read the eras; what stands above them holds in each, and alone after the last one's end."""
    plain = _era(said, Era(), where)
    tables = said.get("era", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ConfigError(f"{where} 'era' is no list of tables; write each one under [[era]]")
    eras: list[Era] = []
    for number, table in enumerate(tables, 1):
        here = f"{where} era {number}"
        _check_keys(table, ERA_KEYS | {"until"}, here)
        era = replace(_era(table, plain, here), until=_day(table.get("until"), here))
        if eras and eras[-1].until is None:
            raise ConfigError(
                f"{where} era {number - 1} has no 'until' but is not the newest; give it its last day"
            )
        if eras and era.until is not None and era.until <= (eras[-1].until or ""):
            raise ConfigError(f"{here} ends before era {number - 1} does; put the newest last")
        eras.append(era)
    return tuple(eras) if eras and eras[-1].until is None else (*eras, plain)


def _era(said: Mapping[str, Any], plain: Era, where: str) -> Era:
    """Read one table of selectors over those that hold everywhere."""
    drop = _texts(said, "drop", where)
    given = {key: _text(said, key, where) for key in SELECTORS if key in said}
    for key, css in [*given.items(), *(("drop", css) for css in drop)]:
        try:
            selector(css or "")
        except SelectorError as error:
            raise ConfigError(
                f"{where} '{key}' = {css!r} is no CSS selector ({error}); correct it"
            ) from error
    return replace(plain, **given, drop=(*plain.drop, *drop))


def _check_keys(said: Mapping[str, Any], known: frozenset[str], where: str) -> None:
    unknown = sorted(set(said) - known)
    if unknown:
        raise ConfigError(f"{where} unknown key '{unknown[0]}'; known are {', '.join(sorted(known))}")


def _text(said: Mapping[str, Any], key: str, where: str) -> str | None:
    value = said.get(key)
    if value is not None and (not isinstance(value, str) or not value.strip()):
        raise ConfigError(f"{where} '{key}' is no text; write {key} = \"…\" or leave it out")
    return value


def _texts(said: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    values = said.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) and value for value in values):
        raise ConfigError(f"{where} '{key}' is no list of texts; write {key} = [\"…\"]")
    return tuple(values)


def _day(value: object, where: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ConfigError(f"{where} 'until' is no day; write until = 2021-06-30, without quotes")
    return value.isoformat()


def _checked_edit_url(template: str | None, where: str) -> str | None:
    problem = edit_url_problem(template or "")
    if problem:
        raise ConfigError(f"{where} 'edit_url' {problem}")
    return template


def edit_url_problem(template: str) -> str:
    """Say what is wrong with a template of an editor's address, and the remedy; "" where nothing is."""
    try:
        wrong = _fields(template) - EDIT_FIELDS
    except ValueError as error:
        return f"is not understood: {error}; write {{{{ for a brace"
    if wrong:
        return f"asks for {{{min(wrong)}}}; only {{id}}, {{path}}, {{slug}}, {{url}} are known"
    return ""


def _fields(template: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(template) if field is not None}


def _checked_glob(glob: str, where: str) -> str:
    if not glob.startswith("/"):
        raise ConfigError(f"{where} {glob!r} is no path; begin it with a slash, as in /blog/**")
    return glob


@lru_cache(maxsize=500)
def _glob(glob: str) -> re.Pattern[str]:
    """Compile a path glob: * and ? stay within a folder, ** does not; the final slash does not count."""
    parts = GLOB_PARTS.split(glob.rstrip("/") or "/")
    return re.compile("".join(GLOB_MEANING.get(part) or re.escape(part) for part in parts))


def _day_in(url: str | None) -> str | None:
    """Read a day from an address; of a month alone, its first."""
    match = URL_MONTH.search(path_of(url)) if url else None
    return f"{match[1]}-{match[2]}-{match[3] or '01'}" if match else None
