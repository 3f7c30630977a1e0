"""A category that the post names twice.

**Finds** the second and later mention of the same name in the post's own list of categories.

**Why it matters** The list on the page looks careless, and counts by category come out wrong.

**Leaves alone** names that differ in more than white space: "News" and "NEWS" are two terms of the site.

**Fix** keeps the first mention. *Safe*: the second one says nothing new.

**Source** Themes that print a term once per taxonomy or per parent, and sites with two terms of one name.
"""

from collections.abc import Iterator

from pipeline.audit.reading import Reading
from pipeline.audit.rule import Remark, Rule
from pipeline.records import Evidence

rule = Rule(__name__, __doc__, severity="info", specificity=1, witness="same-text")


@rule.post()
def by_list(reading: Reading) -> Iterator[Remark]:
    """Yield each mention after the first."""
    seen: set[str] = set()
    for name in reading.metadata.raw_categories:
        words = " ".join(name.split())
        if words in seen:
            same = Evidence(kind="same-text", detail=f"listed before: {words}")
            yield Remark(where="metadata", quote=words, replacement="", evidence=(same,))
        seen.add(words)
