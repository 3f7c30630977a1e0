"""A template's instruction, printed instead of what it stands for.

**Finds** Liquid, Jinja, Hugo, Handlebars, Vue, ERB and Yoast tags, kramdown attributes, Hexo tags, and what
Hugo and Go print when a value is missing.

**Why it matters** Readers see {{ page.title }} where a title should be; the page was not built as planned.

**Leaves alone** code, posts about templates, and tags in quotation marks.

**Fix** deletes the tag. *Safe* where it is all its block holds; inside a sentence an editor decides.

**Source** Liquid and Jinja syntax, Hugo shortcodes and its own audit recipe (ZgotmplZ, [i18n], raw HTML
omitted), kramdown attribute lists, Yoast replacement variables.
"""

import re
from collections.abc import Iterator

from pipeline.audit.anchor import is_quoted
from pipeline.audit.notation import alone, joined, mentioned
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
  | %%[a-z][a-z_]{2,30}%%                           # Yoast
  | (?<![\w%])%[A-Z][A-Z_]{3,30}%(?![\w%]) | @@[a-z][a-z_.]{1,30}@@
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
WORDLIKE = re.compile(r"[A-Za-z]")


@rule.text(
    *("{", "<%", "%", "[TOC", "[[", ":::", "!!!", "[i18n]", "ZgotmplZ", "<no value>", "*|", "@@"),
    *("import ", "export const ", "export default ", "raw HTML omitted"),
)
def by_syntax(text: str) -> Iterator[Span]:
    """Yield the tags; those that stand side by side are one place."""
    found = [tag.span() for tag in TAGS.finditer(text) if WORDLIKE.search(tag[0])]
    for start, end in joined(text, found):
        if is_quoted(text, start, end) or mentioned(text, start, end):
            continue
        kind = "syntax" if alone(text, start, end) else "likely"
        evidence = (Evidence(kind=kind, detail=text[start:end][:80]),)
        yield Span(start=start, end=end, evidence=evidence, cause=f"template-tag:{text[start:end][:60]}")
