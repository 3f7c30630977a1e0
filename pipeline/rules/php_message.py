"""A server's error message in the middle of a page.

**Finds** warnings, notices and errors of PHP with path and line, database errors, and the pages WordPress
prints when it cannot work.

**Why it matters** Something is broken, readers see it, and the path tells strangers how the server is laid
out.

**Leaves alone** code, posts about PHP, quotation marks, and messages without a path.

**Fix** deletes the message. *Safe*: no author writes a path and a line number like that.

**Source** PHP's display_errors; WordPress wp-includes (wpdb, load.php, fatal error handler).
"""

import re
from collections.abc import Iterator

from pipeline.audit.anchor import is_quoted
from pipeline.audit.rule import Rule, Span

rule = Rule(
    __name__,
    __doc__,
    severity="error",
    specificity=8,
    about=r"\b(?:php|errors?|fehler\w*|warnings?|debug\w*|deprecat\w*|notices?)\b",
)
rule.furniture_hints = (" on line <b>",)

MESSAGE = re.compile(
    r"(?:(?:PHP )?(?:Warning|Notice|Deprecated|Strict Standards|(?:Catchable |Recoverable )?[Ff]atal error|"
    r"Fatal error|Parse error)|Warnung|Hinweis)\s?:\s{1,3}[^\n]{1,500}?\bin\s(?:/|"
    r"[A-Z]:\\)[^\s:]{2,300}(?:\son line |:)\d{1,6}"
    r"(?:\s{0,2}Stack trace:[^\n]{0,2000}?thrown in \S{2,300} on line \d{1,6})?"
)
LINES = (
    "Error establishing a database connection",
    "Briefly unavailable for scheduled maintenance. Check back in a minute.",
    "There has been a critical error on this website.",
    "There has been a critical error on your website.",
)
EMITTER = re.compile(r"/wp-content/((?:plugins|themes)/[\w.-]{1,60})/")
DATABASE = re.compile(r"WordPress database error:?\s?\[[^\]\n]{1,300}\]")


@rule.text(" on line ")
def by_path_and_line(text: str) -> Iterator[Span]:
    """Yield messages that name a file and a line."""
    for message in MESSAGE.finditer(text):
        if not is_quoted(text, *message.span()):
            yield Span(start=message.start(), end=message.end(), cause=_cause(message[0]))


@rule.text("WordPress database error", *LINES)
def by_wording(text: str) -> Iterator[Span]:
    """Yield what WordPress prints when it cannot work, alone in its block."""
    for line in LINES:
        if text.strip() == line:
            yield Span(start=0, end=len(text), cause="wordpress:down")
    for message in DATABASE.finditer(text):
        yield Span(start=message.start(), end=message.end(), cause="wordpress:database")


def _cause(message: str) -> str:
    """Name the kind of message, and the plugin or theme that it comes from."""
    emitter = EMITTER.search(message)
    return f"php:{message.partition(':')[0]}" + (f" from {emitter[1]}" if emitter else "")
