"""Where on the page an element stands: in the post, or in what the site puts around it."""

from lxml.html import HtmlElement

from pipeline.extract.marks import (
    APART,
    CARD,
    COMMENTS,
    CRUMB,
    FOOT,
    META,
    NAV,
    SIDE,
    TAG,
    Mark,
    marks_of,
)

WHOLE_PAGE = frozenset(("html", "body"))
TAG_ZONES: dict[str, Mark] = {
    "nav": NAV,
    "aside": SIDE,
    "footer": FOOT,
    "pre": SIDE,
    "code": SIDE,
    "select": SIDE,
}


class Zones:
    """Remembers the zones of the elements asked for: most share their ancestors."""

    def __init__(self, *inside: HtmlElement | None) -> None:
        """Take elements that are certainly the post's: nothing around them can be furniture."""
        self.around: dict[HtmlElement, None] = {}
        self.known: dict[HtmlElement, Mark] = {}
        self.article: HtmlElement | None = None
        self.own: set[HtmlElement] = set()
        for node in inside:
            while node is not None and node not in self.around:
                self.around[node] = None
                self.own.add(node)
                if node.tag == "article" and self.article is None:
                    self.article = node
                node = node.getparent()
            # Above the element that holds title and text alike begins the site.
            while node is not None:
                node = node.getparent()
                self.own.discard(node)
        self.own = {node for node in self.own if node.tag not in WHOLE_PAGE}

    def of(self, node: HtmlElement) -> Mark:
        """Give the zones of an element and of all that it stands in."""
        trail: list[HtmlElement] = []
        zones = 0
        current: HtmlElement | None = node
        while current is not None and current not in self.around:
            known = self.known.get(current)
            if known is not None:
                zones = known
                break
            trail.append(current)
            current = current.getparent()
        for each in reversed(trail):
            zones |= self._own(each)
            self.known[each] = zones
        return zones

    def apart(self, node: HtmlElement) -> bool:
        """Tell whether an element belongs to comments, related posts, menus, side or foot of the site."""
        return bool(self.of(node) & APART)

    def _own(self, node: HtmlElement) -> Mark:
        tag = node.tag
        marks = marks_of(node.get("class"), node.get("id"), node.get("itemprop"))
        zones = marks & (APART | CRUMB)
        if marks & CRUMB:
            return zones & ~NAV
        if marks & FOOT and _is_entry(self._holder(node)):
            zones &= ~FOOT
        if tag in TAG_ZONES:
            label = node.get("aria-label") if tag == "nav" else None
            named = (marks | marks_of(label, None, None)) & {"aside": META, "nav": TAG}.get(tag, 0)
            own = self._holds_own(node, tag) or named
            zones |= 0 if own else TAG_ZONES[tag]
        elif tag == "article" and self.article is not None:
            # Another article beside ours is a card of another post or a comment.
            zones |= CARD | COMMENTS
        return zones

    def _holds_own(self, node: HtmlElement, tag: str) -> bool:
        """Tell whether a footer or aside is the post's: many themes put its date and terms there."""
        if tag == "nav":
            return False
        holder = self._holder(node)
        if holder is None:
            return False
        return holder.tag == "article" or (
            tag == "footer" and (holder.tag in ("main", "section") or holder in self.own)
        )

    def _holder(self, node: HtmlElement) -> HtmlElement | None:
        """Give the smallest element around a node that holds what is certainly the post's."""
        return next((holder for holder in node.iterancestors() if holder in self.around), None)


def _is_entry(holder: HtmlElement | None) -> bool:
    """Tell whether the markup calls an element a whole post: what it calls its foot is the post's."""
    return holder is not None and (
        holder.tag == "article" or holder.get("itemtype", "").endswith(("Article", "BlogPosting"))
    )
