"""Records with dates and references, as our own crawler writes them, one gzip member each."""

import gzip
import hashlib
from pathlib import Path

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
REVISIT = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"


def record(kind: str, url: str, at: str, body: bytes, number: int = 0, **more: str) -> bytes:
    """Make a record; its id is made of its address, kind, date and number."""
    block = HEAD + (b"" if kind == "revisit" else body)
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:x:{kind}:{url}:{at}:{number}>",
        "WARC-Date": f"{at}T00:00:00Z",
        "WARC-Target-URI": url,
        "WARC-Payload-Digest": f"sha256:{hashlib.sha256(body).hexdigest()}",
        "WARC-Block-Digest": f"sha256:{hashlib.sha256(block).hexdigest()}",
        "Content-Type": "application/http; msgtype=response",
    }
    fields |= {name.replace("_", "-"): value for name, value in more.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    return f"WARC/1.1\r\n{lines}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def response(url: str, at: str, body: bytes, **more: str) -> bytes:
    """Make an answer."""
    return record("response", f"http://blog.example{url}", at, body, **more)


def revisit(url: str, at: str, body: bytes) -> bytes:
    """Make a repetition: the body is only named."""
    return record("revisit", f"http://blog.example{url}", at, body, WARC_Profile=REVISIT)


def request(url: str, at: str) -> bytes:
    """Make what was asked for an answer of the same address and date."""
    answered = f"<urn:x:response:http://blog.example{url}:{at}:0>"
    return record(
        "request", f"http://blog.example{url}", at, b"", WARC_Concurrent_To=answered, WARC_Payload_Digest=""
    )


def write(path: Path, *records: bytes) -> Path:
    """Write a file of gzip members."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"".join(gzip.compress(one, mtime=0) for one in records))
    return path
