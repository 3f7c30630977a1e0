"""What the user named: blogs on the network, folders with a built site, WARC files."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pipeline.archive.files import ENDINGS
from pipeline.archive.folder import SiteFile, list_site
from pipeline.archive.read import read_pages
from pipeline.cli.work import Item, Place
from pipeline.errors import ArchiveError, ConfigError
from pipeline.records import Failure, Page
from pipeline.site.urls import normalise, same_site

NOT_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One site and where its pages come from."""

    kind: Literal["url", "folder", "warc"]
    home_url: str
    items: tuple[Item, ...] = ()
    """The pages of WARC files."""
    files: tuple[SiteFile, ...] = ()
    """The files of a folder."""
    is_cut: bool = False
    """Only the first pages, as many as asked for: what is missing among them says nothing."""
    failures: tuple[Failure, ...] = ()
    note: str = ""
    """What was passed over, in a sentence."""
    key: str | None = None
    """The site's key, where the configuration gives it one."""


def read_targets(names: Sequence[str], archive: Path, base_url: str | None) -> list[Target]:
    """Find out what each name is.

    Raises: ConfigError for a name that is none of the three.
    """
    warcs = [Path(name) for name in names if _is_warc(name)]
    targets = [_target(name, base_url) for name in names if not _is_warc(name)]
    if warcs:
        targets.append(_warc_target(warcs, archive))
    return targets


def cut(target: Target, limit: int | None) -> Target:
    """Take only the first pages of what is at hand."""
    if limit is None or max(len(target.items), len(target.files)) <= limit:
        return target
    return replace(target, items=target.items[:limit], files=target.files[:limit], is_cut=True)


def site_key(home_url: str) -> str:
    """Make a site's key of its first host: "www.blog.example:8000" -> "blog-example-8000"."""
    host = urlsplit(home_url).netloc.rpartition("@")[2].lower().removeprefix("www.")
    return NOT_SLUG.sub("-", host).strip("-") or "site"


def _is_warc(name: str) -> bool:
    return name.lower().endswith(ENDINGS) and "://" not in name


def _target(name: str, base_url: str | None) -> Target:
    if not name.strip():
        raise ConfigError("the name of a blog is empty; give an address like https://blog.example/")
    path = Path(name)
    if path.is_dir():
        home, files = list_site(path, base_url)
        return Target(kind="folder", home_url=home, files=tuple(files))
    if "://" in name or (not path.exists() and re.match(r"^[\w.-]+(:\d+)?(/|$)", name) and "." in name):
        return Target(kind="url", home_url=_home(name))
    if path.exists():
        raise ConfigError(f"{name} is a single file; for one page use: copydesk extract {name}")
    raise ConfigError(
        f"{name} is no address, no folder and no WARC file; give one like https://blog.example/"
    )


def _home(name: str) -> str:
    url = normalise(name if "://" in name else f"https://{name}")
    if url is None:
        raise ConfigError(f"{name} is no http or https address; give one like https://blog.example/")
    return url


def _warc_target(paths: Sequence[Path], archive: Path) -> Target:
    """List the pages of WARC files; the site is the one that most pages belong to."""
    items: list[Item] = []
    times: list[str] = []
    failures: list[Failure] = []
    for path in paths:
        if not path.is_file():
            raise ConfigError(f"there is no file {path}")
        try:
            for page in read_pages(path, archive):
                if isinstance(page, Failure):
                    failures.append(page)
                else:
                    items.append(_place(page, path, archive))
                    times.append(page.fetched_at or "")
        except (ArchiveError, OSError) as error:
            raise ConfigError(f"{path} cannot be read: {error}") from error
    ordered = [item for _, item in sorted(zip(times, items, strict=True), key=lambda pair: pair[0])]
    return _of_main_site(ordered, tuple(failures), paths)


def _of_main_site(items: list[Item], failures: tuple[Failure, ...], paths: Sequence[Path]) -> Target:
    hosts = Counter(urlsplit(item.url or "").netloc for item in items)
    if not hosts:
        raise ConfigError(f"no page in {', '.join(str(path) for path in paths)}; {_why(failures)}")
    main = hosts.most_common(1)[0][0]
    first = next(item.url for item in items if urlsplit(item.url or "").netloc == main)
    home = f"{urlsplit(first or '').scheme}://{main}/"
    kept = tuple(item for item in items if same_site(item.url or "", home))
    passed = len(items) - len(kept)
    note = f"{passed} pages of other sites were passed over" if passed else ""
    return Target(kind="warc", home_url=home, items=kept, failures=failures, note=note)


def _why(failures: tuple[Failure, ...]) -> str:
    return failures[0].reason if failures else "it holds only other kinds of files"


def _place(page: Page, path: Path, archive: Path) -> Item:
    if page.warc_offset is None:
        return page
    return Place(
        path=path.resolve(),
        offset=page.warc_offset,
        root=archive,
        url=page.url or "",
        media_type=page.media_type,
    )
