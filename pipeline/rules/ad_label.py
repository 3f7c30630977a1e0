"""The label of an advertisement, as a block or heading of its own.

**Finds** "Advertisement", "Story continues below advertisement", "Anzeige" and their like, alone in a
block.

**Why it matters** The advertisement is gone or beside the point; its label becomes text, sometimes a
section.

**Leaves alone** the same words in lists, tables and sentences, and a heading that has a text of its own.

**Fix** deletes the label. *Safe* for labels that are sentences, for words that the post repeats, and for a
heading that another one follows at once; else an editor decides.

**Source** Labels that ad plugins and publishers print above a slot.
"""

from collections.abc import Iterator

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
story continues below advertisement|skip advertisement
article continues below advertisement|story continues below|continue reading the main story
report this ad|scroll to continue
advertisement. scroll to continue reading.|continue reading below
der artikel wird nach der anzeige fortgesetzt|nach der anzeige weiterlesen
la suite après la publicité|sigue leyendo después de la publicidad|continua a leggere dopo la pubblicità
lees verder na de advertentie
article continues after advertisement|article continues after this ad|content continues below
advertisement (scroll to continue)
""".replace("\n", "|").split("|")
) - {""}
WORDS = frozenset(
    "advertisement advertisements advertising anzeige werbung publicidad pubblicità publicité "
    "advertentie publicidade annons "
    "reklama annonse реклама 広告 광고 广告".split()
)
ROOTS = (
    *("advert", "anzeige", "werbung", "publicid", "pubblicit", "publicit", "annons", "reklam", "реклама"),
    *("広告", "광고", "广告", "continue", "report this ad"),
)
"""One of these is part of every label."""
KINDS = ("paragraph", "heading", "caption")
TRIM = " -–—*[](){}|:.•"


@rule.post()
def by_wording(reading: Reading) -> Iterator[Span]:
    """Yield labels alone in a block; a single word needs a second witness to be sure."""
    if not any(root in reading.low for root in ROOTS):
        return
    short = (i for i in reading.shown if len(reading.lines[i]) < 60 and reading.blocks[i].kind in KINDS)
    labels = [(i, reading.lines[i].strip(TRIM)) for i in short]
    words = [(i, label) for i, label in labels if label in WORDS]
    for i, label in labels:
        block = reading.blocks[i]
        start, end = reading.place(i)
        if label in SENTENCES or reading.lines[i] in SENTENCES:
            yield Span(start=start, end=end, cause="ad-label")
        elif label in WORDS and (block.kind != "heading" or len(words) > 1 or _heads_nothing(reading, i)):
            yield Span(
                start=start, end=end, evidence=(*_witnesses(reading, i, label, words),), cause="ad-label"
            )


def _witnesses(reading: Reading, i: int, label: str, words: list[tuple[int, str]]) -> Iterator[Evidence]:
    yield Evidence(kind="likely", detail=label)
    yield Evidence(kind="alone", detail=reading.blocks[i].kind)
    if sum(other == label for _, other in words) > 1:
        yield Evidence(kind="same-post", detail="the post repeats it")
    if reading.blocks[i].kind == "heading" and _heads_nothing(reading, i):
        yield Evidence(kind="heads-nothing", detail="no text follows it before the next heading")


def _heads_nothing(reading: Reading, i: int) -> bool:
    """Tell a heading without a text of its own; one with subsections is an author's."""
    after = next((j for j in reading.shown if j > i), None)
    if after is None:
        return i != reading.shown[0]
    return reading.blocks[after].kind == "heading" and reading.blocks[after].level <= reading.blocks[i].level
