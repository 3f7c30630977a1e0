import json
import os
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from generators.crawled import Crawled, crawl, export
from generators.generator import Generator
from generators.hexo_blog import HEXO
from generators.hugo_blog import HUGO
from generators.install import have, locked
from generators.jekyll_blog import JEKYLL
from generators.known import KNOWN_FAILURES
from generators.nights import Night, seven_nights
from generators.pelican_blog import PELICAN
from generators.wordpress import WORDPRESS_BLOG, WordPress, running

GENERATORS = {blog.name: blog for blog in (PELICAN, HEXO, HUGO, JEKYLL, WORDPRESS_BLOG)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is known to fail; strictly, so that a cure does not go unnoticed."""
    for item in items:
        if reason := KNOWN_FAILURES.get(item.name):
            item.add_marker(pytest.mark.xfail(strict=True, reason=reason))


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all test processes of this run share, so that each blog is crawled once."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "generators"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session", params=list(GENERATORS))
def blog(request: pytest.FixtureRequest, shared: Path) -> Crawled:
    """What a crawl found on a generator's blog."""
    generator: Generator = GENERATORS[request.param]
    skip_without(generator.name)

    def make(folder: Path) -> object:
        with generator.serve(folder) as address:
            return [crawl(address, folder), export(folder)]

    return Crawled(generator, *once(shared / generator.name, make))


@pytest.fixture(scope="session")
def wordpress() -> Callable[[], AbstractContextManager[WordPress]]:
    """Start a WordPress with the club's blog: `with wordpress() as site:`, gone at the end of the block."""
    skip_without("wordpress")
    return running


@pytest.fixture(scope="session")
def nights(shared: Path, wordpress: Callable[[], AbstractContextManager[WordPress]]) -> dict[str, Night]:
    """What the database says after each night of a WordPress that people edit."""

    def make(folder: Path) -> object:
        with wordpress() as site:
            return seven_nights(site, folder)

    told: dict[str, Night] = once(shared / "nights", make)
    return told


def skip_without(name: str) -> None:
    trouble = have(name)
    if trouble:
        pytest.skip(f"NOT TESTED: a blog made by {name}, which could not be had: {trouble}")


def once(folder: Path, make: Callable[[Path], object]) -> Any:
    """Give what `make` gives in an empty folder; another process of this run may have made it."""
    kept = folder.with_suffix(".json")
    with locked(folder.with_suffix(".lock")):
        if not kept.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            kept.write_text(json.dumps(make(folder)), encoding="utf-8")
    return json.loads(kept.read_text(encoding="utf-8"))
