import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive.charset import decode


@pytest.mark.parametrize(
    ("body", "header", "text", "charset", "reason"),
    [
        ("\ufeffé".encode(), "iso-8859-1", "é", "utf-8", "bom"),
        ("é".encode("utf-16"), "utf-8", "é", "utf-16-le", "bom"),
        ("é".encode("cp1252"), "iso-8859-1", "é", "cp1252", "header"),
        ("“é”".encode("cp1252"), "latin1", "“é”", "cp1252", "header"),
        ('<meta charset="koi8-r">жук'.encode("koi8-r"), None, '<meta charset="koi8-r">жук', "koi8-r", "meta"),
        (
            '<meta charset="utf-8">é'.encode("cp1251", "ignore"),
            "windows-1251",
            '<meta charset="utf-8">',
            "cp1251",
            "header",
        ),
        ('<?xml version="1.0" encoding="sjis"?>茶'.encode("cp932"), None, None, "cp932", "meta"),
        ("é".encode(), None, "é", "utf-8", "guess"),
        ("caf\xe9".encode("latin1"), None, "café", "cp1252", "guess"),
        ("é".encode(), "no-such-charset", "é", "utf-8", "guess"),
        ("é".encode(), "hex", "é", "utf-8", "guess"),
        ('<meta charset="utf-16">é'.encode(), None, '<meta charset="utf-16">é', "utf-8", "meta"),
        (b"", None, "", "utf-8", "guess"),
    ],
)
@pytest.mark.row(53)
def test_witnesses_are_asked_in_the_standards_order(body, header, text, charset, reason):
    found = decode(body, header)
    assert (found.charset, found.reason) == (charset, reason)
    assert text is None or found.text == text


@pytest.mark.row(52)
def test_a_false_claim_of_utf_8_is_read_as_cp1252():
    found = decode("Caf\xe9 “cr\xe8me”".encode("cp1252"), "utf-8")
    assert (found.text, found.charset, found.reason) == ("Café “crème”", "cp1252", "guess")


@pytest.mark.row(52)
def test_single_wrong_bytes_in_utf_8_are_mended():
    body = "Crème brûlée, ".encode() + "café".encode("cp1252")
    found = decode(body, "utf-8")
    assert (found.text, found.charset, found.reason) == ("Crème brûlée, café", "utf-8", "header")


@pytest.mark.row(54)
def test_control_characters_are_removed_and_line_breaks_stay():
    assert decode(b"a\x00b\x08\x1b[31m\tc\r\nd\x7f", "utf-8").text == "ab[31m\tc\r\nd"


@given(body=st.binary(), header=st.sampled_from([None, "utf-8", "utf-16", "gb2312", "shift_jis", "x"]))
@pytest.mark.row(52, 53)
def test_any_bytes_become_text_that_can_be_stored(body, header):
    decode(body, header).text.encode()
