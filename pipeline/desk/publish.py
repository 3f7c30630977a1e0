"""The metadata file, made to fit whatever the database files are called."""

from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

NAME = "datasette-metadata.yml"
WRITTEN_FOR = "copydesk"
"""The database that the file speaks of; its entry is copied to each database that is served."""


def metadata_file() -> Path:
    """Find the metadata file: beside this module in a wheel, at the top of a checkout otherwise."""
    here = Path(__file__).resolve().parent
    packaged = here / NAME
    return packaged if packaged.exists() else here.parent.parent / NAME


def metadata_for(databases: Sequence[str]) -> dict[str, Any]:
    """Return the metadata with one entry per database, by the names Datasette gives them (file stems)."""
    metadata: dict[str, Any] = yaml.safe_load(metadata_file().read_text("utf-8"))
    entry = metadata["databases"][WRITTEN_FOR]
    return {**metadata, "databases": {name: deepcopy(entry) for name in databases}}
