"""What search engines and browsers call a picture that has no name."""

import re
from collections.abc import Sequence

from pipeline.audit.filenames import fold
from pipeline.audit.standing import Spot

UPPER = "A-ZÀ-ÖØ-ÞА-ЯΑ-Ω"
UNNAMED = (
    r"[Ii]mages?|[Dd]ownload|[Uu]nnamed|Th|[Uu]ntitled|[Uu]nbenannt|[Ss]in [Tt]ítulo|[Ss]ans [Tt]itre|"
    r"[Ss]enza [Tt]itolo|"
    r"[Ss]em [Tt]ítulo|[Bb]ez [Nn]azwy|[Бб]ез [Нн]азвания|[Dd]escarga|[Tt]éléchargement|[Pp]obrane|[Ii]ndir|"
    r"ダウンロード|下载|無題"
)
"""What browsers call a picture that has no name; only with a number behind it is that no word."""
_COUNTER = r"(?:[-_ ]\d{1,2}|[-_ ]?\(\d{1,2}\))"
GENERIC_HEAD = re.compile(rf"(?:(?:Oip|OIP){_COUNTER}?|(?:{UNNAMED}){_COUNTER})(?=[{UPPER}][a-zà-ÿа-я])")
GENERIC_TAIL = re.compile(
    rf"(?:(?<=[^\s\d])(?<![A-Z])(?:Oip|OIP){_COUNTER}?|(?<=[.!?:。！？])(?:{UNNAMED}){_COUNTER})$"
)
GENERIC_WHOLE = re.compile(rf"(?=Oip|OIP|.*\d)(Oip|OIP|{UNNAMED}){_COUNTER}?")
"""A word that names buttons and menus needs its number, too."""
ENDS_OF_NAMES = frozenset("pP)0123456789")
"""What an unnamed picture's name ends with: Oip, or a number."""


def by_generic_name(i: int, text: str, names: Sequence[str]) -> list[Spot]:
    """Find what a search engine or a browser calls every picture, glued to the block's start or end.

    Or alone in its block, with a picture of that name beside it.
    """
    if names and (whole := GENERIC_WHOLE.fullmatch(text)) and fold(whole[1]) in names:
        return [Spot(i, 0, len(text), frozenset({"generic-name", "file-name", "alone"}))]
    kinds = frozenset({"generic-name", "glued", "rest-complete"})
    spots = [GENERIC_HEAD.match(text), GENERIC_TAIL.search(text, max(0, len(text) - 24))]
    return [Spot(i, name.start(), name.end(), kinds) for name in spots if name]
