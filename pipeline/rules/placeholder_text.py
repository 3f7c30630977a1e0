"""Text that stands where somebody meant to write.

**Finds** Lorem ipsum, the texts page builders and themes start with, and notes such as [insert link here],
TKTK and "TODO:".

**Why it matters** The page was published half-finished, and search engines index it.

**Leaves alone** posts that speak about filler text, templates for readers, "[sic]" and other brackets,
"dates TBD", and lists of things to do.

**Fix** deletes filler that is beyond doubt. *Safe* for Lorem ipsum and builders' texts, unless they are most
of the page: that is a template, and only flagged. Notes are left to an editor.

**Source** Default texts of Elementor, WPBakery, Divi and Webflow; Cicero, as typesetters have garbled him.
"""

import re
from collections.abc import Iterator

from pipeline.audit.anchor import is_quoted
from pipeline.audit.reading import Reading
from pipeline.audit.rule import Rule, Span
from pipeline.records import Evidence

rule = Rule(
    __name__,
    __doc__,
    severity="error",
    specificity=6,
    is_filler=True,
    about=r"\b(?:lorem|ipsum|placeholders?|filler|dummy text|typograph\w*|blindtext|design\w*|font\w*)\b",
)
rule.furniture_hints = ("orem ipsum dolor",)

LOREM = re.compile(r"[Ll]orem ipsum(?: dolor\b|$)")
LATIN = frozenset(
    (
        "lorem ipsum dolor sit amet consectetur consectetuer adipiscing adipisicing elit sed do eiusmod "
        "tempor incididunt "
        "ut labore et dolore magna aliqua enim ad minim veniam quis nostrud exercitation ullamco laboris "
        "nisi aliquip ex "
        "ea commodo consequat duis aute irure in reprehenderit voluptate velit esse cillum eu fugiat "
        "nulla pariatur "
        "excepteur sint occaecat cupidatat non proident sunt culpa qui officia deserunt mollit anim id "
        "est laborum "
        "suspendisse varius eros elementum tristique cursus mi vitae pellentesque vestibulum mauris nunc "
        "vel at ac a "
        "donec integer praesent vivamus curabitur aenean nullam phasellus maecenas morbi fusce etiam nam "
        "cras proin "
        "quam justo lacus leo turpis risus odio ligula tortor metus purus augue lectus libero diam urna "
        "massa nec "
        "tellus luctus pulvinar dapibus ultrices posuere cubilia curae faucibus orci eget bibendum "
        "viverra neque arcu "
        "nonummy nibh euismod tincidunt laoreet erat volutpat wisi diam sem malesuada fames "
        "ante primis habitant senectus"
    ).split()
)
DEFAULTS = (
    "Add Your Heading Text Here",
    "I am text block. Click edit button to change this text.",
    "Your content goes here. Edit or remove this text inline or in the module Content settings.",
    "Your Title Goes Here",
    "This is a placeholder for your sticky navigation bar. It should not be visible.",
    "Suspendisse varius enim in eros elementum tristique",
    "Click edit button to change this text",
)
NOTE = re.compile(
    r"[\[(](?:insert|add|place|include)\s(?:an?\s|the\s|your\s)?(?:[\w-]+\s){0,4}?(?:here|link|"
    r"image|photo|picture|url|"
    r"name|quote|source|screenshot|video|text|cta|button|date|title|caption)(?:\shere)?[\])]|"
    r"\[CTA(?::[^\]\n]{0,60})?\]",
    re.I,
)
TODO = re.compile(
    r"\bTKTK\b|[\[(]TK(?:\s[^\[\]()\n]{1,60})?[\])]"  # journalists' "to come": no word is spelled so
    r"|[\[(](?:TODO|FIXME|TBD)\b[^\[\]()\n]{0,80}[\])]"
    r"|^(?:TODO|FIXME):\s?[^\n]{1,200}"
)
TASKS = re.compile(r"\b(?:to-?dos?|tasks?|fixme|productiv\w+)\b", re.I)
TO_COME = re.compile(r"(?<=[a-z] )(?<!the )(?<!our )(?<!by )TK(?=[.,;:?!]?(?: [a-z]|$))")
RARE = 2
"""A post that says TK more often has a name for something."""
A_LOG = 3
"""Notes that open paragraphs; so many are a list of things to do, kept on purpose."""
FIELDS = frozenset(("enter text here", "your text here", "modal title", "your heading here", "headline 1"))
WORDS = re.compile(r"[^\W\d_]+")
SENTENCE_STOP = re.compile(r"[.!?…](?=\s|$)")


@rule.text("orem ipsum")
def by_latin(text: str) -> Iterator[Span]:
    """Yield the filler from its first word to the end of its last Latin sentence."""
    start = LOREM.search(text)
    if start is None or is_quoted(text, start.start(), start.end()):
        return
    end = _end_of_latin(text, start.start())
    if end is not None:
        yield Span(start=start.start(), end=end, cause="lorem-ipsum")


def _end_of_latin(text: str, start: int) -> int | None:
    """Give where the last sentence ends whose words are mostly filler; None when the first is not."""
    end, at = None, start
    stops = [stop.end() for stop in SENTENCE_STOP.finditer(text, start)] + [len(text)]
    for stop in stops:
        words = [word.lower() for word in WORDS.findall(text[at:stop])]
        if words and sum(word in LATIN for word in words) < 0.6 * len(words):
            break
        end = stop if words or stop == len(text) else end
        at = stop
    return end


@rule.text(*DEFAULTS)
def by_default_text(text: str) -> Iterator[Span]:
    """Yield a builder's starting text: the whole block, when it opens it."""
    for words in DEFAULTS:
        start = text.find(words)
        if start < 0 or is_quoted(text, start, start + len(words)):
            continue
        whole = start == 0 and len(text) < len(words) + 160
        if whole or text[:start].rstrip().endswith((".", "!", "?")):
            yield Span(start=start, end=len(text) if whole else start + len(words), cause="builder-default")
            return


@rule.text("[", "(insert ")
def by_note(text: str) -> Iterator[Span]:
    """Yield notes that an author left for later."""
    for note in NOTE.finditer(text):
        yield _note(note.start(), note.end(), note[0])


@rule.post("TK", "TODO", "FIXME", "[TBD", "(TBD")
def by_todo(reading: Reading) -> Iterator[Span]:
    """Yield an author's reminders; not those of a post that is a list of them."""
    if TASKS.search(reading.metadata.title or ""):
        return
    found = [(i, m) for i in reading.shown for m in _todos(reading, i)]
    opening = sum(not m.start() and reading.texts[i][:1].isalpha() for i, m in found)
    for i, note in found:
        if opening < A_LOG or note.start() or not reading.texts[i][:1].isalpha():
            start = reading.starts[i]
            yield _note(start + note.start(), start + note.end(), note[0])


def _todos(reading: Reading, i: int) -> Iterator[re.Match[str]]:
    block = reading.blocks[i]
    if block.kind in ("code", "table_cell"):
        return
    for note in TODO.finditer(reading.texts[i]):
        if not (block.rich and reading.in_code(i, note[0])) and not is_quoted(reading.texts[i], *note.span()):
            yield note


@rule.post("TK")
def by_to_come(reading: Reading) -> Iterator[Span]:
    """Yield a lone TK in an English sentence, which is how editors mark what is missing."""
    if not (reading.metadata.language or "").startswith("en") or reading.text.count("TK") > RARE:
        return
    for i in reading.shown:
        if reading.blocks[i].kind != "code" and not reading.blocks[i].rich:
            for note in TO_COME.finditer(reading.texts[i]):
                start = reading.starts[i]
                yield _note(start + note.start(), start + note.end(), note[0])


@rule.post()
def by_field(reading: Reading) -> Iterator[Span]:
    """Yield what forms and builders say where a text should be, alone in a block."""
    if FIELDS.isdisjoint(reading.line_set):
        return
    for i in reading.shown:
        if reading.lines[i] in FIELDS and reading.blocks[i].kind != "table_cell":
            yield _note(*reading.place(i), reading.texts[i])


def _note(start: int, end: int, words: str) -> Span:
    return Span(
        start=start, end=end, replacement=None, evidence=(Evidence(kind="likely", detail=words[:80]),)
    )
