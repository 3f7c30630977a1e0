"""What form plugins print where a form should stand, in the languages they are translated to.

Source: the plugins named in the rule broken-form, and their translations.
"""

import re

from pipeline.records import Severity

KINDS: dict[str, Severity] = {
    "gravity-forms:form-deleted": "error",
    "wpforms:noscript": "info",
    "ninja-forms:noscript": "info",
    "formidable:form-deleted": "error",
    "fluent-forms:form-deleted": "error",
    "nextgen-gallery:gallery-deleted": "error",
    "mailpoet:honeypot": "info",
    "mc4wp:honeypot": "info",
    "honeypot": "info",
    "newsletter:answer": "info",
}
"""Cause -> how much it matters: a note for few readers, or a form that is gone."""
_NOTICES = {
    "gravity-forms:form-deleted": ("Oops! We could not locate your form.",),
    "wpforms:noscript": (
        "Please enable JavaScript in your browser to complete this form.",
        "Bitte aktiviere JavaScript in deinem Browser, um dieses Formular fertigzustellen.",
        "Bitte aktivieren Sie JavaScript in Ihrem Browser, um dieses Formular fertigzustellen.",
        "Veuillez activer JavaScript dans votre navigateur pour remplir ce formulaire.",
        "Por favor, activa JavaScript en tu navegador para completar este formulario.",
        "Si prega di abilitare JavaScript nel browser per completare questo modulo.",
        "Ative o JavaScript no seu navegador para preencher este formulário.",
        "Schakel JavaScript in je browser in om dit formulier in te vullen.",
    ),
    "ninja-forms:noscript": (
        "Notice: JavaScript is required for this content.",
        "Hinweis: JavaScript wird für diesen Inhalt benötigt.",
    ),
    "formidable:form-deleted": ("Please select a valid form",),
    "nextgen-gallery:gallery-deleted": (
        "[Gallery not found]",
        "[Galerie nicht gefunden]",
    ),
    "mailpoet:honeypot": ("Please leave this field empty.",),
    "honeypot": ("If you are human, leave this field blank.",),
    "mc4wp:honeypot": ("Leave this field empty if you're human:",),
}
NOTICES = {notice: cause for cause, notices in _NOTICES.items() for notice in notices}
_ALONE = {
    "fluent-forms:form-deleted": ("invalid form!",),
    "mailpoet:honeypot": ("please leave this field empty",),
    "honeypot": (
        "leave this field empty",
        "leave this field blank",
        "dieses feld leer lassen",
        "bitte dieses feld leer lassen",
        "laissez ce champ vide",
        "deja este campo vacío",
        "lascia questo campo vuoto",
        "deixe este campo vazio",
        "laat dit veld leeg",
    ),
    "newsletter:answer": (
        "success! you're on the list",
        "success! you’re on the list",
        "thanks for signing up! please check your email",
        "thanks for signing up! please check your email to confirm",
        "please check your email to confirm your subscription",
    ),
}
"""Short enough for people to write, too: only as a whole block, and only proposed."""
LINES = {line + end: cause for cause, lines in _ALONE.items() for line in lines for end in ("", ".", ":")}
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
FORM_WORD = r"form|lomake|űrlap|modul|skjema|форм|フォーム|表单|表單|양식"
BROWSER = (
    r"browser|brows|naviga|navega|nettles|przegl|"
    r"prohlíže|böngész|webbläs|selai|браузер|ブラウザ|浏览器|瀏覽器|브라우저"
)
SCRIPTLESS = re.compile(
    rf"(?=[^\n]*(?:{FORM_WORD}))(?=[^\n]*(?:{BROWSER}))[^\n.!?]{{0,90}}JavaScript[^\n.!?]{{0,110}}[.!。]?",
    re.I,
)
"""WPForms' note in other languages: one sentence about JavaScript, a browser and this form."""
UNLOCATED = re.compile(
    rf"(?:[OU]o?p{{1,2}}s|Oups|Hoppla|Oeps|¡?Vaya|¡?Ups|Hoppsan|Ой|Упс) ?[!.,] ?"
    rf"(?=[^\n]{{0,90}}?(?:{FORM_WORD}))[^\n]{{0,90}}?"
    r"(?:finden|gefunden|trouv|localis|finde |encontr|trovar|trovat|vinden|gevonden|hitta|znale|"
    r"найти)[^\n]{0,40}",
    re.I,
)
"""Gravity Forms' notice in other languages."""
OUTCRIES = ("Oops", "Ops!", "Ups!", "Upps", "Oups", "Hoppla", "Oeps", "Vaya", "Hoppsan", "Ой!", "Упс")
