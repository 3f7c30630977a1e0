"""Reading the metadata of a snippet: `read(html)` or `read(html, witnesses=…)`."""

from collections.abc import Callable, Sequence

import pytest

from pipeline.extract.dom import parse_html
from pipeline.extract.flat import lay_flat
from pipeline.extract.metadata import extract_metadata
from pipeline.records import Metadata, Page, Witness

URL = "https://harbour.example/2021/nets"


@pytest.fixture
def read() -> Callable[..., Metadata]:
    """Parse a page and read its metadata; the body is its first element of class "text"."""

    def reading(html: str, url: str = URL, witnesses: Sequence[Witness] = ()) -> Metadata:
        tree = parse_html(html)
        bodies = tree.find_class("text")
        page = Page(url=url, text=html, fetched_at="2024-01-01T00:00:00Z")
        return extract_metadata(lay_flat(tree), page, bodies[0] if bodies else None, witnesses)

    return reading
