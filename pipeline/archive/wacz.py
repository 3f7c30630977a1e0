"""An archive as one WACZ file, which replay tools open by itself.

Source: Web Archive Collection Zipped 1.1.1 (Webrecorder): WARC files stored as they are, a CDXJ index, a
list of pages, and a data package that names the digest of each.
"""

import hashlib
import json
import re
import uuid
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.archive.cdxj import Entry
from pipeline.errors import ArchiveError

VERSION = "1.1.1"
CHUNK = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What goes into the file."""

    title: str
    created: str
    """ISO 8601, UTC."""
    software: str
    files: Mapping[str, Path]
    """Name in the archive -> WARC file."""
    entries: Sequence[Entry]
    titles: Mapping[str, str]
    """Address -> title of the page."""


def write_wacz(package: Package, target: Path) -> int:
    """Write it, complete or not at all; return how many pages it lists.

    Raises: ArchiveError when two WARC files have the same name: the index tells them apart by nothing else.
    """
    names = [Path(name).name for name in package.files]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise ArchiveError(f"two files are called {twice}; rename one, or move it out of the archive folder")
    part = target.with_name(target.name + ".part")
    pages = list(_pages(package))
    resources: list[dict[str, Any]] = []
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as out:
        for name, path in package.files.items():
            resources.append(_add_file(out, f"archive/{Path(name).name}", path))
        index = "".join(sorted({entry.line for entry in package.entries}, key=str.encode))
        resources.append(_add_text(out, "indexes/index.cdxj", index))
        header = {"format": "json-pages-1.0", "id": "pages", "title": "All pages"}
        listed = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in [header, *pages])
        resources.append(_add_text(out, "pages/pages.jsonl", listed))
        described = json.dumps(_description(package, resources), indent=2)
        _add_text(out, "datapackage.json", described)
        digest = {"path": "datapackage.json", "hash": _digest(described.encode())}
        _add_text(out, "datapackage-digest.json", json.dumps(digest, indent=2))
    part.replace(target)
    return len(pages)


def _description(package: Package, resources: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "profile": "data-package",
        "wacz_version": VERSION,
        "title": package.title,
        "created": package.created,
        "software": package.software,
        "resources": resources,
    }


def _pages(package: Package) -> Iterable[dict[str, str]]:
    """List every HTML page that answered well, at its newest."""
    newest: dict[str, Entry] = {}
    for entry in package.entries:
        page = entry.mime == "text/html" and entry.status.startswith("2")
        if page and (entry.url not in newest or entry.at >= newest[entry.url].at):
            newest[entry.url] = entry
    for url, entry in sorted(newest.items()):
        at = re.sub(r"(....)(..)(..)(..)(..)(..)", r"\1-\2-\3T\4:\5:\6Z", entry.at)
        named = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{entry.at} {url}"))
        yield {"id": named, "url": url, "ts": at, "title": package.titles.get(url, url)}


def _add_file(out: zipfile.ZipFile, name: str, path: Path) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, out.open(name, "w", force_zip64=True) as inside:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            inside.write(chunk)
    return {"name": Path(name).name, "path": name, "hash": f"sha256:{digest.hexdigest()}", "bytes": size}


def _add_text(out: zipfile.ZipFile, name: str, text: str) -> dict[str, Any]:
    content = text.encode()
    # Only the list of pages and the packages may be compressed; players read the rest at offsets.
    out.writestr(name, content)
    return {"name": Path(name).name, "path": name, "hash": _digest(content), "bytes": len(content)}


def _digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
