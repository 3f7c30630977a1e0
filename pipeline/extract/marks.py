"""What the names in a page's markup (class, id, itemprop) say that an element is.

Themes agree on words, not on names: "post-date", "entryDate" and "c-article__date" all hold the word "date".
A name gives the marks of its words, less what a word next to them takes back ("reading-time" is no date).
"""

import re
from functools import lru_cache

Mark = int
"""Bits below, joined with |."""

DATE = 1
PUBLISHED = 2
UPDATED = 4
AUTHOR = 8
TITLE = 16
CATEGORY = 32
TAG = 64
CRUMB = 128
COMMENTS = 256
RELATED = 512
SIDE = 1024
NAV = 2048
FOOT = 4096
META = 8192
SITE = 16384
COUNT = 32768
CARD = 65536
PROPERTY = 131072
"""The mark comes from itemprop: the author of the theme meant it."""
ENTRY = 262144
"""hentry, h-entry: the container of one post."""
LAYOUT = 524288
"""Only a word that calls parts of any page so, "section", says that this is a category."""

NAMED: Mark = DATE | AUTHOR | TITLE | CATEGORY | TAG | CRUMB | SITE | COUNT | META | ENTRY
APART: Mark = COMMENTS | RELATED | SIDE | NAV | FOOT
"""Zones whose dates, names and terms are not the post's."""

WORDS: dict[str, tuple[Mark, Mark]] = {}
"""Word -> the marks it gives, and those it takes back."""
_TABLE: tuple[tuple[Mark, str], ...] = (
    (
        DATE,
        "date dates time timestamp datetime datum fecha dateline posted created day pubtime postdate"
        " entrydate",
    ),
    (
        DATE | PUBLISHED,
        "published publish pubdate publication publishdate datepublished dtpublished veroeffentlicht",
    ),
    (DATE | UPDATED, "updated modified lastmod datemodified revised lastupdated aktualisiert"),
    (
        AUTHOR,
        "author authors byline bylines writer autor autoren autore auteur autori contributor contributors",
    ),
    (AUTHOR, "creator verfasser redacteur forfatter autorka bywriter postauthor authorname"),
    (TITLE, "title headline heading titel titre titulo titolo posttitle entrytitle pname"),
    (
        CATEGORY,
        "category categories cat cats cate kategorie kategorien categoria categorias categorie rubrik",
    ),
    (
        CATEGORY,
        "ressort rubric rubrique filed kicker kategori kategoria postcategory catlinks",
    ),
    (CATEGORY, "postcategories cates"),
    (CATEGORY | LAYOUT, "section"),
    (
        TAG,
        "tag tags keyword keywords tagged hashtag hashtags schlagwort schlagworte schlagwoerter stichworte",
    ),
    (
        TAG,
        "etiquetas etiqueta topic topics labels taglist posttags entrytags taglinks tagslinks stichwort mots",
    ),
    (CRUMB, "breadcrumb breadcrumbs crumb crumbs breadcrumblist brotkrumen"),
    (COMMENTS, "comment comments commentlist respond disqus reply replies kommentare kommentar commentaires"),
    (
        COMMENTS,
        "comentarios webmention webmentions trackback pingback commentform responses giscus utterances",
    ),
    (RELATED, "related recommended recommendation recommendations popular trending latest recent similar"),
    (RELATED, "suggested suggestions previous prev next older newer yarpp outbrain taboola relatedposts"),
    (RELATED, "readnext pagination pager carousel slider promo adjacent teasers mostread newest recents"),
    (RELATED, "recirculation recirc relatedcontent morestories upnext"),
    (SIDE, "aside sidebar widget widgets blogroll tagcloud archives tagcloudlink"),
    (NAV, "nav navbar navigation menu dropdown offcanvas megamenu submenu topbar toolbar"),
    (FOOT, "footer colophon copyright contentinfo imprint legal credits"),
    (META, "meta byline dateline postinfo submitted postmetadata info details infos postmeta entrymeta"),
    (SITE, "brand branding logo sitename sitetitle blogtitle masthead"),
    (CARD, "card teaser item entry tile"),
    (ENTRY, "hentry"),
)
_TAKEN: tuple[tuple[Mark, str], ...] = (
    (
        DATE | PUBLISHED | UPDATED,
        "read reading cook prep total picker update countdown event ago delivery zone valid",
    ),
    (DATE | PUBLISHED | UPDATED, "duration expires archive archives login birth publisher real line title"),
    (AUTHOR, "avatar image img photo pic picture thumb thumbnail icon comment comments social follow bio"),
    (AUTHOR, "description desc posts archive role job position content text links twitter"),
    (TITLE, "widget section related nav author sub subtitle comment comments sidebar block box card modal"),
    (
        TITLE,
        "footer archive next prev menu category kicker overline topline eyebrow pretitle subtitle logo list"
        " module tab image img toc section reply share",
    ),
    (TITLE, "recent popular teaser mobile sticky newsletter caption meta page video bar item"),
    (CATEGORY, "menu nav widget filter all item select archive index page header title image color content"),
    (CATEGORY, "main inner wrap wrapper hero body container"),
    (LAYOUT, "category categories cat cats categorie kategorie rubrik rubric kicker filed"),
    (TAG, "cloud manager google line image html title filter all script header h1 h2 h3 alert meta"),
    (COMMENTS, "count counts number link links off open closed no has allow num icon total meta"),
    (RELATED, "no date time"),
    (SIDE, "has with no without content layout elementor wpb vc"),
    (NAV, "no has skip post author tags tag categories category"),
    (FOOT, "entry post article asset story news blog content meta has"),
    (CARD, "title content meta header summary date body"),
)
for _marks, _words in _TABLE:
    for _word in _words.split():
        WORDS[_word] = (WORDS.get(_word, (0, 0))[0] | _marks, 0)
for _marks, _words in _TAKEN:
    for _word in _words.split():
        _given, _lost = WORDS.get(_word, (0, 0))
        WORDS[_word] = (_given, _lost | _marks)

WHOLE: dict[str, Mark] = {
    "fn": AUTHOR,
    "username": AUTHOR,
    "by": AUTHOR,
    "p-name": TITLE,
    "e-content": 0,
    "h-entry": ENTRY,
    "p-category": TAG,
    "cat-item": SIDE,
    "cat-links": CATEGORY,
    "tags-links": TAG,
    "post-tags": TAG,
    "post-labels": TAG,
    "page-title": TITLE,
    "post-navigation": RELATED,
    "comments-link": COUNT,
    "comment-count": COUNT,
    "comments-count": COUNT,
    "comment-respond": COMMENTS,
    "menu-item": NAV,
    "secondary": SIDE,
    "tertiary": SIDE,
    "right-rail": SIDE,
}
PROPERTIES: dict[str, Mark] = {
    "datepublished": DATE | PUBLISHED,
    "datecreated": DATE | PUBLISHED,
    "created": DATE,
    "issued": DATE | PUBLISHED,
    "datemodified": DATE | UPDATED,
    "author": AUTHOR,
    "creator": AUTHOR,
    "headline": TITLE,
    "articlesection": CATEGORY,
    "keywords": TAG,
    "comment": COMMENTS,
    "breadcrumb": CRUMB,
    "commentcount": COUNT,
    "blogpost": ENTRY,
}
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
LOWER_WORD = re.compile(r"[a-z]+|\d+")
# A longer id is a slug ("post-my-sidebar-and-comments"), whose words are the post's, not the theme's.
ID_WORDS = 3
CLASS_WORDS = 6
# Classes of a post's container. WordPress writes the post's terms beside them: no words of the theme.
ENTRIES = frozenset(("hentry", "h-entry", "type-post"))


def marks_of(class_name: str | None, identity: str | None, prop: str | None) -> Mark:
    """Give the marks of one element."""
    marks = named_marks(class_name, identity)
    return marks | _property_marks(prop) if prop else marks


@lru_cache(maxsize=20_000)
def named_marks(class_name: str | None, identity: str | None) -> Mark:
    """Give the marks of an element's class and id."""
    marks = _class_marks(class_name) if class_name else 0
    return marks | _token_marks(identity, ID_WORDS) & ~(TITLE | ENTRY) if identity else marks


def _class_marks(class_name: str) -> Mark:
    tokens = class_name.split()
    if not ENTRIES.isdisjoint(tokens):
        return ENTRY
    marks = 0
    for token in tokens:
        marks |= _class_token_marks(token)
    return marks


@lru_cache(maxsize=20_000)
def _class_token_marks(token: str) -> Mark:
    return _token_marks(token, CLASS_WORDS)


def _token_marks(token: str, limit: int) -> Mark:
    lower = token.lower()
    whole = WHOLE.get(lower)
    if whole is not None:
        return whole
    # Two patterns: looking for humps where there are none costs half as much again.
    words = LOWER_WORD.findall(token) if token == lower else [word.lower() for word in WORD.findall(token)]
    if len(words) > limit:
        return 0
    given = taken = 0
    for word in words:
        known = WORDS.get(word)
        if known is not None:
            given |= known[0]
            taken |= known[1]
    return given & ~taken


@lru_cache(maxsize=2_000)
def _property_marks(prop: str) -> Mark:
    marks = 0
    for name in prop.lower().split():
        marks |= PROPERTIES.get(name.rpartition(":")[2], 0)
    return marks | PROPERTY if marks else 0
