"""What the address alone tells of a page: that it lists posts, or that it is one about the site (pure)."""

import re
from urllib.parse import urlsplit

from pipeline.site.urls import path_of

LISTING_PATH = re.compile(
    r"""/(categor(y|ies|ia|ias|ie)|kategorien?|tags?|etiquetas?|mots-cles|schlagwort|authors?|autor(en|es)?
        |auteurs?|pages?[/_-]?\d|search)\d*([/.]|$)
        |/(topics?|labels?|series|columns?|rubrik(en)?)(/?(index)?(\.\w+)?|/?\d*/page/?\d+/?)$""",
    re.VERBOSE | re.IGNORECASE,
)
ARCHIVE = re.compile(
    r"""/archiv(?:es?)?(?:\d*/?(?:index)?(?:\.\w+)?|/(?:date/.*|cat_[^/]+/?
        |(?:19|20)\d\d(?:[/_-]?\d\d?){0,3}(?:\.\w+)?/?
        |(?:cat(?:egor(?:y|ies|ia|ie|ias))?|kategorien?|tags?|authors?|page|month|year|week)/.+))$""",
    re.VERBOSE | re.IGNORECASE,
)
"""An archive of a time or a term; many systems keep the posts themselves below it: /archives/52113.html."""
LISTING_INDEX = re.compile(
    r"^/([a-z]{2}(-[a-z]{2})?/)?((blog|news|posts?|articles?|journal|all|home)/?)?(index\.\w+)?$",
    re.IGNORECASE,
)
DATE_ARCHIVE = re.compile(r"/(19|20)\d\d(/\d\d?)?(/\d\d?)?/?(index\.html?)?$")
PAGED = re.compile(
    r"(/page[-_/]?\d+(/|\.html?)?|/index[-_]?\d+(\.html?|/)?|[?&](page|paged|offset|start)=\d+)$",
    re.IGNORECASE,
)
PAGE_PATH = re.compile(
    r"""^/([a-z]{2}/)?(pages?/[^/]+|about([-_]?(us|me|blog|site|(this|the)[-_]?(blog|site|author)))?
    |contacts?([-_]?(us|me|form))?|impressum|imprint|privacy([-_]?(policy|notice|statement))?
    |datenschutz(-?erkl(ae|ä)rung|-?hinweise?)?|legal([-_]?(notice|information))?|mentions[-_]l[eé]gales
    |cookies?[-_]?(policy|notice|richtlinie)?|terms([-_]?(of[-_]?(service|use)|(and|&)[-_]?conditions|conditions))?
    |kontakt(formular)?|(ueber|über)([-_](uns|mich|diesen?[-_]blog))?|a[-_]propos|faqs?|now|uses|colophon
    |sobre([-_](m[ií]|mim|n[oó]s|nosotros|este[-_]blog))?|search|404)(/|(/index)?\.\w+|/index\.\w+)?$""",
    re.VERBOSE | re.IGNORECASE,
)
"""Whole names only: /about-last-night/ is a post."""


def is_listing_address(url: str) -> bool:
    """Tell from the address alone that a page lists posts: home, archive, category, second page."""
    path = path_of(url)
    if LISTING_INDEX.match(path) and not urlsplit(url).query:
        return True
    if PAGED.search(url) or DATE_ARCHIVE.search(path) or ARCHIVE.search(path):
        return True
    return LISTING_PATH.search(path) is not None and not re.search(r"/\d{4}/\d\d/", path)


def is_page_address(url: str | None) -> bool:
    """Tell from the address alone that a page is about the site: about, contact, privacy."""
    return url is not None and PAGE_PATH.match(path_of(url)) is not None
