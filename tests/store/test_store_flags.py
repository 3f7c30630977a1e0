from dataclasses import replace

import pytest
from store_samples import SITE, decide, finding, flags, post, refetched, store

FLAWED = post(findings=(finding(),))
CLEAN = post()


def test_a_finding_is_an_open_flag(db):
    store(db, FLAWED)
    assert flags(db) == ["open"]


@pytest.mark.parametrize("verdict", ["claimed", "accepted", "dismissed", "reopened"])
def test_a_verdict_is_the_flags_state(db, verdict):
    store(db, FLAWED)
    decide(db, verdict)
    assert flags(db) == [verdict]


def test_the_latest_verdict_wins(db):
    store(db, FLAWED)
    decide(db, "accepted")
    decide(db, "dismissed")
    assert flags(db) == ["dismissed"]


def test_a_released_claim_is_open_again(db):
    store(db, FLAWED)
    decide(db, "claimed")
    decide(db, "released")
    assert flags(db) == ["open"]


def test_an_undone_verdict_leaves_the_one_before(db):
    store(db, FLAWED)
    decide(db, "accepted")
    wrong = decide(db, "dismissed")
    decide(db, "undone", undoes=wrong)
    assert flags(db) == ["accepted"]


def test_undoing_the_undoing_brings_the_verdict_back(db):
    store(db, FLAWED)
    wrong = decide(db, "dismissed")
    undone = decide(db, "undone", undoes=wrong)
    decide(db, "undone", undoes=undone)
    assert flags(db) == ["dismissed"]


def test_a_dismissal_holds_until_its_date(db):
    store(db, FLAWED)
    decide(db, "dismissed", until="2999-01-01")
    assert flags(db) == ["dismissed"]


def test_a_dismissal_that_ended_is_open_again(db):
    store(db, FLAWED)
    decide(db, "dismissed", until="2001-01-01")
    assert flags(db) == ["open"]


def test_a_verdict_survives_reprocessing(db):
    store(db, FLAWED)
    decide(db, "dismissed")
    store(db, replace(FLAWED, findings=(finding(confidence=0.5),)), action="process", version="v2")
    assert flags(db) == ["dismissed"]


def test_a_complete_run_fixes_what_it_no_longer_finds(db):
    store(db, FLAWED)
    decide(db, "accepted")
    store(db, refetched(CLEAN, 2, text="Tea is cold.", text_raw="Tea is cold."))
    assert flags(db) == ["fixed"]


def test_a_partial_run_fixes_nothing(db):
    store(db, FLAWED)
    store(db, refetched(CLEAN, 2, text_raw="Tea is cold."), state="partial")
    assert flags(db) == ["open"]


def test_a_complete_run_fixes_what_a_partial_one_had_seen_gone(db):
    store(db, FLAWED)
    changed = refetched(CLEAN, 2, text_raw="Tea is cold.")
    store(db, changed, state="partial")
    store(db, refetched(changed, 3))
    assert flags(db) == ["fixed"]


def test_a_post_that_was_not_fetched_is_not_fixed(db):
    store(db, FLAWED)
    store(db, refetched(CLEAN, 2, text_raw="Tea is cold."), state="partial")
    store(db)
    assert flags(db) == ["open"]


def test_what_comes_back_after_fixed_is_reopened(db):
    store(db, FLAWED)
    decide(db, "accepted", decided_at="2020-01-01T00:00:00Z")
    store(db, refetched(CLEAN, 2, text_raw="Tea is cold."))
    store(db, refetched(FLAWED, 3, text_raw="Tea is lukewarm."))
    assert flags(db) == ["reopened"]


def test_what_was_reopened_can_be_fixed_again(db):
    store(db, FLAWED)
    store(db, refetched(CLEAN, 2, text_raw="Tea is cold."))
    store(db, refetched(FLAWED, 3, text_raw="Tea is lukewarm."))
    store(db, refetched(CLEAN, 4, text_raw="Tea is gone."))
    assert flags(db) == ["fixed"]


def test_a_verdict_after_the_return_counts(db):
    store(db, FLAWED)
    store(db, refetched(CLEAN, 2, text_raw="Tea is cold."))
    store(db, refetched(FLAWED, 3, text_raw="Tea is lukewarm."))
    decide(db, "claimed")
    assert flags(db) == ["claimed"]


def test_a_standing_dismissal_of_the_rule_covers_what_comes_back(db):
    store(db, FLAWED)
    decide(db, "dismissed", scope="rule", decided_at="2020-01-01T00:00:00Z")
    store(db, refetched(CLEAN, 2, text_raw="Tea is cold."))
    store(db, refetched(FLAWED, 3, text_raw="Tea is lukewarm."))
    assert flags(db) == ["dismissed"]


def test_a_post_that_is_gone_takes_its_flags_along(db):
    store(db, FLAWED)
    decide(db, "accepted")
    db.execute("update posts set state = 'gone'")
    assert flags(db) == ["gone"]


def test_a_finding_that_the_rules_withdraw_is_no_flag(db):
    store(db, FLAWED)
    store(db, CLEAN, action="process", version="v2")
    assert flags(db) == []


TWO = (finding("A"), finding("A", prefix="x", occurrence=1), finding("B"), finding("A", rule="mojibake"))


@pytest.mark.parametrize(
    ("scope", "states"),
    [
        ("here", ["dismissed", "open", "open", "open", "open"]),
        ("post", ["dismissed", "dismissed", "open", "dismissed", "open"]),
        ("text", ["dismissed", "dismissed", "dismissed", "open", "open"]),
        ("rule", ["dismissed", "dismissed", "dismissed", "dismissed", "open"]),
    ],
)
def test_a_scope_reaches_as_far_as_it_says(db, scope, states):
    store(db, post("tea", findings=TWO), post("milk", findings=(finding("A"),)))
    first = (
        "select key from findings where rule = 'image-filename' and quote = 'A' order by post_id = ("
        "select id from posts where title = 'Tea') desc, occurrence limit 1"
    )
    key = next(db.query(first))["key"]
    decide(db, "dismissed", scope=scope, finding=key)
    flags(db)
    rows = db.query(
        "select g.state from flags g join findings f using (key) join posts p on p.id = f.post_id"
        " order by f.rule, f.quote, p.title desc, f.occurrence"
    )
    assert [row["state"] for row in rows] == states


def test_undoing_a_wide_verdict_frees_all_it_reached(db):
    store(db, post("tea", findings=TWO), post("milk", findings=(finding("A"),)))
    wide = decide(db, "dismissed", scope="rule")
    decide(db, "undone", undoes=wide)
    assert set(flags(db)) == {"open"}


def test_verdicts_cannot_be_changed_or_deleted(db):
    store(db, FLAWED)
    decide(db, "accepted")
    for statement in ("update verdicts set verdict = 'dismissed'", "delete from verdicts"):
        with pytest.raises(Exception, match="append-only"):
            db.execute(statement)


FURNITURE = finding("[gallery]", rule="shortcode", where="furniture", start=None)


def test_broken_furniture_is_one_flag_for_the_whole_site(db):
    store(db, *(post(name, findings=(FURNITURE,)) for name in ("tea", "milk", "rum")))
    row = next(db.query("select post_id, pages, examples from findings"))
    assert (row["post_id"], row["pages"]) == (None, 3)
    assert row["examples"].count("http://blog.example/") == 3
    assert flags(db) == ["open"]


def test_mended_furniture_is_fixed_once_no_post_shows_it(db):
    posts = [post(name, findings=(FURNITURE,)) for name in ("tea", "milk")]
    store(db, *posts)
    store(db, refetched(replace(posts[0], findings=()), 2))
    assert flags(db) == ["open"]
    store(db, refetched(replace(posts[1], findings=()), 3))
    assert flags(db) == ["fixed"]


def test_flags_of_another_site_are_left_alone(db):
    store(db, FLAWED)
    db.execute("insert into sites(id, home_url, created_at) values ('other', 'http://o.example/', 'now')")
    decide(db, "dismissed", scope="rule")
    assert [row["site_id"] for row in db.query("select site_id from flags")] == [SITE]
