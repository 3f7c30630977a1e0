"""No text brings the audit to a standstill: twice the length costs about twice the work.

A rule that costs the square, or a pattern that looks back for ever, runs into the test's time limit.
"""

import pytest

from pipeline.audit.run import audit
from pipeline.records import Article, Block, Metadata
from pipeline.rules import load_rules

RULES = load_rules()
LONG = 50_000
"""Characters of one block."""
MANY = 4_000
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


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_a_block_of_nothing_but_this_is_read_to_its_end(unit: str) -> None:
    assert work((unit * (LONG // len(unit))).strip()) == 1


@pytest.mark.parametrize("line", [*LINES, *UNITS.values()])
def test_thousands_of_lines_of_this_are_read_to_the_last(line: str) -> None:
    assert work(*(line.strip() for _ in range(MANY))) == MANY
