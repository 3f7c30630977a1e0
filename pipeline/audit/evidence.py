"""How sure a finding is: a number that follows from its evidence, and from nothing else.

Each kind of evidence is a witness that errs with a known rate. Witnesses err independently enough, so a
finding is wrong only when all of them are: confidence = 1 - product of (1 - weight). Weights are our
reading of candidates on real pages: what share of places with this evidence alone was a leftover.
"""

from collections.abc import Iterable

from pipeline.records import Evidence

SAFE_AT = 0.9
"""From here on a fix may be applied without asking: one wrong in ten would be too many for less."""
NEVER_SURE = 0.99

WEIGHTS = {
    "markup": 0.97,  # the emitter's own class name or tag
    "wording": 0.92,  # words that only a program prints
    "syntax": 0.92,  # a program's notation, with its own brackets and attributes
    "repair": 0.95,  # damaged characters that decode to plain text again
    "same-text": 0.97,  # equal to something that the post has already said
    "camera-name": 0.88,  # IMG_1234, screenshots, messengers, stock numbers: names no person writes
    "hash": 0.75,  # 32 hexadecimal digits: a picture's name to a server, or a checksum
    "size-suffix": 0.8,  # 696x463 behind words
    "file-extension": 0.75,
    "file-name": 0.75,  # equals the name of a picture beside it
    "glued": 0.65,  # no space where two words meet
    "same-post": 0.55,  # the post has certain cases of the same kind
    "generic-name": 0.5,  # Oip, download, unnamed: what search engines and browsers call a picture
    "rest-complete": 0.4,  # without it the block reads as a whole
    "alone": 0.4,  # the block holds nothing else
    "title-case": 0.4,  # every word capitalised, as title plugins do it
    "translated": 0.85,  # a translated wording, or one that people could write, too
    "likely": 0.7,  # a wording that people write, too
    "neighbour": 0.6,  # parts of the same form, bar or notice stand next to it
    "last-block": 0.5,  # where the thing stands when a page is copied
    "curly-quotes": 0.6,  # typographic quotes inside a tag: its plugin is not there
    "linked": 0.5,  # the whole block is one link
    "adjacent": 0.5,
    "site-wide": 0.8,  # the site shows the same line on many pages
    "contradiction": 0.95,  # two strong witnesses cannot both be right
    "set-apart": 0.5,  # in capitals or between rules, in the middle of a text that goes on
    "heads-nothing": 0.5,  # a heading that another one follows at once
}


def confidence(evidence: Iterable[Evidence]) -> float:
    """Combine evidence into a confidence between 0 and 0.99, two decimals. An unknown kind weighs 0.5."""
    doubt = 1.0
    for kind in {one.kind for one in evidence}:
        doubt *= 1.0 - WEIGHTS.get(kind, 0.5)
    return min(NEVER_SURE, round(1.0 - doubt, 2))
