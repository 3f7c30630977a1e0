"""A link to go on reading that came along from a list of posts.

**Finds** "Read more", "Continue reading", "(more…)" and their translations, alone in a block and all of it
a link; and "Pages: 1 2 3" below a post that was cut in parts.

**Why it matters** The reader is already reading; the line belongs to another page.

**Leaves alone** "Read more about …" in a sentence, and any line that is not a link.

**Fix** proposes to delete the line.

**Source** WordPress the_content() and the_excerpt() in themes, post-template.php ("(more…)").
"""

import re
from collections.abc import Iterator

from pipeline.audit.reading import Reading
from pipeline.audit.rule import Rule, Span
from pipeline.records import Evidence

rule = Rule(__name__, __doc__, severity="warning", fix="suggested", specificity=3)

LINES = frozenset(
    """
(more…)|(more...)|(mehr…)|(suite…)|(más…)|(mais…)|(altro…)|(meer…)|(mer…)|(mere…)|(lisää…)|(więcej…)|(více…)
(далее…)|(далі…)|(さらに…)|(更多…)|（更多…）|（繼續閱讀…）|(περισσότερα…)|(devamı…)
read more|continue reading|keep reading|read the full post|read the full article
read full article
read full post
read the rest of this entry|read the rest of this post|view full post|view post|full story|read article
weiterlesen|mehr lesen|ganzen artikel lesen|den ganzen beitrag lesen
lire la suite|lire plus|lire l’article|continuer la lecture
leer más|seguir leyendo|continuar leyendo|sigue leyendo|leer el artículo completo
leggi tutto|continua a leggere|continua la lettura
leia mais|continue lendo|ler mais|continuar a ler|lees verder|lees meer|läs mer|fortsätt läsa|les mer
læs mere|fortsett å lese
czytaj dalej|czytaj więcej|číst dál|číst více|čítať ďalej|tovább olvasom|citește mai mult|lue lisää
devamını oku|daha fazla oku
читать далее|читать дальше|читати далі|прочетете още|διαβάστε περισσότερα|続きを読む|もっと読む|阅读更多
继续阅读
閱讀全文
더 보기
계속 읽기
baca selengkapnya|đọc tiếp|อ่านต่อ|اقرأ المزيد|קרא עוד
""".replace("\n", "|").split("|")
) - {""}
PAGES = re.compile(
    r"(?:pages?|seiten?|páginas?|pagine|pagina['’]s|paginas|strony|stránky|sidor|sider|sivut|sayfalar|страницы|"
    r"сторінки|ページ|页码?|頁) ?[:：]? ?\d{1,2}(?: ?[|,·-]? ?\d{1,2}){1,20}"
)
"""WordPress's links to the parts of a post that was cut in pages."""
NUMBER = re.compile(r"\d{1,2}")
TRIM = " ….»›→>()[]:"
LONGEST = max(map(len, LINES)) + 8


@rule.post()
def by_wording(reading: Reading) -> Iterator[Span]:
    """Yield lines that are nothing but such a link."""
    for i in reading.shown:
        line = reading.lines[i]
        if len(line) > LONGEST or reading.blocks[i].kind != "paragraph":
            continue
        if (beside := _witness(line, i in reading.linked_whole)) is not None:
            start, end = reading.place(i)
            own = Evidence(kind="likely", detail=line)
            yield Span(start=start, end=end, evidence=(own, beside), cause="more-link")


def _witness(line: str, is_link: bool) -> Evidence | None:
    """Say what speaks for a line, besides its words; None where they are no such link's."""
    if line[-1:].isdigit():
        pages = PAGES.fullmatch(line) and _counts_up(line)
        return Evidence(kind="alone", detail="page numbers from 1 or 2 on") if pages else None
    if line not in LINES and line.strip(TRIM) not in LINES:
        return None
    if is_link:
        return Evidence(kind="linked", detail="a link")
    return Evidence(kind="alone", detail="no link") if line.startswith(("(", "（")) else None


def _counts_up(line: str) -> bool:
    numbers = [int(one) for one in NUMBER.findall(line)]
    return numbers[0] in (1, 2) and numbers == [*range(numbers[0], numbers[0] + len(numbers))]
