"""The language that a text is written in, told by its script and its smallest words.

Themes often say lang="en" over posts in another language. This only ever corrects such a claim: the signs
must be plain and many.
"""

import re
from collections import Counter

ENOUGH_LETTERS = 200
LEAST_SHARE = 0.08
"""Share of a text's words that are its language's small words: 0.1–0.4 in prose, below 0.05 in others."""
LEAST_LEAD = 2.5
"""How many times the claimed language's share it must be."""
LEAST_LEAD_OF_ALL = 1.3
WORD = re.compile(r"[^\W\d_]+")
SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ja", re.compile("[\u3041-\u309f\u30a1-\u30fa]")),
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("el", re.compile("[\u03ac-\u03ce]")),
    ("th", re.compile("[\u0e01-\u0e2e]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("fa", re.compile("[\u067e\u0686\u0698\u06af]")),
    ("ar", re.compile("[\u0627-\u064a]")),
    ("uk", re.compile("[\u0456\u0457\u0454\u0491]")),
    ("ru", re.compile("[\u0430-\u044f]")),
)
NOT_LATIN = re.compile("[\u0370-\u1dff\u2c00-\uffff]+")
"""Holds the letters of all these scripts, and no dash or curly quote."""
SCRIPT_SHARE = {"ja": 0.15, "zh": 0.5, "fa": 0.02, "uk": 0.03}
SMALL_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the and of to in is that for it with as was on are this be you not have from or at by an",
        "de": "der die und das ist nicht mit von den sich auf ein eine dem zu im des es für auch als",
        "fr": "le la les et des est une dans que pour pas sur qui avec ce au par plus du il sont vous",
        "es": "el los las que una para con del por es su al lo como más pero se no está muy también son",
        "it": "il che di la per una non con del della sono si da gli anche come più nel ma questo le",
        "pt": "os as que uma para com do da não por em se mais como mas ao na no dos um são você foi",
        "nl": "de het een en van is dat op te in voor met zijn niet aan er ook als bij om maar naar uit",
        "pl": "na się nie do to że jest jak po za od co dla są być przez tym może tego już lub oraz",
        "sv": "och att det som en på är av för med den till inte ett om har de från vi jag men så kan",
        "da": "og at det som en på er af for med den til ikke et om har de fra vi jeg men så kan blev",
        "fi": "ja on ei se että oli ovat kun mutta myös hän joka tai niin kuin sen voi ole olla vain",
        "cs": "na se je že to do jako za ale by pro jsou který od nebo tak po jsem jeho také",
        "tr": "ve bir bu için ile de da çok olarak daha olan gibi ama ne kadar en sonra var ya her mi",
        "vi": "và của là có cho không một được các trong với những này người để khi đã đến từ cũng về",
        "id": "yang dan untuk dengan ini dari pada tidak itu adalah dalam akan ke juga bisa atau",
    }.items()
}
LANGUAGES_OF: dict[str, list[str]] = {}
"""Small word -> the languages that have it."""
for _language, _words in SMALL_WORDS.items():
    for _word in _words:
        LANGUAGES_OF.setdefault(_word, []).append(_language)

SURE = 0.25
"""A text with this share of its claimed language's small words is in no other."""
ENOUGH_TEXT = 2_000
"""A text's beginning tells its language; so many characters of it are read."""


def written_language(text: str, claimed: str | None) -> str | None:
    """Name the language of a text, or None where it is short, mixed or not known here.

    `claimed` is what the page says: a language whose small words are not known here is left alone.
    """
    text = text[:ENOUGH_TEXT]
    if claimed in SMALL_WORDS and _is_sure(text, SMALL_WORDS[claimed]):
        return None
    letters = sum(map(str.isalpha, text))
    if letters < ENOUGH_LETTERS:
        return None
    lowered = text.lower()
    foreign = "".join(NOT_LATIN.findall(lowered))
    for language, script in SCRIPTS if foreign else ():
        if len(script.findall(foreign)) >= letters * SCRIPT_SHARE.get(language, 0.5):
            return language
    if claimed is not None and claimed not in SMALL_WORDS:
        return None
    return _by_small_words(Counter(WORD.findall(lowered)), claimed)


def _is_sure(text: str, small: frozenset[str]) -> bool:
    """Tell a text full of its language's small words; cut at blanks, which costs a quarter of a pattern."""
    words = text.lower().split()
    return sum(map(small.__contains__, words)) >= SURE * max(1, len(words))


def _by_small_words(words: Counter[str], claimed: str | None) -> str | None:
    count, found = words.total(), Counter[str]()
    if not count:
        return None
    for word in LANGUAGES_OF.keys() & words.keys():
        for language in LANGUAGES_OF[word]:
            found[language] += words[word]
    best, second = sorted(SMALL_WORDS, key=lambda language: found[language], reverse=True)[:2]
    plain = found[best] >= LEAST_SHARE * count and found[best] >= LEAST_LEAD_OF_ALL * found[second]
    return best if plain and (claimed is None or found[best] >= LEAST_LEAD * found[claimed]) else None
