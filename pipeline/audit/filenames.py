"""What pictures' file names look like, as names and after title plugins have turned them into words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

EXTENSION = r"\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?|heic)(?![a-z0-9])"
_STAMP = r"(?:19|20)\d\d[-_. ]?(?:0\d|1[0-2])[-_. ]?[0-3]\d"
_CLOCK = r"(?:[01]?\d|2[0-3])[-_. ]?[0-5]\d[-_. ]?[0-5]\d"
_SHOT = (
    r"screen[-_ ]?shots?|bildschirmfoto|captura[-_ ]de[-_ ]pantalla|capture[-_ ]d['’-]?[ée ]cran|schermata|"
    r"schermafbeelding|skärmavbild|zrzut[-_ ]ekranu|снимок[-_ ]экрана|スクリーンショット|屏幕截图|截屏"
)
_STOCK = (
    r"shutterstock|istock(?:photo)?|adobe[-_ ]?stock|depositphotos|getty[-_ ]?images|dreamstime|123rf|alamy|"
    r"bigstock|fotolia"
)
CAMERA_NAME = re.compile(
    rf"""(?-i:(?<![A-Z0-9])(?:(?<![a-zà-öø-ÿ])|(?=[A-Z])))(?:
    (?:img|mvimg|vid|pano|pxl|inshot|collage|picsart|photogrid|snapseed|resized|burst)
    [-_ ]?\d{{8}}[-_ ](?:wa)?\d{{3,9}}
  | img[-_ ]?e?\d{{4,6}}(?![\d.,]*\d)
  | dsc[nf]?[-_ ]{{0,2}}\d{{4,5}}(?!\d) | sam[-_ ]\d{{4}}(?!\d) | dji[-_ ]\d{{4}}(?!\d)
  | gopr\d{{4}} | p[0-9a-c]\d{{6}}(?!\d)
  | fullsizerender(?:[-_ ]?\d{{1,2}})?
  | {_STAMP}[-_ ]{_CLOCK}(?!\d)
  | (?:{_SHOT})[-_ ]{_STAMP}
    (?:[-_ ](?:(?:at|um|à|alle|a\ las|om|kl|в)[-_ ])?{_CLOCK}(?!\d))?(?:[ \u202f]?[ap]m(?![a-z]))?
  | whatsapp[-_ ]image[-_ ]{_STAMP}[-_ ]at[-_ ]{_CLOCK}(?!\d)
    (?:[ \u202f]?[ap]m(?![a-z]))?(?:[ ]?\(\d{{1,3}}\))?
  | fb[-_ ]img[-_ ]\d{{8,20}} | snapchat[-_ ]\d{{6,12}} | received[-_ ]\d{{10,20}}
  | signal[-_ ]{_STAMP}[-_ ]\d{{6}}
  | photo[-_ ]{_STAMP}[-_ ]{_CLOCK}(?!\d) | \d{{6,20}}[-_ ]\d{{10,20}}[-_ ]\d{{6,20}}[-_ ][no](?![a-z])
  | (?:{_STOCK})[-_ ]\d{{6,12}} | pexels[-_ ](?:photo[-_ ])?(?:[a-z]{{2,20}}[-_ ]){{0,4}}\d{{5,9}}
  | mceclip\d{{1,3}} | gemini[-_ ]generated[-_ ]image(?:[-_ ][a-z0-9]{{6,20}})?
  | chatgpt[-_ ]image[-_ ]\w{{3,5}}[-_ ]\d{{1,2}},?[-_ ]\d{{4}}(?:,?[-_ ]{_CLOCK}(?:[-_ ][ap]m)?)?
  | [0-9a-f]{{8}}[-_ ][0-9a-f]{{4}}[-_ ][0-9a-f]{{4}}[-_ ][0-9a-f]{{4}}[-_ ][0-9a-f]{{12}}
    )(?:[-_ ](?:scaled|rotated|edited))?""",
    re.I | re.X,
)
"""A name that a camera, phone, messenger, stock agency or program gives. Every repeat in it is bounded."""

SIZE = re.compile(r"[-_ ](\d{2,4})[x×](\d{2,6})(?!\d)(?:-\d(?!\d))?")
FILE = re.compile(rf"\w[\w()'’&-]{{0,60}}(?:[ .+][\w()'’&-]{{1,60}}){{0,9}}{EXTENSION}", re.I)
GATE = re.compile(
    r"[0-9](?:[x×][0-9]|[0-9]{4}|(?<=[A-Za-z_][0-9])[0-9]{3}|[0-9][-_. ][0-9]{2}[-_. ][0-9]{2})"
)
"""What most shapes have in them and few sentences. One set in front keeps the search fast."""
FILE_GATE = re.compile(r"\.(?:[jJ][pP][eE]?[gG]|[pP][nN][gG]|[gG][iI][fF]|[wW][eE][bB][pP]|[hH][eE][iI][cC])")
WORDS = ("IMG ", "Img ", "DSC ", "Dsc ", "DJI ", "Dji ", "mceclip", "ullSizeRender")

REACH = 120
"""How far from a hint a name may reach, in characters: long texts are not searched for short names."""
AD_SIZES = frozenset(
    [(300, 250), (728, 90), (970, 90), (970, 250), (300, 600), (320, 50), (468, 60), (160, 600), (336, 280)]
)
GENERIC = r"(?:oip|th|images?|download|unnamed)(?:[-_ ]?(?:\d{1,2}|\(\d{1,2}\)))?"
_TAIL = re.compile(r"(?:-(?:\d{2,4}x\d{2,4}|scaled|rotated|e\d{10,13}|\d{1,2}))+$", re.I)
_EXTENSION_END = re.compile(rf"{EXTENSION}$", re.I)
_TO_SPACE = str.maketrans(dict.fromkeys("-_.+~\u00a0", " ") | {"×": "x"})
_COUNTER = re.compile(r"[ -]\d{1,2}(?=\s*$)")
_NUMBERING = re.compile(r"[.)]\s")


@dataclass(frozen=True, slots=True)
class Shape:
    """A place in a text that looks like a file name; its words, if any, stand before `start`."""

    kind: str
    """camera-name, size-suffix or file-extension."""
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
    """Yield places of a long text near which a file name may stand; in few passes."""
    for gate in (GATE, FILE_GATE):
        for hint in gate.finditer(text):
            yield hint.start()
    for word in WORDS:
        at = text.find(word)
        while at >= 0:
            yield at
            at = text.find(word, at + 1)


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
    for name in CAMERA_NAME.finditer(text, start, end):
        yield Shape("camera-name", name.start(), with_tail(text, name.end()))
    for size in SIZE.finditer(text, start, end):
        if (stop := end_of_size(text, size)) is not None:
            yield Shape("size-suffix", size.start(), with_extension(text, _with_counter(text, stop)))
    for file in FILE.finditer(text, start, end):
        yield Shape("file-extension", file.start(), file.end())


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
    extension = re.compile(EXTENSION, re.I).match(text, end)
    return extension.end() if extension else end


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
