"""A real WordPress, edited through its REST interface between crawls; its pages have no validators."""

import pytest
from generators.nights import NAME, NEW, Night

pytestmark = pytest.mark.slow
NEIGHBOUR = "sternwarte-umzug"
"""A post in "Club news / Building", where the only post of "Club news" itself is deleted."""
Nights = dict[str, Night]


def test_every_night_is_complete(nights: Nights) -> None:
    assert {name: night["report"]["state"] for name, night in nights.items()} == dict.fromkeys(
        nights, "complete"
    )


def test_posts_know_their_number_in_the_cms(nights: Nights) -> None:
    posts = nights["first"]["posts"].values()
    assert [post for post in posts if not (post["cms_post_id"] or "").isdigit()] == []


def test_a_quiet_night_makes_no_revision(nights: Nights) -> None:
    report = nights["quiet"]["report"]
    assert (report["new"], report["changed"], report["gone"], report["fixed"]) == (0, 0, 0, 0)
    assert nights["quiet"]["posts"] == nights["first"]["posts"]


def test_what_was_edited_gets_a_revision_and_nothing_else_does(nights: Nights) -> None:
    counts = {slug: len(post["changes"]) for slug, post in nights["edited"]["posts"].items()}
    del counts[NEIGHBOUR]
    twice = {"first-telescope", "winter-camp"}
    assert counts == {slug: 2 if slug in twice else 1 for slug in counts}


def test_a_post_is_not_revised_because_its_parent_category_lost_a_post(nights: Nights) -> None:
    assert len(nights["renamed"]["posts"][NEIGHBOUR]["changes"]) == 1


def test_the_edited_words_are_the_new_ones(nights: Nights) -> None:
    before, after = (nights[name]["posts"]["first-telescope"]["text"] for name in ("quiet", "edited"))
    assert after == before.replace("a six-inch Dobsonian", "an eight-inch Dobsonian")
    assert after != before


def test_the_report_counts_the_changes(nights: Nights) -> None:
    report, posts = nights["edited"]["report"], nights["edited"]["posts"].values()
    changed = [post for post in posts if len(post["changes"]) == 2]
    assert (report["new"], report["changed"], report["fixed"]) == (1, len(changed), 1)


def test_a_leftover_removed_in_the_cms_is_fixed(nights: Nights) -> None:
    assert nights["quiet"]["posts"]["winter-camp"]["flags"] == {"image-filename": "open"}
    assert nights["edited"]["posts"]["winter-camp"]["flags"] == {"image-filename": "fixed"}


def test_a_leftover_that_comes_back_is_reopened(nights: Nights) -> None:
    post = nights["relapsed"]["posts"]["winter-camp"]
    assert (post["flags"], NAME in post["text"]) == ({"image-filename": "reopened"}, False)


def test_flags_of_posts_nobody_touched_stay_open(nights: Nights) -> None:
    states = [night["posts"]["perseiden"]["flags"] for night in nights.values()]
    assert states == [{"shortcode": "open"}] * len(nights)


def test_a_post_that_moved_keeps_its_id_and_both_addresses(nights: Nights) -> None:
    before, after = (nights[name]["posts"]["loan-shelf"] for name in ("quiet", "edited"))
    assert (after["id"], after["path"]) == (before["id"], "/2023/03/things-to-borrow/")
    assert after["paths"] == {"/2023/03/loan-shelf/": 0, "/2023/03/things-to-borrow/": 1}


def test_a_renamed_category_is_seen_the_same_night(nights: Nights) -> None:
    before, after = (nights[name]["posts"]["jupiter-sketches"] for name in ("late", "renamed"))
    assert (before["categories"], after["categories"]) == (["Planets"], ["Wandering stars"])
    assert len(after["changes"]) == 2


def test_a_new_post_is_found_and_no_draft(nights: Nights) -> None:
    assert set(nights["edited"]["posts"]) - set(nights["quiet"]["posts"]) == {NEW}


def test_a_deleted_post_is_missing_then_gone_then_back(nights: Nights) -> None:
    states = [night["posts"]["visit-us"]["state"] for night in nights.values()]
    assert states == ["live", "live", "missing", "missing", "gone", "gone", "live"]


def test_the_flag_of_a_deleted_post_goes_and_returns_with_it(nights: Nights) -> None:
    states = [night["posts"]["visit-us"]["flags"]["broken-form"] for night in nights.values()]
    assert states == ["open", "open", "open", "open", "gone", "gone", "open"]


def test_a_post_that_returns_is_the_same_post(nights: Nights) -> None:
    first, last = (nights[name]["posts"]["visit-us"] for name in ("first", "restored"))
    assert (last["id"], last["path"], len(last["changes"])) == (first["id"], first["path"], 1)
