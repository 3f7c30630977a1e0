"""Short lines on a page standing alone in which the site speaks of itself, or names who made a picture.

Where a site is known, what its pages share tells such lines; then nothing is guessed.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml.html import HtmlElement

from pipeline.extract.body import Body
from pipeline.extract.flat import Flat

SHORTEST, LONGEST = 5, 200
LINES = frozenset(("p", "div", "h2", "h3", "h4", "em", "i", "small", "span", "cite", "figcaption"))
INSIDE = frozenset(("p", "div", "ul", "ol", "table", "section", "figure", "blockquote", "pre"))
# "Photo: Ida Moen": the words that name a picture, then who made it.
CREDIT = re.compile(
    r"\(?(?:(?:photo|image|picture|foto|bild|titelbild|beitragsbild)(?:s|grafie|graphy|o)?"
    r"(?:[- ]?(?:credits?|source|nachweis|quelle|rechte|copyright))?|credits?|bildnachweis|bildquelle"
    r"|bildrechte|fotonachweis|crédits?(?: photos?)?|créditos?|zdjęcie|zdj|fot|фото)\.? ?"
    r"(?:by|von|par|[:©/：]) ?\S.{1,70}",
    re.IGNORECASE,
)
FIRSTS = frozenset("(©pPiIfFbBtTcCzZфФ")
"""What such a line begins with."""
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
CALLING = frozenset(("p", "div", "h2", "h3", "h4"))
MOST_PARTS = 24
BACK = ("javascript:history", "javascript:window.history")


def asides(body: Body) -> Iterator[HtmlElement]:
    """Yield short lines that credit a picture, call to another channel, ask to share, or lead back."""
    page = body.scale.page
    for place in page.inside(page.place[body.element]):
        tag = page.tags[place]
        if tag in LINES:
            said = _credits(page, place) or (tag in CALLING and _calls(page, place))
        else:
            said = tag == "a" and (page.nodes[place].get("href") or "").startswith(BACK)
        if said:
            yield page.nodes[place]


def _credits(page: Flat, place: int) -> bool:
    """Tell whether a line only names who made a picture; in a caption it belongs to what readers see."""
    name = page.classes[place]
    if name is not None and _is_credit(name) and _words(page, place):
        return next(page.nodes[place].iterancestors("p", "figcaption"), None) is None
    start = page.starts[place]
    opening = page.texts[start].lstrip() or page.texts[start + 1].lstrip()
    if opening[:1] not in FIRSTS or len(opening) > LONGEST:
        return False
    if CREDIT.fullmatch(_words(page, place)) is None:
        return False
    return next(page.nodes[place].iterancestors("figure", "figcaption"), None) is None


def _calls(page: Flat, place: int) -> bool:
    """Tell a line that asks readers to share, subscribe or follow; it holds a link or emphasis."""
    words = _words(page, place) if page.ends[place] - place > 1 else ""
    if not words:
        return False
    folded = words.lower()
    # Most lines name no channel: then nothing else has to be asked.
    return any(name in folded for name in CHANNELS) and bool(
        SHARE.fullmatch(words)
        or (LETTER_CALL.search(words) and LETTER.search(words))
        or (FOLLOW_CALL.search(words) and FOLLOWED.search(words))
    )


def _words(page: Flat, place: int) -> str:
    """Give a short line's text; "" for what is long or holds lines of its own."""
    end = page.ends[place]
    if end - place > MOST_PARTS or len(page.texts[page.starts[place]]) > LONGEST:
        return ""
    inside = (inner for inner in range(place + 1, end) if page.tags[inner] in INSIDE)
    if any(not page.text(inner).isspace() for inner in inside if page.text(inner)):
        return ""
    words = " ".join(page.text(place).split())
    return words if SHORTEST < len(words) <= LONGEST else ""


@lru_cache(maxsize=4_000)
def _is_credit(class_name: str) -> bool:
    return CREDIT_CLASS.search(class_name) is not None
