import pytest

from pipeline.store.db import close_store, open_store


@pytest.fixture
def db(tmp_path):
    database = open_store(tmp_path / "copydesk.db", busy_timeout_s=0.2)
    yield database
    close_store(database)
