"""The language that the page states, as a BCP 47 tag."""

import re

from lxml.html import HtmlElement

from pipeline.extract.jsonld import LinkedData
from pipeline.extract.scan import Scan

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
    """Give the language nearest to the post's text: its own attribute, the page's, then the head's claims."""
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
