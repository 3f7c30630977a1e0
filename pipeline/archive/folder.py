"""A folder with a built site -> its pages, as a web server would answer with them."""

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from pipeline.archive.charset import decode
from pipeline.archive.sniff import media_type_of
from pipeline.errors import ArchiveError, ConfigError

SUFFIXES = {".html", ".htm", ".xhtml", ".xml", ".rss", ".atom", ".json"}
CANONICAL = re.compile(
    r"<link\b(?=[^>]*\brel\s*=\s*[\"']?canonical\b)[^>]*\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))",
    re.IGNORECASE,
)
LOC = re.compile(r"<loc>\s*([^<\s]+)\s*</loc>")
HEAD_BYTES = 2**16
MAX_BYTES = 5 * 2**20
FEW = 50
"""So many addresses of a sitemap are enough to see where the site begins."""
NOWHERE = "http://localhost/"
"""Where a site lives that says nothing of its address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFile:
    """A file of the site with the address that it answers to."""

    path: Path
    url: str


def list_site(folder: Path, base_url: str | None = None) -> tuple[str, list[SiteFile]]:
    """Find a built site's address and files, in the order of their paths.

    The address comes from canonical links, else the sitemap, else `base_url`, else http://localhost/.
    Raises: ConfigError when the folder holds no page.
    """
    root = folder.resolve()
    files = sorted(_files(root))
    if not any(path.suffix.lower() in (".html", ".htm", ".xhtml") for path in files):
        raise ConfigError(f"{folder} holds no HTML file; give the folder that a site was built into: public/")
    canonicals = {path: canonical for path in files if (canonical := _canonical(path))}
    base = _base(root, canonicals) or _base_of_sitemap(root, files) or base_url or NOWHERE
    base = base.rstrip("/") + "/"
    return base, [SiteFile(path=path, url=_address(root, path, base, canonicals.get(path))) for path in files]


def read_body(file: SiteFile) -> tuple[bytes, str] | None:
    """Read one file and say what it is: its bytes and media type; None for what is no page.

    Raises: ArchiveError when it cannot be read.
    """
    try:
        size = file.path.stat().st_size
        body = file.path.read_bytes() if size <= 10 * MAX_BYTES else b""
    except OSError as error:
        raise ArchiveError(f"{file.path} cannot be read ({error.strerror})") from error
    media_type = media_type_of(body, "application/json" if file.path.suffix == ".json" else "")
    if media_type in (None, "text/plain"):
        return None
    if size > MAX_BYTES and media_type == "text/html":
        raise ArchiveError(f"too_large: {file.path} has {size:,} bytes; the limit is {MAX_BYTES:,}")
    return body, str(media_type)


def _files(root: Path) -> Iterator[Path]:
    """Yield regular files below a folder; a link that leads out of it is passed over."""
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            path = Path(folder, name)
            if path.suffix.lower() not in SUFFIXES or name.startswith("."):
                continue
            real = path.resolve()
            if real.is_file() and real.is_relative_to(root):
                yield path


def _canonical(path: Path) -> str | None:
    if path.suffix.lower() not in (".html", ".htm", ".xhtml"):
        return None
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError:
        return None
    found = CANONICAL.search(decode(head).text)
    url = next((part for part in found.groups() if part), "") if found else ""
    return url if url.startswith(("http://", "https://")) else None


def _base(root: Path, canonicals: dict[Path, str]) -> str | None:
    """Take the address off which most canonical links and file paths agree."""
    bases = Counter(base for path, url in canonicals.items() if (base := _cut(url, _relative(root, path))))
    return bases.most_common(1)[0][0] if bases else None


def _base_of_sitemap(root: Path, files: list[Path]) -> str | None:
    sitemap = next((path for path in files if path.name.startswith("sitemap")), None)
    if sitemap is None:
        return None
    found = LOC.findall(sitemap.read_text("utf-8", "replace")[: 2**20])
    below = [relative for path in files if (relative := _relative(root, path))]
    bases = Counter(base for url in found[:FEW] for relative in below if (base := _cut(url, relative)))
    if bases:
        return bases.most_common(1)[0][0]
    parts = urlsplit(found[0]) if found else None
    return f"{parts.scheme}://{parts.netloc}/" if parts and parts.netloc else None


def _cut(url: str, relative: str) -> str | None:
    """Cut a file's path off its address: what is left is where the site begins."""
    plain = unquote(url).partition("#")[0]
    for ending in (relative, relative.removesuffix(".html"), relative.removesuffix(".html") + "/"):
        if plain.endswith("/" + ending):
            return plain[: len(plain) - len(ending)]
    return None


def _relative(root: Path, path: Path) -> str:
    """Give the path below the site's address; an index file answers for its folder."""
    relative = path.relative_to(root).as_posix()
    name = relative.rpartition("/")[2]
    return relative[: -len(name)] if name in ("index.html", "index.htm") else relative


def _address(root: Path, path: Path, base: str, canonical: str | None) -> str:
    relative = _relative(root, path)
    if canonical and _cut(canonical, relative):
        return canonical
    return base + quote(os.fsencode(relative))
