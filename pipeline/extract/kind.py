"""What a page is: a post, a list of posts, a page of its own, or something else."""

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from pipeline.extract.furniture import names_of
from pipeline.records import Article, Metadata, Page, PageKind
from pipeline.site.urls import normalise, path_of, same_site

LISTING_PATH = re.compile(
    r"""/(categor(y|ies|ia|ias|ie)|kategorien?|tags?|etiquetas?|mots-cles|schlagwort|topics?|labels?|series
        |authors?|autor(en|es)?|auteurs?|archives?|archiv|page[s]?[/_-]?\d+|search|label|column|rubrik)
        ([/.]|\d|$)""",
    re.VERBOSE | re.IGNORECASE,
)
LISTING_INDEX = re.compile(
    r"^/([a-z]{2}(-[a-z]{2})?/)?((blog|news|posts?|articles?|journal|all|home)/?)?(index\.\w+)?$",
    re.IGNORECASE,
)
DATE_ARCHIVE = re.compile(r"/(19|20)\d\d(/\d\d?)?(/\d\d?)?/?(index\.html?)?$")
PAGED = re.compile(r"(/page/?\d+/?|/index\d+\.html?|[?&](page|paged|offset|start)=\d+)$", re.IGNORECASE)
PAGE_PATH = re.compile(
    r"^/([a-z]{2}/)?(about|contact|impressum|imprint|privacy|datenschutz|legal|terms|kontakt|ueber|a-propos"
    r"|sobre|faq|now|uses|colophon|search|404)[^/]*/?(index\.html?)?$",
    re.IGNORECASE,
)
Judged = tuple[PageKind, str]
"""A kind, and why."""
BODY_CLASSES: dict[str, PageKind] = {
    "error404": "error",
    "attachment": "attachment",
    "single-post": "post",
    "post-template": "post",
    "archive": "listing",
    "category": "listing",
    "tag": "listing",
    "author": "listing",
    "date": "listing",
    "search": "listing",
    "blog": "listing",
    "home-template": "listing",
    "tag-template": "listing",
    "author-template": "listing",
    "page-template": "page",
    "page": "page",
}
"""Class of the body element (WordPress, Ghost) -> what it says of the page; the first found counts."""
POST_TYPES = re.compile(
    r'"@type"\s*:\s*(?:\[[^\]]*)?"(BlogPosting|NewsArticle|Article|TechArticle|ScholarlyArticle|Report'
    r'|LiveBlogPosting|ReportageNewsArticle|OpinionNewsArticle|HowTo|Recipe|Review)"'
)
LIST_TYPES = re.compile(r'"@type"\s*:\s*"(CollectionPage|Blog|ItemList|ProfilePage|SearchResultsPage)"')
FEED_ROOT = re.compile(r"<(rss|feed|rdf:RDF)\b", re.IGNORECASE)
SITEMAP_ROOT = re.compile(r"<(urlset|sitemapindex)\b")


def judge_page(tree: HtmlElement, page: Page, article: Article, metadata: Metadata) -> Judged:
    """Judge one page by what it says itself: its address, its body's class, its data, its shape."""
    if page.status >= 400:
        return "error", f"its status is {page.status}"
    said, name = _said_by_body(tree)
    if said in ("error", "attachment", "post"):
        return said, f"the class of its body element is {name!r}"
    if page.url is not None and is_listing_address(page.url):
        return "listing", "its address is one of a list"
    if said is not None:
        return said, f"the class of its body element is {name!r}"
    if _lists_posts(tree, page):
        return "listing", "three or more frames link to other pages"
    if is_page_address(page.url):
        return "page", "its address is one of a page about the site"
    if _claims_post(tree, page):
        return "post", "its data call it an article"
    if metadata.published is not None:
        return "post", "it has a date"
    return ("page", "nothing dates it") if article.blocks else ("other", "it holds no text")


def xml_kind(text: str) -> PageKind:
    """Judge an XML document by its root element."""
    head = text[:4096]
    if SITEMAP_ROOT.search(head):
        return "sitemap"
    return "feed" if FEED_ROOT.search(head) else "other"


def is_listing_address(url: str) -> bool:
    """Tell from the address alone that a page lists posts: home, archive, category, second page."""
    path = path_of(url)
    if LISTING_INDEX.match(path) and not urlsplit(url).query:
        return True
    if PAGED.search(url) or DATE_ARCHIVE.search(path):
        return True
    return LISTING_PATH.search(path) is not None and not re.search(r"/\d{4}/\d\d/", path)


def is_page_address(url: str | None) -> bool:
    """Tell from the address alone that a page is about the site: about, contact, privacy."""
    return url is not None and PAGE_PATH.match(path_of(url)) is not None


def _said_by_body(tree: HtmlElement) -> tuple[PageKind | None, str]:
    body = tree.find("body")
    names = names_of(body).lower().split() if body is not None else []
    return next(((kind, name) for name, kind in BODY_CLASSES.items() if name in names), (None, ""))


def _lists_posts(tree: HtmlElement, page: Page) -> bool:
    """Three or more headings that link to other pages of the site, each with an article's frame around it."""
    if page.url is None:
        return False
    targets = set()
    for frame in tree.iter("article"):
        link = frame.find(".//a[@href]")
        address = normalise(link.get("href"), page.url) if link is not None else None
        if address and address != page.url and same_site(address, page.url):
            targets.add(address)
    heads = [frame for frame in tree.iter("article") if frame.getparent() is not None]
    return len(heads) >= 3 and len(targets) >= 3 and not _one_dominates(heads)


def _one_dominates(frames: list[HtmlElement]) -> bool:
    sizes = sorted(len("".join(frame.itertext())) for frame in frames)
    return sizes[-1] > 3 * sum(sizes[:-1])


def _claims_post(tree: HtmlElement, page: Page) -> bool:
    kind = tree.xpath("string(//meta[@property='og:type']/@content)").lower()
    return kind == "article" or (bool(POST_TYPES.search(page.text)) and not LIST_TYPES.search(page.text))
