"""What an operator adds to what `copydesk serve` tells Datasette."""

from pathlib import Path

import pytest

from pipeline.cli.operator import joined, read_added
from pipeline.cli.serve import _without_archive
from pipeline.errors import ConfigError


def test_operator_wins_and_plugins_stand_side_by_side(tmp_path: Path) -> None:
    file = tmp_path / "people.yml"
    file.write_text("title: Ours\nplugins:\n  copydesk: {recheck: false}\n  other: {a: 1}\n")
    ours = {"title": "copydesk", "license": "x", "plugins": {"copydesk": {"archive": "a"}}}
    assert joined(ours, read_added(file)) == {
        "title": "Ours",
        "license": "x",
        "plugins": {"copydesk": {"archive": "a", "recheck": False}, "other": {"a": 1}},
    }


def test_nothing_added_changes_nothing() -> None:
    assert joined({"title": "x", "plugins": {}}, read_added(None)) == {"title": "x", "plugins": {}}


@pytest.mark.parametrize("text", ["a: [", "- a", "\xff"])
def test_file_that_is_no_metadata_is_refused_with_its_name(tmp_path: Path, text: str) -> None:
    file = tmp_path / "people.yml"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(ConfigError, match=r"people\.yml"):
        read_added(file)


def test_missing_archive_is_said_with_the_remedy(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    assert "--archive" in next(_without_archive([database], None))
    (tmp_path / "archive").mkdir()
    assert list(_without_archive([database], None)) == []
