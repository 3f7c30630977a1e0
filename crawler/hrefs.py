"""Links as they are written: most can be left aside before anything is made of them."""

import re

from pipeline.site.urls import site_of

MAX_LOOKED_AT = 200_000
HOST = re.compile(r"(?:https?:)?//([A-Za-z0-9.-]+)(?=[/?#]|$)", re.IGNORECASE)
"""The host of an absolute link that is written plainly, without port, user or escapes."""


class Hrefs:
    """Which links of a site's pages need a closer look: a lookup for each instead of a parse."""

    def __init__(self, home_url: str) -> None:
        """Know the site, and no link yet."""
        self._site = site_of(home_url)
        self._looked_at: set[int] = set()

    def leads_elsewhere(self, href: str) -> bool:
        """Tell, where it is seen at once, that a link is of another site: share buttons, mostly."""
        host = HOST.match(href)
        return host is not None and host[1].lower().rstrip(".").removeprefix("www.") != self._site

    def looked_at(self, href: str) -> bool:
        """Tell whether a link that means the same on every page was seen before."""
        if not (href.startswith("/") or "://" in href[:10]):
            return False
        key = hash(href)
        if key in self._looked_at:
            return True
        if len(self._looked_at) > MAX_LOOKED_AT:
            self._looked_at.clear()
        self._looked_at.add(key)
        return False
