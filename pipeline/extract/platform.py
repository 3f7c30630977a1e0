"""What the page shows of the system behind it: CMS, theme, post id, canonical address, comments."""

import re

from pipeline.extract.facts import Facts
from pipeline.extract.marks import COUNT
from pipeline.extract.scan import Scan
from pipeline.extract.words import text_of
from pipeline.site.urls import normalise

GENERATORS = re.compile(
    r"wordpress|hugo|jekyll|hexo|pelican|ghost|drupal|joomla|typo3|blogger|squarespace|wix|webflow|medium"
    r"|substack"
    r"|tumblr|shopify|quarto|distill|gatsby|next\.js|nuxt|astro|eleventy|zola|nikola|mkdocs|docusaurus"
    r"|sphinx|docpad"
    r"|movable type|typepad|serendipity|textpattern|dotclear|spip|contao|neos|craft cms|statamic|october"
    r"|grav|bolt"
    r"|concrete|kirby|publii|write\.as|hubspot|weebly|jimdo|bludit|habari|b2evolution|livejournal|octopress"
    r"|middleman",
    re.IGNORECASE,
)
# Traces of systems that do not name themselves, the surest first.
TRACES: tuple[tuple[str, str], ...] = (
    ("/wp-content/", "wordpress"),
    ("/wp-includes/", "wordpress"),
    ("/wp-json/", "wordpress"),
    ("content.ghost.org", "ghost"),
    ("/ghost/api/", "ghost"),
    ("static1.squarespace.com", "squarespace"),
    ("static.parastorage.com", "wix"),
    ("cdn.shopify.com", "shopify"),
    ("assets.tumblr.com", "tumblr"),
    ("substackcdn.com", "substack"),
    ("cdn-client.medium.com", "medium"),
    ("/sites/default/files/", "drupal"),
    ("/typo3temp/", "typo3"),
    ("www.blogger.com/static", "blogger"),
    ("assets.website-files.com", "webflow"),
    ("/_next/static/", "next.js"),
)
THEME = re.compile(
    r"/(?:wp-content/themes|(?:sites/[\w.-]+/)?themes(?:/custom|/contrib)?|user/themes)/([\w.-]+)/",
    re.IGNORECASE,
)
THEME_CLASS = re.compile(r"(?:^|\s)(?:wp-theme|theme)-([\w-]+)")
NO_THEMES = frozenset(("default", "engines", "custom", "contrib", "css", "js"))
POST_ID = re.compile(r"(?:^|\s)(?:postid|page-id|post|node|entry|page-node)-(\d+)(?=\s|$)")
SHORT_LINK = re.compile(r"[?&]p=(\d+)")
REST_LINK = re.compile(r"/wp/v2/(?:posts|pages)/(\d+)")
COMMENTS = re.compile(
    r"^(\d{1,5})\s+(?:comments?|replies|responses?|kommentare?|commentaires?|comentarios?|commenti|reacties"
    r"|комментари)",
    re.IGNORECASE,
)
NO_COMMENTS = re.compile(
    r"^(?:no|keine|aucun|sin|nessun|geen)\s+(?:comments?|kommentare?|commentaires?|comentarios?)",
    re.IGNORECASE,
)


def find_platform(scan: Scan) -> tuple[str | None, str | None]:
    """Name the system in lower case, and the theme's folder where an address or class shows it."""
    named = (GENERATORS.search(content) for content in scan.meta.get("generator", ()))
    platform = next((match[0].lower() for match in named if match), None)
    addresses = " ".join(scan.assets)
    if platform is None:
        platform = next((name for trace, name in TRACES if trace in addresses), None)
    if platform is None and scan.front_matter:
        platform = "distill"
    themes = (match[1] for asset in scan.assets if (match := THEME.search(asset)))
    theme = next((name for name in themes if name.lower() not in NO_THEMES), None)
    return platform, theme or _theme_by_class(scan)


def _theme_by_class(scan: Scan) -> str | None:
    body = next((node for node in scan.elements if node.tag == "body"), None)
    match = THEME_CLASS.search(body.get("class") or "") if body is not None else None
    return match[1] if match else None


def find_address(scan: Scan, url: str | None) -> str | None:
    """Give the address that the page calls its own: the canonical link, else og:url."""
    return next((address for claim in own_addresses(scan) if (address := normalise(claim, url))), None)


def own_addresses(scan: Scan) -> list[str]:
    """List what the page calls its own address, as written."""
    return [link.href for link in scan.links.get("canonical", ())] + scan.every(("og:url",))


def find_post_id(facts: Facts) -> str | None:
    """Give the CMS's number of the post, for links into its editor."""
    for link in (*facts.scan.links.get("shortlink", ()), *facts.scan.links.get("alternate", ())):
        match = SHORT_LINK.search(link.href) or REST_LINK.search(link.href)
        if match:
            return match[1]
    for node in facts.zones.around:
        match = POST_ID.search(f"{node.get('class') or ''} {node.get('id') or ''}")
        if match:
            return match[1]
    return next((witness.cms_post_id for witness in facts.witnesses if witness.cms_post_id), None)


def count_comments(facts: Facts) -> int | None:
    """Give the number of comments that the page states; None where it states none."""
    if facts.linked.comment_count is not None:
        return facts.linked.comment_count
    texts = (text_of(each.node) for each in facts.scan.marked if each.marks & COUNT and len(each.node) < 8)
    titles = (text_of(each.node) for each in facts.scan.headings)
    for text in (*texts, *titles):
        if match := COMMENTS.match(text):
            return int(match[1])
        if NO_COMMENTS.match(text):
            return 0
    return None
