"""What a rule is: a name, a page of documentation, and checks that yield places and touch nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bs4 import Tag

from pipeline.audit.reading import Reading
from pipeline.records import Block, Evidence, FixSafety, Severity, Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A place in a text, and what a rule says of it.

    Text and marked checks count from the start of their block, post checks from the start of `text_raw`.
    """

    start: int
    end: int
    replacement: str | None = ""
    """Text to put there instead; "" deletes; None when nothing evident could stand there."""
    evidence: tuple[Evidence, ...] = ()
    """Empty means: the rule's own witness alone."""
    cause: str | None = None
    severity: Severity | None = None
    """None means the rule's."""
    fix: FixSafety | None = None
    """The most that may happen: "suggested" keeps a sure finding from being applied. None: the rule's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A finding outside the body's text: in the title, a category, an attribute, an empty heading."""

    where: Where
    quote: str
    context: str = ""
    """The whole value that the quote stands in; "" means the quote is all of it."""
    replacement: str | None = None
    evidence: tuple[Evidence, ...] = ()
    cause: str | None = None
    block: int | None = None
    severity: Severity | None = None
    fix: FixSafety | None = None


TextCheck = Callable[[str], Iterator[Span]]
MarkedCheck = Callable[[Block], Iterator[Span]]
TreeCheck = Callable[[Tag], Iterator[Tag]]
PostCheck = Callable[[Reading], Iterator[Span | Remark]]
SourceCheck = Callable[[str], Iterator[Span]]


@dataclass(slots=True, eq=False)
class Rule:
    """One kind of artifact. The name is the file's; the checks register themselves below it.

    `specificity` settles who reports a place that two rules claim: the higher one (9 names its emitter,
    5 knows a notation, 1 compares texts).
    """

    module: str
    doc: str | None
    severity: Severity = "warning"
    fix: FixSafety = "safe"
    specificity: int = 5
    witness: str = "wording"
    """Kind of evidence that a place carries when its check names none."""
    text_checks: list[tuple[tuple[str, ...], TextCheck]] = field(default_factory=list)
    marked_checks: list[tuple[frozenset[str], MarkedCheck]] = field(default_factory=list)
    tree_checks: list[tuple[tuple[str, ...], str | None, TreeCheck]] = field(default_factory=list)
    post_checks: list[tuple[tuple[str, ...], PostCheck]] = field(default_factory=list)
    about: str = ""
    """Pattern of titles whose posts speak about such artifacts: there, only what stands alone counts."""
    furniture_hints: tuple[str, ...] = ()
    """Strings in a page's source that make its text checks look around the article, too."""
    cause: str | None = None
    """What its places are grouped by when their check names no cause."""
    has_lines: bool = False
    """Its artifact is a form or a bar: lines that stand together are one place and one finding."""
    is_filler: bool = False
    """Its artifact stands where a text should be: a post of nothing else is a template, however short."""

    @property
    def name(self) -> str:
        """The rule's kebab-case name, taken from its file."""
        return self.module.rsplit(".", 1)[-1].replace("_", "-")

    def text(self, *triggers: str) -> Callable[[TextCheck], TextCheck]:
        """Register a check of one block's text; it runs where a trigger occurs. Code is never shown to it."""

        def register(check: TextCheck) -> TextCheck:
            self.text_checks.append((triggers, check))
            return check

        return register

    def marked(self, *names: str) -> Callable[[MarkedCheck], MarkedCheck]:
        """Register a check of blocks that stand in an element with one of these class names or ids."""

        def register(check: MarkedCheck) -> MarkedCheck:
            self.marked_checks.append((frozenset(names), check))
            return check

        return register

    def tree(self, *hints: str, replacement: str | None = "") -> Callable[[TreeCheck], TreeCheck]:
        """Register a check of the article's soup; the soup is made when a hint occurs in the source.

        The replacement is that of all its tags; None when nothing evident could stand there.
        """

        def register(check: TreeCheck) -> TreeCheck:
            self.tree_checks.append((hints, replacement, check))
            return check

        return register

    def post(self, *triggers: str) -> Callable[[PostCheck], PostCheck]:
        """Register a check of the whole post; without triggers it always runs."""

        def register(check: PostCheck) -> PostCheck:
            self.post_checks.append((triggers, check))
            return check

        return register
