"""Doctor: what stands on this machine: versions, configuration, secrets, disk, clock, lock."""

import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from pipeline.cli.checkup import Check, Place, fail, ok, warn
from pipeline.cli.options import counted
from pipeline.cli.rulings import Rulings, read_rulings
from pipeline.cli.version import release
from pipeline.desk.shared import SECRET, folder_beside
from pipeline.errors import ConfigError
from pipeline.site.config import Config
from pipeline.store.examine import lock_holder

SQLITE = (3, 37)
"""The first with strict tables."""
BORN = datetime(2025, 1, 1, tzinfo=UTC)
NEEDED = re.compile(r"^([\w.-]+)(?:\[.*?\])?\s*>=\s*([\d.]+)$")
CREDENTIALS = re.compile(r"://[^\s/\"'@]+:[^\s/\"'@]+@")
LONG_SECRET = 32
LOW, SCARCE = 100 * 2**20, 1000 * 2**20


def versions(place: Place) -> Iterator[Check]:
    """Look at the programs that everything stands on."""
    wrong = list(_outdated())
    if wrong:
        yield fail("versions", "; ".join(wrong), "install the package again: pip install -U copydesk")
    if sqlite3.sqlite_version_info < SQLITE or not _has_search():
        said = f"SQLite {sqlite3.sqlite_version} is too old, or was built without FTS5"
        yield fail("versions", said, "use a Python whose SQLite is 3.37 or newer", 5)
    else:
        python = ".".join(map(str, sys.version_info[:3]))
        parts = [f"copydesk {release()}", f"Python {python}", f"SQLite {sqlite3.sqlite_version}"]
        parts += [f"{name} {version(name)}" for name in ("Scrapy", "datasette")]
        yield ok("versions", ", ".join(parts))


def configuration(place: Place) -> tuple[Rulings, list[Check]]:
    """Read the configuration, the rules and the profiles as a crawl would."""
    if not place.config.is_file():
        remedy = "make one: copydesk init https://blog.example/"
        return Rulings(), [warn("configuration", f"there is no {place.config}", remedy)]
    try:
        rulings = read_rulings(place.config, ())
    except ConfigError as error:
        return Rulings(), [fail("configuration", str(error), f"correct {place.config}, then ask again")]
    sites = rulings.config.sites
    found = [
        ok("configuration", f"{place.config}: {counted(len(sites), 'site')}, {len(rulings.rules())} rules")
    ]
    for site in sites:
        at = f"[site.{site.key}]"
        if site.contact is None and not site.paused:
            remedy = f'add contact = "you@example.org" under {at}: owners of a site block strangers first'
            found.append(warn("configuration", f"{at} names no contact", remedy))
        if site.insecure:
            remedy = "have its certificate renewed, then take insecure out"
            found.append(warn("configuration", f"{at} believes any certificate", remedy))
    return rulings, found


def secrets(place: Place, config: Config) -> Iterator[Check]:
    """Look whether secrets are there, and nobody else can read them. Says their names only."""
    troubles = [*_unset(config), *_readable(place), *_writable(place)]
    if place.config.is_file() and CREDENTIALS.search(place.config.read_text("utf-8", "replace")):
        remedy = "take it out and name environment variables: user_env, password_env"
        troubles.append(fail("secrets", f"an address in {place.config} holds a password", remedy))
    signing = os.environ.get("DATASETTE_SECRET")
    if signing is not None and len(signing) < LONG_SECRET:
        said = "DATASETTE_SECRET is short enough to be guessed"
        troubles.append(warn("secrets", said, "set a longer one: openssl rand -hex 32"))
    yield from troubles or [ok("secrets", "all that are named are set, and only their owner reads them")]


def disk(place: Place) -> Iterator[Check]:
    """Look at the room where database and archive grow."""
    size = place.db.stat().st_size if place.db.is_file() else 0
    for name, path in (("database", place.db.parent), ("archive", place.archive)):
        folder = next((one for one in (path.resolve(), *path.resolve().parents) if one.is_dir()), Path("/"))
        free, inodes = shutil.disk_usage(folder).free, os.statvfs(folder)
        said = f"{free / 2**30:,.1f} GB free for the {name} in {folder}"
        remedy = "free space; old pages go with: copydesk archive prune --older-than 365d --dry-run"
        if not os.access(folder, os.W_OK):
            yield fail(
                "disk", f"{folder} cannot be written to", f"give yourself the right: chmod u+w {folder}", 5
            )
        elif free < LOW or (inodes.f_files and inodes.f_favail < 100):
            yield fail("disk", said, remedy, 5)
        elif free < SCARCE + 2 * size * (name == "database"):
            yield warn(
                "disk", f"{said}; an upgrade and a backup each need {size / 2**30:,.1f} GB more", remedy
            )
        else:
            yield ok("disk", said)


def clock(newest: str | None) -> Iterator[Check]:
    """Look whether the clock can be right: after this release was made, and after the newest run."""
    now = datetime.now(UTC)
    shown = f"{now:%Y-%m-%d %H:%M} UTC"
    remedy = "set it: timedatectl set-ntp true; what was stored needs no repair"
    if now < BORN:
        yield fail("clock", f"{shown} is long ago", remedy, 3)
    elif newest is not None and newest[:16] > f"{now:%Y-%m-%dT%H:%M}":
        yield fail("clock", f"{shown}, but the newest run began at {newest}", remedy, 3)
    else:
        yield ok("clock", shown)


def lock(place: Place) -> Iterator[Check]:
    """Tell whether a run is at work."""
    holder = lock_holder(place.db)
    if holder is None:
        yield ok("lock", "free")
    else:
        yield Check(topic="lock", state="note", said=f"a run is at work: {holder}")


def _outdated() -> Iterator[str]:
    try:
        wanted = requires("copydesk") or []
    except PackageNotFoundError:
        yield "copydesk is not installed as a package"
        return
    for line in wanted:
        match = NEEDED.match(line.strip())
        if match is None:
            continue  # an extra
        try:
            found = version(match[1])
        except PackageNotFoundError:
            yield f"{match[1]} is missing"
            continue
        if _numbers(found) < _numbers(match[2]):
            yield f"{match[1]} {found} is older than {match[2]}"


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)[:3]]


def _has_search() -> bool:
    with sqlite3.connect(":memory:") as conn:
        return ("ENABLE_FTS5",) in conn.execute("pragma compile_options").fetchall()


def _unset(config: Config) -> Iterator[Check]:
    named = [
        (f"[site.{site.key}]", name)
        for site in config.sites
        for name in (site.user_env, site.password_env, site.cookie_env)
        if name is not None
    ]
    named += [("[notify]", place[1:]) for place in config.notify.values() if place.startswith("$")]
    for where, name in named:
        if not os.environ.get(name):
            remedy = f"set {name} where the crawl is started: the crontab, or the service's EnvironmentFile"
            yield fail("secrets", f"{where} needs the environment variable {name}, which is not set", remedy)


def _readable(place: Place) -> Iterator[Check]:
    secret = folder_beside(place.db) / SECRET
    for path, mode in ((secret, 0o600), (secret.parent, 0o700)):
        if path.exists() and path.stat().st_mode & 0o077:
            yield fail("secrets", f"others can read {path}", f"keep it to yourself: chmod {mode:o} {path}")


def _writable(place: Place) -> Iterator[Check]:
    for path in (place.config, place.db, place.archive):
        if path.exists() and path.stat().st_mode & 0o002:
            yield fail("secrets", f"everybody can write to {path}", f"keep others out: chmod o-w {path}")
