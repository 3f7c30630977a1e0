"""What pictures' file names look like, as names and after title plugins have turned them into words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from pipeline.audit.givennames import GIVEN_NAME, HASH, INKLING

EXTENSION = r"\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?|heic)(?-i:(?![a-z0-9]))"
SIZE = re.compile(r"[-_ ](\d{2,4})[x×](\d{2,6})(?!\d)(?:-\d(?!\d))?")
FILE = re.compile(rf"\w[\w()'’&%-]{{0,60}}(?:[ .+][\w()'’&%-]{{1,60}}){{0,9}}{EXTENSION}", re.I)
EXTENDED = re.compile(EXTENSION, re.I)
VIEWED = re.compile(r" ?\([\d.,]{1,8} [KM]i?B\) (?:Viewed \d{1,7} times?|\d{1,7}[- ]mal betrachtet)")
"""What a forum says behind a picture's name."""
GATE = re.compile(
    r"[0-9](?:[x×][0-9]|[0-9]{4}|[0-9a-f]{11}|(?<=[A-Za-z_][0-9])[0-9]{3}|[0-9][-_. ][0-9]{2}[-_. ][0-9]{2}|"
    r"(?<=(?:MG|mg|SC|sc|JI|ji) [0-9])[0-9]{3}|(?<=(?:eclip|sign |itre |tulo |tled |nome )[0-9])|"
    r"(?<=[- ][1-7])[0-9a-f]{3}[- ][89ab][0-9a-f]{3}[- ])"
)
"""What most shapes have in them and few sentences. One set in front keeps the search fast."""
SLUG = re.compile(r"[-_%]")
FILE_GATE = re.compile(r"\.(?:[jJ][pP][eE]?[gG]|[pP][nN][gG]|[gG][iI][fF]|[wW][eE][bB][pP]|[hH][eE][iI][cC])")
WORDS = (
    "ntitled design",
    "ntitled Design",
    "ullSizeRender",
    "ullsizerender",
    "nsplash",
    "-scaled",
    "enerated Image",
)
COUNTED = re.compile(r"\((?<=(?:sign |itre |tulo |nome |shot |ding ).)[0-9]{1,3}\)")
NUMBERED = re.compile(r"[0-9]|\.(?:jpe?g|png|webp)", re.I)

NEAR = 24
REACH = 120
"""How far from a hint a name may reach, in characters: long texts are not searched for short names."""
AD_SIZES = frozenset(
    [(300, 250), (728, 90), (970, 90), (970, 250), (300, 600), (320, 50), (468, 60), (160, 600), (336, 280)]
)
SCREENS = frozenset(
    [(1920, 1080), (1280, 720), (1366, 768), (2560, 1440), (3840, 2160), (640, 480), (800, 600)]
)
"""Sizes that people write about."""
GENERIC = r"(?:oip|th|images?|download|unnamed)(?:[-_ ]?(?:\d{1,2}|\(\d{1,2}\)))?"
SCRIPT_EDGE = re.compile(r"(?<=[\u0590-\ud7ff])(?=[A-Za-z0-9_])")
"""Where a script without capitals runs into a Latin name."""
_TAIL = re.compile(r"(?:-(?:\d{2,4}x\d{2,4}|scaled|rotated|e\d{10,13}|\d{1,2}))+$", re.I)
_EXTENSION_END = re.compile(rf"{EXTENSION}$", re.I)
_TO_SPACE = str.maketrans(dict.fromkeys("-_.+~\u00a0", " ") | {"×": "x"})
_COUNTER = re.compile(r"[ -]\d{1,2}(?=\s*$|[A-ZÀ-ÖØ-ÞА-Я])")
_NUMBERING = re.compile(r"[.)]\s")


@dataclass(frozen=True, slots=True)
class Shape:
    """A place in a text that looks like a file name; its words, if any, stand before `start`."""

    kind: str
    """camera-name, hash, size-suffix or file-extension."""
    start: int
    end: int


def fold(text: str) -> str:
    """Make equal what title plugins change: case, and hyphens for spaces. Keeps the length."""
    spaced = text.translate(_TO_SPACE)
    lower = spaced.lower()
    return lower if len(lower) == len(text) else spaced


@lru_cache(maxsize=4096)
def stem(address: str) -> str:
    """Give the words that a picture's address turns into, folded, without size, counter and extension."""
    name = unquote(address.split("?", 1)[0].split("#", 1)[0].rsplit("/", 1)[-1])
    name = _EXTENSION_END.sub("", name)
    return " ".join(fold(_TAIL.sub("", name)).split())


def hints_in(text: str) -> Iterator[int]:
    """Yield places of a long text near which a file name may stand."""
    for gate in (GATE, FILE_GATE, COUNTED):
        for hint in gate.finditer(text):
            yield hint.start()
    for word in WORDS:
        yield from _places(text, word)
    yield from (at for at in _places(text, "_") if NUMBERED.search(text, max(0, at - NEAR), at + NEAR))


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def shapes_near(text: str, hints: Iterable[int]) -> Iterator[Shape]:
    """Yield, once each, the places around some hints that look like a file name by themselves."""
    stretches: list[list[int]] = []
    for hint in sorted(hints):
        if stretches and hint - REACH <= stretches[-1][1]:
            stretches[-1][1] = hint + REACH
        else:
            stretches.append([max(0, hint - REACH), hint + REACH])
    for start, end in stretches:
        yield from _shapes(text, start, end)


def _shapes(text: str, start: int, end: int) -> Iterator[Shape]:
    given = GIVEN_NAME.finditer(text, start, end) if INKLING.search(text[start:end].lower()) else ()
    for name in given:
        yield Shape("camera-name", name.start(), with_tail(text, name.end()))
    for name in HASH.finditer(text, start, end):
        yield Shape("hash", name.start(), with_tail(text, name.end()))
    for size in SIZE.finditer(text, start, end):
        if (stop := end_of_size(text, size)) is not None:
            yield Shape("size-suffix", size.start(), with_extension(text, _with_counter(text, stop)))
    for file in FILE.finditer(text, start, end) if EXTENDED.search(text, start, end) else ():
        yield Shape("file-extension", _start_of_name(text, file), _with_views(text, file.end()))


def _start_of_name(text: str, file: re.Match[str]) -> int:
    """Give where a file's name begins behind a sentence that it is glued to, and words that are not "
    "its own."""
    edges = [edge.start() for edge in SCRIPT_EDGE.finditer(text, file.start(), file.end())]
    if edges:
        return edges[-1]
    stop = max(text.rfind(mark, file.start(), file.end() - 6) for mark in ".!?:")
    start = stop + 1 if stop >= 0 and not text[stop + 1].isspace() else file.start()
    last = text.rfind(" ", start, file.end()) + 1
    return last if last > start and SLUG.search(text, last, file.end()) else start


def with_tail(text: str, end: int) -> int:
    """Give the end of a name with the size and the extension that may follow it."""
    size = SIZE.match(text, end)
    wider = end_of_size(text, size) if size else None
    return with_extension(text, _with_counter(text, wider) if wider else end)


def _with_counter(text: str, end: int) -> int:
    """Give the end of a size with the number that tells a second upload of the same file ("1024x683 1")."""
    counter = _COUNTER.match(text, end)
    return counter.end() if counter else end


def with_extension(text: str, end: int) -> int:
    """Give the end of a name with the extension that may follow it."""
    extension = EXTENDED.match(text, end)
    return _with_views(text, extension.end()) if extension else end


def _with_views(text: str, end: int) -> int:
    viewed = VIEWED.match(text, end)
    return viewed.end() if viewed else end


def end_of_size(text: str, size: re.Match[str]) -> int | None:
    """Give the end of a picture's size, or None; a heading's number may be glued to it ("300x2002. Next")."""
    width, digits = int(size[1]), size[2]
    if _NUMBERING.match(text, size.end(2)):
        for taken in (len(digits) - 1, len(digits) - 2):
            if taken >= 2 and digits[taken] != "0" and _is_picture(width, int(digits[:taken])):
                return size.start(2) + taken
    return size.end() if len(digits) <= 4 and _is_picture(width, int(digits)) else None


def _is_picture(width: int, height: int) -> bool:
    return 50 <= width <= 4096 and 50 <= height <= 4096 and width <= 6 * height and height <= 6 * width
