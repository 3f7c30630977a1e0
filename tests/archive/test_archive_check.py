"""Verification reads every record and believes no digest that it did not make itself."""

import base64
import hashlib

import pytest
from archive_samples import record, request, response, revisit, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.archive.check import check_file
from pipeline.archive.digests import fits

BODY = b"<p>Tea"
SHA1 = hashlib.sha1(BODY).digest()


def check(tmp_path, *records):
    return check_file(write(tmp_path / "a.warc.gz", *records), "a.warc.gz")


@pytest.mark.parametrize(
    "named",
    [
        f"sha1:{base64.b32encode(SHA1).decode()}",
        f"SHA-1:{SHA1.hex()}",
        f"sha256:{hashlib.sha256(BODY).hexdigest().upper()}",
        f"md5:{hashlib.md5(BODY).hexdigest()}",
    ],
)
def test_digests_are_known_in_every_spelling(named):
    assert (fits(named, [b"other", BODY]), fits(named, [b"other"])) == (True, False)


def test_a_digest_of_an_unknown_kind_is_neither_right_nor_wrong():
    assert fits("blake9:abc", [BODY]) is None


def test_a_sound_file_has_no_troubles(tmp_path):
    found = check(
        tmp_path,
        response("/a/", "2025-01-01", BODY),
        request("/a/", "2025-01-01"),
        revisit("/a/", "2025-02-01", BODY),
    )
    assert (found.troubles, found.damages, found.unchecked) == ([], [], 0)
    assert dict(found.records) == {"response": 1, "request": 1, "revisit": 1}
    assert found.places[0].digest == hashlib.sha256(BODY).hexdigest()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"WARC_Block_Digest": "sha1:" + "A" * 32}, "other bytes than its WARC-Block-Digest"),
        ({"WARC_Payload_Digest": "sha1:" + "A" * 32}, "another payload than its WARC-Payload-Digest"),
        ({"WARC_Record_ID": "", "WARC_Date": ""}, "has no warc-record-id, warc-date"),
    ],
)
def test_what_a_record_claims_is_checked(tmp_path, changed, said):
    (trouble,) = check(tmp_path, response("/a/", "2025-01-01", BODY, **changed)).troubles
    assert ("at byte 0 (response)" in trouble, said in trouble) == (True, True)


def test_a_payload_digest_with_or_without_chunks_is_right(tmp_path):
    chunks = b"6\r\n<p>Tea\r\n0\r\n\r\n"
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    for content in (BODY, chunks):
        named = f"sha1:{hashlib.sha1(content).hexdigest()}"
        made = record(
            "response",
            "http://blog.example/",
            "2025-01-01",
            b"",
            WARC_Payload_Digest=named,
            WARC_Block_Digest="",
        )
        block = made[made.index(b"\r\n\r\n") + 4 : -4]
        made = made.replace(b"Content-Length: %d" % len(block), b"Content-Length: %d" % len(head + chunks))
        assert check(tmp_path, made.replace(block, head + chunks)).troubles == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(noise=st.binary(min_size=1, max_size=50), place=st.integers(4, 700))
def test_no_changed_byte_of_a_member_goes_unnoticed(tmp_path, noise, place):
    path = write(tmp_path / "a.warc.gz", *(response(f"/{n}/", "2025-01-01", BODY * 9) for n in range(3)))
    content = path.read_bytes()
    changed = content[:place] + noise + content[place + len(noise) :]
    path.write_bytes(changed)
    found = check_file(path, "a")
    harmless = {4, 5, 6, 7, 8, 9}  # time, flags and system of a gzip head say nothing of what is in it
    differs = {at for at, (one, other) in enumerate(zip(content, changed, strict=False)) if one != other}
    assert (
        found.troubles
        or found.damages
        or found.records["response"] < 3
        or differs <= harmless
        or heads(differs, content)
    )


def heads(differs, content):
    starts = [at for at in range(len(content)) if content[at : at + 3] == b"\x1f\x8b\x08"]
    return all(any(3 <= at - start < 10 for start in starts) for at in differs)
