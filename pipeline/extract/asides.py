"""Short lines on a page standing alone in which the site speaks of itself, or names who made a picture.

Where a site is known, what its pages share tells such lines; then nothing is guessed.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml.html import HtmlElement

from pipeline.extract.elements import words_in

SHORTEST, LONGEST = 5, 200
LINES = ("a", "p", "div", "h2", "h3", "h4", "em", "i", "small", "span", "cite", "figcaption", "li")
INSIDE = frozenset(("p", "div", "ul", "ol", "table", "section", "figure", "blockquote", "pre"))
# "Photo: Ida Moen": the words that name a picture, then who made it.
CREDIT = re.compile(
    r"\(?(?:(?:photo|image|picture|foto|bild|titelbild|beitragsbild)(?:s|grafie|graphy|o)?"
    r"(?:[- ]?(?:credits?|source|nachweis|quelle|rechte|copyright))?|credits?|bildnachweis|bildquelle"
    r"|bildrechte|fotonachweis|crédits?(?: photos?)?|créditos?|zdjęcie|zdj|fot|фото)\.? ?"
    r"(?:by|von|par|[:©/：]) ?\S.{1,70}",
    re.IGNORECASE,
)
CREDIT_WORDS = tuple(
    "( © photo image picture foto bild titelbild beitragsbild credit fotonachweis crédit zdj fot фото".split()
)
CREDIT_CLASS = re.compile(
    r"(?:photo|image|img|picture|bild|foto|media|caption)[a-z]*[-_]*(?:credit|source|quelle|nachweis|copy-?right)",
    re.IGNORECASE,
)
# A call to readers, and the channel that it calls to.
LETTER_CALL = re.compile(
    r"\b(?:subscribe|sign up|abonnier\w*|melden? (?:dich|sie)|jetzt anmelden|s[’']abonner|abonnez|inscrivez"
    r"|suscr[ií]b\w*|apúnta\w*|hazte|iscriv\w*|assine|inscreva|subskry\w*|zapisz się|подпи\w+|abonneer"
    r"|schrijf je in|abone ol\w*|prenumer\w*)",
    re.IGNORECASE,
)
LETTER = re.compile(
    r"\b(?:newsletters?|mailing list|e-?paper|edition|miembro|рассылк\w+|bülten\w*|infolettre|boletín"
    r"|nieuwsbrief|nyhetsbrev)\b",
    re.IGNORECASE,
)
FOLLOW_CALL = re.compile(
    r"\b(?:(?:follow|join) us|follow me|keep up with (?:me|us)|folgen? (?:uns|mir|sie uns)|suivez|síguenos"
    r"|puedes? seguir|seguici|siga|obserwuj|polub|volg ons|takip ed\w+|download the \S+ apps?)\b",
    re.IGNORECASE,
)
FOLLOWED = re.compile(
    r"\b(?:facebook|twitter|instagram|whatsapp|telegram|youtube|linkedin|mastodon|bluesky"
    r"|ios|android)\b",
    re.IGNORECASE,
)
SHARE = re.compile(
    r"(?:möchten sie|willst du|do you want to|would you like to|voulez-vous|quieres) .{0,40}"
    r"(?:teilen|share|partager|compartir).{0,20}\?",
    re.IGNORECASE,
)
CHANNELS = (
    "newsletter mailing epaper e-paper edition miembro рассылк bülten infolettre boletín nieuwsbrief"
    " nyhetsbrev facebook twitter instagram whatsapp telegram youtube linkedin mastodon bluesky android"
    " teilen share partager compartir"
).split()
CALLING = frozenset(("p", "div", "h2", "h3", "h4", "li"))
MOST_PARTS = 8
BACK = ("javascript:history", "javascript:window.history")


def asides(body: HtmlElement) -> Iterator[HtmlElement]:
    """Yield short lines that credit a picture, call to another channel, ask to share, or lead back."""
    for line in body.iter(*LINES):
        tag = line.tag
        if tag == "a":
            if (line.get("href") or "").startswith(BACK):
                yield line
        elif _credits(line) or (tag in CALLING and len(line) and _calls(_words(line))):
            yield line


def _credits(line: HtmlElement) -> bool:
    """Tell whether a line only names who made a picture; in a caption it belongs to what readers see."""
    name = line.get("class")
    if name is not None and _is_credit(name) and _words(line):
        return next(line.iterancestors("p", "figcaption"), None) is None
    opening = line.text or (line[0].text if len(line) else None)
    if opening is None or len(opening) > LONGEST or not opening.lstrip().lower().startswith(CREDIT_WORDS):
        return False
    captioned = next(line.iterancestors("figure", "figcaption"), None) is not None
    return not captioned and CREDIT.fullmatch(_words(line)) is not None


def _calls(words: str) -> bool:
    if not words:
        return False
    folded = words.lower()
    # Most lines name no channel: then nothing else has to be asked.
    return any(name in folded for name in CHANNELS) and bool(
        SHARE.fullmatch(words)
        or (LETTER_CALL.search(words) and LETTER.search(words))
        or (FOLLOW_CALL.search(words) and FOLLOWED.search(words))
    )


def _words(line: HtmlElement) -> str:
    """Give a short line's text; "" for what is long or holds lines of its own."""
    parts = len(line)
    if len(line.text or "") > LONGEST or parts > MOST_PARTS:
        return ""
    if parts and any(child.tag in INSIDE for child in line):
        return ""
    words = words_in(line)
    return words if SHORTEST < len(words) <= LONGEST else ""


@lru_cache(maxsize=4_000)
def _is_credit(class_name: str) -> bool:
    return CREDIT_CLASS.search(class_name) is not None
