"""What a form plugin prints where its form should stand.

**Finds** the notices of form, table, gallery and newsletter plugins whose form is gone, by their CSS
classes in a page and by their words in a plain-text dump; and the plugins' own shortcodes, printed as text.

**Why it matters** The form was deleted or its plugin is off; readers cannot write to the author, sign up or
see the table.

**Leaves alone** the same words in quotation marks or code, and inside a sentence that speaks about them.

**Fix** deletes the notice. *Safe*: it is never the author's own sentence.

**Source** Contact Form 7 (includes/contact-form-functions.php, before and since 5.7.5), Gravity Forms
(form_display.php), WPForms (class-frontend.php), Ninja Forms (Display/Render.php), Formidable, Fluent
Forms, Mailchimp for WordPress, TablePress, NextGEN Gallery and Slider Revolution: output for an unknown id.
"""

import re
from collections.abc import Iterator

from pipeline.audit.anchor import is_quoted
from pipeline.audit.formwords import (
    KINDS,
    LINES,
    LOST,
    LOST_HINTS,
    NOTICES,
    OUTCRIES,
    PLACED,
    SCRIPTLESS,
    UNLOCATED,
)
from pipeline.audit.reading import Reading
from pipeline.audit.rule import Rule, Span
from pipeline.records import Block, Evidence, Severity
from pipeline.site.plugins import COMMENT_FORM

rule = Rule(__name__, __doc__, severity="error", specificity=9)
rule.furniture_hints = (
    "wpcf7-contact-form-not-found",
    *("[contact-form", "[gravityform", "[wpforms", "[ninja_form", "[mc4wp_form", "[table ", "[hubspot "),
    *("[fluentform", "[forminator_", "[formidable", "[newsletter_form", "[Gallery not found]", "[mailpoet_"),
)

PATTERNS = (
    (
        "mc4wp:form-deleted",
        re.compile(
            r"Mailchimp for WordPress error: There is no form with ID \d{1,9}, perhaps it was deleted\?\.?"
        ),
    ),
    ("tablepress:table-deleted", re.compile(r"\[table [“\"„][^”“\"\n]{1,40}[”“\"] not found /\]")),
    (
        "slider-revolution:slider-deleted",
        re.compile(
            r"Revolution Slider Error: Slider with alias [^\n]{1,60}? not found\.?"
            r"(?: Maybe you mean[^\n]{1,80})?"
        ),
    ),
    (
        "ninja-forms:maintenance",
        re.compile(
            r"This form is currently undergoing maintenance\. Please (?:click here to )?try again later\."
        ),
    ),
)
FORM_TAG = re.compile(
    r"\[(contact-form-7|contact-form|gravityforms?|wpforms|ninja_forms?|forminator_\w{2,10}|formidable|"
    r"fluentform(?:_\w{2,12})?|"
    r"mc4wp_form|mailpoet_form|caldera_form|happyforms|everest_form|weforms|metform|sibwp_form|"
    r"kaliforms|quform|bitform|"
    r"formcraft|arforms|nex_forms|jetformbuilder|jotform|typeform(?:_embed)?|hubspot|ws_form|"
    r"piotnetforms|kadence_form|"
    r"newsletter_form|mailerlite_form|convertkit_form|sendinblue|acymailing_form|mailmunch-form|"
    r"mc_embed|gform|frm-\w{2,12}|"
    r"ninja_forms_display_form|cformsii?|si-contact-form|visforms|contactform|contact_form|ssba_form|pirate_forms|formlift|cf7-form)"
    r"((?=[\s\]\u00a0])[^\[\]\n]{0,300})\]",
)
CLASSES: dict[str, tuple[str, Severity]] = {
    "wpcf7-contact-form-not-found": ("contact-form-7:form-deleted", "error"),
    "gform_not_found": ("gravity-forms:form-deleted", "error"),
    "wpforms-error-noscript": ("wpforms:noscript", "info"),
    "ninja-forms-noscript-message": ("ninja-forms:noscript", "info"),
    "frm_error_style": ("formidable:form-deleted", "error"),
    "ff-errors-in-stack": ("fluent-forms:form-deleted", "error"),
    "forminator-form-not-found": ("forminator:form-deleted", "error"),
    "mc4wp-form-not-found": ("mc4wp:form-deleted", "error"),
    "mailpoet_hp_email_label": ("mailpoet:honeypot", "info"),
    "akismet-fields-container": ("honeypot", "info"),
}
"""Class -> cause, the same as of the notice's words."""
SENSES = ((SCRIPTLESS, "wpforms:noscript"), (UNLOCATED, "gravity-forms:form-deleted"))
LONGEST = 180
TEACHING = re.compile(
    r"\b(?:use|using|type|insert|paste|add|put|like|e\.g\.|example|shortcode|code)\b[^.\n]{0,40}$", re.I
)


@rule.marked(*CLASSES)
def by_class(block: Block) -> Iterator[Span]:
    """Yield the notice in any language: the class is not translated, the words are."""
    name = next(name for name in CLASSES if name in block.tokens)
    cause, severity = CLASSES[name]
    if cause == "honeypot" and COMMENT_FORM & block.tokens:
        return
    evidence = (Evidence(kind="markup", detail=name),)
    yield Span(start=0, end=len(block.text), evidence=evidence, cause=cause, severity=severity)


@rule.text(*NOTICES)
def by_words(text: str) -> Iterator[Span]:
    """Yield the notice by its words: alone, or where a sentence has ended before it and none goes on."""
    for notice, cause in NOTICES.items():
        start = text.find(notice)
        end = start + len(notice)
        if start >= 0 and _stands_apart(text, start, end):
            yield Span(start=start, end=end, cause=cause, severity=KINDS[cause])


@rule.text(*LOST_HINTS)
def by_translation(text: str) -> Iterator[Span]:
    """Yield Contact Form 7's notice in any language."""
    for notice in LOST.finditer(text):
        if PLACED.search(notice[0]) and _stands_apart(text, *notice.span()):
            yield Span(start=notice.start(), end=notice.end(), cause="contact-form-7:form-deleted")


@rule.text("JavaScript", *OUTCRIES)
def by_sense(text: str) -> Iterator[Span]:
    """Yield a notice in a language that no list holds, where it is all of its block."""
    said = text.strip()
    for form, cause in SENSES:
        if len(said) <= LONGEST and form.fullmatch(said):
            evidence = (
                Evidence(kind="translated", detail=said[:80]),
                Evidence(kind="alone", detail="all of its block"),
            )
            yield Span(start=0, end=len(text), evidence=evidence, cause=cause, severity=KINDS[cause])


@rule.text("Mailchimp for WordPress error", "[table ", "Revolution Slider Error", "This form is currently")
def by_pattern(text: str) -> Iterator[Span]:
    """Yield notices that name an id."""
    for cause, pattern in PATTERNS:
        for notice in pattern.finditer(text):
            if _stands_apart(text, notice.start(), notice.end()):
                yield Span(start=notice.start(), end=notice.end(), cause=cause)


@rule.text("[")
def by_shortcode(text: str) -> Iterator[Span]:
    """Yield a form's shortcode that nobody has run."""
    for tag in FORM_TAG.finditer(text):
        before = text[: tag.start()]
        if is_quoted(text, tag.start(), tag.end()) or before.endswith("[") or TEACHING.search(before[-60:]):
            continue
        lost = "form-deleted" if "404" in tag[2] else "printed"
        evidence = (Evidence(kind="syntax", detail=tag[0][:80]),)
        yield Span(start=tag.start(), end=tag.end(), evidence=evidence, cause=f"{tag[1]}:{lost}")


@rule.post()
def by_line(reading: Reading) -> Iterator[Span]:
    """Yield short notices and traps that are all of their block."""
    if LINES.keys().isdisjoint(reading.line_set):
        return
    for i in reading.shown:
        if (known := LINES.get(reading.lines[i])) is not None:
            start, end = reading.place(i)
            witness = (Evidence(kind="translated", detail=reading.lines[i]),)
            yield Span(start=start, end=end, evidence=witness, cause=known, severity=KINDS[known])


def _stands_apart(text: str, start: int, end: int) -> bool:
    """Tell a printed notice from a sentence that mentions it ("sites often show Error: … until …")."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    if is_quoted(text, start, end) or after[:1].islower() or after[:1] in ("”", '"', "»", "’"):
        return False
    return not before or before[-1] in ".!?…:)]。！？|" or not text[start - 1].isspace()
