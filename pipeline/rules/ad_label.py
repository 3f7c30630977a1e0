"""The label of an advertisement, as a block or heading of its own.

**Finds** "Advertisement", "Story continues below advertisement", "Anzeige" and their like, alone in a
block; and the name of a slot with its size, "Sidebar Ad 300x250".

**Why it matters** The advertisement is gone or beside the point; its label becomes text, sometimes a
section.

**Leaves alone** the same words in lists, tables and sentences, and a heading that has a text of its own.

**Fix** deletes the label. *Safe* for labels that are sentences, for words that the post repeats, and for a
heading that another one follows at once; else an editor decides.

**Source** Labels that ad plugins and publishers print above a slot.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator

from pipeline.audit.filenames import AD_SIZES
from pipeline.audit.reading import Reading
from pipeline.audit.rule import Rule, Span
from pipeline.records import Evidence

rule = Rule(
    __name__,
    __doc__,
    severity="warning",
    specificity=7,
    about=r"\b(?:advertis\w*|ads?|werb\w+|anzeigen?|publicidad|pubblicit\w+|marketing|sponsor\w*)\b",
)

SENTENCES = frozenset(
    """
advertisement - continue reading below|advertisement – continue reading below
continue reading below advertisement
story continues below advertisement|skip advertisement|story continues below this advertisement
article continues below advertisement|story continues below|continue reading the main story|skip ad
report this ad|report ad|scroll to continue|scroll to continue with content|hide ads|close ad|remove ads
advertisement. scroll to continue reading.|continue reading below|advertisement. scroll to continue.
article continues after advertisement|article continues after this ad|content continues below
article continues after ad|article continues below ad|story continues after ad
article continues after this advertisement|story continues after advertisement
content continues after advertisement
content continues below advertisement|about these ads
this advertisement has not loaded yet, but your article continues below.
advertisement (scroll to continue)|this content is paid for by an advertiser.|sponsored content below
der artikel wird nach der anzeige fortgesetzt|nach der anzeige weiterlesen|lesen sie nach der anzeige weiter
der artikel geht nach der anzeige weiter|hier geht es nach der anzeige weiter|anzeige - weiterlesen unten
nach der werbung weiterlesen
la suite après la publicité|l'article continue après la publicité|la suite après cette publicité
lire la suite après la publicité
sigue leyendo después de la publicidad|el artículo continúa después del anuncio
continúa después de la publicidad
la noticia continúa después de la publicidad|sigue después de la publicidad
continua a leggere dopo la pubblicità|continua dopo la pubblicità|l'articolo continua dopo la pubblicità
lees verder na de advertentie|lees verder onder de advertentie|artikel gaat verder onder de advertentie
continua após a publicidade|continua depois da publicidade|dalsza część artykułu pod reklamą
ciąg dalszy pod reklamą
artikeln fortsätter efter annonsen|fortsätt läsa efter annonsen|artiklen fortsætter efter annoncen
saken fortsetter etter annonsen|juttu jatkuu mainoksen jälkeen|продолжение после рекламы
продолжение статьи после рекламы
広告の下に続きます|記事は広告の後に続きます|haberin devamı reklamdan sonra
""".replace("\n", "|").split("|")
) - {""}
WORDS = frozenset(
    "advertisement advertisements advertisment advertising advertorial anzeige anzeigen werbung publicidad "
    "publicidade pubblicità publicité "
    "advertentie advertenties annons annonse annonce mainos reklam reklama reklamă reclama hirdetés "
    "oglas oglasi inzerce reklám διαφήμιση "
    "реклама promocja publicitat iklan 広告 광고 广告 廣告 "
    "إعلان פרסומת sponsored gesponsert sponsorisé sponsorizzato patrocinado".split()
)
LABELS = SENTENCES | WORDS
LONGEST = max(map(len, LABELS)) + 8
LONGEST_SLOT = 60
SLOT = re.compile(r"[^\n.!?:]{2,48}[ (](\d{3})\s?[x×]\s?(\d{2,3})")
SLOT_WORD = re.compile(
    r"\b(?:ads?|adverts?|banner|side ?bar|leader ?board|slot|skyscraper|billboard|header|footer|anuncio|"
    r"anzeige|werbung|werbe\w*|pub|publicidad|pubblicità|reklama?)\b"
)
PLACE_WORD = re.compile(r"\b(?:top|bottom|home|front|mobile|desktop|left|right|content|rail)\b")
"""Where a slot stands: enough to tell its name in a paragraph, too little in a heading."""
CONSENT = frozenset(
    "necessary functional performance analytics others preferences statistics marketing uncategorized "
    "notwendig funktional statistiken präferenzen nécessaires statistiques necesarias estadísticas".split()
)
"""What consent boxes call the other kinds of cookies: beside them, "Advertisement" is one of theirs."""
PROSE = 80
"""Characters. A line as long as this is a paragraph that somebody wrote."""
DRAWN = re.compile(r"[-–—*|•.]{1,3} ?[^-–—*|•.]+ ?[-–—*|•.]{1,3}")
KINDS = ("paragraph", "heading", "caption")
TRIM = " -–—*[](){}|:.•"


@rule.post()
def by_wording(reading: Reading) -> Iterator[Span]:
    """Yield labels alone in a block; a single word needs a second witness to be sure."""
    lines = reading.lines
    short = (i for i in reading.shown if len(lines[i]) <= LONGEST and reading.blocks[i].kind in KINDS)
    labels = [(i, label) for i in short if (label := lines[i].strip(TRIM)) in LABELS or lines[i] in SENTENCES]
    if not labels:
        return
    words = Counter(label for _, label in labels if label in WORDS)
    for i, label in labels:
        block = reading.blocks[i]
        start, end = reading.place(i)
        if label in SENTENCES or reading.lines[i] in SENTENCES:
            yield Span(start=start, end=end, cause="ad-label")
        elif not CONSENT.isdisjoint(_beside(reading, i)):
            continue
        elif label in WORDS and (block.kind != "heading" or words.total() > 1 or _heads_nothing(reading, i)):
            yield Span(
                start=start, end=end, evidence=(*_witnesses(reading, i, label, words),), cause="ad-label"
            )


@rule.post()
def by_slot(reading: Reading) -> Iterator[Span]:
    """Yield the names of slots, as page builders and ad blocks print them while nothing is booked."""
    for i in reading.shown:
        line = reading.lines[i]
        if len(line) > LONGEST_SLOT or not line[-1:].isdigit() or reading.blocks[i].kind not in KINDS:
            continue
        slot = SLOT.fullmatch(line)
        if slot and _names_slot(line, reading.blocks[i].kind) and (int(slot[1]), int(slot[2])) in AD_SIZES:
            start, end = reading.place(i)
            own = Evidence(kind="likely", detail=line)
            beside = Evidence(kind="alone", detail=f"a slot of {slot[1]} by {slot[2]}")
            yield Span(start=start, end=end, evidence=(own, beside), cause="ad-label")


def _names_slot(line: str, kind: str) -> bool:
    return bool(SLOT_WORD.search(line) or (kind == "paragraph" and PLACE_WORD.search(line)))


def _beside(reading: Reading, i: int) -> tuple[str, ...]:
    """Give the lines before and behind a block, lower case."""
    at = bisect_left(reading.shown, i)
    return tuple(
        reading.lines[j] for j in (*reading.shown[max(0, at - 1) : at], *reading.shown[at + 1 : at + 2])
    )


def _witnesses(reading: Reading, i: int, label: str, words: Counter[str]) -> Iterator[Evidence]:
    yield Evidence(kind="likely", detail=label)
    yield Evidence(kind="alone", detail=reading.blocks[i].kind)
    if words[label] > 1:
        yield Evidence(kind="same-post", detail="the post repeats it")
    elif reading.blocks[i].kind == "paragraph" and _looks_printed(reading, i):
        yield Evidence(kind="set-apart", detail="capitals or rules around it, between two paragraphs")
    if reading.blocks[i].kind == "heading" and _heads_nothing(reading, i):
        yield Evidence(kind="heads-nothing", detail="no text follows it before the next heading")


def _looks_printed(reading: Reading, i: int) -> bool:
    """Tell a label that is set as labels are, and that a text goes on around."""
    text = reading.texts[i].strip()
    beside = _beside(reading, i)
    between = len(beside) == 2 and min(map(len, beside)) >= PROSE
    return between and (text.isupper() or DRAWN.fullmatch(text) is not None)


def _heads_nothing(reading: Reading, i: int) -> bool:
    """Tell a heading without a text of its own; one with subsections is an author's."""
    at = bisect_right(reading.shown, i)
    if at == len(reading.shown):
        return i != reading.shown[0]
    after = reading.shown[at]
    return reading.blocks[after].kind == "heading" and reading.blocks[after].level <= reading.blocks[i].level
