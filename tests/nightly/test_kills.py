"""Ten kills at random moments; two hundred are in `make soak`."""

import pytest
from nightly.kills import kill_nights


@pytest.mark.slow
@pytest.mark.row(71)
def test_killed_nights_end_as_undisturbed_ones_do(tmp_path):
    result = kill_nights(tmp_path, posts=300, kills=10, seed=3)
    assert (result.kills, result.differences) == (10, [])
