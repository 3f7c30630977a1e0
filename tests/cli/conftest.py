"""A small blog, crawled once for all that look at what came of it; each test gets its own copy."""

import shutil

import pytest
from cli_samples import build_blog, copydesk, serving
from doctor_samples import CONFIG

from pipeline.cli.checkup import Place


@pytest.fixture(scope="session")
def healthy(tmp_path_factory):
    root = tmp_path_factory.mktemp("healthy")
    (root / "site").mkdir()
    with serving(root / "site") as base:
        build_blog(root / "site", base, 3)
        (root / "copydesk.toml").write_text(CONFIG.format(base=base))
        assert copydesk("crawl", cwd=root).returncode == 0
    return root


@pytest.fixture
def place(healthy, tmp_path, monkeypatch):
    shutil.copytree(healthy, tmp_path / "copy")
    monkeypatch.chdir(tmp_path / "copy")
    folder = tmp_path / "copy"
    return Place(db=folder / "copydesk.db", archive=folder / "archive", config=folder / "copydesk.toml")
