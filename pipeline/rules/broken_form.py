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
from pipeline.audit.reading import Reading
from pipeline.audit.rule import Rule, Span
from pipeline.records import Block, Evidence, Severity

rule = Rule(__name__, __doc__, severity="error", specificity=9)
rule.furniture_hints = (
    "wpcf7-contact-form-not-found",
    *("[contact-form", "[gravityform", "[wpforms", "[ninja_form", "[mc4wp_form", "[table ", "[hubspot "),
    *("[fluentform", "[forminator_", "[formidable", "[newsletter_form", "[Gallery not found]", "[mailpoet_"),
)

NOTICES: dict[str, tuple[str, Severity]] = {
    "Oops! We could not locate your form.": ("gravity-forms:form-deleted", "error"),
    "Please enable JavaScript in your browser to complete this form.": ("wpforms:noscript", "info"),
    "Bitte aktiviere JavaScript in deinem Browser, um dieses Formular fertigzustellen.": (
        "wpforms:noscript",
        "info",
    ),
    "Bitte aktivieren Sie JavaScript in Ihrem Browser, um dieses Formular fertigzustellen.": (
        "wpforms:noscript",
        "info",
    ),
    "Veuillez activer JavaScript dans votre navigateur pour remplir ce formulaire.": (
        "wpforms:noscript",
        "info",
    ),
    "Por favor, activa JavaScript en tu navegador para completar este formulario.": (
        "wpforms:noscript",
        "info",
    ),
    "Si prega di abilitare JavaScript nel browser per completare questo modulo.": (
        "wpforms:noscript",
        "info",
    ),
    "Ative o JavaScript no seu navegador para preencher este formulário.": ("wpforms:noscript", "info"),
    "Schakel JavaScript in je browser in om dit formulier in te vullen.": ("wpforms:noscript", "info"),
    "Notice: JavaScript is required for this content.": ("ninja-forms:noscript", "info"),
    "Hinweis: JavaScript wird für diesen Inhalt benötigt.": ("ninja-forms:noscript", "info"),
    "Please select a valid form": ("formidable:form-deleted", "error"),
    "[Gallery not found]": ("nextgen-gallery:gallery-deleted", "error"),
    "[Galerie nicht gefunden]": ("nextgen-gallery:gallery-deleted", "error"),
    "Please leave this field empty.": ("mailpoet:honeypot", "info"),
    "If you are human, leave this field blank.": ("honeypot", "info"),
    "Leave this field empty if you're human:": ("mc4wp:honeypot", "info"),
}
ALONE: dict[str, tuple[str, Severity]] = {
    "invalid form!": ("fluent-forms:form-deleted", "error"),
    "please leave this field empty": ("mailpoet:honeypot", "info"),
    "leave this field empty": ("honeypot", "info"),
    "leave this field blank": ("honeypot", "info"),
    "dieses feld leer lassen": ("honeypot", "info"),
    "bitte dieses feld leer lassen": ("honeypot", "info"),
    "laissez ce champ vide": ("honeypot", "info"),
    "deja este campo vacío": ("honeypot", "info"),
    "lascia questo campo vuoto": ("honeypot", "info"),
    "deixe este campo vazio": ("honeypot", "info"),
    "laat dit veld leeg": ("honeypot", "info"),
}
"""Short enough for people to write, too: only as a whole block, and only proposed."""
LINES = {line + end: known for line, known in ALONE.items() for end in ("", ".", ":")}
LOST = re.compile(
    r"(?:Error|Fehler|Erreur|Errore|Erro|Fout|Fel|Fejl|Feil|Virhe|Błąd|Chyba|Hiba|Eroare|Грешка|Ошибка|"
    r"Помилка|Hata|Lỗi|"
    r"エラー|错误|錯誤|오류|خطأ|خطا|שגיאה|Σφάλμα|Napaka|Greška|Klaida|Kļūda|Viga|Galat|Kesalahan|"
    r"ข้อผิดพลาด)[ \u00a0]?[:：]\s?"
    r"(?=[^.。\n]{0,50}(?:form|форм|フォーム|表单|表單|폼|양식|نموذج|فرم|טופס|φόρμ|lomake|űrlap|obrazec|modul|obraz|"
    r"skjema|biểu mẫu|แบบฟอร์ม))[^.。\n]{4,90}[.。]?",
    re.I,
)
"""Contact Form 7 in the languages it is translated to: an error, a form, and what PLACED says of it."""
PLACED = re.compile(
    r"not found|nicht gefunden|non trouv|introuvable|no encontrad|no se (?:ha )?encontr|non trovat|não "
    r"encontrad|"
    r"não foi encontrad|niet gevonden|hittades|ikke fundet|ikke funnet|fant ikke|ei löy|nie znal|"
    r"nie został|brak |"
    r"nenalezen|nebyl nalezen|"
    r"nenájden|nem talál|nu a fost găsit|не найден|не знайден|не е намерен|bulunamad|không tìm|"
    r"見つかりません|"
    r"未找到|找不到|"
    r"찾을 수 없|tidak ditemukan|پیدا نشد|یافت نشد|ไม่พบ|لم يتم|غير موجود|לא נמצא|δεν βρέθηκε|nerast|"
    r"neatrast|ei leitud|ni bil|nije pronađen|no "
    r"trobat|no s’ha trobat",
    re.I,
)
LOST_HINTS = tuple(
    "form not found| nicht gefunden|non trouvé|de contact introuvable| no encontrado|no se encontr|"
    "se ha encontrado| non "
    "trovato|não encontrado|"
    " niet gevonden| hittades inte| ikke fundet| ikke funnet|Fant ikke |tidak ditemukan|پیدا نشد|"
    "یافت نشد|ไม่พบ|ei löy| nie znal|Błąd: Brak form|"
    "formulář nebyl nalezen|nenájden|"
    "nem talál|fost găsit|не найден|не знайден|не е намер|bulunamadı|không tìm|Không tìm|"
    "見つかりません|未找到|找不到|찾을 수 없|"
    "لم يتم|"
    "לא נמצא|δεν βρέθηκε".split("|")
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
    r"cformsii?|si-contact-form|visforms|contactform|contact_form|ssba_form|pirate_forms|formlift|cf7-form)"
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
}
"""Class -> cause, the same as of the notice's words."""
TEACHING = re.compile(
    r"\b(?:use|using|type|insert|paste|add|put|like|e\.g\.|example|shortcode|code)\b[^.\n]{0,40}$", re.I
)


@rule.marked(*CLASSES)
def by_class(block: Block) -> Iterator[Span]:
    """Yield the notice in any language: the class is not translated, the words are."""
    name = next(name for name in CLASSES if name in block.tokens)
    cause, severity = CLASSES[name]
    evidence = (Evidence(kind="markup", detail=name),)
    yield Span(start=0, end=len(block.text), evidence=evidence, cause=cause, severity=severity)


@rule.text(*NOTICES)
def by_words(text: str) -> Iterator[Span]:
    """Yield the notice by its words: alone, or where a sentence has ended before it and none goes on."""
    for notice, (cause, severity) in NOTICES.items():
        start = text.find(notice)
        end = start + len(notice)
        if start >= 0 and _stands_apart(text, start, end):
            yield Span(start=start, end=end, cause=cause, severity=severity)


@rule.text(*LOST_HINTS)
def by_translation(text: str) -> Iterator[Span]:
    """Yield Contact Form 7's notice in any language."""
    for notice in LOST.finditer(text):
        if PLACED.search(notice[0]) and _stands_apart(text, *notice.span()):
            yield Span(start=notice.start(), end=notice.end(), cause="contact-form-7:form-deleted")


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
            cause, severity = known
            yield Span(start=start, end=end, evidence=witness, cause=cause, severity=severity)


def _stands_apart(text: str, start: int, end: int) -> bool:
    """Tell a printed notice from a sentence that mentions it ("sites often show Error: … until …")."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    if is_quoted(text, start, end) or after[:1].islower() or after[:1] in ("”", '"', "»", "’"):
        return False
    return not before or before[-1] in ".!?…:)]。！？|" or not text[start - 1].isspace()
