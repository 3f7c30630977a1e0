"""WARC files written by warcio, as other crawlers write them."""

import gc
import gzip
import io
import warnings
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HTML = b"<!doctype html><title>Tea</title><p>Tea is hot, and the rest of this page is about that."


def write_warc(path: Path, *records, gzipped: bool = True) -> Path:
    """Write response records: (url, body, headers) or (url, body, headers, type, status line)."""
    # warcio leaves its temporary files to the garbage collector.
    with warnings.catch_warnings(), path.open("wb") as file:
        warnings.simplefilter("ignore", ResourceWarning)
        writer = WARCWriter(file, gzip=gzipped)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "a crawler"}))
        for record in records:
            _write(writer, *record)
        del writer
        gc.collect()
    return path


def _write(writer, url, body, headers, kind="response", status="200 OK"):
    facts = {"http_headers": StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1")}
    if kind == "resource":
        facts = {"warc_content_type": headers["Content-Type"]}
    writer.write_record(writer.create_warc_record(url, kind, io.BytesIO(body), **facts))


def page(url: str = "http://blog.example/tea/", body: bytes = HTML, **headers: str):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return url, body, {"Content-Type": "text/html; charset=utf-8"} | named


def pages(count: int):
    return [page(f"http://blog.example/{n}/", HTML + b" Page %d." % n + b" word" * 200) for n in range(count)]


def chunked(body: bytes) -> bytes:
    half = len(body) // 2
    parts = (body[:half], body[half:], b"")
    return b"".join(b"%x;ext=1\r\n%s\r\n" % (len(part), part) for part in parts)


def packed(body: bytes) -> bytes:
    return gzip.compress(body)
