"""Which runs are the last night's: one crawl of several sites is one night."""

import pytest

from pipeline.store.changes import before_last_night
from pipeline.store.run import ensure_site, finish_run, start_run


def crawl(db, *sites):
    """Crawl sites at the same time; give the numbers of their runs."""
    for site in sites:
        ensure_site(db, site, f"http://{site}.example/")
    runs = [start_run(db, site, "crawl", "v1") for site in sites]
    for run in runs:
        finish_run(db, run, "complete", "", {})
    return [run.run_id for run in runs]


def later(db):
    """Let time pass: runs of a night before have ended before the next begin."""
    db.execute("update runs set started_at = '2024-01-01', finished_at = '2024-01-02'")
    db.conn.commit()


@pytest.mark.parametrize(("site", "at"), [(None, 0), ("tea", 0), ("pots", 1)])
def test_the_last_night_begins_with_the_first_of_its_runs(db, site, at):
    crawl(db, "tea", "pots")
    later(db)
    runs = crawl(db, "tea", "pots")
    assert before_last_night(db, site) == runs[at] - 1


def test_before_the_first_night_there_is_none(db):
    assert before_last_night(db, None) == 0
