"""Addresses as the indexes of web archives sort them: "com,blog)/2025/tea?a=1".

Source: the rules of the Internet Archive's canonicaliser, which replay tools apply to what they look up.
"""

import re
from urllib.parse import quote, unquote_to_bytes, urlsplit

PORTS = {"http": 80, "https": 443}
WWW = re.compile(r"^www\d*\.")
SESSION = re.compile(
    r"^(.*?)(?:(?:jsessionid|phpsessid|sid)=[0-9a-z]{32}|aspsessionid[a-z]{8}=[a-z]{24}"
    r"|cfid=[^&]+&cftoken=[^&]+)(?:&(.*))?$",
    re.IGNORECASE,
)
UNTOUCHED = "!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"


def surt(url: str) -> str:
    """Turn an address round, host first, in the spelling that all its variants share."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    host = WWW.sub("", (parts.hostname or "").strip("."))
    turned = ",".join(reversed(host.split(".")))
    if port is not None and port != PORTS.get(parts.scheme.lower()):
        turned += f":{port}"
    path, query = _path(parts.path), _query(parts.query)
    return f"{turned}){path}" + (f"?{query}" if query else "")


def _path(path: str) -> str:
    kept: list[str] = []
    pieces = _plain(path).lower().split("/")[1:]
    for piece in pieces:
        if piece == ".." and kept:
            kept = kept[:-1]
        elif piece != ".":
            kept.append(piece)
    return "/" + "/".join(piece for piece in kept if piece)


def _query(query: str) -> str:
    plain = _plain(query)
    if (session := SESSION.match(plain)) is not None:
        plain = session[1] + (session[2] or "")
    arguments = sorted(argument.split("=", 1) for argument in plain.lower().split("&"))
    return "&".join("=".join(argument) for argument in arguments)


def _plain(text: str) -> str:
    """Undo escapes as often as there are any, then write them once."""
    raw = text.encode("utf-8", "surrogatepass")
    while (less := unquote_to_bytes(raw)) != raw:
        raw = less
    return quote(raw, safe=UNTOUCHED)
