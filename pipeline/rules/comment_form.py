"""A comment form's words inside the post.

**Finds** the form's title, its notes on e-mail addresses and required fields, its cookie line and labels,
by CSS class in a page; in a plain-text dump by their wording in the languages that blog software speaks,
where at least two of them stand together, in lines or in one line behind a sentence.

**Why it matters** It is the site's furniture: it adds a section, and words that no author has written.

**Leaves alone** "Leave a comment below!" as the author's own last line, and posts about commenting.

**Fix** deletes the form from its first line to its last label. *Safe* for two witnesses; a single line is
left to an editor.

**Source** WordPress comment_form() (wp-includes/comment-template.php) and its translations, Jetpack's and
Akismet's notes, Disqus, Blogger, Drupal.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from pipeline.audit.commentline import TRIGGERS, form_in
from pipeline.audit.commentwords import (
    AKISMET,
    CANCELS,
    CLOSED,
    LABELS,
    NOT_WORDS,
    PARTS,
    TITLES,
    hyphened,
    phrases,
)
from pipeline.audit.reading import Reading
from pipeline.audit.rule import Rule, Span
from pipeline.records import Block, Evidence
from pipeline.site.plugins import COMMENT_FORM

rule = Rule(__name__, __doc__, severity="warning", specificity=8, has_lines=True)

UNSPACED_FROM = "\u0e00"
"""From Thai on, scripts put no spaces between words: there, phrases are looked for inside the line."""
UNSPACED_SIGN = re.compile("[\u0e00-\u1fff\u2e80-\ud7ff]")
MIN_HINT = 3
LAST = 6
"""So many blocks at a post's end may be labels behind a form's title."""
LONGEST_TITLE = 80
"""Characters. Behind a form's title stands the link that gives up, whatever the title says."""
SHORT = 200
"""A line of a form is short; a paragraph that mentions one is not part of it."""


TITLE_SET, LABEL_SET = frozenset(phrases(TITLES)), frozenset(phrases(LABELS))
CLOSED_SET = frozenset(phrases(CLOSED))
LONGEST_REFUSAL = max(map(len, CLOSED_SET)) + 2
TITLE_STARTS = tuple(TITLE_SET)
CANCEL_ENDS = phrases(CANCELS)
OPENINGS = (*TITLE_STARTS, *(f"{label} " for label in LABEL_SET))
BY_FIRST_WORD: dict[str, list[tuple[str, str]]] = {}
for _kind, _some in PARTS.items():
    for _phrase in _some:
        BY_FIRST_WORD.setdefault(_phrase.split()[0], []).append((_phrase, _kind))


def _telling(phrase: str) -> list[str]:
    """Give the second and third word, or the longest where both are short."""
    words = phrase.split()
    long = [word for word in (*words[1:3], hyphened(phrase)) if len(word) > MIN_HINT]
    return long or [word for word in [max(words[1:], key=len, default="")] if len(word) > MIN_HINT]


HINTS = frozenset(word for some in PARTS.values() for phrase in some for word in _telling(phrase)) | {
    "akismet",
    "akismet,",
}
"""Second and third words of the phrases: the first may be glued to what stands before it."""
WRITTEN_HINTS = HINTS | {
    written for word in HINTS for written in (word.capitalize(), word.title(), word.upper())
}
UNSPACED = tuple((phrase, kind) for kind, some in PARTS.items() for phrase in some if phrase >= UNSPACED_FROM)


@rule.marked(*COMMENT_FORM)
def by_class(block: Block) -> Iterator[Span]:
    """Yield every block of a form by its class, which is not translated."""
    name = min(COMMENT_FORM & block.tokens)
    yield Span(
        start=0, end=len(block.text), evidence=(Evidence(kind="markup", detail=name),), cause="comment-form"
    )


@rule.post()
def by_wording(reading: Reading) -> Iterator[Span]:
    """Yield a form's lines that stand together, as one place; or a single line of one, for an editor."""
    if WRITTEN_HINTS.isdisjoint(reading.words) and not UNSPACED_SIGN.search(reading.text):
        return
    hinted = [i for i in reading.shown if _may_tell(reading.lines[i])]
    if not any(_parts_of(reading.lines[i]) - {"label"} for i in hinted):
        return
    parts = {i: parts for i in reading.shown if (parts := _parts_of(reading.lines[i]))}
    named = {i: some for i, some in parts.items() if some == {"label"} or _opens(reading.lines[i])}
    for run in _runs(reading.shown, named):
        kinds = {kind for i in run for kind in named[i]} - {"label"}
        if len(kinds) >= 2:
            start, end = reading.place(run[0], run[-1])
            evidence = tuple(Evidence(kind="wording", detail=kind) for kind in sorted(kinds))
            yield Span(start=start, end=end, evidence=evidence, cause="comment-form")
        else:
            telling = (
                i for i in run if named[i] != {"label"} and _tells(named, i) and _opens(reading.lines[i])
            )
            yield from (_single(reading, i, named) for i in telling)


@rule.post(*TRIGGERS)
def by_line(reading: Reading) -> Iterator[Span]:
    """Yield a form that a dump has put into one line, with the labels in the lines below."""
    for i in sorted({i for words in TRIGGERS for i in reading.blocks_with(words)}):
        form = form_in(reading.lines[i]) if len(reading.lines[i]) == len(reading.texts[i]) else None
        if form is not None and reading.blocks[i].kind != "code":
            start, end, kinds = form
            last = _last_of_form(reading, i) if end == len(reading.texts[i]) else i
            evidence = tuple(Evidence(kind="wording", detail=kind) for kind in sorted(kinds))
            stop = reading.starts[i] + end if last == i else reading.place(last)[1]
            yield Span(start=reading.starts[i] + start, end=stop, evidence=evidence, cause="comment-form")


def _last_of_form(reading: Reading, i: int) -> int:
    for j in reading.shown[bisect_right(reading.shown, i) :]:
        if not _parts_of(reading.lines[j]):
            break
        i = j
    return i


@rule.post()
def by_last_heading(reading: Reading) -> Iterator[Span]:
    """Yield a form's title below which the post has nothing more to say."""
    for i in reversed(reading.shown[-LAST:]):
        words = NOT_WORDS.sub(" ", reading.lines[i]).strip()
        if words in TITLE_SET and reading.blocks[i].kind == "heading" and i != reading.shown[0]:
            evidence = (
                Evidence(kind="likely", detail=words),
                Evidence(kind="last-block", detail="nothing follows"),
            )
            yield Span(
                start=reading.starts[i], end=len(reading.text), evidence=evidence, cause="comment-form"
            )
        if words not in LABEL_SET:
            return


@rule.post()
def by_refusal(reading: Reading) -> Iterator[Span]:
    """Yield the line that says that there is no form, or that a comment waits."""
    for i in reading.shown:
        line = reading.lines[i]
        if len(line) <= LONGEST_REFUSAL and line.rstrip(" .!。") in CLOSED_SET:
            start, end = reading.place(i)
            evidence = (Evidence(kind="translated", detail=line),)
            yield Span(start=start, end=end, evidence=evidence, cause="comment-form")


def _runs(shown: Sequence[int], named: dict[int, set[str]]) -> Iterator[list[int]]:
    """Yield stretches of a form's lines that stand together, from the first telling line on."""
    run: list[int] = []
    for i in shown:
        if i in named and (run or named[i] != {"label"}):
            run.append(i)
        elif i not in named and run:
            yield run
            run = []
    if run:
        yield run


def _may_tell(line: str) -> bool:
    """Tell, cheaply, a line that may be more than a form's title or label."""
    return len(line) <= SHORT and (line >= UNSPACED_FROM or not HINTS.isdisjoint(line.split()))


def _single(reading: Reading, block: int, named: dict[int, set[str]]) -> Span:
    """Flag one line; with a second witness beside it, it is sure."""
    start, end = reading.place(block)
    kinds = set().union(*(named.get(i, set()) for i in range(block - 2, block + 3))) - {"label"}
    evidence = [Evidence(kind="translated", detail=", ".join(sorted(named[block])))]
    if len(kinds) >= 2:
        evidence.append(Evidence(kind="neighbour", detail=", ".join(sorted(kinds))))
    return Span(start=start, end=end, evidence=tuple(evidence), cause="comment-form")


def _tells(named: dict[int, set[str]], block: int) -> bool:
    """A title alone can be an author's heading; a note or a cookie line cannot."""
    near = set().union(*(named.get(i, set()) for i in range(block - 2, block + 3)))
    return named[block] != {"title"} or len(near - {"label"}) >= 2


def _opens(line: str) -> bool:
    """Tell a line that opens as a form's does; in a sentence of the author's the words stand further on."""
    words = NOT_WORDS.sub(" ", line).strip()
    if words >= UNSPACED_FROM or words.startswith(OPENINGS) or words.endswith(CANCEL_ENDS):
        return True
    first = words.partition(" ")[0]
    return bool(AKISMET.match(words)) or any(words.startswith(p) for p, _ in BY_FIRST_WORD.get(first, ()))


def _parts_of(line: str) -> set[str]:
    """Name the parts of a comment form that a line, lower case, consists of."""
    if len(line) > SHORT:
        return set()
    words = NOT_WORDS.sub(" ", line).strip()
    if words in TITLE_SET or _is_title(words):
        return {"title"}
    if words in LABEL_SET or not words:
        return {"label"}
    if len(words) <= LONGEST_TITLE and words.endswith(CANCEL_ENDS):
        return {"title"}
    known = BY_FIRST_WORD.keys() & words.split()
    found = {kind for word in known for phrase, kind in BY_FIRST_WORD[word] if phrase in words}
    if words >= UNSPACED_FROM:
        found |= {kind for phrase, kind in UNSPACED if phrase in words}
    if "akismet" in words and AKISMET.match(words):
        found.add("cookies")
    if found and words.startswith(TITLE_STARTS):
        found.add("title")
    return found


def _is_title(words: str) -> bool:
    """Tell a form's title with the link behind it that gives up: "Leave a Reply Cancel reply"."""
    return words.startswith(TITLE_STARTS) and any(
        words.startswith(title) and words[len(title) :].strip() in LABEL_SET for title in TITLE_STARTS
    )
