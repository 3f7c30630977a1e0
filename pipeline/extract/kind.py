"""What a page is: a post, a list of posts, a page of its own, or something else."""

import re
from collections import Counter

from lxml.html import HtmlElement

from pipeline.extract.addresses import is_listing_address, is_page_address
from pipeline.extract.furniture import names_of
from pipeline.extract.words import key, text_of
from pipeline.records import Article, Metadata, Page, PageKind
from pipeline.site.urls import normalise, same_site

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
INDEX_FILE = re.compile(r"/(index\.html?)?$")
A_TEXT = 200
RUNNING = ("p", "pre", "blockquote", "li", "dd")
"""Elements that hold running text."""
MANY = 3
BESIDE = 40
"""Characters beside the links of an archive's line: a date, a count, a label."""
DENSE = "\u2e80"
"""Behind it stand the scripts of East Asia."""
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
    if _lists_posts(tree, page) and not _has_own_entry(tree, article, page):
        return "listing", "three or more frames link to other pages"
    if _heads_lead_away(tree, page):
        return "listing", "the heads of its entries link to pages of their own"
    if _is_excerpt(article, page):
        return "listing", "its text opens another page, which its heading and a link behind it lead to"
    if _are_excerpts(article, page):
        return "listing", "each of its headings and a link below it lead to a page of their own"
    if _is_index(article, page):
        return "listing", "most of its text are links to other pages"
    if is_page_address(page.url):
        return "page", "its address is one of a page about the site"
    if _claims_post(tree, page):
        return "post", "its data call it an article"
    if metadata.published is not None and (article.blocks or article.images):
        return "post", "it has a date"
    return ("page", "nothing dates it") if article.blocks else ("other", "it holds no text")


def xml_kind(text: str) -> PageKind:
    """Judge an XML document by its root element."""
    head = text[:4096]
    if SITEMAP_ROOT.search(head):
        return "sitemap"
    return "feed" if FEED_ROOT.search(head) else "other"


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


def _has_own_entry(tree: HtmlElement, article: Article, page: Page) -> bool:
    """Tell a post above cards of other posts: it shows the page's title, or its text stands apart."""
    frames = list(tree.iter("article"))
    title = key(tree.findtext(".//title") or "")
    for frame in frames:
        head = next(frame.iter("h1", "h2", "h3"), None)
        words = key(text_of(head)) if head is not None else ""
        if (
            words
            and words in title
            and not _leads_away(head, page.url or "")
            and frame.find(".//p") is not None
        ):
            return True
    root = article.root
    if not _is_apart(root):
        return False
    cards = sum(len(text_of(card)) for card in root.iter("article"))
    if not cards:
        return sum(len(block.text) for block in article.blocks) >= A_TEXT
    # Cards of other posts in the text's own box: the text is the longer part.
    return sum(len(text_of(box)) for box in root.iter(*RUNNING) if _is_apart(box)) >= max(A_TEXT, 2 * cards)


def _is_apart(box: HtmlElement) -> bool:
    return next(box.iterancestors("article"), None) is None


def _heads_lead_away(tree: HtmlElement, page: Page) -> bool:
    """Every entry's heading links to another page, and no other heading of rank one is plain."""
    frames = list(tree.iter("article"))
    if page.url is None or not frames:
        return False
    heads = [next(frame.iter("h1", "h2", "h3"), None) for frame in frames]
    inside = {heading for frame in frames for heading in frame.iter("h1")}
    return all(head is not None and _leads_away(head, page.url) for head in heads) and all(
        heading in inside or heading.find(".//a") is not None for heading in tree.iter("h1")
    )


def _is_excerpt(article: Article, page: Page) -> bool:
    """Tell a list of one post: its heading leads to that post, and so does "Read more"."""
    head = next(article.root.iter("h1", "h2", "h3"), None)
    if head is None or page.url is None or not _leads_away(head, page.url):
        return False
    link = head.find(".//a[@href]")
    wanted = link.get("href") if link is not None else None
    same = [each for each in article.root.iter("a") if each.get("href") == wanted]
    return wanted is not None and len(same) > 1


def _are_excerpts(article: Article, page: Page) -> bool:
    """Tell a list of posts below its own heading: each entry's heading leads to where "Read more" does."""
    targets: list[str | None] = []
    for head in article.root.iter("h2", "h3"):
        if page.url is None or not _leads_away(head, page.url):
            return False
        targets.append(next((link.get("href") for link in head.iter("a")), None))
    if len(set(targets)) < 2:
        return False
    linked = Counter(link.get("href") for link in article.root.iter("a"))
    return all(linked[target] > 1 for target in targets)


def _is_index(article: Article, page: Page) -> bool:
    """Most of the text are links to other pages and dates, as in an archive without excerpts."""
    if page.url is None:
        return False
    if not article.blocks:
        away = {link.get("href") for link in article.root.iter("a") if _leads_away(link, page.url)}
        return len(away) >= MANY
    linked: Counter[int] = Counter()
    for link in article.links:
        linked[link.block] += _length(link.text) if link.internal else 0
    targets = {link.url for link in article.links if link.internal and _plain(link.url) != _plain(page.url)}
    rest = (_length(block.text) - linked[number] for number, block in enumerate(article.blocks))
    return len(targets) >= MANY and all(size <= BESIDE for size in rest)


def _length(text: str) -> int:
    """Count characters; one of a script that needs few, as Chinese or Korean, is worth two."""
    return len(text) if text.isascii() else len(text) + sum(char > DENSE for char in text)


def _leads_away(box: HtmlElement, url: str) -> bool:
    link = next(box.iterancestors("a"), None) if box.tag != "a" else box
    link = box.find(".//a[@href]") if link is None else link
    target = normalise(link.get("href") or "", url) if link is not None else None
    return target is not None and _plain(target) != _plain(normalise(url) or url) and same_site(target, url)


def _plain(url: str) -> str:
    return INDEX_FILE.sub("", url)


def _one_dominates(frames: list[HtmlElement]) -> bool:
    sizes = sorted(len("".join(frame.itertext())) for frame in frames)
    return sizes[-1] > 3 * sum(sizes[:-1])


def _claims_post(tree: HtmlElement, page: Page) -> bool:
    said = (meta.get("content") for meta in tree.iter("meta") if meta.get("property") == "og:type")
    if next(filter(None, said), "").lower() == "article":
        return True
    if '"@type"' not in page.text:
        return False
    return POST_TYPES.search(page.text) is not None and LIST_TYPES.search(page.text) is None
