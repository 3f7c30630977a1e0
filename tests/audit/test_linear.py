"""No text brings the audit to a standstill: twice the length costs about twice the work.

A pattern that looks back for ever runs into the test's time limit; a loop that costs the square, however
mildly, shows in the number of lines that are executed.
"""

import sys
from types import FrameType
from typing import Any

import pytest

from pipeline.audit.run import audit
from pipeline.records import Article, Block, Metadata
from pipeline.rules import load_rules

RULES = load_rules()
LONG = 50_000
"""Characters of one block."""
MANY = 4_000
SHORT, FEW = 4_000, 200
"""Characters and lines of the shorter of two texts whose steps are counted."""
MORE = 2.5
"""Twice the length may cost so many times the steps: a second round of fixes checks only what has changed."""
UNITS = {
    "slugs": "a-",
    "underscores": "a_",
    "title case": "Ab ",
    "digits": "1",
    "camera names": "IMG_1234 ",
    "file names": "a b.png ",
    "dates": "20240101_",
    "hexadecimal": "0a1b-",
    "stock names": "stock-photo-a-",
    "network names": "1234567890_",
    "counters": "design (1)",
    "brackets": "[",
    "open tags": "[a b=",
    "pairs of tags": "[ab][/ab]",
    "braces": "{{ a",
    "joomla": "{abc}",
    "escaped tags": "<p ",
    "references": "&amp;",
    "stars": "**a",
    "percent signs": "%A",
    "filler": "Lorem ipsum dolor ",
    "mojibake": "Ã",
    "invisible": "a\u200b",
    "quotation marks": '"“',
    "share links": "click to share on x (",
    "messages": "Warning: a in /a ",
    "traces": "Stack trace: #0 a",
    "database errors": "WordPress database error ",
    "form errors": "Error: Form ",
    "citations": "turn0search0",
    "marks": "[oaicite",
    "brackets of Asia": "【1",
    "frames": "Certainly! Here is a",
    "addresses": "https://a.example/",
    "posts of others": "a (@a",
    "comment forms": "leave a reply ",
    "notes": "[insert a ",
    "consent": "by loading the video",
    "fields": "title: tags: ",
    "fences": "--- ",
    "slots": "sidebar ad 300x250 ",
    "codes of mail": "=C3=A9",
    "half codes of mail": "=20",
    "breaks": "\\n",
    "breaks and words": "\\nA ",
    "table rules": "|---",
    "footnotes": "[^1]",
    "underlines": "__a ",
    "strikes": "~~a",
    "escaped stars": "\\*a",
    "players": "[youtube https://a.example/",
    "scripts": "方Old Boats 696x463",
    "sentences and sizes": "Town. Old Boats 696x463 ",
    "half letters": "Ã ",
    "bookmarks": "<span data-mce-type=",
    "style sheets": "<style>a",
    "style sheets, closed": "<style></style>",
    "closed links": '<a b="c"></a>',
    "damaged code": "[code]“",
    "damaged code, closed": "[code]“[/code]",
    "columns": "[/one_half][one_half]",
    "attachments": "a.png (1 KiB) Viewed 1 times",
    "firefly names": "firefly a 12345 ",
    "edited names": "A E1573827348123 ",
    "copies of copies": "copy of untitled design ",
    "forms in a line": "required fields are marked name ",
    "notes of forms": "your email address will not be published ",
    "titles of forms": "Required fields are marked leave a reply cancel reply ",
    "lost letters": "a?b ",
    "lost letters in a row": "a?",
    "wiki links": "[[A|",
    "page numbers": "pages: 1 2 3 ",
    "scripts off": "JavaScript browser form ",
    "outcries": "Oops! form ",
    "boxes": ":::a ",
    "halves of shortcodes": "{{% a %}}",
    "halves of blocks": "{% abc %}",
    "rows of labels": "facebook twitter ",
    "reading times": "reading time ",
    "spaces": "aÂ ",
    "credits": "[photo: A ",
    "credits, closed": "[photo: A B]",
    "answers": "(Word count: 1",
    "cookies": "we use cookies ",
    "links that give up": "a cancel reply ",
    "repairs of repairs": "&#x26;amp;#8217;x ",
}
LINES = (
    "Advertisement",
    "Name",
    "Your email address will not be published.",
    "IMG_1234",
    "Share",
    "Share this:",
    "Read more",
)


def work(*texts: str) -> int:
    blocks = tuple(Block(kind="paragraph", text=text) for text in texts)
    return len(audit(Article(blocks=blocks), Metadata(title="Water"), RULES).clean_texts)


def steps(*texts: str) -> int:
    """Count the lines that the audit executes, each turn of a loop being one."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return trace

    work(*texts[:2])  # what is kept for later calls
    sys.settrace(trace)
    try:
        work(*texts)
    finally:
        sys.settrace(None)
    return count


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_twice_the_length_takes_twice_the_steps(unit: str) -> None:
    once, twice = ((unit * (size // len(unit))).strip() for size in (SHORT, 2 * SHORT))
    assert steps(twice) <= MORE * steps(once)


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_twice_the_places_among_words_take_twice_the_steps(unit: str) -> None:
    apart = f"{unit} and a few words "
    once, twice = ((apart * (size // len(apart))).strip() for size in (SHORT, 2 * SHORT))
    assert steps(twice) <= MORE * steps(once)


@pytest.mark.parametrize("line", [*LINES, *(unit.strip() for unit in UNITS.values())])
def test_twice_the_lines_take_twice_the_steps(line: str) -> None:
    assert steps(*[line] * 2 * FEW) <= MORE * steps(*[line] * FEW)


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_a_block_of_nothing_but_this_is_read_to_its_end(unit: str) -> None:
    assert work((unit * (LONG // len(unit))).strip()) == 1


@pytest.mark.parametrize("line", [*LINES, *UNITS.values()])
def test_thousands_of_lines_of_this_are_read_to_the_last(line: str) -> None:
    assert work(*(line.strip() for _ in range(MANY))) == MANY
