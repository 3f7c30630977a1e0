"""What an operator adds to what `copydesk serve` tells Datasette, such as plugins for passwords."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import yaml

from pipeline.errors import ConfigError

metadata_option = click.option(
    "--metadata",
    "added",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A YAML or JSON file with more for Datasette, such as plugins for passwords; it wins over ours.",
)


def read_added(path: Path | None) -> Mapping[str, Any]:
    """Read what an operator adds; nothing where no file is named.

    Raises: ConfigError when it is no table of keys.
    """
    if path is None:
        return {}
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is neither YAML nor JSON: {error}") from error
    if not isinstance(said, dict):
        raise ConfigError(f"{path} holds no keys such as plugins; see docs/desk.md")
    return said


def joined(ours: Mapping[str, Any], added: Mapping[str, Any]) -> dict[str, Any]:
    """Lay what the operator says over ours; the settings of plugins are laid side by side."""
    plugins = dict(ours.get("plugins", {}))
    for name, settings in (added.get("plugins") or {}).items():
        plugins[name] = {**plugins.get(name, {}), **(settings or {})}
    return {**ours, **added, "plugins": plugins}
