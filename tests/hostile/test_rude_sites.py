"""Blogs that turn rude over night: what was stored stays, and the report names what happened."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hostile.rude import POSTS, Nights, two_nights
from hostile.rude_sites import REFUSALS, ROTTEN, RUDE


@pytest.fixture(scope="module")
def nights(tmp_path_factory) -> Iterator[Nights]:
    with two_nights(tmp_path_factory.mktemp("rude"), RUDE) as nights:
        yield nights


@pytest.mark.row(15, 17, 23, 22)
def test_the_worst_site_names_the_exit_code_and_the_others_are_done(nights):
    assert [said.code for said in nights.said] == [0, 4]
    assert len(nights.said[1].sites) == len(RUDE)


@pytest.mark.row(1, 2, 5, 7, 10, 12, 14, 17, 22, 23, 26, 33, 34, 36, 37, 42)
@pytest.mark.parametrize("name", [name for name in RUDE if name != "clock"])
def test_what_was_stored_stays(nights, name):
    assert len(nights.before[name]) == POSTS
    assert nights.is_kept(name)


@pytest.mark.row(17)
@pytest.mark.parametrize("name", REFUSALS)
def test_refusals_in_a_row_are_counted_and_end_the_run(nights, name):
    report = nights.report(name)
    assert (report["state"], report["errors"]["http_4xx"]) == ("refused", POSTS + 4)
    assert f"to {POSTS} of" in report["message"]


@pytest.mark.row(2, 5, 7, 10, 12, 49, 55, 56)
def test_each_kind_of_rotten_answer_is_counted_by_its_name(nights):
    kinds = Counter(kind for _, kind in ROTTEN.values())
    found = nights.report("rotten")["errors"]
    assert {kind: found.get(kind) for kind in kinds} == kinds
    assert [kind for kind in kinds if f"{kind} {kinds[kind]}" not in nights.report("rotten")["message"]] == []


@pytest.mark.row(26)
def test_our_clock_says_when_something_was_seen(nights):
    today = datetime.now(UTC) - timedelta(days=1)
    seen = nights.ask(
        "select min(f.fetched_at), max(f.fetched_at) from fetches f join urls u on u.id = f.url_id"
        " where u.site_id = 'clock-example'"
    )[0]
    assert today.isoformat() < seen[0] <= seen[1] < (today + timedelta(days=2)).isoformat()
    assert nights.report("clock")["changed"] == 1


@pytest.mark.row(27)
def test_a_cookie_trap_is_a_loop_and_no_cookie_is_sent(nights):
    assert nights.report("cookie")["errors"] == {"redirect_loop": 2} | nights.report("cookie")["errors"]
    assert [head for head in nights.servers["cookie"].heads if b"cookie:" in head.lower()] == []


@pytest.mark.row(37)
def test_a_broken_sitemap_leaves_the_front_page_to_lead(nights):
    report = nights.report("broken")
    assert (report["state"], report["posts"], report["missing"]) == ("complete", POSTS, 0)


@pytest.mark.row(32)
def test_a_crawl_delay_of_a_day_means_few_pages_and_is_said(nights):
    report = nights.report("delay")
    assert report["pages"] <= 20
    assert "asks for 86,400 seconds between requests" in report["message"]


@pytest.mark.row(33)
def test_entities_in_sitemap_and_feed_are_neither_expanded_nor_fetched(nights):
    asked = nights.servers["laughs"].asked
    assert ("/late" in asked, [path for path in asked if "lol" in path or "fetched" in path]) == (True, [])
    assert nights.report("laughs")["posts"] == POSTS + 1


@pytest.mark.row(7, 34)
def test_a_sitemap_that_is_a_bomb_gives_what_it_begins_with_and_is_reported(nights):
    report = nights.report("bomb")
    assert (report["posts"], "lists beyond the limit 1" in report["message"]) == (POSTS + 1, True)


@pytest.mark.row(36)
def test_a_mixed_sitemap_gives_this_sites_posts_and_the_rest_is_counted(nights):
    report = nights.report("mixed")
    assert (report["posts"], report["errors"]["http_4xx"] >= 1) == (POSTS + 1, True)
    assert "other sites 7" in report["message"]


@pytest.mark.row(40)
def test_a_growing_path_ends_after_three_and_is_reported(nights):
    deepest = max(path.count("x/") for path in nights.servers["growing"].asked)
    assert (deepest, "growing path 1" in nights.report("growing")["message"]) == (3, True)


@pytest.mark.row(44)
def test_a_refresh_is_a_link_of_this_site_and_nothing_else(nights):
    asked = nights.servers["refresh"].asked
    assert (asked.count("/loop"), asked.count("/late"), nights.report("refresh")["posts"]) == (
        1,
        1,
        POSTS + 1,
    )


@pytest.mark.row(47)
def test_links_beyond_five_thousand_are_reported(nights):
    assert "links beyond the limit 1" in nights.report("many")["message"]


@pytest.mark.row(39, 41)
def test_one_post_under_many_spellings_is_one_post(nights):
    assert nights.report("spellings")["posts"] == POSTS + 1
    asked = [path for path in nights.servers["spellings"].asked if "new" in path]
    assert sorted(asked) == ["/new", "/new/", "/new/index.html"]


@pytest.mark.row(42)
def test_canonical_claims_merge_nothing(nights):
    assert nights.report("canonical")["posts"] == POSTS


@pytest.mark.row(45)
def test_a_lookalike_is_another_site_and_stored_as_punycode(nights):
    hosts = {url.split("/")[2] for (url,) in nights.ask("select url from urls") if "kalike" in url}
    assert hosts == {"lookalike.example"}


@pytest.mark.row(46)
def test_passwords_are_dropped_and_control_characters_refused(nights):
    stored = " ".join(url for (url,) in nights.ask("select url from urls union select url from links"))
    assert ("s3cret" in stored, "%0A" in stored, "%00" in stored) == (False, False, False)
    assert nights.report("password")["posts"] == POSTS + 4


@pytest.mark.row(23)
def test_a_site_that_moves_is_one_event_and_not_followed(nights):
    kinds = nights.ask("select kind, ended_at from events where site_id = 'moved-example'")
    assert kinds == [("moved", None)]
    assert set(nights.said[1].connected) <= set(nights.world.routes)


@pytest.mark.row(14)
def test_a_name_that_is_gone_fails_with_its_reason(nights):
    assert nights.report("dns")["state"] == "failed"
    assert "(dns)" in nights.report("dns")["message"]


@pytest.mark.row(22)
def test_a_site_whose_posts_all_vanish_with_its_sitemap_is_held(nights):
    report = nights.report("vanished")
    assert (report["gone"], report["missing"], report["events"][0]["kind"]) == (0, 0, "vanished")
