"""Text that stands where somebody meant to write.

**Finds** Lorem ipsum and the fillers of other languages, the texts page builders and themes start with, in
their translations, and notes such as [insert link here], TKTK and "TODO:".

**Why it matters** The page was published half-finished, and search engines index it.

**Leaves alone** posts that speak about filler text, templates for readers, "[sic]" and other brackets,
"dates TBD", and lists of things to do.

**Fix** deletes filler that is beyond doubt. *Safe* for Lorem ipsum and builders' texts, unless they are most
of the page: that is a template, and only flagged. Notes are left to an editor.

**Source** Default texts of Elementor, WPBakery, Divi and Webflow; Cicero, as typesetters have garbled him.
"""

import re
from collections.abc import Iterator

from pipeline.audit.anchor import CLOSING, OPENING, is_quoted
from pipeline.audit.editornotes import CREDIT, FILL_IN, NOTE, SOURCE
from pipeline.audit.fillerwords import FIELDS, FIRST_LETTERS, LABELLED, LATIN, OPENINGS
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

LOREM = re.compile(
    r"[Ll]orem ipsum(?: dolor\b|$)|Sed ut perspiciatis unde omnis|Duis aute irure dolor in|At vero eos "
    r"et accusam|"
    r"Suspendisse varius enim in eros|Nam libero tempore, cum soluta|Nemo enim ipsam voluptatem"
)
DEFAULTS = (
    "Add Your Heading Text Here",
    "Click edit button to change this text",
    "Your content goes here. Edit or remove this text inline",
    "Your Title Goes Here",
    "This is a placeholder for your sticky navigation bar. It should not be visible.",
    "Write your awesome label here",
    "This is a sample text. You can replace it",
)
"""Long enough to be nobody's own words; the block that opens with one is filler."""
MORE = 260
"""Characters that a builder may write behind such words."""
LONGEST_FILLER = 1_500
BUILDERS = re.compile(r"(?:[\w ]{2,40}\. )?Click edit button to change this text\.?")
TODO = re.compile(
    r"\bTKTK\b|[\[(]TK(?:\s[^\[\]()\n]{1,60})?[\])]"  # journalists' "to come": no word is spelled so
    r"|[\[(](?:TODO|FIXME|TBD)\b[^\[\]()\n]{0,80}[\])]"
    r"|^(?:TODO|FIXME)(?::\s?[^\n]{1,200}|[.:!]?$)"
)
TEMPLATES = re.compile(
    r"\b(?:templates?|samples?|examples?|letters?|scripts?|vorlagen?|muster|modèles?|plantillas?|prompts?)\b",
    re.I,
)
FIELD_TALK = re.compile(
    r"\b(?:alt|accessib\w+|seo|screen ?readers?|barrierefrei\w*|images?|alternativ\w*)\b", re.I
)
TASKS = re.compile(r"\b(?:to-?dos?|tasks?|fixme|productiv\w+)\b", re.I)
TO_COME = re.compile(r"(?<=[a-z] )(?<!the )(?<!our )(?<!by )TK(?=[.,;:?!]?(?: [a-z]|$))")
RARE = 2
"""A post that says TK more often has a name for something."""
A_LOG = 3
"""Notes that open paragraphs; so many are a list of things to do, kept on purpose."""
WORDS = re.compile(r"[^\W\d_]+")
SENTENCE_STOP = re.compile(r"[.!?…](?=\s|$)")


@rule.text(
    *(
        "orem ipsum dolor",
        "Sed ut perspiciatis ",
        "Duis aute irure ",
        "At vero eos et",
        "Suspendisse varius enim",
    ),
    *("Nam libero tempore,", "Nemo enim ipsam"),
)
def by_latin(text: str) -> Iterator[Span]:
    """Yield the filler from its first word to the end of its last Latin sentence."""
    start = LOREM.search(text)
    if start is None or is_quoted(text, start.start(), start.end()):
        return
    end = _end_of_latin(text, start.start())
    if end is not None and not _opens_a_quotation(text, start.start(), end):
        yield Span(start=start.start(), end=end, cause="lorem-ipsum")


def _opens_a_quotation(text: str, start: int, end: int) -> bool:
    """Tell words in quotation marks that a sentence speaks about; marks around a whole filler are filler."""
    if text[start - 1 : start] not in tuple(OPENING):
        return False
    closing = next((at for at in range(start, end) if text[at] in CLOSING), end)
    return any(map(str.isalpha, text[: start - 1])) or any(map(str.isalpha, text[closing:]))


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
    if (own := BUILDERS.match(text)) is not None:
        end = _end_of_latin(text, own.end())
        yield Span(start=0, end=end or own.end(), cause="builder-default")
        return
    for words in DEFAULTS:
        start = text.find(words)
        if start < 0 or is_quoted(text, start, start + len(words)):
            continue
        whole = start == 0 and len(text) < len(words) + MORE
        if whole or text[:start].rstrip().endswith((".", "!", "?")):
            yield Span(start=start, end=len(text) if whole else start + len(words), cause="builder-default")
            return


@rule.text(*OPENINGS)
def by_opening(text: str) -> Iterator[Span]:
    """Yield a block that opens as fillers do, in the languages that have one of their own."""
    if text.startswith(OPENINGS) and len(text) <= LONGEST_FILLER:
        yield Span(start=0, end=len(text), cause="lorem-ipsum")


@rule.text("[", "(insert ")
def by_note(text: str) -> Iterator[Span]:
    """Yield notes that an author left for later."""
    for note in NOTE.finditer(text):
        if not CREDIT.fullmatch(note[0]):
            yield _note(note.start(), note.end(), note[0])


@rule.text("[link]", "[Link]", "[url]", "[URL]", "[name]", "[Name]", "[site]", "[website]")
def by_source(text: str) -> Iterator[Span]:
    """Yield a source that nobody has filled in."""
    for note in SOURCE.finditer(text):
        yield _note(note.start(), note.end(), note[0])


@rule.post("[", "{")
def by_fill_in(reading: Reading) -> Iterator[Span]:
    """Yield what a template asks its user to fill in; not in posts that offer templates."""
    if TEMPLATES.search(reading.metadata.title or ""):
        return
    for i in sorted({*reading.blocks_with("["), *reading.blocks_with("{")}):
        if reading.blocks[i].kind in ("code", "quote"):
            continue
        for note in FILL_IN.finditer(reading.texts[i]):
            if not is_quoted(reading.texts[i], *note.span()):
                start = reading.starts[i]
                yield _note(start + note.start(), start + note.end(), note[0])


@rule.post()
def by_label(reading: Reading) -> Iterator[Span]:
    """Yield what was written for a picture's field and stands in the text; not in posts that speak of it."""
    if not reading.metadata.title or not FIELD_TALK.search(reading.metadata.title):
        for i in reading.shown:
            line = reading.lines[i]
            if (
                line[:2] in FIRST_LETTERS
                and line.startswith(LABELLED)
                and reading.blocks[i].kind in ("paragraph", "caption")
            ):
                yield _note(*reading.place(i), reading.texts[i])


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
