"""A server's error message in the middle of a page.

**Finds** warnings, notices and errors of PHP with path and line, database errors, and the pages WordPress
prints when it cannot work.

**Why it matters** Something is broken, readers see it, and the path tells strangers how the server is laid
out.

**Leaves alone** code, posts about PHP, quotation marks, and messages without a path.

**Fix** deletes the message. *Safe*: no author writes a path and a line number like that.

**Source** PHP's display_errors; WordPress wp-includes (wpdb, load.php, fatal error handler).
"""

import re
from collections.abc import Iterator

from pipeline.audit.anchor import is_quoted
from pipeline.audit.rule import Rule, Span

rule = Rule(
    __name__,
    __doc__,
    severity="error",
    specificity=8,
    about=r"\b(?:php|errors?|fehler\w*|warnings?|debug\w*|deprecat\w*|notices?)\b",
)
rule.furniture_hints = (" on line ",)

MESSAGE = re.compile(
    r"(?:(?:PHP )?(?:Warning|Notice|Deprecated|Strict Standards|(?:Catchable |Recoverable )?[Ff]atal error|"
    r"Fatal error|Parse error)|Warnung|Hinweis|Uncaught \w{1,40})\s?:\s{1,3}[^\n]{1,500}?\bin\s(?:/|"
    r"[A-Z]:\\|phar:)[^\s:]{2,300}(?:\son line |:|\()\d{1,6}\)?"
    r"(?:\s{0,2}Stack trace:[^\n]{0,2000}?thrown in \S{2,300} on line \d{1,6})?"
)
TRACE = re.compile(
    r"Stack trace:\s{0,2}#0 [^\n]{0,2000}?(?:\{main\}|thrown in \S{2,300} on line "
    r"\d{1,6})(?:\s{1,2}thrown in \S{2,300} on line \d{1,6})?|"
    r"Traceback \(most recent call last\):[^\n]{0,2000}|Liquid (?:syntax )?error(?: \(line \d{1,5}\))?: "
    r"[^\n]{3,200}|"
    r"#\d{1,3} /[^\s(]{3,300}\(\d{1,6}\): [^\n]{2,400}"
)
LINES = (
    "Error establishing a database connection",
    "Fehler beim Aufbau einer Datenbankverbindung",
    "Error al establecer una conexión con la base de datos",
    "Erreur lors de la connexion à la base de données",
    "Errore nello stabilire una connessione al database",
    "Erro ao estabelecer uma conexão com o banco de dados",
    "Fout bij het maken van een databaseverbinding",
    "Błąd podczas łączenia się z bazą danych",
    "Ошибка установки соединения с базой данных",
    "データベース接続確立エラー",
    "Error estableciendo una conexión con la base de datos",
    "Erro ao estabelecer uma conexão com o Banco de Dados",
    "Fejl ved etablering af databaseforbindelse",
    "Ett fel uppstod vid anslutning till databasen",
    "Tietokantayhteys epäonnistui",
    "Chyba při navazování spojení s databází",
    "建立数据库连接时出错",
    "建立資料庫連線時發生錯誤",
    "데이터베이스 연결중 에러",
    "Für kurze Zeit nicht verfügbar, um eine regelmäßige Instandhaltung durchzuführen.",
    "Indisponibilité temporaire pour cause de maintenance.",
    "No disponible por mantenimiento programado.",
    "Momentaneamente non disponibile per manutenzione.",
    "現在メンテナンス中のため、しばらくの間ご利用いただけません。",
    "Briefly unavailable for scheduled maintenance. Check back in a minute.",
    "There has been a critical error on this website.",
    "There has been a critical error on your website.",
    "Es gab einen kritischen Fehler auf deiner Website.",
    "Es gab einen kritischen Fehler auf Ihrer Website.",
    "Auf deiner Website ist ein kritischer Fehler aufgetreten.",
    "Il y a eu une erreur critique sur ce site.",
    "Il y a eu une erreur critique sur votre site.",
    "Ha habido un error crítico en esta web.",
    "Ha habido un error crítico en tu web.",
    "Si è verificato un errore critico sul tuo sito web.",
    "Houve um erro crítico neste site.",
    "Er heeft zich een kritieke fout voorgedaan op deze site.",
    "На сайте возникла критическая ошибка.",
    "このサイトで重大なエラーが発生しました。",
)
FIRST_WORDS = tuple(line[:24] for line in LINES)
AFTER = 80
"""Characters. WordPress adds where to read more."""
EMITTER = re.compile(r"/wp-content/((?:plugins|themes)/[\w.-]{1,60})/")
DATABASE = re.compile(
    r"WordPress database error:?\s?(?:\[[^\]\n]{1,300}\](?:\s?(?:SELECT|INSERT|UPDATE|DELETE|SHOW|ALTER|"
    r"CREATE|REPLACE|DESCRIBE)\s[^\n]{1,2000})?|[^\n]{3,300}? for query [^\n]{3,600})"
)


@rule.text(
    " on line ",
    ".php",
    "Traceback (most recent",
    "Liquid error: ",
    "Liquid error (line",
    "Liquid syntax error",
)
def by_path_and_line(text: str) -> Iterator[Span]:
    """Yield messages that name a file and a line."""
    for pattern in (MESSAGE, TRACE):
        for message in pattern.finditer(text):
            if not is_quoted(text, *message.span()):
                yield Span(start=message.start(), end=message.end(), cause=_cause(message[0]))


@rule.text("WordPress database error", *FIRST_WORDS)
def by_wording(text: str) -> Iterator[Span]:
    """Yield what WordPress prints when it cannot work, alone in its block."""
    said = text.strip()
    if said.startswith(LINES) and len(said) <= max(len(one) for one in LINES if said.startswith(one)) + AFTER:
        yield Span(start=0, end=len(text), cause="wordpress:down")
    for message in DATABASE.finditer(text):
        yield Span(start=message.start(), end=message.end(), cause="wordpress:database")


def _cause(message: str) -> str:
    """Name the kind of message, and the plugin or theme that it comes from."""
    emitter = EMITTER.search(message)
    return f"php:{message.partition(':')[0]}" + (f" from {emitter[1]}" if emitter else "")
