"""The table of hostile inputs is whole, and says what is true."""

import pytest
from hostile.table import numbers, parts, proofs_by_row


@pytest.mark.parametrize("number", numbers())
def test_a_row_has_a_test_that_has_to_pass(number: int) -> None:
    assert [proof.name for proof in proofs_by_row()[number] if proof.gap is None]


def test_rows_are_numbered_without_a_gap_and_no_test_names_another() -> None:
    assert numbers() == list(range(1, 81))
    assert set(proofs_by_row()) == set(numbers())


def test_no_row_is_told_twice() -> None:
    told = [text for part in parts() for _, what, _ in part["rows"] for text in [what]]
    assert len(set(told)) == len(told)
