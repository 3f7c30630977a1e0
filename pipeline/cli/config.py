"""`copydesk config`: each setting of each site, and where it comes from."""

import os
from collections.abc import Iterator
from pathlib import Path

import click

from pipeline.cli.rulings import config_option
from pipeline.errors import ConfigError
from pipeline.site.config import FILE_NAME, SITE_KEYS, Config, read_config

DEFAULTS = {
    "delay": "1 (0 on loopback)",
    "allow_private": "false",
    "paused": "false",
    "insecure": "false",
    "budget": "any number of requests",
    "hours": "any time",
}
SECRET = ("user_env", "password_env", "cookie_env")


@click.command("config")
@config_option
def command(config_path: Path | None) -> int:
    """Show each setting of each site and where it comes from; secrets are named, never shown."""
    path = config_path or Path(FILE_NAME)
    if not path.is_file():
        raise ConfigError(f"there is no {path}; make one with: copydesk init https://blog.example/")
    config = read_config(path)
    for site in config.sites:
        click.echo(f"[site.{site.key}]")
        click.echo("\n".join(f"  {line}" for line in _lines(config, site.key)))
    if not config.sites:
        click.echo(f"{path} names no site")
    return 0


def _lines(config: Config, key: str) -> Iterator[str]:
    assert config.file is not None
    given = config.file.table["site"][key]
    for name, kind in SITE_KEYS.items():
        if kind == "table":
            continue
        if name in given:
            where = f"{config.file.path}, line {config.file.line_of(('site', key, name))}"
            yield f"{name:<14}{_shown(given[name])}  ({where}{_is_set(name, given[name])})"
        elif name in DEFAULTS:
            yield f"{name:<14}{DEFAULTS[name]}  (default)"


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _is_set(name: str, value: object) -> str:
    if name not in SECRET:
        return ""
    return "; set in the environment" if os.environ.get(str(value)) else "; NOT set in the environment"
