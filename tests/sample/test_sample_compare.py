import copy

import pytest

from pipeline.sample.compare import compare, to_markdown
from pipeline.sample.matching import pair


def perfect(sample):
    facts = copy.deepcopy(sample.truth)
    return [
        {**fact, "kind": "post", "url": sample.base_url + fact["url"], "findings": fact["artifacts"]}
        for fact in facts
    ]


def finding(rule, quote, where="paragraph"):
    return {"rule": rule, "quote": quote, "where": where, "glued": "none"}


def test_perfect_records_find_everything(sample):
    comparison = compare(perfect(sample), sample.truth)
    planted, alike = (sum(len(f[key]) for f in sample.truth) for key in ("artifacts", "lookalikes"))
    posts = len(sample.truth)
    said = (
        f"found {planted} of {planted} artifacts; 0 of {alike} look-alikes flagged; {posts} of {posts} posts"
    )
    assert comparison.sentence == said
    assert set(comparison.fields.values()) == {1.0}
    assert (comparison.wrong, comparison.not_posts) == ((), ())


def test_no_records_find_nothing(sample):
    comparison = compare([], sample.truth)
    assert comparison.sentence.startswith("found 0 of ")
    assert comparison.measures()["posts_found"] == 0
    assert comparison.fields["title"] == comparison.fields["text"] == 0


def test_a_flagged_lookalike_is_counted_and_named(sample):
    records = perfect(sample)
    alike = next(record for record in records if record["lookalikes"])
    alike["findings"] = [*alike["findings"], finding("image-filename", alike["lookalikes"][0])]
    comparison = compare(records, sample.truth)
    assert len(comparison.lookalikes_flagged) == 1
    assert comparison.sentence.endswith("; 1 false alarm")


def test_only_the_rules_that_ran_count(sample):
    comparison = compare(perfect(sample), sample.truth, ["broken-form"])
    assert [score.rule for score in comparison.rules] == ["broken-form"]


def test_a_missed_artifact_is_listed_with_its_page(sample):
    records = perfect(sample)
    broken = next(r for r in records if any(f["rule"] == "broken-form" for f in r["findings"]))
    broken["findings"] = []
    assert f"- missed broken-form {broken['url'].removeprefix(sample.base_url)}: " in to_markdown(
        compare(records, sample.truth)
    )


def test_a_page_that_is_no_post_is_named(sample):
    extra = {**perfect(sample)[0], "url": sample.base_url + "/about/"}
    assert compare([extra], sample.truth).not_posts == ("/about/",)
    assert compare([{**extra, "kind": "page"}], sample.truth).not_posts == ()


def test_addresses_are_compared_decoded(sample):
    records = perfect(sample)
    japanese = next(record for record in records if record["language"] == "ja")
    japanese["url"] = sample.base_url + "/journal/包丁を研ぐ日/"
    assert compare(records, sample.truth).posts_found == len(sample.truth)


@pytest.mark.parametrize(
    ("quotes", "found", "alarms"),
    [
        (["Leave a Reply\nComment *\nName *"], 1, 0),
        (["Leave a Reply", "Comment *", "Name *"], 1, 0),
        (["Name *"], 0, 1),
        (["Leave a Reply\nComment *\nName *", "Name *"], 1, 0),
    ],
)
def test_an_artifact_of_several_blocks_is_found_whole_or_in_pieces(quotes, found, alarms):
    form = finding("comment-form", "Leave a Reply\nComment *\nName *")
    paired = pair([form], [finding("comment-form", quote) for quote in quotes])
    assert (len(paired.found), len(paired.false_alarms)) == (found, alarms)


def test_equal_quotes_pair_one_to_one():
    twice = [finding("mojibake", "â€™")] * 2
    assert len(pair(twice, twice[:1]).missed) == 1
    assert len(pair(twice[:1], twice).false_alarms) == 1


def test_furniture_is_no_false_alarm():
    assert pair([], [finding("shortcode", "[instagram-feed]", "furniture")]).false_alarms == ()
