"""A picture's file name that has become text.

**Finds** names of cameras, phones, screenshots and stock agencies, names with a size behind them (696x463),
and plain words that are the name of the picture beside them; glued to a heading, a list item or a sentence,
or alone in a block, a list item or a cell that no other file stands beside.

**Why it matters** Readers stumble over "bitter.Green Tea Leaves Closeup 696x392" in the middle of a
thought, and a heading with a file name in it spoils every table of contents.

**Leaves alone** file names that a sentence talks about, sizes and resolutions, batch numbers and dates,
download lists, and headings, people and products that a picture is named after.

**Fix** deletes the name and mends the space. *Safe* where two witnesses agree; plain words need the picture
beside them, or glue, a complete rest and certain cases in the same post.

**Source** Title plugins such as Format Media Titles and Auto Image Attributes From Filename, which write
the file name into titles, captions and alternative texts; dumps and themes that print those inline.
"""

import re
from collections.abc import Iterator

from pipeline.audit.evidence import SAFE_AT, confidence
from pipeline.audit.filenames import (
    AD_SIZES,
    GENERIC,
    SCREENS,
    SIZE,
    Shape,
    fold,
    hints_in,
    shapes_near,
    with_tail,
)
from pipeline.audit.reading import Reading
from pipeline.audit.rule import Rule, Span
from pipeline.audit.standing import ENDS, Spot, placed
from pipeline.audit.unnamed import ENDS_OF_NAMES, GENERIC_HEAD, GENERIC_TAIL, UPPER, by_generic_name
from pipeline.records import Evidence

rule = Rule(__name__, __doc__, severity="error", specificity=6, witness="camera-name")

GLUE = re.compile(
    rf"(?:(?<=[a-zà-öø-ÿßа-я]{{3}})|(?<=\w[.!?…)\]”»]))(?=[{UPPER}])|(?<=\w[.!?])(?=[a-z0-9]{{1,20}}[-_])|"
    r"(?<=[。！？」])(?=\S)"
)
"""Where two words meet without a space: a word's end or a sentence's, and a capital."""
EDGE = re.compile(rf"{GLUE.pattern}|(?<=[\u0590-\ud7ff])(?=[ ]?[{UPPER}])")
"""Before a size, also where a script without capitals runs into one."""
JOINT = re.compile(r"[a-zà-öø-ÿß][A-ZÀ-ÖØ-Þ]")
PLAIN_HEAD = re.compile(rf"(?i:{GENERIC})(?=[{UPPER}][a-zà-ÿа-я])")
WORD = rf"[{UPPER}][\w'’]*"
TITLE_WORDS = re.compile(rf"{WORD}(?: (?:{WORD}|\d{{1,4}}|&)){{0,7}}$")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
SENTENCE_BREAK = re.compile(r"[.!?:;,]\s|[。！？：；，、]\s?")
SENTENCE_END = frozenset('.:!?…,;"”’')
MAX_NAME, MAX_TITLE = 90, 400
"""Characters before a size in which its words may begin, without and with a sentence before them."""
MIN_TITLE, MAX_WORDS = 2, 10


@rule.post()
def by_evidence(reading: Reading) -> Iterator[Span]:
    """Yield the names that shape, glue and the pictures beside them give away; then those like them."""
    spots = [spot for i, hints in _candidates(reading).items() for spot in _spots(reading, i, hints)]
    certain = sum(spot.most == "safe" and _sure(spot.kinds) >= SAFE_AT for spot in spots)
    if certain:
        taken = {spot.block for spot in spots}
        spots = [_seconded(spot) for spot in spots]
        spots += [s for i in reading.shown if i not in taken for s in _plain_glued(reading, i)]
    for spot in spots:
        base = reading.starts[spot.block]
        quote = reading.texts[spot.block][spot.start : spot.end]
        evidence = tuple(Evidence(kind=kind, detail=quote) for kind in sorted(spot.kinds))
        yield Span(start=base + spot.start, end=base + spot.end, evidence=evidence, fix=spot.most)


def _candidates(reading: Reading) -> dict[int, list[int]]:
    """Give the few blocks that are worth a closer look, with the places in them where a name may stand."""
    near: dict[int, list[int]] = {i: [] for i in reading.picture_names}
    for at in hints_in(reading.text):
        block = reading.block_at(at)
        near.setdefault(block, []).append(at - reading.starts[block])
    texts = reading.texts
    for i in reading.shown:
        text = texts[i]
        if (text[-1] not in SENTENCE_END and _may_be_glued(text)) or GENERIC_HEAD.match(text):
            near.setdefault(i, [])
    return near


def _may_be_glued(text: str) -> bool:
    """Look at the end only: what is glued to a sentence's start was found by its first word."""
    last = text[-1]
    if not last.isalnum() and last != ")":
        return False
    named = last in ENDS_OF_NAMES and GENERIC_TAIL.search(text[-24:])
    return bool(named or JOINT.search(text, len(text) - MAX_NAME))


def _sure(kinds: frozenset[str]) -> float:
    return confidence(Evidence(kind=kind, detail="") for kind in kinds)


def _seconded(spot: Spot) -> Spot:
    if _sure(spot.kinds) >= SAFE_AT:
        return spot
    return Spot(spot.block, spot.start, spot.end, spot.kinds | {"same-post"}, spot.most)


def _spots(reading: Reading, i: int, hints: list[int]) -> Iterator[Spot]:
    block, text = reading.blocks[i], reading.texts[i]
    if block.kind == "code":
        return
    names = reading.picture_names.get(i, ())
    found = [spot for name in names for spot in _by_picture(reading, i, name)]
    found += [
        spot for shape in shapes_near(text, hints) if (spot := _by_shape(reading, i, shape)) is not None
    ]
    found += by_generic_name(i, text, names) or _by_title_case(i, text, block.kind)
    found.sort(key=lambda spot: (-len(spot.kinds), spot.start - spot.end))
    kept: list[Spot] = []
    taken = bytearray(len(text) + 1)  # by character: a line may hold thousands of names
    for spot in found:
        if not any(taken[spot.start : spot.end]):
            taken[spot.start : spot.end] = b"\1" * (spot.end - spot.start)
            kept.append(spot)
    yield from (s for s in kept if not (block.rich and reading.in_code(i, text[s.start : s.end])))


def _by_picture(reading: Reading, i: int, name: str) -> Iterator[Spot]:
    """Yield a name that equals the file name of a picture beside it."""
    text = reading.texts[i]
    folded = fold(text)
    at = folded.find(name)
    while at >= 0:
        end = with_tail(text, at + len(name))
        shaped = (
            {shape.kind for shape in shapes_near(text[at:end], (0,))} if _has_digit(text, at, end) else set()
        )
        shaped |= {"size-suffix"} if SIZE.search(text, at, end) else set()
        shaped |= {"file-extension"} if text[at + len(name) : end][-5:].count(".") else set()
        spot = placed(reading, i, (at, end), frozenset({"file-name", *shaped}))
        if spot is not None:
            yield spot
        at = folded.find(name, end)


def _has_digit(text: str, start: int, end: int) -> bool:
    return any(char.isdigit() for char in text[start:end])


def _by_shape(reading: Reading, i: int, shape: Shape) -> Spot | None:
    text = reading.texts[i]
    start = shape.start
    if shape.kind == "size-suffix":
        words = _start_of_words(text, shape.start)
        if not words and shape.end == len(text) and reading.blocks[i].kind == "heading":
            words = _start_of_title_case(text, shape.start) or words
        size = SIZE.match(text, shape.start)
        if words is None or size is None or (int(size[1]), int(size[2][:4])) in AD_SIZES:
            return None
        start = words
    return placed(reading, i, (start, shape.end), frozenset({shape.kind}))


def _start_of_words(text: str, end: int) -> int | None:
    """Give where the words before a size begin: at the last glue, else at the block's start."""
    floor = max(0, end - MAX_NAME)
    glues = [m.start() for m in EDGE.finditer(text, floor, end) if m.start() > floor]
    start = glues[-1] if glues else 0
    near = max(start, end - MAX_TITLE)
    words = text[near:end]
    if breaks := [*SENTENCE_BREAK.finditer(words)]:
        return _start_of_title(text, near + breaks[-1].end(), end)
    if (start < floor) or not words.strip() or words.count(" ") >= MAX_WORDS:
        return None
    # "We saved it as boot-test-696x463": a sentence speaks of a name in a file's own spelling.
    spoken_of = " " in words and text[end] == "-" and SLUG.fullmatch(words.rpartition(" ")[2])
    return None if spoken_of else start


def _start_of_title(text: str, start: int, end: int) -> int | None:
    """Give where capitalised words or a file's own spelling begin between a sentence and a size, or None."""
    words, size = text[start:end].split(), SIZE.match(text, end)
    if size and (int(size[1]), int(size[2])) in SCREENS:
        return None
    if len(words) == 1 and size and size.end() == len(text) and text[end] == "-" and SLUG.fullmatch(words[0]):
        return end - len(words[0])
    return start if MIN_TITLE <= len(words) <= MAX_WORDS and all(w[0].isupper() for w in words) else None


def _start_of_title_case(text: str, end: int) -> int:
    """Give where a run of capitalised words begins behind a heading that is not written so; 0 for none."""
    start, count = end, 0
    while (space := text.rfind(" ", 0, start)) > 0 and text[space + 1].isupper():
        start, count = space, count + 1
    word = text[:start].rsplit(" ", 1)[-1]
    return start + 1 if count >= 2 and word[:1].islower() and len(word) > 3 else 0


def _by_title_case(i: int, text: str, kind: str) -> list[Spot]:
    """Find three or more capitalised words glued to a word that is not: no sentence ends so."""
    if kind not in ("list_item", "paragraph", "heading") or not text[-1:].isalpha():
        return []
    at = _last_glue(text)
    tail = text[at:] if at else ""
    if tail.count(" ") < 2 or not TITLE_WORDS.match(tail) or text[at - 1] in ENDS:
        return []
    return [Spot(i, at, len(text), frozenset({"glued", "title-case", "rest-complete"}), "suggested")]


def _last_glue(text: str) -> int:
    """Give the last place where a lower-case word, or a sentence, runs into a capital; 0 for none."""
    glues = [m.start() for m in GLUE.finditer(text, max(0, len(text) - MAX_NAME))]
    if not glues:
        return 0
    left = text[: glues[-1]].rsplit(" ", 1)[-1]
    return glues[-1] if left[-1:] in ENDS or left.islower() else 0


def _plain_glued(reading: Reading, i: int) -> Iterator[Spot]:
    """Yield plain words that are glued to a complete sentence, in a post that has certain cases."""
    text, kind = reading.texts[i], reading.blocks[i].kind
    if kind == "code":
        return
    kinds = frozenset({"glued", "rest-complete", "same-post"})
    at = _last_glue(text)
    if at and TITLE_WORDS.match(text, at) and (text[at - 1] in ENDS or kind in ("list_item", "heading")):
        yield Spot(i, at, len(text), kinds)
    head = PLAIN_HEAD.match(text)
    if head and head[0][0].isupper():
        yield Spot(i, 0, head.end(), kinds)
