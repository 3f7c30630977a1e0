"""The language that the page states, as a BCP 47 tag."""

import re
from itertools import islice

from lxml.html import HtmlElement

from pipeline.extract.jsonld import LinkedData
from pipeline.extract.scan import Scan
from pipeline.extract.written_language import written_language

META_LANGUAGES = (
    "og:locale",
    "content-language",
    "language",
    "dc.language",
    "dcterms.language",
    "inlanguage",
)
TAG = re.compile(r"^([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?![A-Za-z])")
NAMES = {
    "english": "en", "deutsch": "de", "german": "de", "french": "fr", "français": "fr", "spanish": "es",
    "español": "es", "italian": "it", "portuguese": "pt", "dutch": "nl", "russian": "ru", "japanese": "ja",
    "chinese": "zh",
}  # fmt: skip
SAMPLE = 1_500
MOST_PARTS = 300
# Languages that share so many words or letters that a claim of one is not contradicted by the other.
SAME = {
    "da": ("da", "no", "nb", "nn", "sv"),
    "sv": ("sv", "da", "no", "nb", "nn"),
    "ru": ("ru", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg", "uk"),
    "ar": ("ar", "fa", "ur", "ps", "ckb"),
    "fa": ("fa", "ur", "ps", "ckb", "ar"),
    "id": ("id", "in", "ms"),
    "es": ("es", "gl", "ca", "ast"),
    "pt": ("pt", "gl"),
    "cs": ("cs", "sk"),
    "nl": ("nl", "af"),
    "zh": ("zh", "ja", "yue"),
    "he": ("he", "iw", "yi"),
    "de": ("de", "gsw", "nds", "lb"),
    "fr": ("fr", "oc", "wa"),
    "it": ("it", "co", "sc"),
}
NO_LANGUAGE = frozenset(("und", "zxx", "mul", "xx"))


def language_tag(text: str | None) -> str | None:
    """Spell a language as BCP 47 does: "en_us" is "en-US"; None for what is no language."""
    text = (text or "").strip()
    named = NAMES.get(text.casefold())
    match = TAG.match(text)
    if named or match is None:
        return named
    language, script, region = match.groups()
    if language.lower() in NO_LANGUAGE:
        return None
    parts = [language.lower(), (script or "").title(), (region or "").upper()]
    return "-".join(part for part in parts if part)


def find_language(
    tree: HtmlElement, scan: Scan, linked: LinkedData, body: HtmlElement | None
) -> tuple[str | None, str]:
    """Give the claim nearest to the text: its own attribute, the page's, then the head's."""
    tag, source = _stated(tree, scan, linked, body)
    claimed = tag.split("-")[0] if tag else None
    written = written_language(_sample(body), claimed) if body is not None else None
    if written is None or claimed in SAME.get(written, (written,)):
        return tag, source
    return written, "text"


def _sample(body: HtmlElement) -> str:
    parts: list[str] = []
    size = 0
    for node in islice(body.iter("p", "li", "td", "div"), MOST_PARTS):
        text = node.text
        if text and not text.isspace():
            parts.append(text.strip()[:500])
            size += len(parts[-1])
            if size > SAMPLE:
                break
    return " ".join(parts)


def _stated(
    tree: HtmlElement, scan: Scan, linked: LinkedData, body: HtmlElement | None
) -> tuple[str | None, str]:
    """Give the claim nearest to the post's text: its own attribute, the page's, then the head's."""
    current = body
    while current is not None:
        tag = language_tag(current.get("lang") or current.get("xml:lang"))
        if tag:
            return tag, "markup"
        current = current.getparent()
    root = language_tag(tree.get("lang") or tree.get("xml:lang"))
    if root:
        return root, "markup"
    if tag := language_tag(linked.language):
        return tag, "json-ld"
    claims = (language_tag(content) for content in scan.every(META_LANGUAGES))
    return next((tag for tag in claims if tag), None), "meta"
