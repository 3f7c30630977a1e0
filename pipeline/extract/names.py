"""Telling the names of people from what else stands in a byline."""

import re
from collections.abc import Iterable
from functools import lru_cache

from pipeline.extract.dates import find_day
from pipeline.extract.months import month_of
from pipeline.extract.words import fold, key

LONGEST_BYLINE = 400
LONGEST_NAME = 50
MOST_WORDS = 6
# "By" in the languages of blogs; the verb before it, if any, goes with it.
_BY = (
    r"by|von|vom|par|por|di|da|door|av|af|od|przez|автором|авторы|автор|від|текст|oleh|bởi|tekst|texte?|testo|texto"
    r"|foto|story|words"
    r"|autor(?:in|en|es|a|i|ka|zy)?|auteur(?:e|s|rice)?|autore|autori|author(?:s|ed)?|writer|yazar|yazan"
    r"|penulis|tác giả|kirjoittaja|szerző"
    r"|författare|forfatter|skribent|redacteur|reporter|verfasst|redaktor|γράφει|מאת|بقلم|بواسطة|كتب|الكاتب|作者"
    r"|责任编辑|責任編輯|编辑|記者|记者|文|著者|執筆者?|投稿者|글쓴이|글|기자|작성자|ผู้เขียน|โดย|เขียนโดย"
    r"|نوشته|نویسنده|लेखक|от|από|írta|撰寫|撰文"
)
_BEFORE_BY = (
    r"was|is|beiträge|beitrag|beitragvon|zeige alle|view all|see all|alle|all|posts|articles|stories|more"
    r"|pressemitteilung|(?:im )?wortlaut|(?:und |and )?interview|entrevista|ein gastbeitrag|eine kolumne"
    r"|voir tous les articles|ver todas las entradas|bekijk alle berichten|vedi tutti gli articoli|article"
    r"|post"
    r"|this|entry|ein|eine|artikel|gastbeitrag|guest post|reviewed|rédigé|recipe|rezept|ricetta|posted"
    r"|submitted"
    r"|gespeichert|written|published|created|added|authored|veröffentlicht|geschrieben|verfasst|erstellt"
    r"|eingestellt|gepostet|publié|posté|écrit|ecrit|publicado|escrito|pubblicato|scritto|postado|geschreven"
    r"|geplaatst|skrevet|skriven|napisane|napisał|opublikował|diposting|ditulis|đăng"
)
_LABEL = rf"^[\s\W]*(?:(?:{_BEFORE_BY})\s+)*(?:{_BY})"
BYLINE = re.compile(rf"{_LABEL}(?:\s*[:：]\s*|\s+|(?<=[^\x00-\x7f])\s*)", re.IGNORECASE)
LABEL = re.compile(rf"{_LABEL}\s*[:：]?\s*$", re.IGNORECASE)
# Labels and names that stand in neighbouring elements without a space between: "AutorTine".
GLUED_LABEL = re.compile(r"^(?:Autor(?:in)?|Author|Auteur|Autore|By|Von|Par)(?=[A-ZÀ-Þ])")
JOINED = re.compile(
    r"\s*[;|•·/\n、،]\s*|\s+(?:and|und|et|y|og|och|ve|and others|with|mit|avec|e|en|и|та|oraz|ja|dan|và|&)\s+"
    r"|\s*&\s*|\s*,\s*(?:and|und|et|y)?\s+|,(?=\S)",
)
STOP = re.compile(
    r"\s*(?:[|•·–—(\[<>\n]|\s-\s|\s(?:on|am|le|el|il|at|in|für|for|op|den|dne|um|vom|is|ist|has|was|posted|published|updated|veröffentlicht)(?:\s|$)|\s\d|\s(?:vào|στις|în|カテゴリー?|分类|分類|카테고리|タグ)(?:\W|$)|\.\s+(?:last|first|updated|published|posted|reviewed)\b|\s*\b(?:fotos?|photos?|photography|illustrationen|illustrations?|bilder?|images?|grafik|video)\b|\s*@\w|\s\().*$",
    re.IGNORECASE | re.DOTALL,
)
ROLE = re.compile(
    r"\b(?:editor|reporter|correspondent|journalist|redakteur(?:in)?|redaktion|staff|writer|contributor"
    r"|columnist|producer|director"
    r"|manager|ceo|cto|founder|professor|phd|md|intern|team|agency|press|news|magazine|daily|times"
    r"|university|inc|ltd|llc|gmbh|verlag"
    r"|society|verein|verband|bund|stiftung|partei|ministerium|universität|e\.? ?v|ag|association"
    r"|department|institute|group|company|media|studio|community|foundation|network"
    r"|zeitung|agentur|blog|services?"
    r"|wire|desk|board|committee|redazione|redacción|rédaction|redactie|office|chief|specialist|analyst"
    r"|engineer|senior|desk)\b",
    re.IGNORECASE,
)
EDITORIAL = frozenset(
    "redaktion redazione redacción redaccion rédaction redactie redakcja редакция redaksi redakce"
    " redaktionen toimitus"
    " editor editors editorial staff team agencies unknown anonymous anonym anonyme guest gast gastautor"
    " webmaster".split()
)
NOBODY = frozenset(
    "admin administrator administrateur administrador user author"
    " anonimo root moderator wordpress wpadmin system default test owner contributor"
    " autor superuser webadmin siteadmin none null undefined n/a facebook twitter instagram linkedin"
    " pinterest youtube email"
    " rss share home about contact comments subscribe more website follow reply google whatsapp print"
    " profile by von par por di posted published written date datum datum: author: autor: am on teilen"
    " drucken kommentare registrieren anmelden login register search suche bio".split()
)
NO_NAME = re.compile(
    r"https?:|^cc\b|^\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b|\barchive\b|www\.|@\S+\.\S|^(?:posted|published|publicado|publié|pubblicato|written"
    r"|updated|veröffentlicht|geplaatst|erstellt|publié|opublikowan\w|dipublikasikan|đăng|публик\w+|опублик\w+"
    r"|δημοσιεύ\w+|發表|发表|geschrieben)\b|[»«→©]|[{}<>=%$#*_~^]{1}"
    r"|\b(?:comments?|kommentare?|minutes?|min read|read more|view"
    r" all|follow|subscribe|click|share"
    r"|posts?|articles?|kategorie|category|tags?|uhr|copyright|all rights|cookies?|login|log in|sign in"
    r"|follow us|about|über|unsere?|the author"
    r"|leave a|profil|perfil|afficher|anzeigen|mehr|registrieren|newsletter|profile|website|twitter"
    r"|facebook|instagram)\b",
    re.IGNORECASE,
)
SMALL = frozenset(
    "de da di du del della der den des dos das van von vom zu zum zur la le el al bin ibn ben y e i und and"
    " of af av ter te ten jr sr mc o d l".split()
)
QUALIFIERS = frozenset("jr sr phd md dr ii iii mba esq".split())


def people_in(text: str) -> tuple[str, ...]:
    """Split a byline into names, in its order; what is no name of a person is left out."""
    text = fold(text)
    return () if len(text) > LONGEST_BYLINE or "://" in text else _people_in(text)


@lru_cache(maxsize=2_000)
def _people_in(text: str) -> tuple[str, ...]:
    dated = find_day(text, "en")
    if dated:
        text = f"{text[: dated.start]} | {text[dated.end :]}"
    text = BYLINE.sub("", text)
    names: list[str] = []
    for part in JOINED.split(text):
        name = clean_name(part or "")
        if name and looks_like_name(name):
            names.append(name)
        elif names and key(part or "") in QUALIFIERS:
            continue
    return tuple(dict.fromkeys(names))


def clean_name(text: str) -> str:
    """Cut the label before a name and the date, place or role after it."""
    text = BYLINE.sub("", fold(text))
    head, colon, rest = text.rpartition(":")
    # What stands in brackets, as in "Ida Moen (id:ida)", is cut below.
    text = rest if colon and len(head) < 40 and rest.strip() and "(" not in head else text
    text = GLUED_LABEL.sub("", text.strip())
    cut = STOP.sub("", text) if not text[:1].isdigit() else text
    return cut.strip(' \t,.;:|–—-·•()[]"“”„*†‡>/\\') + ("." if re.search(r"\b(?:Jr|Sr)\.$", text) else "")


def looks_like_name(text: str) -> bool:
    """Tell whether a short text can be a person's name."""
    if not 2 <= len(text) <= LONGEST_NAME or NO_NAME.search(text) or not any(char.isalpha() for char in text):
        return False
    words = text.split()
    if (
        len(words) > MOST_WORDS
        or key(text) in SMALL
        or key(text) in NOBODY
        or is_label(text)
        or month_of(text)
    ):
        return False
    return find_day(text, "en") is None and sum(char.isdigit() for char in text) <= 4


@lru_cache(maxsize=4_000)
def is_label(text: str) -> bool:
    """Tell a text that is a label before a name and nothing else: "Posted by:"."""
    return LABEL.match(text) is not None


@lru_cache(maxsize=2_000)
def reads_like_person(text: str) -> bool:
    """Tell whether a text has the shape of a full name: two to five capitalised words, no role."""
    words = text.replace(".", ". ").split()
    if not 2 <= len(words) <= 5 or ROLE.search(text):
        return False
    small = [word.casefold().strip("'’.") in SMALL and not word[:1].isupper() for word in words]
    named = [word[:1].isupper() or not word[:1].isascii() for word in words]
    return all(a or b for a, b in zip(small, named, strict=True)) and sum(named) >= 2 and not small[0]


def rank(name: str, site_keys: Iterable[str]) -> int:
    """Rate a name: 3 a full name, 2 one word, 1 a handle, an organisation or the site itself, 0 nobody."""
    if key(name) in NOBODY:
        return 0
    if key(name) in EDITORIAL or ROLE.search(name):
        return 1
    if key(name) in site_keys:
        # A person's own blog is often called after its author.
        return 2 if reads_like_person(name) else 1
    if reads_like_person(name):
        return 3
    return 2 if name[:1].isupper() or not name[:1].isascii() else 1
