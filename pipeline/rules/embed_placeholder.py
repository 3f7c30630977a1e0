"""What stands in for a video, post or player that did not load.

**Finds** Instagram's placeholder lines in several languages, players' fallback texts, "Video unavailable"
and consent notices, with the buttons that stand beside them.

**Why it matters** It is no text of the post, yet it is read, counted and indexed as such.

**Leaves alone** sentences about videos and posts; a tweet's text, which is a quotation; a policy on cookies.

**Fix** deletes the lines. *Safe*: they are printed by programs. A notice on cookies is left to an editor.

**Source** Instagram's embed code and its translations, MediaElement in WordPress, browsers' fallback
contents.
"""

import re
from collections.abc import Iterator
from itertools import takewhile

from pipeline.audit.anchor import is_quoted
from pipeline.audit.reading import Reading
from pipeline.audit.rule import Rule, Span
from pipeline.records import Evidence

rule = Rule(__name__, __doc__, severity="warning", specificity=8)

VIEW = re.compile(
    r"(?:View this (?:post|profile|photo|reel|video) on|Sieh dir diesen Beitrag auf|Dieses Foto auf|"
    r"Voir cette (?:publication|photo) sur|"
    r"Voir ce profil sur|Ver esta (?:publicación|foto) en|Visualizza questo post su|Ver ess[ae] (?:foto|"
    r"publicação|post) no|"
    r"Ver esta publicação no|(?:Dit bericht op Instagram bekijken|Bekijk dit bericht op)|Wyświetl ten "
    r"post na|Visa det här inlägget på|"
    r"Se dette (?:opslag|opslaget) på|Se dette innlegget på|Näytä tämä julkaisu|Zobrazit tento "
    r"příspěvek na|A bejegyzés megtekintése az|"
    r"Vezi această postare pe|Bu gönderiyi Instagram['’]da gör|Посмотреть эту публикацию в|Переглянути "
    r"цей допис в|Lihat postingan ini di|"
    r"Xem bài viết này trên|この投稿をInstagramで見る|"
    r"在 ?Instagram ?查看這則貼文|在 ?Instagram ?查看这篇帖子|Instagram에서 이 "
    r"게시물 보기)"
    r"(?:\s?Instagram(?:ie|u|issa|on)?(?: an)?)?"
)
SHARED = re.compile(
    r"(?:(?:A post|A photo posted|A video posted|A reel|Instagram post) shared by|A (?:photo|video) "
    r"posted by|(?:Ein Beitrag|Ein von .{1,40}) geteilt von|"
    r"Une (?:publication|photo) (?:partagée|publiée) par|Una publicación compartida (?:de|por)|Un post "
    r"condiviso da|"
    r"Uma publicação (?:compartilhada|partilhada) por|Een bericht gedeeld door|Post udostępniony przez|"
    r"Ett inlägg delat av|"
    r"Et opslag delt af|Et innlegg delt av|Příspěvek sdílený|O postare distribuită de|Публикация от|"
    r"Sebuah kiriman dibagikan oleh) "
    r"[^\n]{0,100}?\(?@[\w.\u2026]{1,40}\)?"
    r"(?:\s(?:on|am|el|le|il|em|op)\s[^\n]{4,60}?(?:\d{4}|P[SD]T|[ap]m)(?:\s(?:at|um|a las|"
    r"à)\s[\d:.]{3,8}\s?(?:[ap]m\s)?[A-Z]{0,4})?)?"
    r"|[^\n]{1,60}\(@[\w.]{1,40}\)(?:がシェアした投稿|"
    r"님의 공유 게시물|分享的貼文|分享的帖子|'in paylaştığı bir "
    r"gönderi)"
)
VIDEO = r"(?:video|audio|canvas|object|embed|html5(?: video| audio)?|iframes?|inline frames)"
NO_SUPPORT = re.compile(
    rf"(?:(?:your|this|the) browser does ?n[o’']t (?:currently )?(?:support|"
    rf"recognize)[^\n]{{0,50}}{VIDEO}[^\n]{{0,90}}|"
    rf"(?:dein|ihr) browser (?:unterstützt|kann)[^\n]{{0,60}}{VIDEO}[^\n]{{0,60}}|"
    rf"votre navigateur ne (?:supporte|prend)[^\n]{{0,60}}(?:{VIDEO}|vidéo)[^\n]{{0,60}}|"
    rf"(?:tu|su) navegador no (?:soporta|admite|es compatible)[^\n]{{0,60}}(?:{VIDEO}|vídeo)[^\n]{{0,60}}|"
    rf"il (?:tuo|vostro) browser non supporta[^\n]{{0,60}}{VIDEO}[^\n]{{0,40}}|"
    rf"(?:o )?seu navegador não suporta[^\n]{{0,60}}(?:{VIDEO}|vídeo)[^\n]{{0,40}}|"
    rf"(?:je|uw) browser ondersteunt[^\n]{{0,60}}{VIDEO}[^\n]{{0,40}}|"
    rf"ваш браузер не поддерживает[^\n]{{0,80}}|お使いのブラウザは[^\n]{{0,60}}(?:対応していません|"
    rf"サポートしていません)[^\n]{{0,6}})",
    re.I,
)
CONSENT = re.compile(
    r"(?:mit dem laden (?:des|der) (?:videos|inhalts|karte|beitrags|tweets|podcasts|posts|formulars) "
    r"akzeptieren sie die datenschutzerklärung"
    r"|by (?:loading|clicking|playing) (?:the|this|on the) (?:video|tweet|map|content|post)[^\n]{0,30}, "
    r"you (?:agree to|accept) [^\n]{3,40}privacy policy"
    r"|en (?:chargeant|cliquant sur) (?:la|cette) (?:vidéo|carte)[^\n]{0,20}, vous acceptez [^\n]{3,60}"
    r"|al cargar el (?:vídeo|video|mapa), usted acepta [^\n]{3,60}"
    r"|(?:please|you must|you need to) (?:accept|enable|allow) (?:[\w-]{3,20},? (?:and "
    r")?){0,4}cookies(?: to (?:watch|view|see|access|play|load) th(?:is|e) [^\n]{3,40})?\.?$"
    r"|(?:du siehst|"
    r"sie sehen) gerade einen platzhalterinhalt von (?:[^\n]{2,40}\. um auf den [^\n]{4,160}|[^\n]{2,40})"
    r"|(?:klicken sie|klicke) auf (?:den|die) (?:unter(?:en|e) )?(?:button|"
    r"schaltfläche)(?: unten)?, um den inhalt (?:von "
    r"\S{3,60} )?zu laden"
    r"|you are currently viewing a placeholder content from [^\n]{2,40}\. to access [^\n]{4,160}"
    r"|click (?:on )?the button (?:below )?to load the content from \S{3,60}"
    r"|bitte akzeptieren sie (?:die )?(?:[\w-]{3,20} ){0,2}cookies, um [^\n]{4,60})[^\n]{0,60}"
)
NOTICES = frozenset(
    """
this video is unavailable|video unavailable|this video is no longer available|video is not available
this video is private
this video has been removed|this video is not available|private video|this tweet is unavailable
this post is unavailable
this content is not available in your region|this content is currently unavailable
this content isn't available right now
sorry, this content isn't available right now|this tweet is no longer available|tweet not found
this audio is no longer available
this video is unavailable in your country|the uploader has not made this video available in your country
dieses video ist nicht verfügbar|dieses video ist nicht mehr verfügbar|video nicht verfügbar
dieser tweet ist nicht verfügbar
dieser inhalt ist in ihrer region nicht verfügbar|cette vidéo n'est pas disponible|vidéo non disponible
ce contenu n'est pas disponible
este video no está disponible|este vídeo no está disponible|vídeo no disponible|video no disponible
este contenido no está disponible
questo video non è disponibile|video non disponibile|este vídeo não está disponível|vídeo indisponível
deze video is niet beschikbaar
video niet beschikbaar|ten film jest niedostępny|видео недоступно|это видео недоступно
この動画は再生できません
動画を再生できません
click to load video|click here to load video|video laden|vidéo laden|inhalt laden|cargar vídeo|cargar video
charger la vidéo
carica video|carregar vídeo|karte laden|beitrag laden|tweet laden|externen inhalt laden|always unblock youtube
youtube immer entsperren|instagram-beiträge immer entsperren|twitter tweets immer entsperren
google maps immer entsperren
media error: format(s) not supported or source(s) not found|audio player|video player|audio-player
video-player
lecteur audio|lecteur vidéo|reproductor de audio|reproductor de vídeo|lettore audio|lettore video|аудиоплеер
видеоплеер
use up/down arrow keys to increase or decrease volume.|embedly powered
javascript is required to view this content.
pfeiltasten hoch/runter benutzen, um die lautstärke zu regeln.
utilisez les flèches haut/bas pour augmenter ou diminuer le volume.
utiliza las teclas de flecha arriba/abajo para aumentar o disminuir el volumen.
video can’t be loaded because javascript is disabled
usa i tasti freccia su/giù per aumentare o diminuire il volume.|please enable javascript to view this content.
please enable cookies|please enable javascript|please enable javascript to play this video
the media could not be loaded
an error occurred.|javascript is disabled|you need to enable javascript to run this app.
""".strip()
    .replace("’", "'")
    .replace("\n", "|")
    .replace(".|", "|")
    .split("|")
)
DOWNLOAD = re.compile(
    r"(?:download file|datei herunterladen|télécharger le fichier|"
    r"descargar archivo): https?://\S{4,400}\?_=\d{1,3}"
)
STARTS = tuple(
    "your browser|this browser|the browser|dein browser|ihr browser|votre navigateur|tu navegador|su "
    "navegador|il tuo |il vostro |"
    "o seu navegador|seu navegador|je browser|uw browser|ваш браузер|お使いの|mit dem laden|by |en ch|en "
    "cli|al cargar|please |"
    "you must|you need|you are currently|du siehst gerade|sie sehen gerade|klicke|click |bitte akzep|"
    "download file|datei herunter|télécharger le|descargar arch".split("|")
)
"""What a notice begins with that no fixed list holds."""
LONGEST = 200
BETWEEN = frozenset(
    (
        "mehr erfahren|learn more|more information|en savoir plus|más información|saiba mais|"
        "maggiori informazioni|meer informatie"
    ).split("|")
)
COOKIES = re.compile(
    r"(?:we|wir|nous|wij|this (?:web)?site|our (?:web)?site|diese (?:web)?s(?:ei|i)te|ce site|"
    r"deze (?:web)?site|questo sito(?: web)?|este (?:sitio|site)(?: web)?)? ?"
    r"(?:uses?|verwende[nt]|nutz(?:en|t)|benutzen?|setzen|utilis(?:e|ons)|utilizamos|usamos|utiliza|usa|"
    r"utilizziamo|utilizza|gebrui(?:k|ken|kt))\b[^\n]{0,30}cookies?\b"
)
BUTTONS = frozenset(
    (
        "accept|accept all|accept cookies|i accept|agree|i agree|got it|got it!|ok|okay|reject|reject all|"
        "decline|settings|cookie settings|manage preferences|akzeptieren|alle akzeptieren|ablehnen|"
        "alle ablehnen|einstellungen|zustimmen|verstanden|accepter|tout accepter|refuser|tout refuser|"
        "paramètres|aceptar|aceptar todo|aceptar todas|rechazar|accetta|accetta tutto|rifiuta|aceitar|"
        "aceitar todos|rejeitar|accepteren|alles accepteren|weigeren"
    ).split("|")
)
LONGEST_CONSENT = 500
MANY_BUTTONS = 8


@rule.text("nstagram", "@")
def by_wording(text: str) -> Iterator[Span]:
    """Yield Instagram's lines, alone or one behind the other."""
    view = VIEW.match(text)
    if view and "nstagram" in view[0] and (len(text) <= view.end() + 3 or SHARED.match(text, view.end() + 1)):
        yield Span(start=0, end=view.end(), cause="instagram")
    for shared in SHARED.finditer(text):
        if not is_quoted(text, *shared.span()):
            yield Span(start=shared.start(), end=shared.end(), cause="instagram")


@rule.post()
def by_notice(reading: Reading) -> Iterator[Span]:
    """Yield players' notices, alone in a block, and the button between two of them."""
    found = {
        at: Evidence(kind="wording", detail=reading.lines[i][:80])
        for at, i in enumerate(reading.shown)
        if len(reading.lines[i]) <= LONGEST
        and reading.blocks[i].kind != "code"
        and _is_notice(reading.lines[i])
    }
    for at in sorted(found):
        if at + 2 in found and reading.lines[reading.shown[at + 1]] in BETWEEN:
            found[at + 1] = Evidence(kind="wording", detail="a button between two notices")
    for at, witness in sorted(found.items()):
        start, end = reading.place(reading.shown[at])
        yield Span(start=start, end=end, evidence=(witness,), cause="player")


@rule.post("ookies")
def by_cookies(reading: Reading) -> Iterator[Span]:
    """Yield a notice on cookies with the buttons below it, for an editor."""
    for at, i in enumerate(reading.shown):
        if len(reading.lines[i]) > LONGEST_CONSENT or not COOKIES.match(reading.lines[i]):
            continue
        buttons = [
            *takewhile(lambda j: reading.lines[j] in BUTTONS, reading.shown[at + 1 : at + 1 + MANY_BUTTONS])
        ]
        if buttons:
            start, end = reading.place(i, buttons[-1])
            own = Evidence(kind="likely", detail=reading.lines[i][:80])
            beside = Evidence(kind="neighbour", detail=reading.lines[buttons[0]])
            yield Span(start=start, end=end, evidence=(own, beside), cause="consent")


def _is_notice(line: str) -> bool:
    if line.replace("’", "'").rstrip(".!") in NOTICES:
        return True
    return line.startswith(STARTS) and any(
        pattern.fullmatch(line) for pattern in (NO_SUPPORT, CONSENT, DOWNLOAD)
    )
