"""The page laid flat: its elements in document order, what each says, and where each ends.

One walk over the tree; whoever asks for an element's text, parent or inside afterwards looks it up here.
To walk the tree again costs ten times as much (measured).
"""

from dataclasses import dataclass

from lxml.html import HtmlElement


@dataclass(slots=True)
class Flat:
    """A page's elements by their place: their number in document order."""

    nodes: list[HtmlElement]
    tags: list[str]
    classes: list[str | None]
    ids: list[str | None]
    parents: list[int]
    """Place of the element around; -1 for the root."""
    ends: list[int]
    """Place of the first element behind all that stands inside."""
    place: dict[HtmlElement, int]
    texts: list[str]
    """The stretches of text between tags, in reading order; "" where there is none."""
    starts: list[int]
    """Number of the stretch that opens the element."""
    stops: list[int]
    """Number of the stretch that follows the element."""

    def names(self, place: int) -> str:
        """Give class and id names of an element as one string; "" when there are none."""
        classes, name = self.classes[place], self.ids[place]
        if classes and name:
            return f"{classes} {name}"
        return classes or name or ""

    def is_plain(self, place: int) -> bool:
        """Tell an element without attributes but class and id: most; one question instead of many."""
        named = (self.classes[place] is not None) + (self.ids[place] is not None)
        return len(self.nodes[place].attrib) == named

    def text(self, place: int) -> str:
        """Give all text inside an element."""
        return "".join(self.texts[self.starts[place] : self.stops[place]])

    def words(self, element: HtmlElement) -> str:
        """Give all text inside an element, white space folded."""
        place = self.place[element]
        return " ".join("".join(self.texts[self.starts[place] : self.stops[place]]).split())

    def inside(self, place: int) -> range:
        """Give the places of all that stands inside an element."""
        return range(place + 1, self.ends[place])

    def around(self, place: int) -> list[int]:
        """Give the places of the elements around one, the nearest first."""
        out, parents = [], self.parents
        place = parents[place]
        while place >= 0:
            out.append(place)
            place = parents[place]
        return out


def lay_flat(tree: HtmlElement) -> Flat:
    """Walk a parsed page from its root, once."""
    nodes: list[HtmlElement] = list(tree.iter("*"))
    count = len(nodes)
    texts: list[str] = []
    parents, ends, starts, stops = [-1] * count, [count] * count, [0] * count, [0] * count
    place: dict[HtmlElement, int] = {}
    say = texts.append
    said = 0
    for here, node in enumerate(nodes):
        place[node] = here
        holder = place.get(node.getparent(), -1)
        closed = here - 1
        while closed != holder:
            ends[closed] = here
            stops[closed] = said
            said += 1
            say(nodes[closed].tail or "")
            closed = parents[closed]
        parents[here] = holder
        starts[here] = said
        said += 1
        say(node.text or "")
    closed = count - 1
    while closed >= 0:
        stops[closed] = len(texts)
        say(nodes[closed].tail or "")
        closed = parents[closed]
    return Flat(
        nodes=nodes,
        tags=[node.tag for node in nodes],
        classes=[node.get("class") for node in nodes],
        ids=[node.get("id") for node in nodes],
        parents=parents,
        ends=ends,
        place=place,
        texts=texts,
        starts=starts,
        stops=stops,
    )
