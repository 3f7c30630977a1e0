"""A damaged WARC file is mended so that everything that can be read stays at its place, for any reader."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from archive_samples import response, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.archive.check import check_file
from pipeline.archive.mend import damages_of, filler, mend
from pipeline.archive.record import RawRecord, read_records

AT = datetime(2026, 1, 2, tzinfo=UTC)
WARCIO = Path(sys.executable).with_name("warcio")


def pages(count=5):
    return [response(f"/{n}/", "2025-01-01", bytes(range(256)) * 4 + b"%d" % n) for n in range(count)]


def file_of(folder, name):
    if name.endswith("gz"):
        return write(folder / name, *pages())
    (folder / name).write_bytes(b"".join(pages()))
    return folder / name


def places(path):
    found = [one for one in read_records(path) if isinstance(one, RawRecord)]
    return {one.offset: one.fields["warc-target-uri"] for one in found if "warc-target-uri" in one.fields}


def is_read_by_warcio(path):
    done = subprocess.run([WARCIO, "check", path], capture_output=True, text=True, check=False)
    listed = subprocess.run([WARCIO, "index", path], capture_output=True, text=True, check=False)
    return done.returncode == 0 and listed.stdout.count("warc-type")


def hurt(path, *stretches):
    content = bytearray(path.read_bytes())
    for start, length in stretches:
        content[start : start + length] = bytes(length)
    path.write_bytes(content)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
@pytest.mark.row(79)
def test_a_cut_file_ends_with_its_last_whole_record(tmp_path, name):
    path = file_of(tmp_path, name)
    before = places(path)
    last = max(before)
    cut = path.read_bytes()[: last + 100]
    path.write_bytes(cut)
    done = mend(path, damages_of(path), AT)
    assert (path.stat().st_size, done.cut_bytes, done.copy.read_bytes()) == (last, 100, cut)
    assert places(path) == {offset: url for offset, url in before.items() if offset < last}
    assert is_read_by_warcio(path) == 4


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_a_damaged_record_is_replaced_and_the_others_stay_where_they_are(tmp_path, name):
    path = file_of(tmp_path, name)
    before, size = places(path), path.stat().st_size
    second = sorted(before)[1]
    hurt(path, (second, 200))
    done = mend(path, damages_of(path), AT)
    assert (done.filled, done.cut_bytes, path.stat().st_size) == (1, 0, size)
    assert places(path) == {offset: url for offset, url in before.items() if offset != second}
    assert (is_read_by_warcio(path), check_file(path, name).damages) == (5, [])


def test_several_damages_at_once(tmp_path):
    path = file_of(tmp_path, "a.warc.gz")
    before = sorted(places(path))
    hurt(path, (before[1] + 20, 100), (before[3] + 20, 100))
    path.write_bytes(path.read_bytes()[:-40])
    done = mend(path, damages_of(path), AT)
    assert (done.filled, done.cut_bytes > 0, sorted(places(path))) == (2, True, [before[0], before[2]])


def test_members_of_several_records_are_never_replaced(tmp_path):
    path = write(tmp_path / "a.warc.gz", pages()[0] + b"nonsense", pages()[1])
    assert damages_of(path) == []
    assert len([one for one in read_records(path) if isinstance(one, RawRecord)]) == 2


@given(st.integers(1, 200_000), st.sampled_from([b"WARC", b"\x1f\x8b\x08\x00"]))
def test_a_filler_has_exactly_the_length_that_is_wanted(length, start):
    made = filler(length, AT, start)
    assert len(made) in ({length} if length > 400 else {0, length})


def test_zstandard_files_get_no_filler():
    assert filler(5000, AT, b"\x28\xb5\x2f\xfd") == b""


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    name=st.sampled_from(["a.warc", "a.warc.gz"]),
    noise=st.binary(max_size=400),
    at=st.integers(10, 9000),
    cut=st.integers(0, 700),
)
def test_whatever_was_done_to_a_file_mending_loses_nothing_and_ends(tmp_path, name, noise, at, cut):
    for old in tmp_path.glob("*"):
        old.unlink()
    path = file_of(tmp_path, name)
    content = path.read_bytes()
    spoiled = content[:at] + noise + content[at + len(noise) :]
    path.write_bytes(spoiled[: len(spoiled) - cut])
    before = places(path)
    if damages := damages_of(path):
        left = mend(path, damages, AT).left
        assert len(damages_of(path)) <= left
    assert {offset: url for offset, url in places(path).items() if offset in before} == before
