from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from store_samples import finding

from pipeline.store.findings import key_findings
from pipeline.store.keys import StoredFinding, fold


def remember(keyed):
    return [
        StoredFinding(
            key=item.key,
            rule=item.finding.rule,
            quote=item.finding.quote,
            prefix=item.finding.prefix,
            suffix=item.finding.suffix,
            occurrence=item.occurrence,
            revision_id=1,
        )
        for item in keyed
    ]


def keys(findings, stored=()):
    return [item.key for item in key_findings("post", findings, stored)]


def test_a_single_quote_keeps_its_key_when_its_surroundings_change():
    before = key_findings("post", [finding(prefix="a")], [])
    assert keys([finding(prefix="b", suffix="c")], remember(before)) == [before[0].key]


def test_white_space_does_not_make_another_key():
    assert keys([finding("a  b\n")]) == keys([finding("a b")])
    assert fold(" a\t\n b ") == "a b"


def test_equal_quotes_are_told_apart_by_what_surrounds_them():
    first, second = finding(prefix="one"), finding(prefix="two")
    before = key_findings("post", [first, second], [])
    assert keys([second], remember(before)) == [before[1].key]


def test_a_third_equal_quote_gets_a_key_of_its_own():
    before = key_findings("post", [finding(prefix="one"), finding(prefix="two")], [])
    after = keys([finding(prefix="zero"), finding(prefix="one"), finding(prefix="two")], remember(before))
    assert after[1:] == [item.key for item in before]
    assert len(set(after)) == 3


def test_rule_and_post_are_part_of_the_key():
    other = replace(finding(), rule="mojibake")
    assert len({*keys([finding()]), *keys([other]), key_findings("b", [finding()], [])[0].key}) == 3


contexts = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xy")), max_size=6)


@given(before=contexts, after=contexts)
def test_keys_are_unique_and_reprocessing_changes_none(before, after):
    old = key_findings("post", [finding(prefix=p, suffix=s) for p, s in before], [])
    new = key_findings("post", [finding(prefix=p, suffix=s) for p, s in after], remember(old))
    assert len({item.key for item in new}) == len(after)
    again = key_findings("post", [item.finding for item in new], remember(new))
    assert [item.key for item in again] == [item.key for item in new]
