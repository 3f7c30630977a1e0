"""Whatever bytes a stranger or a careless person sends: the declared error, or an answer. Nothing else."""

import gzip
import io
import json
import tempfile
import tomllib
import zipfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from measure.fuzz import DICTIONARY
from measure.fuzz_line import URL, readings
from scrapy.http import Response

from crawler.body import BodyError, decode
from crawler.conditional import validators_of
from crawler.polite import retry_after
from crawler.robots import policy_of
from crawler.sitemaps import read_sitemap
from pipeline.archive.read import read_pages
from pipeline.audit.ownfile import read_own_rules
from pipeline.cli.rulings import read_rulings
from pipeline.desk.roundtrip import preview
from pipeline.desk.sheet import SheetError, read_sheet, to_xlsx
from pipeline.errors import ArchiveError, ConfigError
from pipeline.extract.jsonld import read_linked_data
from pipeline.records import Failure, Page
from pipeline.site.feeds import parse_feed
from pipeline.site.profile import read_profile
from pipeline.store.db import close_store, open_store
from pipeline.store.verdict_lines import import_verdicts

few = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
PIECES = tomllib.loads(Path(__file__).with_name("pieces.toml").read_text("utf-8"))
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def made_of(kind: str, most: int = 30) -> st.SearchStrategy[bytes]:
    """Give bytes that are put together of a document's pieces, with anything in between, or are anything."""
    known = [piece.encode() for piece in PIECES[kind]]
    part = st.one_of(st.sampled_from(known), st.binary(max_size=6), st.text(max_size=8).map(str.encode))
    return st.one_of(st.lists(part, max_size=most).map(b"".join), st.binary(max_size=300))


@few
@given(st.lists(st.one_of(st.sampled_from(DICTIONARY), st.binary(max_size=6)), max_size=30).map(b"".join))
def test_a_page(data: bytes) -> None:
    for reading in readings(data):
        reading()


@few
@given(made_of("xml"))
def test_a_sitemap_and_a_feed(data: bytes) -> None:
    for body in (data, gzip.compress(data)):
        assert all(isinstance(entry.url, str) for entry in read_sitemap(body, 10_000))
    assert all(entry.url for entry in parse_feed(data, URL).entries)


WORDS = ["BlogPosting", "WebSite", "2024-01-01", "#a", "", "\ud800", "BreadcrumbList", URL]
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(WORDS), st.text(max_size=5)
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(PIECES["json_ld"]), inner, max_size=5)
    ),
    max_leaves=20,
)


@few
@given(values, st.integers(0, 40))
def test_linked_data_whole_or_cut(value: Any, cut: int) -> None:
    source = json.dumps(value)
    for text in (source, source[:-cut], source[cut:], f"<!--{source}-->", source * 2, "[" * 3000):
        found = read_linked_data([text], URL)
        assert found.headline is None or isinstance(found.headline, str)


@few
@given(made_of("robots"))
def test_robots_txt(data: bytes) -> None:
    for coding, body in ((b"", data), (b"gzip", gzip.compress(data)), (b"gzip", data), (b"br", data)):
        policy = policy_of(200, body, coding, "http://a.example/robots.txt")
        assert policy.allows("http://a.example/x?y=%zz") in (True, False)


@few
@given(made_of("headers", most=5))
def test_headers(data: bytes) -> None:
    asked = retry_after(data, NOW)
    assert asked is None or asked >= 0
    validators_of(Response(URL, headers={"ETag": data, "Last-Modified": data}))


@few
@given(
    st.sampled_from([b"gzip", b"deflate", b"gzip, gzip", b"x-gzip,deflate", b"br"]), st.binary(max_size=200)
)
def test_a_packed_body(coding: bytes, data: bytes) -> None:
    once = gzip.compress(data)
    for body in (data, once, once[:-3], gzip.compress(once)):
        with suppress(BodyError):
            assert len(decode(body, coding, 150)) <= 150


@few
@given(made_of("warc"), st.booleans())
def test_an_archive(data: bytes, packed: bool) -> None:
    with tempfile.TemporaryDirectory() as folder, suppress(ArchiveError):
        path = Path(folder, "a.warc.gz" if packed else "a.warc")
        path.write_bytes(gzip.compress(data) + gzip.compress(data)[:-2] if packed else data)
        assert all(isinstance(item, Page | Failure) for item in read_pages(path))


@few
@given(st.lists(st.sampled_from(PIECES["toml"]), max_size=12).map("\n".join), made_of("toml", most=6))
def test_files_that_people_write(text: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "copydesk.toml")
        for content in (text.encode(), data):
            path.write_bytes(content)
            for read in (rules_in, configuration_in, profile_in):
                with suppress(ConfigError):
                    read(path)


def rules_in(path: Path) -> object:
    return read_own_rules(path, ())


def configuration_in(path: Path) -> object:
    return read_rulings(path, ())


def profile_in(path: Path) -> object:
    return read_profile(path.read_text("utf-8", "replace"), "a profile")


LINE = {
    "id": 1,
    "finding": "f1",
    "verdict": "dismissed",
    "scope": "here",
    "actor": "A",
    "decided_at": "2026-03-02",
}
FIELDS = [*LINE, "undoes", "until", "reason", "note", "site", "url", "rule", "quote", "occurrence"]
odd = st.one_of(
    scalars, st.sampled_from(["undone", "rule", "f1", 2**70]), st.lists(st.integers(), max_size=2)
)


def test_verdicts_of_others(tmp_path: Path) -> None:
    db = open_store(tmp_path / "c.db")

    @few
    @given(st.lists(st.dictionaries(st.sampled_from(FIELDS), odd, max_size=3), max_size=4))
    def imported(changes: list[dict[str, Any]]) -> None:
        undone = {**LINE, "verdict": "undone", "undoes": [1]}
        lines = [undone, *({**LINE, **change} for change in changes)]
        result = import_verdicts(db, lines)
        assert sum(result.counts.values()) + len(result.problems) == len(lines)

    imported()
    close_store(db)


HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
POST = {"post_id": "p1", "title": "T", "url": URL, "row_version": 0}
POST |= dict.fromkeys(("owner", "decision", "priority", "due", "notes", "last_reviewed"))


@few
@given(made_of("sheet"), made_of("cells"), st.integers(0, 900), st.binary(min_size=1, max_size=4))
def test_a_sheet_that_comes_back(csv: bytes, cells: bytes, at: int, other: bytes) -> None:
    book = io.BytesIO(to_xlsx(["post_id", "row_version"], []))
    with zipfile.ZipFile(book, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet0.xml", HEAD + cells + b"</sheetData></worksheet>")
    whole = book.getvalue()
    damaged = whole[:at] + other + whole[at + len(other) :]
    for content in (csv, whole, damaged, whole[: len(whole) // 2], b"PK\x03\x04" + csv):
        with suppress(SheetError):
            preview(read_sheet("i.csv", content), [POST])


@pytest.mark.row(80)
def test_a_workbook_that_is_a_bomb_is_refused() -> None:
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b" " * (70 << 20))
    with pytest.raises(SheetError, match="too large"):
        read_sheet("bomb.xlsx", book.getvalue())
