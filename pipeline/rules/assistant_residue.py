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
    r":?contentReference\[oaicite:\d{1,4}\](?:\{index=\d{1,4}\})?|"
    r"\[?\boaicite:\d{1,4}\]?(?:\{index=\d{1,4}\})?|"
    r"\[?oai_citation[:‡][^\s\]]{1,200}\]?(?:\(https?://[^\s()]{4,300}\))?|"
    r"\ue200(?:cite|navlist|image_group|i)[^\ue201\n]{0,300}\ue201|"
    r"(?:cite)?(?:turn\d{1,2}(?:search|view|news|image|fetch|file|academia|product|video|"
    r"forecast)\d{1,3}){1,12}|"
    r"【\d{1,4}(?::\d{1,4})?†[^】\n]{0,120}】|\[cite_start\]|"
    r"\[cite:\s?\d{1,3}(?:\s?[-–,]\s?\d{1,3}){0,20}\]|\[span_\d{1,4}\]\((?:start|end)_span\)|"
    r"</?grok:render[^>\n]{0,200}>|grok_card|\[\^\d{1,3}\^\]|【\d{1,3}[-–]\d{1,3}】|"
    r"\(attributableIndex:[\d:-]{1,12}\)|\(\{[\"“”]attribution[\"“”]:\{[^{}\n]{0,120}\}\}\)"
)
CERTAIN = re.compile(
    r"\b[Aa]s an (?:AI|artificial intelligence)(?: language)? (?:model|assistant),? I\b|"
    r"\b[Aa]s of my (?:last|latest) (?:knowledge )?(?:update|training|cutoff)|\bmy (?:knowledge|"
    r"training) cut-?off\b|"
    r"\bAls (?:KI|KI-Sprachmodell|KI-Modell|Sprachmodell|KI-Assistent),? (?:kann|habe|bin|darf) ich|"
    r"\b[Ee]n tant que (?:modèle de langage|modèle d’IA|modèle d'IA|IA|assistant virtuel)|"
    r"\b[Cc]omo (?:un )?(?:modelo de lenguaje|modelo de linguagem|modelo de IA|modelo de inteligencia "
    r"artificial),? |"
    r"\b[Ii]n quanto modello linguistico|\b[Cc]ome modello (?:linguistico|di linguaggio)|\b[Aa]ls "
    r"(?:AI-)?taalmodel (?:kan|heb|ben)|"
    r"[Кк]ак (?:языковая модель|ИИ-модель|модель искусственного интеллекта)|"
    r"\bJako (?:model językowy|sztuczna inteligencja)|AI言語モデルとして|"
    r"作为(?:一个)?(?:AI|人工智能)(?:语言)?(?:模型|"
    r"助手)"
)
CERTAIN_HINTS = tuple(
    "s an AI |s an artificial intelligence|s of my last |s of my latest |my knowledge cut|"
    "my training cut|Als KI kann|Als KI habe|Als KI bin|Als KI-Sprachmodell |Als KI-Modell |Als "
    "Sprachmodell |n tant que modèle|"
    "n tant que IA|omo modelo de|omo un modelo de|n quanto modello|ome modello linguistico|Als "
    "taalmodel |Als AI-taalmodel |"
    "языковая модель|ИИ-модель|Jako model językowy|言語モデル|作为一个|作为AI|作为人工智能".split("|")
)
GREETING = (
    r"(?:Certainly|Sure(?: thing)?|Absolutely|Of course|Natürlich|Gerne|Sicher|Selbstverständlich|"
    r"Bien sûr|Certainement|Avec plaisir|¡?Claro(?: que sí)?|¡?Por supuesto|¡?Desde luego|Certo|Certamente|"
    r"Com certeza|Claro que sim|Natuurlijk|Zeker|Oczywiście|Конечно|Разумеется|Tabii(?: ki)?|Elbette|"
    r"もちろんです|当然可以|当然)"
)
HERE = (
    r"(?:[Hh]ere(?:’s|'s|’re|'re| is| are)|[Bb]elow (?:is|are)|[Hh]ier (?:ist|sind|kommt)|[Vv]oici|"
    r"[Aa]quí (?:tienes|está|te dejo)|"
    r"[Ee]cco|[Aa]qui (?:está|estão|vai)|[Hh]ier is|[Oo]to|[Вв]от|[İi]şte|以下は|以下是|これは)"
)
FRAME = re.compile(
    rf"{GREETING}[ \u00a0]?(?:[!.。！][ ]?{HERE}[^\n]{{2,160}}[:.：。]|,[ ]{HERE}[^\n]{{2,160}}[:：])|"
    r"Here(?:’s|'s| is) (?:the|a|an|your) (?:revised|rewritten|updated|improved|polished|edited|"
    r"expanded|shortened|revised and expanded|revised,? "
    r"seo[- ](?:optimi[sz]ed|friendly)|revised,? SEO[- ](?:optimi[sz]ed|friendly)|"
    r"seo[- ]optimi[sz]ed|SEO[- ](?:optimi[sz]ed|friendly)|refined|proofread) "
    r"(?:version|draft|text|article|post|introduction|paragraph|blog post)[^\n]{0,80}:?|Regenerate response"
)
CLOSING = re.compile(
    r"(?:Would you like me to [^\n?]{5,160}\?|Let me know if you(?:’d|'d| would) like (?:me to|"
    r"any) [^\n]{5,160}[?.!])|"
    r"I hope this helps! Let me know if you [^\n]{5,120}(?:adjustments|revisions|changes|edits|"
    r"assistance)[^\n]{0,60}[.!]|"
    r"(?:Möchtest du|Möchten Sie), dass ich [^\n?]{5,160}\?|(?:Souhaitez-vous|"
    r"Veux-tu) que je [^\n?]{5,160}\?|"
    r"¿(?:Quieres|Te gustaría) que [^\n?]{5,160}\?"
)
"""An assistant's last words; people say them, too, but not as the last line of a post."""
LABEL = re.compile(
    r"(?:\*\*)?(?:Meta[- ][Dd]escription|Meta[- ][Tt]itle|SEO [Tt]itle|Word [Cc]ount|Focus "
    r"[Kk]ey(?:word|phrase)|Target [Kk]eywords?|Slug|"
    r"Meta-Beschreibung|Fokus-Keyword|Wortanzahl|Méta-description|Mot-clé principal|Meta descripción|"
    r"Palabra clave)(?:\*\*)?:[^\n]{1,320}"
)
"""What a chat adds for the search engine; a leak where it opens or closes a post."""
COUNT = re.compile(
    r"\((?:approx\w*\.? )?(?:[Ww]ord [Cc]ount|[Ww]ords|Wortanzahl|Wörter): ?[\d.,]{2,6}(?: words)?\)"
)
TITLE_LABELS = ("Title", "Blog Title", "Blog Post Title", "Titel", "Titre", "Título", "Titolo")
OF_A_TEXT = re.compile(
    r"\b(?:posts?|articles?|blogs?|versions?|drafts?|texts?|rewrit\w+|revis\w+|paragraphs?|summar\w+|outlines?|"
    r"introductions?|headlines?|responses?|artikel|beitrag|blogbeitrag|blogartikel|entwurf|text|fassung|überarbeitete\w*|"
    r"art[íi]culo|versi[oó]n|texto|borrador|articolo|versione|testo|bozza|artigo|versão|texte|статья|текст|"
    r"вариант)\b|記事|文章|版本",
    re.I,
)
"""What a chat hands over; "Absolutely! Here is how." is an answer that people give, too."""
OPENINGS = tuple(
    (
        "Certainly|Sure|Absolutely|Of course|Great|Got it|No problem|Natürlich|Gerne|Sicher|"
        "Selbstverständlich|Bien sûr|Avec plaisir|"
        "¡|Claro|Por supuesto|Desde luego|Certo|Certamente|Com certeza|Natuurlijk|Zeker|Oczywiście|"
        "Конечно|Разумеется|"
        "Tabii|Elbette|もちろん|当然|Here’s|Here's|Here is|Regenerate|Would you like me|Let me know if you|I "
        "hope this helps|Möchte|"
        "Souhaitez|Veux-tu|¿"
    ).split("|")
)
LABELS = tuple(
    "(|Tit|Tít|Blog |Meta |Meta-|Méta|SEO |Word |Focus |Target |Slug|Fokus|Wort|Mot-|Palabra |**".split("|")
)
FRAMES = ("paragraph", "heading")
EDGE = 3
"""So many blocks open or close a post."""
SENTENCE_STOP = re.compile(r"[.!?](?=\s|$)")
SOURCE = re.compile(
    r"(?<=[?&])utm_source=(?:chatgpt\.com|openai)(?:&|$)|[?&]utm_source=(?:chatgpt\.com|openai)(?=$|#)"
)


@rule.text(
    *("oaicite:", "oai_citation", "\ue200", "turn0", "turn1", "†", "【", "[cite", "_span)"),
    *("<grok:render", "</grok:render", "grok_card", "[^", '{"attribut', "{“attribut", "(attributableIndex"),
)
def by_marks(text: str) -> Iterator[Span]:
    """Yield marks of citations."""
    for mark in MARKS.finditer(text):
        if not is_quoted(text, *mark.span()):
            yield Span(start=mark.start(), end=mark.end(), cause="assistant:citation")


@rule.text(*CERTAIN_HINTS)
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
    edges = {*reading.shown[:EDGE], *reading.shown[-EDGE:]}
    for i in reading.shown:
        text, block = reading.texts[i], reading.blocks[i]
        if block.kind not in FRAMES or not text.startswith(OPENINGS + LABELS):
            continue
        said = text.strip()
        label = i in edges and (LABEL.fullmatch(said) or COUNT.fullmatch(said) or _is_title(said, reading))
        frame = FRAME.fullmatch(said) and (i == reading.shown[0] or OF_A_TEXT.search(said))
        if frame or label or CLOSING.fullmatch(said):
            start, end = reading.place(i)
            sure = label or i in edges or not CLOSING.fullmatch(said)
            evidence = (Evidence(kind="wording" if sure else "likely", detail=text[:80]),)
            yield Span(start=start, end=end, evidence=evidence, cause="assistant:frame")


def _is_title(said: str, reading: Reading) -> bool:
    """Tell a line that gives the post's own title its label: so a chat hands a text over."""
    label, _, rest = said.replace("*", "").partition(":")
    title = (reading.metadata.title or "").strip().lower()
    return label in TITLE_LABELS and bool(title) and rest.strip(' "“”').lower() == title


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
