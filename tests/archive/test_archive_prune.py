"""Pruning by age: the newest copy of everything stays, and whatever something that stays refers to."""

from archive_samples import record, request, response, revisit, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.archive.prune import cuts, survey, write_kept
from pipeline.archive.record import RawRecord, read_records

INFO = record("warcinfo", "", "2024-01-01", b"", WARC_Payload_Digest="")
OLD, NEW, CUT = "2024-01-01", "2026-01-01", "2025-01-01"


def pruned(folder, files, before=CUT, protected=frozenset()):
    """Prune files of records; return what stays, as (file, type, path, date)."""
    for name, records in files.items():
        write(folder / name, *records)
    surveys = {name: survey(folder / name, name) for name in files}
    found = {cut.file: cut for cut in cuts(surveys, before, protected)}
    left = []
    for name in files:
        path = folder / name
        if name in found:
            write_kept(found[name], folder, f"new-{name}")
            path = folder / f"new-{name}"
        left += [facts(name, one) for one in read_records(path) if isinstance(one, RawRecord)]
    return left


def facts(name, one):
    url = one.fields.get("warc-target-uri", "").removeprefix("http://blog.example")
    return name, one.fields["warc-type"], url, one.fields["warc-date"][:10]


def test_an_older_copy_goes_with_what_was_asked_for_it(tmp_path):
    old = [INFO, response("/a/", OLD, b"one"), request("/a/", OLD)]
    new = [INFO, response("/a/", NEW, b"two"), request("/a/", NEW)]
    left = pruned(tmp_path, {"1.warc.gz": old, "2.warc.gz": new})
    assert left == [
        ("2.warc.gz", "warcinfo", "", OLD),
        ("2.warc.gz", "response", "/a/", NEW),
        ("2.warc.gz", "request", "/a/", NEW),
    ]


def test_the_newest_copy_stays_however_old_it_is(tmp_path):
    left = pruned(
        tmp_path, {"1.warc.gz": [INFO, response("/a/", "2020-01-01", b"x"), response("/a/", OLD, b"y")]}
    )
    assert left == [("1.warc.gz", "warcinfo", "", OLD), ("1.warc.gz", "response", "/a/", OLD)]


def test_a_repetition_that_stays_keeps_what_it_repeats(tmp_path):
    records = [response("/a/", "2020-01-01", b"x"), response("/a/", OLD, b"y"), revisit("/a/", NEW, b"x")]
    left = pruned(tmp_path, {"1.warc.gz": records})
    assert [(kind, at) for _, kind, _, at in left] == [
        ("response", "2020-01-01"),
        ("response", OLD),
        ("revisit", NEW),
    ]


def test_a_repetition_of_another_address_keeps_it_too(tmp_path):
    records = [response("/a/", "2020-01-01", b"x"), response("/a/", NEW, b"y"), revisit("/b/", NEW, b"x")]
    assert len(pruned(tmp_path, {"1.warc.gz": records})) == 3


def test_an_error_page_does_not_stand_for_the_last_good_copy(tmp_path):
    gone = response("/a/", NEW, b"x").replace(b"200 OK", b"404 No").replace(b"sha256:", b"none:")
    assert len(pruned(tmp_path, {"1.warc.gz": [response("/a/", OLD, b"x"), gone]})) == 2


def test_what_the_database_shows_now_stays(tmp_path):
    files = {"1.warc.gz": [response("/a/", OLD, b"x")], "2.warc.gz": [response("/a/", NEW, b"y")]}
    assert len(pruned(tmp_path, files, protected={("1.warc.gz", 0)})) == 2


def test_a_file_that_cannot_be_cut_apart_is_left_alone_and_still_counts(tmp_path):
    shared = response("/a/", OLD, b"x") + revisit("/b/", OLD, b"z")
    files = {
        "1.warc.gz": [shared],
        "2.warc.gz": [response("/b/", "2020-01-01", b"z"), response("/b/", NEW, b"y")],
    }
    assert len(pruned(tmp_path, files)) == 4


def test_records_are_moved_byte_by_byte(tmp_path):
    records = [response("/a/", OLD, b"x"), response("/a/", NEW, b"y" * 5000)]
    write(tmp_path / "1.warc.gz", *records)
    (cut,) = cuts({"1.warc.gz": survey(tmp_path / "1.warc.gz", "1.warc.gz")}, CUT, frozenset())
    (old_offset, place), *rest = write_kept(cut, tmp_path, "2.warc.gz").items()
    whole = (tmp_path / "1.warc.gz").read_bytes()
    assert (place, rest, (tmp_path / "2.warc.gz").read_bytes()) == (("2.warc.gz", 0), [], whole[old_offset:])


DATES = [f"202{year}-0{month}-01" for year in range(5) for month in (1, 5)]
histories = st.lists(
    st.tuples(
        st.sampled_from(["response", "revisit"]),
        st.sampled_from("ab"),
        st.sampled_from(DATES),
        st.sampled_from([b"x", b"y"]),
    ),
    max_size=12,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(history=histories, before=st.sampled_from(DATES))
def test_whatever_was_archived_its_newest_copy_and_its_sources_stay(tmp_path, history, before):
    made = [
        (response if kind == "response" else revisit)(f"/{path}/", at, body)
        for kind, path, at, body in history
    ]
    for old in tmp_path.glob("*"):
        old.unlink()
    left = [(kind, url.strip("/"), at) for _, kind, url, at in pruned(tmp_path, {"1.warc.gz": made}, before)]
    for path in {path for _, path, _, _ in history}:
        dates = [at for _, one, at, _ in history if one == path]
        assert max(at for _, one, at in left if one == path) == max(dates)
        payloads = [at for kind, one, at, _ in history if one == path and kind == "response"]
        assert not payloads or ("response", path, max(payloads)) in left
    for kind, path, at, body in history:
        if kind == "revisit" and ("revisit", path, at) in left:
            sources = [(k, p, a) for k, p, a, b in history if k == "response" and b == body]
            assert not sources or any(source in left for source in sources)
        assert at < before or (kind, path, at) in left
