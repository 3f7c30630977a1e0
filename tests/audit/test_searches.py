"""What is searched before the long patterns lets nothing pass by that they would find."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.audit import givennames
from pipeline.audit.givennames import GIVEN_NAME, INKLING
from pipeline.audit.plan import plan_for
from pipeline.rules import load_rules

RULES = load_rules()
PLAN = plan_for(RULES)
TRIGGERS = frozenset(
    trigger
    for rule in RULES
    for triggers, _ in (*rule.text_checks, *rule.post_checks)
    for trigger in triggers
)
PARTS = ("_CAMERAS", "_MOMENTS", "_SERVICES", "_MACHINES")


@pytest.mark.parametrize("part", PARTS)
def test_every_name_that_a_device_gives_has_an_inkling(part: str) -> None:
    names = re.compile(getattr(givennames, part), re.I | re.X)

    @given(st.from_regex(names, fullmatch=True))
    @settings(max_examples=60, deadline=None)
    def check(name: str) -> None:
        assert not GIVEN_NAME.search(name) or INKLING.search(name.lower())

    check()


@given(
    st.lists(st.sampled_from([*sorted(TRIGGERS), "[", "x", "of the tide"]), max_size=6),
    st.sampled_from(["", " "]),
)
@settings(max_examples=150, deadline=None)
def test_each_trigger_of_a_text_is_found(words: list[str], between: str) -> None:
    text = between.join(words)
    assert PLAN.present(text, text.split()) == {trigger for trigger in TRIGGERS if trigger in text}
