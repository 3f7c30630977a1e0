"""What a blog's software writes into a new blog.

**Finds** WordPress's first post and sample page, and its first comment's author.

**Why it matters** Nobody wrote this post; it was never deleted.

**Leaves alone** posts that quote it.

**Fix** none: the post as a whole should go, which an editor decides.

**Source** WordPress, wp-admin/includes/upgrade.php (wp_install_defaults).
"""

from collections.abc import Iterator

from pipeline.audit.anchor import is_quoted
from pipeline.audit.rule import Rule, Span

rule = Rule(__name__, __doc__, severity="warning", fix="none", specificity=6)

TEXTS = (
    "Welcome to WordPress. This is your first post. Edit or delete it, then start writing!",
    "Willkommen bei WordPress. Dies ist dein erster Beitrag. Bearbeite oder lösche ihn",
    "Bienvenue sur WordPress. Ceci est votre premier article. Modifiez-le ou supprimez-le",
    "Te damos la bienvenida a WordPress. Esta es tu primera entrada. Edítala o bórrala",
    "This is an example page. It",
)


@rule.text(*TEXTS)
def by_wording(text: str) -> Iterator[Span]:
    """Yield the sentence by which the post gives itself away."""
    for words in TEXTS:
        start = text.find(words)
        if start >= 0 and not is_quoted(text, start, start + len(words)):
            yield Span(start=start, end=start + len(words), replacement=None, cause="wordpress:first-post")
