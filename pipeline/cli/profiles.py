"""Profiles: `profiles/<site>.toml` beside the configuration, or the file that --profile names."""

from pathlib import Path

import click

from pipeline.errors import ConfigError
from pipeline.site.profile import Profile, read_profile

FOLDER = "profiles"

profile_option = click.option(
    "--profile",
    "profile_path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=f"What a person declares about the site; {FOLDER}/SITE.toml where there is one.",
)


def load_profile(path: Path) -> Profile:
    """Read one profile; it is named as its file is.

    Raises: ConfigError when it cannot be read or anything in it is not understood.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"profile {path} cannot be read as UTF-8 text: {error}") from error
    return read_profile(text, path.stem)


def load_profiles(beside: Path) -> tuple[tuple[str, Profile], ...]:
    """Read all profiles of a folder's `profiles/`, by site: a mistake in one must not show at night."""
    return tuple((path.stem, load_profile(path)) for path in sorted((beside / FOLDER).glob("*.toml")))
