"""The measuring tools measure: goals are judged, the made-up blog weighs what it says, costs are counted."""

import re
import sys

import pytest
from measure.bigblog import BigBlog
from measure.exact import unexplained
from measure.table import measures_table, meets
from measure.watch import watched

BLOG = BigBlog(600, "http://blog.example")
LINK = re.compile(rb'<a [^>]*href="([^"]+)"')


@pytest.mark.parametrize(
    ("value", "goal", "met"), [(0.97, ">= 0.97", True), (0.96, ">= 0.97", False), (0.0, "<= 0", True)]
)
def test_goals_are_judged(value: float, goal: str, met: bool) -> None:
    assert meets(value, goal) is met


def test_a_missed_goal_is_marked() -> None:
    table = measures_table("extraction/readability", {"copydesk": {"shingle_f1": 0.5}})
    assert ">= 0.913 ✗" in table


def test_pages_of_the_made_up_blog_have_the_weight_of_real_ones() -> None:
    bodies = [BLOG.answer(entry.path).body for entry in BLOG.entries[:50]]
    assert 30_000 < sum(map(len, bodies)) / 50 < 50_000
    assert 80 < sum(len(LINK.findall(body)) for body in bodies) / 50 < 120


def test_every_page_of_the_made_up_blog_is_linked() -> None:
    seen, ahead = {"/"}, ["/"]
    while ahead:
        links = {link.decode() for link in LINK.findall(BLOG.answer(ahead.pop()).body)}
        new = {link for link in links if link.startswith("/")} - seen
        seen, ahead = seen | new, [*ahead, *new]
    assert all(BLOG.answer(path).status == 200 for path in seen)
    assert abs(len(seen) - BLOG.pages) < 10


def test_the_cost_of_a_command_holds_that_of_its_children() -> None:
    child = "sum(range(4_000_000)); print('done')"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    cost = watched([sys.executable, "-c", parent])
    assert (cost.status, cost.output.strip()) == (0, "done")
    assert cost.cpu_s > watched([sys.executable, "-c", "pass"]).cpu_s


@pytest.mark.parametrize(("text", "count"), [("It boils.", 0.0), ("It boils. Oip", 1.0), ("It boils", 1.0)])
def test_a_text_that_its_findings_do_not_explain_is_counted(text: str, count: float) -> None:
    where = {"prefix": "It boils.", "suffix": "", "where": "paragraph"}
    finding = {"quote": "Oip", "fix": "safe", "replacement": "", **where}
    assert unexplained([{"text_raw": "It boils.Oip", "text": text, "findings": [finding]}]) == count
