"""Share, like and rating bars inside the post.

**Finds** the labels of Jetpack, AddToAny and other share plugins, in several languages, by class or by
wording.

**Why it matters** They are the site's furniture: headings such as "Share this:" end up among the sections.

**Leaves alone** titles and sentences with the same words, and single platform names.

**Fix** deletes the lines. *Safe* where class or wording is a plugin's own; a label that people write, too,
needs others beside it.

**Source** Jetpack sharing and likes modules and their translations, AddToAny, Shareaholic, kk Star Ratings,
Post Views Counter.
"""

import re
from collections.abc import Iterator

from pipeline.audit.reading import Reading
from pipeline.audit.rule import Rule, Span
from pipeline.records import Block, Evidence

rule = Rule(
    __name__,
    __doc__,
    severity="warning",
    specificity=8,
    has_lines=True,
    about=r"\b(?:jetpack|share buttons?|social sharing)\b",
)

CLASSES = (
    "sharedaddy",
    "sd-sharing",
    "sd-title",
    "jp-relatedposts",
    "jp-relatedposts-headline",
    "jetpack-likes-widget-wrapper",
    "likes-widget-placeholder",
    "addtoany_share_save_container",
    "addtoany_content",
    "essb_links",
    "heateor_sss_sharing_container",
    "scriptlesssocialsharing",
    "dpsp-content-wrapper",
    "pvc_views",
    "post-views",
    "kk-star-ratings",
    "shareaholic-canvas",
    "sassy-social-share",
    "shared-counts-wrap",
    "social-share-buttons",
)
STRONG = frozenset(
    """
share this:|like loading...|like loading…|j’aime chargement…|j'aime chargement…|me gusta cargando...
me gusta cargando…
curtir carregando...|curtir carregando…|gefällt mir wird geladen …|gefällt mir wird geladen …
wird geladen …|vind-ik-leuk laden...
mi piace caricamento...|赞 正在加载……|thích đang tải...|powered by addtoany|powered by shareaholic
share this post:|share this article:
teilen mit:|partager :|partagez :|comparte esto:|compartilhe isso:|condividi:|delen:|共有:|共享此文章：
分享此文：
chia sẻ:|dela detta:
udostępnij:|поделиться ссылкой:|share this entry|rate this post|click to rate this post!|gefällt mir:
me gusta esto:|j’aime ça :
curtir isso:|mi piace:|いいね:|赞过：|thích bài này:|gilla detta:|like this:
""".replace("\n", "|").split("|")
) - {""}
WEAK = frozenset(
    """
share|share this|share this post|share this article|share on facebook|share on twitter|share on x
share on linkedin|share on pinterest
share on whatsapp|share via email|tweet|pin it|pin|email|print|pdf|copy link|copied!|facebook|twitter|x
linkedin|pinterest|whatsapp|reddit
telegram|tumblr|pocket|email a link to a friend|more|e-mail|drucken|teilen|twittern|imprimer|imprimir
related|like|like this|tweet this
""".replace("\n", "|").split("|")
) - {""}
CLICK = re.compile(
    r"click to (?:share on|email|print)[^\n]{0,60}\(opens in new window\)|click to print|"
    r"klick(?:en)?,? um [^\n]{3,60}\(wird in neuem fenster geöffnet\)[^\n]{0,20}|"
    r"cliquez? pour (?:partager|envoyer|imprimer)[^\n]{0,60}\(ouvre dans une nouvelle fenêtre\)[^\n]{0,20}|"
    r"haz clic para (?:compartir|enviar|imprimir)[^\n]{0,60}|\d{1,6} shares?|"
    r"post views: [\d,.]{1,9}|\[total: \d{1,7} average: [\d.]{1,5}\]|"
    r"share this[^\n]{0,20}:?(?: click to [^\n]{0,200})"
)
CLICK_HINTS = ("click", "clic ", "klick", "cliqu", " share", "post views", "[total:", "share this")
MAX_LINE = 120
LABELS = STRONG | WEAK


@rule.marked(*CLASSES)
def by_class(block: Block) -> Iterator[Span]:
    """Yield every block of a bar by its plugin's class."""
    name = next(name for name in CLASSES if name in block.tokens)
    yield Span(
        start=0, end=len(block.text), evidence=(Evidence(kind="markup", detail=name),), cause=f"share:{name}"
    )


@rule.post()
def by_wording(reading: Reading) -> Iterator[Span]:
    """Yield lines that only a plugin writes, and labels that stand beside them or in a row."""
    if LABELS.isdisjoint(reading.line_set) and not any(hint in reading.low for hint in CLICK_HINTS):
        return
    shown = reading.shown
    lines = [reading.lines[i] for i in shown]
    kinds = ["strong" if _is_strong(s) else "weak" if s in WEAK else "" for s in lines]
    if not any(kinds):
        return
    title = (reading.metadata.title or "").strip().lower().rstrip(":")
    for at, kind in enumerate(kinds):
        if (
            not kind
            or lines[at].rstrip(": ") == title
            or reading.blocks[shown[at]].kind in ("table_cell", "code")
        ):
            continue
        row = _row(kinds, at)
        if kind == "weak" and not ("strong" in row or len(row) >= 3):
            continue
        start, end = reading.place(shown[at])
        own = Evidence(kind="wording" if kind == "strong" else "likely", detail=lines[at])
        beside: tuple[Evidence, ...] = (
            (Evidence(kind="neighbour", detail="share bar"),) if len(row) > 1 else ()
        )
        beside += (
            (Evidence(kind="same-post", detail="a plugin's own line"),)
            if kind == "weak" and "strong" in row
            else ()
        )
        yield Span(start=start, end=end, evidence=(own, *beside), cause="share-bar")


def _is_strong(line: str) -> bool:
    return len(line) <= MAX_LINE and (line in STRONG or CLICK.fullmatch(line) is not None)


def _row(kinds: list[str], at: int) -> list[str]:
    """Give the kinds of the unbroken run of labels around a line."""
    first, last = at, at
    while first and kinds[first - 1]:
        first -= 1
    while last + 1 < len(kinds) and kinds[last + 1]:
        last += 1
    return kinds[first : last + 1]
