"""A file name as a picture's alternative text or title.

**Finds** `alt` and `title` attributes that hold a camera's name, a name with a size behind it, an extension
or a hash.

**Why it matters** Screen readers read "IMG underscore 1234 dot J P G" aloud; search engines learn nothing.

**Leaves alone** words and names, even where they equal the picture's file name: files are named after their
subject; and pictures around the post that lead to other pages.

**Fix** none: only a person can say what the picture shows. The text is never touched.

**Source** Upload forms that fill the fields from the file name (WordPress media_handle_upload and plugins).
"""

import re
from collections.abc import Iterator
from typing import Any

from pipeline.audit.filenames import EXTENSION, fold, stem, with_tail
from pipeline.audit.frame import pictures_beside
from pipeline.audit.givennames import GIVEN_NAME
from pipeline.audit.reading import Reading
from pipeline.audit.rule import Remark, Rule
from pipeline.records import Evidence, Image

rule = Rule(__name__, __doc__, severity="info", fix="none", specificity=1, witness="camera-name")

ENDS_IN_FILE = re.compile(rf"\S ?{EXTENSION}$", re.I)
SIZED = re.compile(r"[-_ ]\d{2,4}[x×]\d{2,4}(?:-\d)?$")
HASH = re.compile(r"(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{16,64}$", re.I)
SLUG = re.compile(r"(?=\D*\d)[\w.]{1,60}(?:[-_][\w.]{1,60}){2,12}$")
COUNTER = re.compile(r"[-_ ]?(?:\(\d{1,3}\)|\d{1,4})?$")
MAX_CHARS = 200
MAY_NAME = frozenset("0123456789._-")


@rule.post()
def by_attribute(reading: Reading) -> Iterator[Remark]:
    """Yield each attribute that holds a file name, once per value."""
    seen: set[str] = set()
    for image in reading.article.images:
        for name, value, kind in _debts(image):
            if value not in seen:
                seen.add(value)
                yield _remark(name, value, kind, image, block=image.block)
    root = reading.article.root
    if root is None:
        return
    for element in pictures_beside(root, reading.metadata.title, _may_owe):
        image = _image(element)
        for name, value, kind in _debts(image):
            if value not in seen:
                seen.add(value)
                yield _remark(name, value, kind, image, block=None)


def _may_owe(element: Any) -> bool:
    """Tell, cheaply, a picture whose words have something of a file's name."""
    return any(not MAY_NAME.isdisjoint(element.get(name) or "") for name in ("alt", "title"))


def _image(element: Any) -> Image:
    src = element.get("data-src") or element.get("src") or ""
    return Image(src=src, alt=element.get("alt"), title=element.get("title"))


def _remark(name: str, value: str, kind: str, image: Image, block: int | None) -> Remark:
    evidence = (Evidence(kind=kind, detail=f"{name} of {image.src[-80:]}"),)
    return Remark(where="attribute", quote=value, evidence=evidence, block=block, cause=f"{name}-filename")


def _debts(image: Image) -> Iterator[tuple[str, str, str]]:
    """Yield, of the words given to a picture, those that are a file's name: attribute, value, evidence."""
    for name, value in (("alt", image.alt), ("title", image.title)):
        value = (value or "").strip()
        if 3 <= len(value) <= MAX_CHARS and (kind := _kind_of(value, image)) is not None:
            yield name, value, kind


def _kind_of(value: str, image: Image) -> str | None:
    if ENDS_IN_FILE.search(value) and value.count(" ") <= 6:
        return "file-extension"
    if not any(char.isdigit() for char in value):
        return None
    shaped = GIVEN_NAME.match(value)
    if shaped and COUNTER.match(value, with_tail(value, shaped.end())):
        rest = value[with_tail(value, shaped.end()) :]
        if COUNTER.fullmatch(rest):
            return "camera-name"
    if SIZED.search(value):
        return "size-suffix" if stem(image.src) == stem(value) or " " not in value else None
    if HASH.fullmatch(value):
        return "camera-name"
    same = " ".join(fold(value).split()) in {stem(image.src), *(stem(name) for name in image.names[:2])}
    return "file-name" if SLUG.fullmatch(value) and same else None
