"""A trial shows a place as the text has it: a space at its edge tells what is glued from what is not."""

import pytest

from pipeline.store.trial import _place


@pytest.mark.parametrize(
    ("prefix", "quote", "suffix", "shown"),
    [
        ("a  bitter taste.", "Leaves 696x392", "", ("a bitter taste.", "Leaves 696x392", "")),
        ("Our slogan:", " Tea for all", ", ever ", ("Our slogan: ", "Tea for all", ", ever")),
        ("the last word.", "\nAdvertisement", "\nAnd so", ("the last word. ", "Advertisement", " And so")),
    ],
)
def test_a_place_keeps_the_space_at_its_edges(prefix: str, quote: str, suffix: str, shown: tuple) -> None:
    place = _place("https://blog.example/", "tea", quote, prefix, suffix, "safe")
    assert (place.prefix, place.quote, place.suffix) == shown
