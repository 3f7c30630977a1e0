"""Five nights with known truth; the month is in `make soak`."""

import pytest
from nightly.blog import Blog, serving
from nightly.night import ask, paths
from nightly.script import Month, first_five

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def month(tmp_path_factory):
    with serving(Blog()) as blog:
        month = Month(blog, tmp_path_factory.mktemp("month"))
        first_five(month, 40)
        yield month


@pytest.mark.row(20, 21, 22, 24)
def test_every_revision_flag_and_count_is_right(month):
    assert month.wrong == []


@pytest.mark.row(23)
def test_a_moved_post_keeps_its_id_and_both_addresses(month):
    assert paths(
        month.folder,
        "select url from post_urls where post_id in (select post_id from post_urls"
        " where url like '%-moved/')",
    ) == {"/notes/8-lemon/", "/notes/8-lemon-moved/"}
    assert ask(month.folder, "select count(*) from posts where title like '% 8'") == [1]


def test_each_run_says_how_it_ended(month):
    assert ask(month.folder, "select state from runs order by id") == [
        "complete",
        "complete",
        "refused",
        "complete",
        "complete",
    ]
