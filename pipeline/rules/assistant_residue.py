"""What a chat assistant leaves in a text that was copied out of it.

**Finds** citation marks of ChatGPT, Gemini and others, links marked utm_source=chatgpt.com, and sentences
with which an assistant frames its answer.

**Why it matters** Readers see machine marks and learn that nobody read the post before it went out.

**Leaves alone** posts about assistants, quotation marks, dialogue, and friendly closings that people write.

**Fix** deletes marks and frames, and takes the marker out of links. *Safe* for marks that no keyboard types
and for a frame that is a block of its own; the rest is left to an editor.

**Source** Output of ChatGPT (contentReference, oaicite, turn0search0 between private characters), Gemini
([cite: 1]), Grok (grok_card) and Copilot ([^1^]).
"""

import re
from collections.abc import Iterator

from pipeline.audit.anchor import is_quoted
from pipeline.audit.notation import alone
from pipeline.audit.reading import Reading
from pipeline.audit.rule import Remark, Rule, Span
from pipeline.records import Evidence

rule = Rule(
    __name__,
    __doc__,
    severity="error",
    specificity=8,
    witness="syntax",
    about=r"\b(?:chat ?gpt|gpt-?\d?|openai|llms?|ai|ki|ia|gemini|copilot|claude|assistants?|"
    r"chatbots?|prompts?|language models?)\b",
)

MARKS = re.compile(
    r":?contentReference\[oaicite:\d{1,4}\](?:\{index=\d{1,4}\})?|\[?oai_citation[:‡][^\s\]]{1,200}\]?|"
    r"\ue200(?:cite|navlist|image_group|i)[^\ue201\n]{0,300}\ue201|"
    r"(?:cite)?(?:turn\d{1,2}(?:search|view|news|image|fetch|file)\d{1,3}){1,12}|"
    r"【\d{1,4}(?::\d{1,4})?†[^】\n]{0,120}】|\[cite_start\]|\[cite:\s?\d{1,3}(?:,\s?\d{1,3}){0,20}\]|"
    r"\[span_\d{1,4}\]\((?:start|end)_span\)|<grok:render[^>\n]{0,200}>|grok_card|\[\^\d{1,3}\^\]"
)
CERTAIN = re.compile(
    r"As an (?:AI|artificial intelligence)(?: language)? (?:model|assistant),? I\b|"
    r"\b[Aa]s of my (?:last|latest) (?:knowledge )?(?:update|training|cutoff)|\bmy (?:knowledge|"
    r"training) cut-?off\b|"
    r"Als (?:KI|KI-Sprachmodell|KI-Modell),? (?:kann|habe|bin) ich|En tant que modèle de langage"
)
FRAME = re.compile(
    r"(?:(?:Certainly|Sure|Sure thing|Absolutely|Of course)[!,.:]? )(?:Here(?:’s|'s|’re|'re| is|"
    r" are)|Below (?:is|are)) [^\n]{3,160}[:.]|"
    r"Here(?:’s|'s| is) (?:the|a|an|your) (?:revised|rewritten|updated|improved|polished|edited|"
    r"seo[- ]optimi[sz]ed|refined) "
    r"(?:version|draft|text|article|post|introduction|paragraph|blog post)[^\n]{0,80}:?|Regenerate response|"
    r"(?:Would you like me to|Let me know if you(?:’d|'d| would) like me to) [^\n]{5,160}[?.!]|"
    r"(?:Natürlich|Gerne)[!,] [Hh]ier ist [^\n]{3,160}:|(?:Bien sûr|"
    r"Certainement)\s?[!,] [Vv]oici [^\n]{3,160}:|"
    r"(?:¡?Claro|¡?Por supuesto)[!,] [Aa]quí (?:tienes|está) [^\n]{3,160}:"
)
OPENINGS = (
    *(
        "Certainly",
        "Sure",
        "Absolutely",
        "Of course",
        "Here’s",
        "Here's",
        "Here is",
        "Regenerate response",
        "Would you like me",
    ),
    *(
        "Let me know if you",
        "Natürlich",
        "Gerne",
        "Bien sûr",
        "Certainement",
        "¡Claro",
        "Claro",
        "¡Por supuesto",
        "Por supuesto",
    ),
)
FRAMES = ("paragraph", "heading")
SENTENCE_STOP = re.compile(r"[.!?](?=\s|$)")
SOURCE = re.compile(
    r"(?<=[?&])utm_source=(?:chatgpt\.com|openai)(?:&|$)|[?&]utm_source=(?:chatgpt\.com|openai)(?=$|#)"
)


@rule.text("[oaicite", "oai_citation", "\ue200", "turn0", "†", "[cite", "_span)", "<grok", "grok_card", "[^")
def by_marks(text: str) -> Iterator[Span]:
    """Yield marks of citations."""
    for mark in MARKS.finditer(text):
        if not is_quoted(text, *mark.span()):
            yield Span(start=mark.start(), end=mark.end(), cause="assistant:citation")


@rule.text(
    *("As an AI language", "As an AI model", "As an AI assistant", "As an artificial intelligence"),
    *("s of my last", "s of my latest", "my knowledge cut", "my training cut"),
    *(
        "Als KI kann",
        "Als KI habe",
        "Als KI bin",
        "Als KI-Sprachmodell ",
        "Als KI-Modell ",
        "En tant que modèle",
    ),
)
def by_certain_words(text: str) -> Iterator[Span]:
    """Yield the sentence in which an assistant speaks of itself."""
    for words in CERTAIN.finditer(text):
        if _in_quotation(text, words.start()):
            continue
        start = max((stop.end() for stop in SENTENCE_STOP.finditer(text, 0, words.start())), default=0)
        stop = SENTENCE_STOP.search(text, words.end())
        end = stop.end() if stop else len(text)
        kind = "wording" if alone(text, start, end) else "likely"
        yield Span(
            start=start, end=end, evidence=(Evidence(kind=kind, detail=words[0]),), cause="assistant:frame"
        )
        return


@rule.post()
def by_frame(reading: Reading) -> Iterator[Span]:
    """Yield blocks that are nothing but an assistant's opening or closing line."""
    for i in reading.shown:
        text = reading.texts[i]
        if text.startswith(OPENINGS) and reading.blocks[i].kind in FRAMES and FRAME.fullmatch(text.strip()):
            start, end = reading.place(i)
            evidence = (Evidence(kind="wording", detail=text[:80]),)
            yield Span(start=start, end=end, evidence=evidence, cause="assistant:frame")


@rule.post()
def by_links(reading: Reading) -> Iterator[Remark]:
    """Yield links that say which assistant they were copied from."""
    seen: set[str] = set()
    for link in reading.article.links:
        if ("utm_source=chatgpt" not in link.url and "utm_source=openai" not in link.url) or link.url in seen:
            continue
        seen.add(link.url)
        plain = SOURCE.sub("", link.url).rstrip("?&")
        yield Remark(
            where="attribute",
            quote=link.url,
            replacement=plain,
            severity="info",
            cause="assistant:link",
            evidence=(Evidence(kind="syntax", detail="utm_source"),),
        )


def _in_quotation(text: str, at: int) -> bool:
    """Tell a place behind an opening quotation mark that has not been closed."""
    before = text[:at]
    return (
        before.count("“") > before.count("”")
        or before.count('"') % 2 == 1
        or before.rstrip().endswith(("„", "«", "'", "‘", ":"))
    )
