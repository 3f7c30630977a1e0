from collections.abc import Iterator
from pathlib import Path

import pytest
from child_crawls import Crawl, make_crawl
from crawler_server import Server


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture
def crawl(tmp_path: Path) -> Crawl:
    return make_crawl(tmp_path)
