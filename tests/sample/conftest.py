from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.sample.build import build
from pipeline.sample.compare import read_truth
from pipeline.sample.serve import address_of, serve


@dataclass(frozen=True)
class Sample:
    folder: Path
    base_url: str
    truth: list[dict[str, Any]]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    folder = tmp_path_factory.mktemp("sample") / "site"
    folder.mkdir()
    with serve(folder) as server:
        base_url = address_of(server)
        yield Sample(folder, base_url, read_truth(build(folder, base_url)))
