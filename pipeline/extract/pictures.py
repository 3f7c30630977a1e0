"""Pictures as they really are: behind lazy loaders, with every name they go by."""

import re

from lxml.html import HtmlElement

from pipeline.records import Image
from pipeline.site.urls import joined

LAZY = ("data-src", "data-lazy-src", "data-original", "data-orig-file", "data-large-file", "data-large_image")
SETS = ("srcset", "data-srcset", "data-lazy-srcset")
PLACEHOLDER = re.compile(
    r"^data:|lazy[_-]?placeholder|/(blank|spacer|transparent|pixel|1x1|grey)\.(gif|png)", re.I
)


def picture(element: HtmlElement, base: str | None) -> Image | None:
    """Turn an img element into an Image, or None for a tracking pixel or a picture without address."""
    names = _addresses(element)
    if not names or (element.get("width") == "1" and element.get("height") == "1"):
        return None
    src = next((name for name in names if not PLACEHOLDER.search(name)), names[0])
    return Image(
        src=joined(base, src) if base else src,
        alt=element.get("alt"),
        title=element.get("title"),
        names=tuple(dict.fromkeys(name for name in names if not name.startswith("data:"))),
    )


def _addresses(element: HtmlElement) -> list[str]:
    out = [value.strip() for key in ("src", *LAZY) if (value := element.get(key)) and value.strip()]
    for key in SETS:
        value = element.get(key)
        if value:
            out += [part.split()[0] for part in value.split(", ") if part.split()]
    return out
