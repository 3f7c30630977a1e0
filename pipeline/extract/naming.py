"""What the site calls itself, and cutting that off a title."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from pipeline.extract.jsonld import LinkedData
from pipeline.extract.marks import SITE
from pipeline.extract.scan import Scan
from pipeline.extract.words import fold, key, text_of

SITE_METAS = (
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "dc.publisher",
    "cre",
    "publisher",
)
FEED_TITLE = re.compile(
    r"\s*[»·|–—-]\s*[^»]*(?:feed|rss|atom).*$|\s+(?:rss|atom)?\s*feed$|\s+(?:rss|atom)$", re.IGNORECASE
)
SEPARATOR = re.compile(r"\s+[|–—\-·•»«:/~>:]+\s+|\s*[|»«·•]\s*|(?<=\w):\s+|\s+[|]|[|]\s+|\s+::\s+")
GENERIC = frozenset(
    (
        "home",
        "homepage",
        "startseite",
        "start",
        "accueil",
        "inicio",
        "blog",
        "index",
        "logo",
        "skip to content",
    )
)
SHARED_HOSTS = frozenset(
    "www web blog blogs news m en de fr es it com co org net wordpress blogspot github gitlab netlify"
    " medium substack"
    " tumblr typepad livejournal hypotheses archive localhost example".split()
)
LONGEST_NAME = 80
LONGEST_TITLE = 500


def site_names(scan: Scan, linked: LinkedData, url: str | None) -> tuple[str, ...]:
    """List the names of the site, the most certain first."""
    names = [*scan.every(SITE_METAS[:1]), *linked.site_names, *scan.every(SITE_METAS[1:])]
    names += [
        FEED_TITLE.sub("", link.title) for link in scan.links.get("alternate", ()) if "xml" in link.media_type
    ]
    names += _home_texts(scan, url)
    folded = (fold(name) for name in names)
    useful = (
        name for name in folded if name and len(name) <= LONGEST_NAME and name.casefold() not in GENERIC
    )
    return tuple(dict.fromkeys(useful))


def _home_texts(scan: Scan, url: str | None) -> list[str]:
    """Give the texts of links to the front page, and of what the markup calls the site's name."""
    host = urlsplit(url).netloc if url else ""
    homes = {"/", "./", f"http://{host}", f"https://{host}", f"http://{host}/", f"https://{host}/"}
    found = [text_of(link.node) for link in scan.anchors[:60] if link.href in homes]
    found += [
        text_of(each.node)
        for each in scan.marked
        if each.marks & SITE and each.node.tag in ("p", "h1", "h2", "span")
    ]
    return found


def without_site(title: str, names: Sequence[str], url: str | None, others: Iterable[str] = ()) -> str:
    """Cut the site's name off a title's end or beginning, and nothing else.

    A part is the site's name when the site says so elsewhere, when it spells the host, or when what is left
    is exactly what another witness calls the post. A dash, colon or pipe alone proves nothing.
    """
    if len(title) > LONGEST_TITLE:
        return title
    halves = [(title[: cut.start()].strip(), title[cut.end() :].strip()) for cut in SEPARATOR.finditer(title)]
    halves = [(left, right) for left, right in halves if left and right]
    if not halves:
        return title
    agreed = {key(other) for other in others} - {""}
    if key(title) not in agreed:
        for left, right in halves:
            if key(left) in agreed or key(right) in agreed:
                return left if key(left) in agreed else right
    known = {key(name) for name in names} - {""}
    for left, right in halves:
        if key(right) in known:
            return left
    for left, right in reversed(halves):
        if key(left) in known:
            return right
    labels = _host_labels(url)
    if _spells_host(halves[-1][1], labels):
        return halves[-1][0]
    return halves[0][1] if _spells_host(halves[0][0], labels) else title


def outer_parts(title: str) -> frozenset[str]:
    """Give what stands before the first and behind the last dash, pipe or colon of a title."""
    cuts = list(SEPARATOR.finditer(title)) if len(title) <= LONGEST_TITLE else []
    return (
        frozenset((title[: cuts[0].start()].strip(), title[cuts[-1].end() :].strip()))
        if cuts
        else frozenset()
    )


def _spells_host(part: str, labels: list[str]) -> bool:
    """Tell whether a title's first or last part is the host's name in words."""
    words = key(part)
    letters, host = words.replace(" ", ""), "".join(labels)
    if len(letters) >= 4 and letters in host and len(letters) * 2 >= len(host):
        return True
    return words.count(" ") < 5 and any(len(label) >= 6 and label in letters for label in labels)


def _host_labels(url: str | None) -> list[str]:
    """Give the parts of the host's name that are the site's own, letters and digits only."""
    host = (urlsplit(url).hostname or "") if url else ""
    labels = [re.sub(r"[^a-z0-9]", "", label) for label in host.split(".")[:-1]]
    return [label for label in labels if label and label not in SHARED_HOSTS]
