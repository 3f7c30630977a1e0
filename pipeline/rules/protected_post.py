"""A post behind a password, listed as if it were open.

**Finds** WordPress's password notice and its words instead of an excerpt.

**Why it matters** Readers reach a page that they cannot read; an audit counts a post without text.

**Leaves alone** sentences about passwords.

**Fix** none: an editor opens the post or takes it out of the lists.

**Source** WordPress, wp-includes/post-template.php (get_the_password_form, get_the_excerpt).
"""

from collections.abc import Iterator

from pipeline.audit.rule import Rule, Span

rule = Rule(__name__, __doc__, severity="warning", fix="none", specificity=6)

TEXTS = (
    "There is no excerpt because this is a protected post.",
    "This content is password protected. To view it please enter your password below",
    "This content is password-protected. To view it, please enter the password below",
    "Dieser Inhalt ist passwortgeschützt. Um ihn anzuschauen, bitte das Passwort",
    "Cette publication est protégée par un mot de passe",
    "Este contenido está protegido por contraseña. Para verlo, por favor, introduce tu contraseña",
)


@rule.text(*TEXTS)
def by_wording(text: str) -> Iterator[Span]:
    """Yield the notice where it opens a block."""
    for words in TEXTS:
        if text.lstrip().startswith(words):
            yield Span(start=0, end=len(text), replacement=None, cause="wordpress:protected")
            return
