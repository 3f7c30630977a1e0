"""Weigh a page: how much prose stands in which element."""

from collections.abc import Iterator

from pipeline.extract.flat import Flat

OWN_TEXT_TAGS = frozenset("div section article td li blockquote center font span dd".split())
"""Of these only the text directly inside counts; their paragraphs speak for themselves."""
STRETCHES = frozenset("p pre dt h1 h2 h3 h4 h5 h6".split())
PROSE_TAGS = OWN_TEXT_TAGS | STRETCHES | {"figcaption", "br"}
MOST_AROUND = 40
"""Headings that are never closed hold each other: each would be counted as often as there are."""
MOST_LINKS = 5_000
"""Of one stretch; each is looked for in all of its text."""
SHORT = 25
"""Below this many characters a stretch is a label rather than prose."""
CARDS = 3
"""From this many boxes with a linked heading on, they are teasers for other pages."""
TEASER = 0.2
CARD_BOXES = frozenset(("div", "section", "article", "p", "h2", "h3", "h4", "h5"))
CARD_HEADINGS = frozenset(("h2", "h3", "h4", "h5"))
CARD_FRAMES = ("li", "article")

Weights = list[float]
"""Prose characters by the place of an element."""


def own_prose(page: Flat) -> Weights:
    """Give each element the prose characters that stand directly in it or in its plain paragraphs."""
    own = [0.0] * len(page.tags)
    texts, starts, stops = page.texts, page.starts, page.stops
    boxes: set[int] = set()
    frames: set[int] = set()
    around: list[int] = []
    for place, tag in enumerate(page.tags):
        if tag not in PROSE_TAGS:
            continue
        holder = place
        if tag in OWN_TEXT_TAGS:
            size = len(texts[starts[place]].strip())
        else:
            holder = page.parents[place]
            size = len(texts[stops[place]].strip()) if tag == "br" else _stretch(page, place, around)
        if size and holder >= 0:
            own[holder] += size if size >= SHORT else 0.2 * size
        if tag in CARD_BOXES:
            _note_card(page, place, (boxes, frames))
    for box in boxes | (frames if len(frames) >= CARDS else set()):
        for place in range(box, page.ends[box]):
            own[place] *= TEASER
    return own


def _stretch(page: Flat, place: int, around: list[int]) -> int:
    """Count the characters of a paragraph without its links; `around` are the ends of those it stands in."""
    while around and around[-1] <= place:
        around.pop()
    deep, end = len(around) > MOST_AROUND, page.ends[place]
    if page.tags[place] in STRETCHES and end > place + 1:
        around.append(end)
    if deep:
        return 0
    text = page.text(place)
    if end > place + 1:
        for link in _links_inside(page, place):
            words = page.text(link)
            if words:
                text = text.replace(words, "", 1)
    return len(text.strip())


def _links_inside(page: Flat, place: int) -> Iterator[int]:
    tags, end = page.tags, page.ends[place]
    left = MOST_LINKS
    for inner in range(place + 1, end):
        if tags[inner] == "a" and left:
            left -= 1
            yield inner


def _note_card(page: Flat, place: int, cards: tuple[set[int], set[int]]) -> None:
    """Note a link with boxes in it, words and all, and the item or article around a linked heading."""
    boxes, frames = cards
    tags, parent = page.tags, page.parents[place]
    linked = parent >= 0 and tags[parent] == "a"
    if linked and page.nodes[parent].get("href", "#")[:1] != "#":
        boxes.add(parent)
    if tags[place] in CARD_HEADINGS and (linked or _holds_link(page, place)):
        frame = next((each for each in page.around(place) if tags[each] in CARD_FRAMES), None)
        if frame is not None:
            frames.add(frame)


def _holds_link(page: Flat, place: int) -> bool:
    tags, nodes = page.tags, page.nodes
    return any(tags[inner] == "a" and nodes[inner].get("href") is not None for inner in page.inside(place))


def sum_up(page: Flat, own: Weights) -> Weights:
    """Add what stands in each element to every element around it."""
    out, parents = own.copy(), page.parents
    for place in range(len(out) - 1, 0, -1):
        weight = out[place]
        if weight:
            out[parents[place]] += weight
    return out
