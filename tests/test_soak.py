"""A small, seeded part of `make soak`: killed crawls end as undisturbed ones do."""

from pathlib import Path

import pytest
from measure.soak import soak


@pytest.mark.slow
@pytest.mark.row(71)
def test_a_killed_crawl_resumes_to_the_same_database(tmp_path: Path) -> None:
    result = soak(tmp_path, kills=1, seed=6)
    assert (result.kills >= 1, result.differences) == (True, [])
