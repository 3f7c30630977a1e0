"""What a link's address says of its target: an author, a category, a tag."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

AUTHOR = (
    "author authors autor autoren autores autore autori auteur auteurs profile profiles people by contributor"
    " contributors writer writers redakteur redakteure journalist journalists".split()
)
CATEGORY = (
    "category categories categorie categoria categorias categoriae categorisation kategori kategorie"
    " kategorien kategoria kategorier cat rubrik rubriken rubrique rubriques rubrica rubricas rubric section"
    " sections ressort secciones seccion sezione channel rubryka rubrika rubriki kategorija".split()
)
TAG = (
    "tag tags topic topics schlagwort schlagworte schlagwoerter stichwort stichworte stichwoerter etiqueta"
    " etiquetas etiquette etiquettes label labels keyword keywords hashtag hashtags mot-cle mots-cle mot-cles"
    " mots-cles tagged t tema temas tagi thema themas theme themen themes sujet sujets trefwoord"
    " motcle motscles etiket etiketler stitek stitky cimke cimkek emneord avainsana avainsanat".split()
)
NAMES = frozenset((*AUTHOR, *CATEGORY, *TAG))
PATH = re.compile(
    rf"/(?:(?P<author>{'|'.join(AUTHOR)})|(?P<category>{'|'.join(CATEGORY)})|(?P<tag>{'|'.join(TAG)}))"
    r"(?:/?#(?:category=|tag=)?|/)(?P<rest>[^?#]+)",
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


def target_of(href: str) -> Target:
    """Read an address; one that names nothing of ours gives `NOWHERE`."""
    # Nearly all addresses: three times as fast as to ask the patterns.
    if "=" not in href and NAMES.isdisjoint(href.lower().replace("#", "/").split("/")):
        return NOWHERE
    return _read_target(href)


@lru_cache(maxsize=10_000)
def _read_target(href: str) -> Target:
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


def hosts_of(urls: Iterable[str | None]) -> tuple[str, ...]:
    """Name the hosts of some addresses, each once and without "www."."""
    return tuple(dict.fromkeys(_host(url) for url in urls if url and "//" in url[:8]))


def stays(href: str, hosts: Sequence[str]) -> bool:
    """Tell whether a link stays on the site: "/channel/" or "/tag/" elsewhere is nothing of ours."""
    if "//" not in href[:8] or not hosts:
        return True
    here = _host(href)
    return any(here == own or here.endswith(f".{own}") or own.endswith(f".{here}") for own in hosts)


def _host(url: str) -> str:
    return url.partition("//")[2].partition("/")[0].partition(":")[0].lower().removeprefix("www.")


def path_of(url: str) -> str:
    """Give an address's path, still encoded, without query and fragment."""
    rest = url.partition("//")[2] if "//" in url[:8] else url
    _, slash, path = rest.partition("/")
    return (slash + path).partition("?")[0].partition("#")[0]
