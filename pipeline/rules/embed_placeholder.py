"""What stands in for a video, post or player that did not load.

**Finds** Instagram's placeholder lines in several languages, players' fallback texts, "Video unavailable"
and consent notices.

**Why it matters** It is no text of the post, yet it is read, counted and indexed as such.

**Leaves alone** sentences about videos and posts; a tweet's text, which is a quotation.

**Fix** deletes the lines. *Safe*: they are printed by programs.

**Source** Instagram's embed code and its translations, MediaElement in WordPress, browsers' fallback
contents.
"""

import re
from collections.abc import Iterator

from pipeline.audit.anchor import is_quoted
from pipeline.audit.reading import Reading
from pipeline.audit.rule import Rule, Span
from pipeline.records import Evidence

rule = Rule(__name__, __doc__, severity="warning", specificity=8)

VIEWS = (
    "View this post on Instagram",
    "View this profile on Instagram",
    "Sieh dir diesen Beitrag auf Instagram an",
    "Voir cette publication sur Instagram",
    "Ver esta publicación en Instagram",
    "Visualizza questo post su Instagram",
    "Ver essa foto no Instagram",
    "Ver esta publicação no Instagram",
    "Dit bericht op Instagram bekijken",
    "Bekijk dit bericht op Instagram",
    "Wyświetl ten post na Instagramie",
    "Visa det här inlägget på Instagram",
    "Se dette opslag på Instagram",
    "Bu gönderiyi Instagram'da gör",
    "Посмотреть эту публикацию в Instagram",
    "この投稿をInstagramで見る",
)
SHARED = re.compile(
    r"(?:A post shared by|Ein Beitrag geteilt von|Une publication partagée par|"
    r"Una publicación compartida (?:de|por)|"
    r"Un post condiviso da|Uma publicação (?:compartilhada|partilhada) por|"
    r"Een bericht gedeeld door|Post udostępniony przez|"
    r"Ett inlägg delat av|Et opslag delt af|Публикация от) [^\n]{1,100}?\(@[\w.\u2026]{1,40}\)"
    r"(?:\s(?:on|am|el|le|il|em|op)\s[^\n]{4,60}?(?:\d{4}|P[SD]T|[ap]m)(?:\s(?:at|um|a las|"
    r"à)\s[\d:.]{3,8}\s?(?:[ap]m\s)?[A-Z]{0,4})?)?"
    r"|[^\n]{1,60}\(@[\w.]{1,40}\)がシェアした投稿"
)
NOTICES = frozenset(
    """
This video is unavailable|Video unavailable|This video is no longer available
This content is not available in your region
Sorry, this content isn't available right now|Sorry, this content isn’t available right now
Click to load video|Click here to load video
Mit dem Laden des Videos akzeptieren Sie die Datenschutzerklärung von YouTube.
Your browser does not support the audio element.
Your browser does not support the video tag.|Your browser does not support the audio tag.
Your browser does not support HTML5 video.
Your browser does not support the video element.|Your browser does not support iframes.
Ihr Browser unterstützt keine iFrames.
Ihr Browser unterstützt keine Iframes.|Media error: Format(s) not supported or source(s) not found
Audio Player|Video Player
Use Up/Down Arrow keys to increase or decrease volume.|Embedly Powered
Your browser does not support the canvas element.
Mit dem Laden des Videos akzeptieren Sie die Datenschutzerklärung von Vimeo.
JavaScript is required to view this content.
""".lower()
    .replace("\n", "|")
    .split("|")
) - {""}
DOWNLOAD = re.compile(r"download file: https?://\S{4,400}\?_=\d{1,3}")


@rule.text("Instagram", "(@")
def by_wording(text: str) -> Iterator[Span]:
    """Yield Instagram's lines, alone or one behind the other."""
    for view in VIEWS:
        at = text.find(view)
        alone = at == 0 and (len(text) <= len(view) + 3 or SHARED.match(text, len(view) + 1))
        if alone and not is_quoted(text, at, at + len(view)):
            yield Span(start=at, end=at + len(view), cause="instagram")
            break
    for shared in SHARED.finditer(text):
        if not is_quoted(text, *shared.span()):
            yield Span(start=shared.start(), end=shared.end(), cause="instagram")


@rule.post()
def by_notice(reading: Reading) -> Iterator[Span]:
    """Yield players' notices, alone in a block."""
    if NOTICES.isdisjoint(reading.line_set) and "download file: http" not in reading.low:
        return
    for i in reading.shown:
        line = reading.lines[i]
        if line in NOTICES or (line.startswith("download file: http") and DOWNLOAD.fullmatch(line)):
            start, end = reading.place(i)
            yield Span(
                start=start, end=end, evidence=(Evidence(kind="wording", detail=line[:80]),), cause="player"
            )
