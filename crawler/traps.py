"""Which addresses are not worth a request: traps, doubles, machinery and files (pure)."""

import re
from collections import Counter
from urllib.parse import parse_qsl, urlsplit

MAX_SEGMENTS = 12
MAX_REPEATS = 3
MAX_IDS = 20_000
MAX_VARIANTS = 500
FIRST_YEAR = 1990

FILE_SUFFIXES = frozenset(
    """7z aac aif apk atom avi avif bmp bz2 css csv dmg doc docx eot eps epub exe flac flv gif gz heic ico
    ics iso jar jpeg jpg json jxl m3u m4a m4v mid mkv mobi mov mp3 mp4 mpeg mpg msi odp ods odt ogg
    ogv opus otf pdf pkg png pps ppt pptx ps psd rar rdf rpm rss rtf svg svgz swf tar tgz tif tiff
    torrent ttf txt vcf wasm wav webm webmanifest webp wma wmv woff woff2 xls xlsx xml xsl xz zip
    zst""".split()
)
SUFFIX = re.compile(r"\.([A-Za-z0-9]{1,11})$")

MACHINERY = re.compile(
    r"/(wp-json|wp-admin|wp-login\.php|wp-signup\.php|wp-register\.php|wp-cron\.php|wp-comments-post\.php|xmlrpc\.php"
    r"|wp-content|wp-includes|wp-trackback\.php|cgi-bin|cdn-cgi|\.well-known|oembed)(/|$)",
    re.IGNORECASE,
)
DOUBLES = re.compile(
    r"/(trackback|embed|print|printable|amp|feed|feeds|rss2?|atom|comments/feed|replytocom|comment-page-\d+)/?$"
    r"|/(feed|feeds)/(rss2?|atom|rdf|default|posts/default)/?$|;(jsessionid|sid|phpsessid)=",
    re.IGNORECASE,
)
DOUBLE_ARGUMENTS = frozenset(
    """replytocom share print printable amp feed like_comment unapproved moderation-hash preview rest_route
    oembed ical outlook-ical tribe-bar-date eventdisplay add-to-cart add_to_wishlist action redirect_to
    highlight sort sortby orderby order filter view_as nocache _wpnonce doing_wp_cron customize_changeset_uuid
    openidserver attachment_id oq""".split()
)
PAGE_ARGUMENTS = frozenset({"page", "paged", "p", "pg", "offset", "start"})
PAGINATION = re.compile(
    r"/(page|seite|pagina|p)/?(\d{1,5})(/|\.html?|$)|/page-?(\d{1,5})(/|\.html?|$)", re.IGNORECASE
)
MONTH_IN_PATH = re.compile(r"/(\d{4})(?:[/-](\d{1,2}))?(?:[/-]\d{1,2})?/?$")
CALENDAR = re.compile(r"calend|kalender|/events?/|/agenda/|/termine/", re.IGNORECASE)
DATE_ARGUMENT = re.compile(r"\b(month|year|date|day|monat|jahr)=", re.IGNORECASE)
YEAR = re.compile(r"\b(1[0-9]{3}|[2-9][0-9]{3})\b")


def trap(url: str, this_year: int) -> str | None:
    """Name why a normalised address is not worth asking for; None when it is."""
    parts = urlsplit(url)
    path = parts.path
    suffix = SUFFIX.search(path)
    if suffix and suffix[1].lower() in FILE_SUFFIXES:
        return "file"
    if MACHINERY.search(path):
        return "machinery"
    if DOUBLES.search(path):
        return "double"
    if parts.query and _is_double(parts.query):
        return "double"
    if path.count("/") > 3 and _grows(path):
        return "growing path"
    if _outside_time(path, parts.query, this_year):
        return "calendar"
    return None


def is_pagination(url: str) -> bool:
    """Tell whether an address is a further page of a list: it is as deep as the list itself."""
    parts = urlsplit(url)
    if PAGINATION.search(parts.path):
        return True
    return any(name.lower() in PAGE_ARGUMENTS and value.isdigit() for name, value in parse_qsl(parts.query))


def is_dated(url: str) -> bool:
    """Tell whether an address is one leaf of a calendar: its "next" leads one level deeper, without end."""
    parts = urlsplit(url)
    dated = MONTH_IN_PATH.search(parts.path) or DATE_ARGUMENT.search(parts.query)
    return bool(dated or CALENDAR.search(parts.path))


def is_feed_like(url: str) -> bool:
    """Tell whether an address looks like the feed of a whole blog, not of one post's comments."""
    path = urlsplit(url).path.lower()
    if "comment" in path or "oembed" in path or "wp-json" in path:
        return False
    return bool(
        re.search(
            r"(^|/)(feed|feeds|rss2?|atom|index|posts?)(\.(xml|json|rss|atom|rdf))?/?$|\.(rss|atom)$", path
        )
    )


class Variants:
    """How many query strings of one path were let through.

    One argument may be what names a post (`?id=7`); several multiply as filters and sorting do.
    """

    def __init__(self) -> None:
        """Count nothing yet."""
        self._seen: Counter[str] = Counter()

    def too_many(self, url: str) -> bool:
        """Count an address with a query; tell whether its path had enough of them."""
        path, _, query = url.partition("?")
        if not query or is_pagination(url):
            return False
        names = ",".join(sorted(pair.partition("=")[0] for pair in query.split("&")))
        self._seen[f"{path}?{names}"] += 1
        return self._seen[f"{path}?{names}"] > (MAX_VARIANTS if "," in names else MAX_IDS)


def _is_double(query: str) -> bool:
    return any(name.lower() in DOUBLE_ARGUMENTS for name, _ in parse_qsl(query, keep_blank_values=True))


def _grows(path: str) -> bool:
    """Recognise /x/x/x/x/: a relative link that every page resolves one level deeper."""
    segments = [segment for segment in path.split("/") if segment]
    if len(segments) > MAX_SEGMENTS:
        return True
    return len(segments) > MAX_REPEATS and max(Counter(segments).values()) > MAX_REPEATS


def _outside_time(path: str, query: str, this_year: int) -> bool:
    """Recognise a calendar that has left the time in which blogs were written."""
    month = MONTH_IN_PATH.search(path)
    if month and month[2] and not FIRST_YEAR <= int(month[1]) <= this_year + 1:
        return True
    if not CALENDAR.search(path) and not DATE_ARGUMENT.search(query):
        return False
    years = [int(year) for year in YEAR.findall(f"{path}?{query}")]
    return any(not FIRST_YEAR <= year <= this_year + 1 for year in years)
