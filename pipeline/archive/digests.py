"""Digests as WARC records name them: "sha1:" in base 32 or hex, "sha256:", "md5:"."""

import base64
import hashlib
from collections.abc import Iterable

ALGORITHMS = {"sha1": "sha1", "sha-1": "sha1", "sha256": "sha256", "sha-256": "sha256", "md5": "md5"}


def fits(named: str, candidates: Iterable[bytes]) -> bool | None:
    """Tell whether a digest is that of one of these contents; None where its algorithm is not known."""
    name, _, value = named.partition(":")
    algorithm = ALGORITHMS.get(name.strip().lower())
    if algorithm is None:
        return None
    found = (hashlib.new(algorithm, content, usedforsecurity=False).digest() for content in candidates)
    return any(value.strip().lower().rstrip("=") in _spellings(digest) for digest in found)


def _spellings(digest: bytes) -> tuple[str, str]:
    return digest.hex(), base64.b32encode(digest).decode().lower().rstrip("=")
