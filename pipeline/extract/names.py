"""Telling the names of people from what else stands in a byline."""

import re
from collections.abc import Iterable

from pipeline.extract.dates import find_day
from pipeline.extract.words import fold, key

LONGEST_NAME = 50
MOST_WORDS = 6
# "By" in the languages of blogs; the verb before it, if any, goes with it.
_BY = (
    r"by|von|vom|par|por|di|da|door|av|af|od|przez|автор|авторы|від|текст|oleh|bởi|tekst|texte?|testo|texto|foto|story|words"
    r"|autor(?:in|en|es|a|i|ka|zy)?|auteur(?:e|s|rice)?|autore|autori|author(?:s|ed)?|writer|yazar|yazan|penulis|tác giả|kirjoittaja|szerző"
    r"|författare|forfatter|skribent|redacteur|reporter|verfasst|redaktor|γράφει|מאת|بقلم|كتب|الكاتب|作者|文|著者|執筆者?|投稿者|글|글쓴이|기자|ผู้เขียน"
)
BYLINE = re.compile(
    r"^[\s\W]*(?:(?:was|is|article|post|this|entry|beitrag|ein|eine|artikel|gastbeitrag|guest post|reviewed|rédigé|recipe|rezept|ricetta"
    r"|posted|written|published|created|added|authored|veröffentlicht|geschrieben|verfasst|erstellt|eingestellt|gepostet|publié|posté|écrit|ecrit"
    r"|publicado|escrito|pubblicato|scritto|postado|geschreven|geplaatst|skrevet|skriven|napisane|napisał|opublikował|diposting|ditulis|đăng)\s+)*"
    rf"(?:{_BY})(?:(?:\s*[::]\s*)|\s+|(?<=[^\x00-\x7f])\s*)",
    re.IGNORECASE,
)
LABEL = re.compile(rf"^\s*(?:{_BY})\s*[::]?\s*$", re.IGNORECASE)
JOINED = re.compile(
    r"\s*[;|•·/\n、]\s*|\s+(?:and|und|et|y|og|och|ve|and others|with|mit|avec|e|en|и|та|oraz|ja|dan|và|&)\s+|\s*&\s*|\s*,\s*(?:and|und|et|y)?\s+|,(?=\S)",
)
STOP = re.compile(
    r"\s*(?:[|•·–—(\[<>\n]|\s-\s|\s(?:on|am|le|el|il|at|in|für|for|op|den|dne|um|vom|is|ist|has|was|posted|published|updated|veröffentlicht)\s|\d).*$",
    re.IGNORECASE | re.DOTALL,
)
ROLE = re.compile(
    r"\b(?:editor|reporter|correspondent|journalist|redakteur(?:in)?|redaktion|staff|writer|contributor|columnist|producer|director"
    r"|manager|ceo|cto|founder|professor|phd|md|intern|team|agency|press|news|magazine|daily|times|university|inc|ltd|llc|gmbh|verlag"
    r"|society|association|department|institute|group|company|media|studio|community|foundation|network|zeitung|agentur|blog|services?"
    r"|wire|desk|board|committee|redazione|redacción|rédaction|redactie|office|chief|specialist|analyst|engineer|senior|desk)\b",
    re.IGNORECASE,
)
NOBODY = frozenset(
    "admin administrator administrateur administrador webmaster editor editors editorial staff guest user author"
    " unknown anonymous anonym anonyme anonimo root moderator redaktion redazione redacción redaccion rédaction"
    " redactie redakcja редакция redaksi wordpress wpadmin system default test owner team contributor gast gastautor"
    " autor superuser webadmin siteadmin none null undefined n/a facebook twitter instagram linkedin pinterest youtube email"
    " rss share home about contact comments subscribe more website follow reply google whatsapp print profile".split()
)
NO_NAME = re.compile(
    r"https?:|www\.|@\S+\.\S|[{}<>=%$#*_~^]{1}|\b(?:comments?|kommentare?|minutes?|min read|read more|view all|follow|subscribe|click|share"
    r"|posts?|articles?|kategorie|category|tags?|uhr|copyright|all rights|cookies?|login|log in|sign in|follow us|about|über|unsere?|the author"
    r"|leave a|newsletter|profile|website|twitter|facebook|instagram)\b",
    re.IGNORECASE,
)
SMALL = frozenset(
    "de da di du del della der den des dos das van von vom zu zum zur la le el al bin ibn ben y e i und and of af av ter te ten jr sr mc o d l".split()
)
QUALIFIERS = frozenset("jr sr phd md dr ii iii mba esq".split())


def people_in(text: str) -> list[str]:
    """Split a byline into names, in its order; what is no name of a person is left out."""
    text = fold(text)
    if len(text) > 400:
        return []
    text = BYLINE.sub("", text)
    names: list[str] = []
    for part in JOINED.split(text):
        name = clean_name(part or "")
        if name and looks_like_name(name):
            names.append(name)
        elif names and key(part or "") in QUALIFIERS:
            continue
    return list(dict.fromkeys(names))


def clean_name(text: str) -> str:
    """Cut the label before a name and the date, place or role after it."""
    text = BYLINE.sub("", fold(text))
    cut = STOP.sub("", text) if not text[:1].isdigit() else text
    return (cut or text).strip(" \t,.;:|–—-·•()[]\"“”„*†‡>/\\") + ("." if re.search(r"\b(?:Jr|Sr)\.$", text) else "")


def looks_like_name(text: str) -> bool:
    """Tell whether a short text can be a person's name."""
    if not 2 <= len(text) <= LONGEST_NAME or NO_NAME.search(text) or not any(char.isalpha() for char in text):
        return False
    words = text.split()
    if len(words) > MOST_WORDS or key(text) in NOBODY or text.casefold() in NOBODY:
        return False
    return find_day(text, "en") is None and sum(char.isdigit() for char in text) <= 4


def reads_like_person(text: str) -> bool:
    """Tell whether a text has the shape of a first and a last name: two to five capitalised words, no role."""
    words = text.replace(".", ". ").split()
    if not 2 <= len(words) <= 5 or ROLE.search(text):
        return False
    return all(word[:1].isupper() or word.casefold().strip("'’.") in SMALL or not word[:1].isascii() for word in words)


def rank(name: str, site_keys: Iterable[str]) -> int:
    """Rate a name: 3 first and last name, 2 one word, 1 a handle, an organisation or the site itself, 0 nobody."""
    if key(name) in NOBODY:
        return 0
    if key(name) in site_keys or ROLE.search(name):
        return 1
    if reads_like_person(name):
        return 3
    return 2 if name[:1].isupper() or not name[:1].isascii() else 1
