"""A "continue reading" link that came along from a list of posts.

**Finds** "Read more", "Continue reading", "(more…)" and their translations, alone in a block and all of it
a link.

**Why it matters** The reader is already reading; the line belongs to another page.

**Leaves alone** "Read more about …" in a sentence, and any line that is not a link.

**Fix** proposes to delete the line.

**Source** WordPress the_content() and the_excerpt() in themes, post-template.php ("(more…)").
"""

from collections.abc import Iterator

from pipeline.audit.reading import Reading
from pipeline.audit.rule import Rule, Span
from pipeline.records import Evidence

rule = Rule(__name__, __doc__, severity="warning", fix="suggested", specificity=3)

LINES = frozenset(
    """
(more…)|(more...)|read more|read more »|read more →|read more…|read more...|continue reading
continue reading →|continue reading »
weiterlesen|weiterlesen →|weiterlesen »|mehr lesen|lire la suite|lire la suite →|lire la suite »|leer más
leer más »|seguir leyendo
leggi tutto|continua a leggere|leia mais|continue lendo|lees verder|lees meer|läs mer|les mer|læs mere
czytaj dalej|číst dál
читать далее|続きを読む|阅读更多|继续阅读
""".replace("\n", "|").split("|")
) - {""}


@rule.post()
def by_wording(reading: Reading) -> Iterator[Span]:
    """Yield lines that are nothing but such a link."""
    for i in reading.shown:
        if reading.lines[i] in LINES and i in reading.linked_whole and reading.blocks[i].kind == "paragraph":
            start, end = reading.place(i)
            own = Evidence(kind="likely", detail=reading.lines[i])
            yield Span(
                start=start,
                end=end,
                evidence=(own, Evidence(kind="linked", detail="a link")),
                cause="more-link",
            )
