"""What a taxonomy page says: the term it stands for, and the posts it lists."""

import re
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from pipeline.extract.addresses import is_listing_address
from pipeline.extract.marks import CRUMB, marks_of
from pipeline.extract.page import Extracted
from pipeline.extract.term_words import without_label
from pipeline.records import Witness
from pipeline.site.hearsay import slug_of
from pipeline.site.urls import normalise, path_of, same_site

TAXONOMY = re.compile(
    r"""/(?:(?P<category>categor(?:y|ies|ia|ias|ie)|kategorien?|rubriken?|topics?)
          |(?P<tag>tags?|etiquetas?|schlagw(?:ort|orte|oerter)|labels?|mots-cles)
          |(?P<author>authors?|autor(?:en|es)?|auteurs?|people|writers?))
        /(?P<path>[^?]+?)/?(?:(?:page/?\d+|index)/?(?:\.html?)?|\.html?)?$""",
    re.VERBOSE | re.IGNORECASE,
)
LABEL = re.compile(
    r"""^(?:(?:category|tag|author|topic|posts?\s(?:in|tagged|by|about|filed\sunder)|archives?(?:\sfor)?|browsing
        |kategorie|schlagwort|autor|beiträge\svon|catégorie|étiquette|auteur|categoría|etiqueta|categoria)
        \s*(?:archives?)?\s*[:–-]?\s*)+""",
    re.VERBOSE | re.IGNORECASE,
)
LATIN = re.compile(r"[A-Za-zÀ-ɏ]|^[\W\d_]*$")
QUOTES = "“”\"'‘’«»„ :¶"
PREFIX = re.compile(r"^cat_(?=.)")
"""Tells categories from tags in Nikola's addresses, where one folder holds both."""


def is_term_address(url: str) -> bool:
    """Tell from the address alone that a page lists the posts of a category, a tag or an author."""
    return TAXONOMY.search(path_of(url)) is not None


def listed_terms(found: Extracted, url: str) -> Iterator[Witness]:
    """Yield a witness for each post that a category, tag or author page lists; none for other pages.

    A nested category is given by the names in the address or the breadcrumb, outermost first; the last one
    as written.
    """
    match = TAXONOMY.search(path_of(url))
    name = _name(found, url, match["path"].rpartition("/")[2]) if match else None
    if match is None or name is None:
        return
    parents = [_words(part) for part in match["path"].split("/")[:-1]] or [
        # The breadcrumb of a second page leads to the first: that is no parent.
        crumb
        for crumb in _crumbs(found, url)
        if crumb != name
    ]
    path = (*parents, name)
    for post in _listed(found, url):
        if match["category"]:
            yield Witness(url=post, source="listing", category_paths=(path,))
        elif match["tag"]:
            yield Witness(url=post, source="listing", tags=(name,))
        else:
            yield Witness(url=post, source="listing", authors=(name,))


def _name(found: Extracted, url: str, slug: str) -> str | None:
    """Give the term as a heading, the title or a link to the page writes it, if its address agrees.

    An address in Latin letters cannot agree with a name in others: there a label or a link must say it.
    """
    for text, sure in _shown(found, url):
        words = " ".join(text.split())
        bare = without_label(LABEL.sub("", words)).strip(QUOTES)
        # Of "Boats & Berths" some addresses keep an "and", others nothing.
        written = {slug_of(bare), slug_of(bare.replace("&", " "))}
        if bare and not written.isdisjoint((slug_of(slug), slug_of(PREFIX.sub("", slug)))):
            return bare
        if bare and slug.isascii() and not LATIN.search(bare) and (sure or bare != words.strip(QUOTES)):
            return bare
    return None


def _shown(found: Extracted, url: str) -> Iterator[tuple[str, bool]]:
    """Yield what may name the term, and whether it can name nothing else."""
    if found.tree is not None:
        yield from (("".join(heading.itertext()), False) for heading in found.tree.iter("h1", "h2"))
        title = found.tree.findtext(".//title") or ""
        yield from ((part, False) for part in re.split(r"\s[-–—|·»:]\s", title))
        for link in found.tree.iter("a"):
            href = link.get("href") or ""
            if "#" not in href and normalise(href, url) == url:
                yield "".join(link.itertext()), True


def _crumbs(found: Extracted, url: str) -> list[str]:
    """Name the categories that the page's breadcrumb leads through; none without a breadcrumb."""
    nodes = found.tree.iter("nav", "div", "ol", "ul", "p", "span") if found.tree is not None else ()
    trail = next((node for node in nodes if marks_of(node.get("class"), node.get("id"), None) & CRUMB), None)
    names: list[str] = []
    for link in trail.iter("a") if trail is not None else ():
        target = normalise(link.get("href") or "", url)
        match = TAXONOMY.search(path_of(target)) if target and target != url else None
        if match is not None and match["category"]:
            names.append(" ".join("".join(link.itertext()).split()))
    return [name for name in names if name]


def _words(slug: str) -> str:
    return PREFIX.sub("", slug).replace("-", " ").replace("_", " ").strip()


def _listed(found: Extracted, url: str) -> list[str]:
    """Give the addresses that linked headings lead to, or where there are none, the items of a plain list."""
    root = _around_entries(found.article.root)
    posts = _posts(_headed(root), url) or _posts(_items(root), url)
    # Of a term with one post the article is that post's excerpt or the head: its heading stands above.
    above = root.getparent()
    while not posts and above is not None and above.tag != "body":
        posts = _posts(_headed(above), url) or _posts(_items(above), url)
        above = above.getparent()
    return posts


def _posts(links: Iterable[HtmlElement], url: str) -> list[str]:
    """Give the addresses on the site that links lead to, other lists left out."""
    targets = (normalise(link.get("href") or "", url) for link in links)
    return list(
        dict.fromkeys(
            target
            for target in targets
            if target and target != url and same_site(target, url) and not is_listing_address(target)
        )
    )


def _around_entries(root: HtmlElement) -> HtmlElement:
    """Give the element that holds all entries where the article found is one of them."""
    frame = root if root.tag == "article" else next(root.iterancestors("article"), root)
    for entry in (frame, root):
        holder = entry.getparent()
        alike = holder.iterchildren(entry.tag) if holder is not None else ()
        if sum(_is_entry(child, entry) for child in alike) > 1:
            return holder
    return root


def _is_entry(child: HtmlElement, frame: HtmlElement) -> bool:
    """Tell a frame like the article's: another article, or a box of the same class with a linked heading."""
    if frame.tag == "article":
        return True
    name = frame.get("class")
    return name is not None and child.get("class") == name and bool(_headed(child))


def _items(root: HtmlElement) -> list[HtmlElement]:
    return [link for item in root.iter("li") for link in item.iter("a")]


def _headed(root: HtmlElement) -> list[HtmlElement]:
    return [link for tag in ("h1", "h2", "h3", "h4") for link in _links_of(root.iter(tag))]


def _links_of(headings: Iterable[HtmlElement]) -> Iterator[HtmlElement]:
    for heading in headings:
        parent = heading.getparent()
        if parent is not None and parent.tag == "a":
            yield parent
        yield from heading.iter("a")
