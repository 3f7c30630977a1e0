"""What the site calls itself, and cutting that off a title."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from pipeline.extract.jsonld import LinkedData
from pipeline.extract.marks import SITE
from pipeline.extract.scan import Scan
from pipeline.extract.words import fold, key, text_of

SITE_METAS = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "cre", "publisher")
FEED_TITLE = re.compile(r"\s*[»·|–—-]\s*[^»]*(?:feed|rss|atom).*$|\s+(?:rss|atom)?\s*feed$|\s+(?:rss|atom)$", re.IGNORECASE)
SEPARATOR = re.compile(r"\s+[|–—\-·•»«:/~>:]+\s+|\s*[|»«·•]\s*|(?<=\w):\s+|\s+[|]|[|]\s+|\s+::\s+")
GENERIC = frozenset(("home", "homepage", "startseite", "start", "accueil", "inicio", "blog", "index", "logo", "skip to content"))
LONGEST_NAME = 80


def site_names(scan: Scan, linked: LinkedData, url: str | None) -> tuple[str, ...]:
    """List the names of the site, the most certain first."""
    names = [*scan.every(SITE_METAS[:1]), *linked.site_names, *scan.every(SITE_METAS[1:])]
    names += [FEED_TITLE.sub("", link.title) for link in scan.links.get("alternate", ()) if "xml" in link.media_type]
    names += _home_texts(scan, url)
    folded = (fold(name) for name in names)
    useful = (name for name in folded if name and len(name) <= LONGEST_NAME and name.casefold() not in GENERIC)
    return tuple(dict.fromkeys(useful))


def _home_texts(scan: Scan, url: str | None) -> list[str]:
    """Give the texts of links to the front page, and of what the markup calls the site's name."""
    host = urlsplit(url).netloc if url else ""
    homes = {"/", "./", f"http://{host}", f"https://{host}", f"http://{host}/", f"https://{host}/"}
    found = [text_of(link.node) for link in scan.anchors[:60] if (link.node.get("href") or "").strip() in homes]
    found += [text_of(each.node) for each in scan.marked if each.marks & SITE and each.node.tag in ("p", "h1", "h2", "span")]
    return found


def without_site(title: str, names: Sequence[str], url: str | None, others: Iterable[str] = ()) -> str:
    """Cut the site's name off a title's end or beginning, and nothing else.

    A part is the site's name when the site says so elsewhere, when it spells the host, or when what is left
    is exactly what another witness calls the post. A dash, colon or pipe alone proves nothing.
    """
    breaks = list(SEPARATOR.finditer(title))
    if not breaks:
        return title
    known = {key(name) for name in names} - {""}
    host = _host_letters(url)
    agreed = {key(other) for other in others} - {""}
    for cut in breaks:
        left, right = title[: cut.start()].strip(), title[cut.end() :].strip()
        if left and right and key(left) in agreed and key(title) not in agreed:
            return left
        if left and right and key(right) in agreed and key(title) not in agreed:
            return right
    for cut in breaks:
        left, right = title[: cut.start()].strip(), title[cut.end() :].strip()
        if left and right and _names_site(right, known, host):
            return left
    for cut in reversed(breaks):
        left, right = title[: cut.start()].strip(), title[cut.end() :].strip()
        if left and right and _names_site(left, known, host):
            return right
    return title


def _names_site(part: str, known: set[str], host: str) -> bool:
    words = key(part)
    if not words:
        return False
    if words in known:
        return True
    letters = words.replace(" ", "")
    return len(letters) >= 4 and letters in host and len(letters) * 2 >= len(host)


def _host_letters(url: str | None) -> str:
    host = (urlsplit(url).hostname or "") if url else ""
    parts = host.removeprefix("www.").split(".")
    return re.sub(r"[^a-z0-9]", "", "".join(parts)) if len(parts) > 1 else ""
