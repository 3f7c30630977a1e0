"""What a link's address says of its target: an author, a category, a tag."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

_AUTHOR = (
    r"authors?|autor(?:en|es|e|i)?|auteurs?|profiles?|people|by|contributors?|writers?|redakteure?"
    r"|journalists?"
)
_CATEGORY = (
    r"categor(?:y|ies|ie|ia|ias|iae|isation)|kategori(?:e|en|a|er)?|cat|rubri(?:k|ken|que|ques|ca|cas|c)"
    r"|sections?|ressort|secciones|seccion|sezione|channel|kategoria"
)
_TAG = (
    r"tags?|topics?|schlagw(?:ort|orte|oerter)|stichw(?:ort|orte|oerter)|etiquetas?|etiquettes?|labels?"
    r"|keywords?"
    r"|hashtags?|mots?-cles?|tagged|t|temas?|tagi|themen?|themas?|themes?|sujets?|trefwoord"
)
PATH = re.compile(
    rf"/(?:(?P<author>{_AUTHOR})|(?P<category>{_CATEGORY})|(?P<tag>{_TAG}))(?:/?#(?:category=|tag=)?"
    rf"|/)(?P<rest>[^?#]+)",
    re.IGNORECASE,
)
QUERY = re.compile(
    r"[?&](?:(?P<author>author)|(?P<category>cat|category|category_name)|(?P<tag>tags?|topic"
    r"|label)(?:%5B%5D|\[\])?)=(?P<rest>[^&#]+)",
    re.IGNORECASE,
)
FILE_END = re.compile(r"(?:/|\.html?|\.php)+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads."""

    author: bool = False
    category: bool = False
    tag: bool = False
    path: str = ""
    """What follows "/category/" or "/tag/", decoded, without a file's ending."""


NOWHERE = Target()


@lru_cache(maxsize=10_000)
def target_of(href: str) -> Target:
    """Read an address; one that names nothing of ours gives `NOWHERE`."""
    host_end = href.find("/", 8) if "//" in href[:8] else 0
    match = PATH.search(href, max(host_end, 0)) if host_end >= 0 else None
    match = match or ("=" in href and QUERY.search(href)) or None
    if match is None:
        return NOWHERE
    path = FILE_END.sub("", unquote(match["rest"]))
    if match["author"] is not None:
        return Target(author="/" not in path and bool(path), path=path)
    if not path:
        return NOWHERE
    return Target(category=match["category"] is not None, tag=match["tag"] is not None, path=path)


def same_host(href: str, url: str | None) -> bool:
    """Tell whether a link stays on the site: "/channel/" or "/tag/" elsewhere is nothing of ours."""
    if "//" not in href[:8] or not url:
        return True
    here, there = _host(href), _host(url)
    return here == there or here.endswith(f".{there}") or there.endswith(f".{here}")


def _host(url: str) -> str:
    return url.partition("//")[2].partition("/")[0].partition(":")[0].lower().removeprefix("www.")


def path_of(url: str) -> str:
    """Give an address's path, still encoded, without query and fragment."""
    rest = url.partition("//")[2] if "//" in url[:8] else url
    _, slash, path = rest.partition("/")
    return (slash + path).partition("?")[0].partition("#")[0]
