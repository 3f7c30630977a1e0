"""A template's instruction, printed instead of what it stands for.

**Finds** Liquid, Jinja, Hugo, Handlebars, Vue, ERB and Yoast tags, kramdown attributes, Hexo tags, front
matter at the head of a post, and what Hugo and Go print when a value is missing.

**Why it matters** Readers see {{ page.title }} where a title should be; the page was not built as planned.

**Leaves alone** code, posts about templates, tags in quotation marks, and the facts that head a review of a
book ("Title: …, Author: …").

**Fix** deletes the tag. *Safe* where it is all its block holds; inside a sentence an editor decides.

**Source** Liquid and Jinja syntax, Hugo shortcodes and its own audit recipe (ZgotmplZ, [i18n], raw HTML
omitted), kramdown attribute lists, Yoast replacement variables.
"""

import re
from collections.abc import Iterator

from pipeline.audit.anchor import is_quoted
from pipeline.audit.notation import alone, joined, mentioned
from pipeline.audit.reading import Reading
from pipeline.audit.rule import Rule, Span
from pipeline.records import Evidence

rule = Rule(
    __name__,
    __doc__,
    severity="error",
    specificity=5,
    witness="syntax",
    about=r"\b(?:liquid|jekyll|hugo|hexo|django|jinja2?|twig|handlebars|mustache|vue|angular|"
    r"nunjucks|templat\w*|erb|"
    r"ansible|helm|github actions?|home assistant|go)\b|\{[{%]",
)
rule.furniture_hints = ("{{",)
TAGS = re.compile(
    r"""
    \{\{[<%]\s?/?\s?[^{}\n]{1,300}?[>%]\}\}        # Hugo shortcode
  | \{\{\{?[-~\#/&]?\s?[^{}\n]{1,160}?\}?\}\}       # Liquid, Jinja, Vue, Handlebars
  | \{%[-+]?\s?[a-z][^{}%\n]{0,300}%\}              # Liquid, Jinja, Hexo
  | \{\#\s[^{}\n]{1,160}\s\#\}                       # Jinja's comments
  | \{:\s?[.\#]?[\w-][^{}\n]{0,80}\}                # kramdown
  | \{\$[a-z_][\w.\[\]'>-]{0,60}\}                   # Smarty
  | \$\{[a-z_][\w.]{1,60}\}                          # JavaScript
  | \{(?:loadposition|loadmodule|loadmoduleid|modulepos|component|snippet)\s[^{}\n]{1,80}\}   # Joomla
  | \{([a-z]{3,20})(?:\s[^{}\n]{0,120})?\}[^{}\n]{0,300}\{/\1\}  # Joomla's plugins
  | \*\|[A-Z][A-Z0-9_:]{2,40}\|\*                     # Mailchimp
  | <%[=-]?[^%<>\n]{1,160}%>                        # ERB, EJS
  | \#\{[a-z_][\w.]{1,60}\}                          # Ruby, Pug
  | %%[a-z][a-z_]{2,30}%%                           # Yoast
  | (?<![\w%])%(?!(?:[A-Z]*(?:PATH|DATA|ROOT|PROFILE|DIR|DRIVE|FILES|TEMP)|USERNAME|TMP|PUBLIC)%)  # Windows
    [A-Z][A-Z_]{3,30}%(?![\w%\\]) | @@[a-z][a-z_.]{1,30}@@
  | ^import\s\w[^\n]{0,80}\sfrom\s['"‘’“”][^'"‘’“”\n]{1,120}['"’”];?$ | ^export\s(?:const
    |default)\s\w[^\n]{0,80}$
  | ^\[(?:\[_?[Tt][Oo][Cc]_?\]|TOC)\]$ | ^(?::::|!!!)\s?(?:tip|note|warning|info|danger|caution|important
    |details)\b[^\n]{0,40}$
  | ^\[i18n\]\s\w{2,40}$
  | \bZgotmplZ\b | %!(?:\w?\(?(?:MISSING|NOVERB|EXTRA)\)?|[a-z]\([^()\n]{1,60}\)) | <no\ value>
    | <!--\ raw\ HTML\ omitted\ -->
    """,
    re.X,
)
BLOCK = re.compile(r"\{[{%][<%-]?\s?(/|end)?\s?([a-z][\w-]{1,30})")
FIELDS = (
    "title date author authors description image published updated type status lang subtitle summary".split()
)
FILED = (
    "layout slug permalink draft tags categories category lastmod weight toc comments excerpt cover "
    "thumbnail pubDate pubdate heroImage aliases url keywords".split()
)
"""Fields that only a generator asks for."""
FIELD = re.compile(rf"(?:^|(?<=\s))(?:(?P<filed>{'|'.join(FILED)})|{'|'.join(FIELDS)})\s?[:=]\s?(?=\S|$)")
FENCE = ("---", "+++")
MANY_FIELDS, FEW_FILED = 3, 2
HEAD = 12
"""Lines of a post that front matter may fill."""
WORDLIKE = re.compile(r"[A-Za-z]")


@rule.text(
    *("{", "<%", "%", "[TOC", "[[", ":::", "!!!", "[i18n]", "ZgotmplZ", "<no value>", "*|", "@@"),
    *("import ", "export const ", "export default ", "raw HTML omitted"),
)
def by_syntax(text: str) -> Iterator[Span]:
    """Yield the tags; those that stand side by side are one place."""
    found = [tag.span() for tag in TAGS.finditer(text) if WORDLIKE.search(tag[0])]
    paired = _pairs(text) if found else frozenset()
    for start, end in joined(text, found):
        if is_quoted(text, start, end) or mentioned(text, start, end):
            continue
        name = BLOCK.match(text, start, end)
        sure = alone(text, start, end) or (name is not None and name[2] in paired)
        kind = "syntax" if sure or (text[start:end].startswith("{:") and end == len(text)) else "likely"
        evidence = (Evidence(kind=kind, detail=text[start:end][:80]),)
        yield Span(start=start, end=end, evidence=evidence, cause=f"template-tag:{text[start:end][:60]}")


def _pairs(text: str) -> frozenset[str]:
    """Name the Hugo shortcodes and Liquid blocks of which both halves stand in a text."""
    halves: dict[str, set[str | None]] = {}
    for half in BLOCK.finditer(text):
        halves.setdefault(half[2], set()).add(half[1])
    return frozenset(name for name, some in halves.items() if len(some) > 1)


@rule.post(":::")
def by_fence(reading: Reading) -> Iterator[Span]:
    """Yield the line that closes a box; the one that opens it is found by its word."""
    opened = any(TAGS.match(text) for text in reading.texts if text.startswith(":::"))
    for i in reading.blocks_with(":::") if opened else ():
        if reading.texts[i].strip(":") == "" and reading.blocks[i].kind != "code":
            start, end = reading.place(i)
            yield Span(start=start, end=end, cause="template-tag:::: box")


@rule.post()
def by_front_matter(reading: Reading) -> Iterator[Span]:
    """Yield the fields that were meant for the generator, from the post's first line on."""
    head = reading.shown[:HEAD]
    if not head or not _opens_front_matter(reading.texts[head[0]]):
        return
    fields = []
    last = head[0]
    for i in head:
        found = [*FIELD.finditer(reading.texts[i])]
        if not (found and found[0].start() <= len(FENCE[0]) + 1) and reading.texts[i].strip() not in FENCE:
            break
        fields += found
        last = i
    filed = {field[0] for field in fields if field["filed"]}
    if len(filed) >= FEW_FILED or (filed and len({field[0] for field in fields}) >= MANY_FIELDS):
        start, end = reading.place(head[0], last)
        names = ", ".join(field[0].strip(" :=") for field in fields)
        yield Span(
            start=start,
            end=end,
            evidence=(Evidence(kind="syntax", detail=names),),
            cause="template-tag:front matter",
        )


def _opens_front_matter(text: str) -> bool:
    return text.startswith(FENCE) or FIELD.match(text) is not None
