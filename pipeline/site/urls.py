"""Addresses: one spelling for each, and what belongs to the same site.

Source: RFC 3986 §6.2 (normalisation), WHATWG URL (white space, backslashes), UTS 46 through the idna codec.
"""

import re
from functools import lru_cache
from urllib.parse import quote, unquote_to_bytes, urljoin, urlsplit, urlunsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_LENGTH = 2000

# Arguments that name a visit or a campaign, never a page.
TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_cid|mc_eid|_ga|_gl|ref_src|vero_id"
    r"|s?sid|phpsessid|jsessionid|sessionid|aspsessionid\w*|cfid|cftoken|replytocom|share|nb)$",
    re.IGNORECASE,
)
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
UNSAFE = re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]")
HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")
"""A name or an address; an escape in it would be read by one program and not by the next."""
ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})|%")
UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def normalise(url: str, base: str | None = None) -> str | None:
    """Give the one spelling of an http(s) address, or None for what cannot be fetched.

    Fragment, credentials and tracking or session arguments are dropped; the host becomes lower-case
    punycode; percent-escapes are upper-case and only where needed. Order and case of the rest stay.
    """
    url = url.strip().replace("\\", "/")
    if CONTROL.search(url):
        return None
    try:
        return _absolute(joined(base, url) if base else url)
    except ValueError:
        return None


def joined(base: str, url: str) -> str:
    """Join an address to the page's, as `urljoin` does: most say all themselves, or all but the host.

    Raises ValueError for what is no address.
    """
    if url[-1:] in "?#":
        return urljoin(base, url)
    if url.startswith(("https://", "http://")):
        return url
    if url[:1] == "/" and url[1:2] not in ("/", "") and "/." not in url:
        return _origin(base) + url
    return urljoin(base, url)


@lru_cache(maxsize=1_000)
def _origin(url: str) -> str:
    return urljoin(url, "/").removesuffix("/")


@lru_cache(maxsize=2_000)  # ten times as many held 14 MB of a large crawl and were hit no more often
def _absolute(url: str) -> str | None:
    if len(url) > MAX_LENGTH:
        return None
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS or not parts.hostname:
        return None
    host = _ascii_host(parts.hostname)
    if host is None:
        return None
    if ":" in host:
        host = f"[{host}]"
    netloc = host if parts.port in (None, DEFAULT_PORTS[scheme]) else f"{host}:{parts.port}"
    path = _without_dots(_escape(parts.path)) or "/"
    return urlunsplit((scheme, netloc, path, _query(parts.query), ""))


@lru_cache(maxsize=1_000)
def _ascii_host(host: str) -> str | None:
    host = host.rstrip(".").lower()
    try:
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    return host if HOST.fullmatch(host) else None


def _escape(text: str) -> str:
    """Percent-encode what must be, decode what need not be, and raise hex digits to upper case."""
    if "%" in text:
        text = ESCAPE.sub(_one_escape, text)
    if UNSAFE.search(text):
        text = UNSAFE.sub(lambda match: quote(match[0], safe=""), text)
    return text


def _one_escape(match: re.Match[str]) -> str:
    if match[1] is None:
        return "%25"
    char = chr(int(match[1], 16))
    return char if char in UNRESERVED else match[0].upper()


def _query(query: str) -> str:
    if not query:
        return ""
    kept = [pair for pair in query.split("&") if pair and not TRACKING.match(pair.partition("=")[0])]
    return _escape("&".join(kept))


def _without_dots(path: str) -> str:
    """Remove "." and ".." segments (RFC 3986 §5.2.4); empty segments stay."""
    if "/." not in path:
        return path
    out: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            if len(out) > 1:
                out.pop()
        elif segment != ".":
            out.append(segment)
    if path.endswith(("/.", "/..")):
        out.append("")
    return "/".join(out)


@lru_cache(maxsize=2_000)
def site_of(url: str) -> str:
    """Give the host and port that decide whether two addresses are of one site; "www." does not count."""
    parts = urlsplit(url)
    host = (_ascii_host(parts.hostname or "") or "").removeprefix("www.")
    port = parts.port
    return host if port in (None, 80, 443) else f"{host}:{port}"


def same_site(url: str, home: str) -> bool:
    """Tell whether an address belongs to the site of `home`; the scheme does not count."""
    return site_of(url) == site_of(home)


def path_of(url: str) -> str:
    """Give the decoded path of an address, for reading: without escapes, never empty."""
    return unquote_to_bytes(urlsplit(url).path).decode("utf-8", "replace") or "/"


def folder_of(url: str) -> str:
    """Give the address one step up, with its final slash."""
    return url.rstrip("/").rpartition("/")[0] + "/"
