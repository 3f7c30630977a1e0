import os

import pytest
from spread_samples import task

from pipeline.records import Failure
from pipeline.spread import FEW, spread

MANY = [str(n) for n in range(FEW * 3)]


def reasons(results):
    return [result.reason for result in results if isinstance(result, Failure)]


@pytest.mark.parametrize("items", [MANY[:5], MANY])
def test_results_come_in_order(items):
    assert list(spread(task(), items)) == [f"x{item}" for item in items]


def test_many_items_are_shared_out_to_other_processes():
    pids = set(spread(task(), ["pid"] * FEW * 4))
    assert os.getpid() not in pids
    assert len(pids) == 2


@pytest.mark.parametrize("filler", [[], MANY])
def test_an_error_is_a_failure_and_the_rest_goes_on(filler):
    results = list(spread(task(), ["raise", "archive", "bug", "fine", *filler]))
    assert [(f.url, f.stage, f.reason) for f in results[:3]] == [
        ("raise", "extract", "no post here"),
        ("archive", "archive", "cut off"),
        ("bug", "extract", "unexpected ZeroDivisionError: oh"),
    ]
    assert "Traceback" in results[2].detail
    assert results[3:] == [f"x{item}" for item in ("fine", *filler)]


@pytest.mark.row(50)
def test_a_page_that_takes_too_long_is_given_up_in_this_process():
    assert "timeout" in reasons(spread(task(limit_s=0.1), ["sleep", "fine"]))[0]


@pytest.mark.parametrize("bad", ["sleep", "stick", "die"])
@pytest.mark.row(50)
def test_a_page_that_hangs_or_kills_its_worker_costs_only_itself(bad):
    items = [*MANY[:7], bad, *MANY[7:]]
    results = list(spread(task(limit_s=0.3), items))
    assert isinstance(results.pop(7), Failure)
    assert results == [f"x{item}" for item in MANY]


def test_a_signal_to_the_whole_service_leaves_the_end_to_its_main_process():
    items = ["told", *MANY, "told"]
    assert list(spread(task(), items)) == [f"x{item}" for item in items]


def test_a_worker_that_grew_is_replaced():
    results = list(spread(task(), ["pid", "grow", *["pid"] * FEW * 4]))
    assert results[1] == "xgrow"
    assert len({result for result in results if isinstance(result, int)}) == 3


def test_leaving_early_ends_the_workers():
    results = spread(task(), ["pid"] * 500)
    pid = next(results)
    results.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
