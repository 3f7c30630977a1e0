"""Bytes -> text, with the witness that named the charset.

Source: HTML standard, "determining the character encoding": byte order mark, HTTP header, meta, guess; and
WHATWG Encoding for labels that do not mean what they say.
"""

import codecs
import re
from dataclasses import dataclass
from typing import Literal

Reason = Literal["bom", "header", "meta", "guess"]

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
MEANT = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "l1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "x-sjis": "cp932",
    "unicode": "utf-16-le",
    "utf8": "utf-8",
}
"""Label, lower case -> what browsers take it for."""

META_BYTES = 4096
META = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})")
CONTROL_BYTES = bytes({*range(32), 127} - {9, 10, 13})
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text and where its charset came from."""

    text: str
    """Without byte order mark, NUL, other control characters and lone surrogates."""
    charset: str
    reason: Reason


def decode(body: bytes, header_charset: str | None = None) -> Decoded:
    """Turn bytes into text; never raises. A false claim of UTF-8 is mended byte by byte as cp1252."""
    for bom, named in BOMS:
        if body.startswith(bom):
            return _decode(body[len(bom) :], named, "bom")
    if charset := _known(header_charset):
        return _decode(body, charset, "header")
    if charset := _known(_declared(body)):
        # A page whose meta could be read as ASCII is not UTF-16, whatever it says.
        return _decode(body, "utf-8" if charset.startswith("utf-16") else charset, "meta")
    return _decode(body, _guess(body), "guess")


def clean_text(text: str) -> str:
    """Remove what a database cannot hold: NUL, other control characters, lone surrogates."""
    return CONTROL.sub("", text)


def _decode(body: bytes, charset: str, reason: Reason) -> Decoded:
    if charset == "utf-8":
        return _decode_utf8(body, reason)
    if charset.startswith("cp125"):
        text = body.translate(None, CONTROL_BYTES).decode(charset, "replace")
    else:
        text = clean_text(body.decode(charset, "replace"))
    return Decoded(text=text, charset=charset, reason=reason)


def _decode_utf8(body: bytes, reason: Reason) -> Decoded:
    body = body.translate(None, CONTROL_BYTES)
    try:
        return Decoded(text=body.decode(), charset="utf-8", reason=reason)
    except UnicodeDecodeError:
        pass
    mended = body.decode("utf-8", "copydesk-cp1252")
    proper = sum(char > "\u00ff" for char in body.decode("utf-8", "ignore"))
    wrong = len(body) - len(body.decode("utf-8", "ignore").encode())
    honest = proper or wrong < sum(char > "\u007f" for char in body.decode("utf-8", "ignore"))
    return Decoded(text=mended, charset="utf-8" if honest else "cp1252", reason=reason if honest else "guess")


def _known(label: str | None) -> str | None:
    """Turn a label into the codec that is meant, None where there is none that reads text."""
    name = (label or "").strip(" \"'").lower()
    name = MEANT.get(name, name)
    try:
        info = codecs.lookup(name)
        "".encode(info.name)  # hex, zip and their like are codecs too, but not of text
    except (LookupError, TypeError, ValueError, UnicodeError):
        return None
    return info.name


def _declared(body: bytes) -> str | None:
    found = XML.search(body[:300]) or META.search(body[:META_BYTES])
    return found[1].decode("ascii", "ignore") if found else None


def _guess(body: bytes) -> str:
    if b"\x00" in body[:200]:
        return "utf-16-be" if body[:1] == b"\x00" else "utf-16-le"
    try:
        body.decode()
    except UnicodeDecodeError as error:
        # A character cut at the very end does not make it another charset.
        return "utf-8" if error.start > len(body) - 4 and error.start else "cp1252"
    return "utf-8"


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


codecs.register_error("copydesk-cp1252", _as_cp1252)
