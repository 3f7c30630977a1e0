"""Share, like and rating bars inside the post.

**Finds** the labels of Jetpack, AddToAny and other share plugins, in several languages, by class or by
wording, also a whole bar in one line; and what stands beside them: counters, ratings, how long reading takes.

**Why it matters** They are the site's furniture: headings such as "Share this:" end up among the sections.

**Leaves alone** titles and sentences with the same words, and single platform names.

**Fix** deletes the lines. *Safe* where class or wording is a plugin's own; a label that people write, too,
needs others beside it.

**Source** Jetpack sharing and likes modules and their translations, AddToAny, Shareaholic, kk Star Ratings,
Post Views Counter.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from pipeline.audit.reading import Reading
from pipeline.audit.rule import Rule, Span
from pipeline.records import Block, Evidence
from pipeline.site.plugins import SHARE_BAR

rule = Rule(
    __name__,
    __doc__,
    severity="warning",
    specificity=8,
    has_lines=True,
    about=r"\b(?:jetpack|share buttons?|social sharing)\b",
)

STRONG = frozenset(
    """
share this:|share via:|share on:|powered by addtoany|powered by shareaholic|share this post:
share this article:|share this entry
share this page:|teilen mit:|teile das:|teile dies:|diesen beitrag teilen:|partager :|partagez :
partager sur :|comparte esto:
compártelo:|compartir en:|compartir esto:|compartilhe isso:|compartilhe:|partilhar isto:|condividi:
condividi su:|delen:|deel dit:
共有:|共享此文章：|分享此文：|분享하기:|이것이 좋아요:|chia sẻ:|dela detta:|del dette:|udostępnij:
поделиться ссылкой:
поделиться:
jaa tämä:
sdílet:|oszd meg:|bunu paylaş:|bagikan ini:|share this entry|rate this post|click to rate this post!
gefällt mir:|me gusta esto:
j’aime ça :|j'aime ça :|curtir isso:|mi piace:|vind ik leuk:|いいね:|赞过：|thích bài này:|gilla detta:
lubię to:
нравится:|beğen:
like this:|suka ini:|synes godt om:|liker det:|tykkää tästä:|to se mi líbí:|average rating
no votes so far! be the first to rate this post.
""".strip()
    .replace("\n", "|")
    .split("|")
)
WEAK = frozenset(
    """
share|share this|share this post|share this article|share on facebook|share on twitter|share on x|shares
share via email
share on linkedin|share on pinterest|share on whatsapp|tweet|pin it|pin|email|print|pdf|copy link|copied!
facebook|twitter|x
linkedin|pinterest|whatsapp|reddit|telegram|tumblr|pocket|email a link to a friend|more|e-mail|drucken|teilen
twittern|mehr|plus
imprimer|imprimir|stampa|afdrukken|print|xing|vk|mastodon|bluesky|threads|flipboard|line|skype|messenger|copy|google+|stumbleupon
related|like|like this|tweet this|ähnliche beiträge|articles similaires|relacionado|correlati|gerelateerd|関連
相关|похожее|podobne
relaterade|vind-ik-leuk|liken|tweeten|enviar|partager|compartir|compartilhar|condividi|delen|udostępnij|поделиться|共有|分享
""".strip()
    .replace("\n", "|")
    .split("|")
)
NEW_WINDOW = (
    r"[(（](?:opens in (?:a )?new window|(?:wird|öffnet) in (?:einem )?neue[mn] fenster(?: geöffnet)?|"
    r"(?:s’)?ouvre dans une nouvelle fenêtre|"
    r"se abre en una ventana nueva|abre (?:em|numa) nova janela|si apre in una nuova finestra|wordt in "
    r"een nieuw venster geopend|"
    r"opent in een nieuw venster|新しいウィンドウで開きます|"
    r"在新窗口中打开|在新視窗中開啟|새 창에서 열림|открывается в новом окне|"
    r"otwiera się w nowym oknie|öppnas i ett nytt fönster|åbner i (?:et )?nyt vindue|åpnes i (?:et "
    r")?nytt vindu|"
    r"avautuu uudessa ikkunassa|otevře se v novém okně|yeni pencerede açılır|membuka di jendela yang "
    r"baru)[)）]"
)
LOADING = (
    r"(?:like|gefällt mir|liken|j[’']aime|me gusta|curtir|gosto|mi piace|vind-ik-leuk|いいね|赞|讚|thích|"
    r"нравится|lubię|gilla|beğen|suka|좋아하기)"
    r" (?:loading|wird geladen|laden|lade|chargement|cargando|carregando|a carregar|caricamento|aan het "
    r"laden|読み込み中|正在加载|正在載入|đang tải|"
    r"загрузка|wczytywanie|laddar in|yükleniyor|memuat|로드 중)\s?[.…]*|wird geladen\s?…"
)
CLICK = re.compile(rf"[^\n]{{3,100}}?\s?{NEW_WINDOW}[^\n]{{0,24}}", re.I)
COUNT = re.compile(
    rf"{LOADING}|click to print|\d{{1,6}} shares?|"
    r"(?:post views|beitragsaufrufe|vues|visitas|visualizzazioni|просмотры): [\d,.\u00a0 ]{1,9}|"
    r"\[total: \d{1,7}(?:,)? average: [\d.]{1,5}\]|\d(?:[.,]\d)?/5 - \(\d{1,7} votes?\)|"
    r"share this[^\n]{0,20}:?(?: click to [^\n]{0,200})",
    re.I,
)
COUNT_ENDS = ("share", "shares", "]", "print", "votes)", "vote)", "...", "…", *"0123456789")
READING_TIME = re.compile(
    r"\d{1,3}[- ]min(?:ute)?s?\.? read|(?:estimated )?(?:reading|read) time:? ~?\d{1,3} min(?:ute)?s?\.?|"
    r"lesezeit:? (?:ca\. )?\d{1,3} (?:min\.?|minuten?)|\d{1,3} (?:min\.?|minuten?) lesezeit|"
    r"temps de lecture ?:? \d{1,3} min(?:utes?)?\.?|tiempo de lectura:? \d{1,3} min(?:utos?)?\.?|"
    r"tempo di lettura:? \d{1,3} min(?:uti?)?\.?|tempo de leitura:? \d{1,3} min(?:utos?)?\.?|"
    r"leestijd:? \d{1,3} min(?:uten|uut)?\.?|время чтения:? \d{1,3} мин(?:ут[аы]?)?\.?"
)
LONGEST_TIME = 40
LABELS = dict.fromkeys(WEAK, "weak") | dict.fromkeys(STRONG, "strong")
MAX_LINE = 120
CALLS = ("share on ", "share via ", "share this ", "copy link", "copied!")
"""Two of these beside each other are a bar; a single platform is a heading as well."""
ROW = frozenset(
    "facebook twitter x linkedin pinterest whatsapp reddit telegram tumblr pocket email e-mail print share "
    "tweet pin it xing vk mastodon bluesky threads flipboard messenger copy link more".split()
)
FIRST_IN_ROW = tuple(
    f"{word} " for word in "facebook twitter share tweet pin linkedin email print whatsapp".split()
)


@rule.marked(*SHARE_BAR)
def by_class(block: Block) -> Iterator[Span]:
    """Yield every block of a bar by its plugin's class."""
    name = min(SHARE_BAR & block.tokens)
    yield Span(
        start=0, end=len(block.text), evidence=(Evidence(kind="markup", detail=name),), cause=f"share:{name}"
    )


@rule.post()
def by_wording(reading: Reading) -> Iterator[Span]:
    """Yield lines that only a plugin writes, and labels that stand beside them or in a row."""
    shown = reading.shown
    lines = [reading.lines[i] for i in shown]
    kinds = [_kind(line) for line in lines]
    if not any(kinds):
        return
    title = (reading.metadata.title or "").strip().lower().rstrip(":")
    rows = _rows(kinds)
    for at, kind in enumerate(kinds):
        if (
            not kind
            or lines[at].rstrip(": ") == title
            or reading.blocks[shown[at]].kind in ("table_cell", "code")
        ):
            continue
        length, is_sure = rows[at]
        if kind == "weak" and not (is_sure or length >= 3 or (length == 2 and lines[at].startswith(CALLS))):
            continue
        start, end = reading.place(shown[at])
        own = Evidence(kind="wording" if kind == "strong" else "likely", detail=lines[at])
        beside: tuple[Evidence, ...] = (Evidence(kind="neighbour", detail="share bar"),) if length > 1 else ()
        beside += (
            (Evidence(kind="same-post", detail="a plugin's own line"),) if kind == "weak" and is_sure else ()
        )
        yield Span(start=start, end=end, evidence=(own, *beside), cause="share-bar")


def _kind(line: str) -> str:
    """Tell a line that only a plugin writes; a label, or a row of them, that people write, too."""
    if len(line) > MAX_LINE:
        return ""
    if (label := LABELS.get(line)) is not None:
        return label
    if (")" in line or "）" in line) and CLICK.fullmatch(line):
        return "strong"
    if line.endswith(COUNT_ENDS) and COUNT.fullmatch(line):
        return "strong"
    if line.startswith(FIRST_IN_ROW):
        return _row(line)
    is_time = ("min" in line or "мин" in line) and len(line) <= LONGEST_TIME and READING_TIME.fullmatch(line)
    return "row" if is_time else ""


def _row(line: str) -> str:
    """Tell a bar that a dump has put into one line: "Facebook Twitter Pinterest Email"."""
    words = line.split()
    if len(words) >= 3 and ROW.issuperset(words):
        return "row"
    return "strong" if line.startswith("share this") and COUNT.fullmatch(line) else ""


def _rows(kinds: list[str]) -> list[tuple[int, bool]]:
    """Give for each line how long the run of labels around it is, and whether one of them is strong."""
    rows: list[tuple[int, bool]] = []
    for is_label, run in groupby(kinds, key=bool):
        row = list(run)
        rows += [(len(row) if is_label else 0, "strong" in row)] * len(row)
    return rows
