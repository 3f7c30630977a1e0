"""A comment form's words inside the post.

**Finds** the form's title, its notes on e-mail addresses and required fields, its cookie line and labels,
by CSS class in a page; in a plain-text dump by their wording in the languages that blog software speaks,
where at least two of them stand together.

**Why it matters** It is the site's furniture: it adds a section, and words that no author has written.

**Leaves alone** "Leave a comment below!" as the author's own last line, and posts about commenting.

**Fix** deletes the form from its first line to its last label. *Safe* for two witnesses; a single line is
left to an editor.

**Source** WordPress comment_form() (wp-includes/comment-template.php) and its translations, Jetpack's and
Akismet's notes, Disqus, Blogger, Drupal.
"""

import re
from collections.abc import Iterator, Sequence

from pipeline.audit.reading import Reading
from pipeline.audit.rule import Rule, Span
from pipeline.records import Block, Evidence

rule = Rule(__name__, __doc__, severity="warning", specificity=8, has_lines=True)

CLASSES = (
    "comment-respond",
    "comment-reply-title",
    "comment-form",
    "commentform",
    "comment-notes",
    "required-field-message",
    "comment-form-cookies-consent",
    "akismet_comment_form_privacy_notice",
    "must-log-in",
    "subscribe-label",
    "no-comments",
    "cancel-comment-reply-link",
)
TITLES = """
leave a reply|leave a comment|leave a reply cancel reply|leave a replycancel reply|post a comment
add a comment
leave a comment cancel reply|leave a comment cancel|leave a response|write a comment|join the discussion
submit a comment|leave your comment|schreibe einen kommentar|hinterlasse eine antwort
hinterlasse einen kommentar
schreiben sie einen kommentar|kommentar verfassen|kommentar schreiben|einen kommentar schreiben
laisser un commentaire|laisser une réponse|laissez un commentaire|poster un commentaire
ajouter un commentaire
deja un comentario|deja una respuesta|dejar un comentario|publicar un comentario|lascia un commento
lascia una risposta|rispondi|deixe um comentário|deixe uma resposta|deixar uma resposta|deixe um comentario
geef een reactie|laat een reactie achter|een reactie achterlaten|plaats een reactie|lämna ett svar
kommentera
lämna en kommentar|skriv et svar|skriv en kommentar|legg igjen et svar|legg igjen en kommentar|vastaa
jätä kommentti|dodaj komentarz|zostaw odpowiedź|napsat komentář|pridaj komentár|pridať komentár
lasă un răspuns
lasă un comentariu|добавить комментарий|оставить комментарий|напишіть відгук|залишити коментар
вашият коментар|оставите одговор|odgovori|dodaj odgovor|bir cevap yazın|bir yanıt yazın|yorum yapın
コメントを残す|コメントする|댓글 남기기|发表评论|发表回复|發表迴響|發佈留言|gửi phản hồi
để lại một bình luận
tinggalkan balasan|ใส่ความเห็น|أضف تعليق|اترك تعليقاً|اترك رداً|כתיבת תגובה|σχολιάστε|αφήστε μια απάντηση
پاسخ دهید|دیدگاهتان را بنویسید|deixa un comentari|utzi erantzuna|lisa kommentaar|atbildēt
parašykite komentarą
"""
NOTES = """
your email address will not be published|deine e mail adresse wird nicht veröffentlicht
ihre e mail adresse wird nicht veröffentlicht|votre adresse e mail ne sera pas publiée
votre adresse de messagerie ne sera pas publiée|tu dirección de correo electrónico no será publicada
il tuo indirizzo email non sarà pubblicato|l indirizzo email non verrà pubblicato
o seu endereço de e mail não será publicado|o seu endereço de email não será publicado
je e mailadres wordt niet gepubliceerd|het e mailadres wordt niet gepubliceerd
din e postadress kommer inte publiceras
e postadressen publiceras inte|din e mailadresse vil ikke blive|din e postadresse vil ikke bli publisert
sähköpostiosoitettasi ei julkaista|twój adres e mail nie zostanie opublikowany
vaše emailová adresa nebude zveřejněna
vaša e mailová adresa nebude zverejnená|adresa ta de email nu va fi publicată
ваш e mail не будет опубликован
ваш адрес email не будет опубликован|ваша e mail адреса не оприлюднюватиметься
вашият имейл адрес няма да бъде публикуван
vaša adresa e pošte neće biti objavljena|e posta hesabınız yayımlanmayacak
メールアドレスが公開されることはありません
이메일은 공개되지 않습니다|您的邮箱地址不会被公开|电子邮件地址不会被公开
發佈留言必須填寫的電子郵件地址不會公開
email của bạn sẽ không được hiển thị công khai|alamat email anda tidak akan dipublikasikan
لن يتم نشر عنوان بريدك الإلكتروني|האימייל לא יוצג באתר|η ηλ διεύθυνσή σας δεν κοινοποιείται
az e mail címet nem tesszük közzé
نشانی ایمیل شما منتشر نخواهد شد|l adreça electrònica no es publicarà
your email is never published nor shared
alamat surel anda tidak akan dipublikasikan|вашият email адрес няма да бъде публикуван
sinu e postiaadressi ei avaldata|jūsu e pasta adrese netiks publicēta|tvoja e pošta ne bo objavljena
ваша адреса е поште неће бити објављена|o teu enderezo electrónico non se publicará
你的電子郵件位址並不會被公開|อีเมลของคุณจะไม่แสดง|อีเมล์ของคุณจะไม่แสดง
"""
REQUIRED = """
required fields are marked|erforderliche felder sind mit|erforderliche felder sind markiert
les champs obligatoires sont indiqués avec|los campos obligatorios están marcados con
los campos necesarios están marcados
i campi obbligatori sono contrassegnati|campos obrigatórios são marcados com
campos obrigatórios marcados com
vereiste velden zijn gemarkeerd met|verplichte velden zijn gemarkeerd met|obligatoriska fält är märkta
krævede felter er markeret med|obligatoriske felt er merket med|pakolliset kentät on merkitty
wymagane pola są oznaczone|pola których wypełnienie jest wymagane są oznaczone
vyžadované informace jsou označeny
vyžadované polia sú označené|câmpurile obligatorii sunt marcate cu|обязательные поля помечены
обов язкові поля позначені
задължителните полета са отбелязани с|gerekli alanlar|が付いている欄は必須項目です|필수 필드는
필수 입력창은|必填项已用|必填欄位標示為
các trường bắt buộc được đánh dấu|ruas yang wajib ditandai|الحقول الإلزامية مشار إليها بـ|שדות החובה מסומנים
τα υποχρεωτικά πεδία σημειώνονται με|a kötelező mezőket|fields marked with an asterisk are required
nužna polja su označena|obligātie lauki ir atzīmēti|zahtevana polja so označena
неопходна поља су означена|els camps necessaris estan marcats|els camps obligatoris estan marcats
os campos obrigatorios están marcados|nõutavad väljad on tähistatud|必要欄位標記為|ช่องที่ต้องการถูกทำเครื่องหมาย
"""
COOKIES = """
save my name email and website in this browser
meinen namen meine e mail adresse und meine website in diesem browser
enregistrer mon nom mon e mail et mon site dans le navigateur
guarda mi nombre correo electrónico y web en este navegador
salva il mio nome email e sito web in questo browser|mijn naam e mail en site opslaan in deze browser
salvar meus dados neste navegador|сохранить моё имя email и адрес сайта в этом браузере
次回のコメントで使用するため
this site uses akismet to reduce spam|notify me of follow up comments by email
notify me of new posts by email
currently you have javascript disabled in order to post comments|you must be logged in to post a comment
please enable javascript to view the comments powered by disqus
du musst angemeldet sein um einen kommentar abzugeben
benachrichtige mich über nachfolgende kommentare|prévenez moi de tous les nouveaux commentaires par e mail
"""
LABELS = """
name|email|e mail|website|comment|post comment|submit|cancel reply|submit comment|comments|your comment|url
kommentar|kommentar abschicken|kommentar absenden|antworten abbrechen|e mail adresse|nom|commentaire
adresse e mail
adresse de messagerie|site web|laisser un commentaire|annuler la réponse|nombre|correo electrónico|web
comentario
publicar el comentario|cancelar la respuesta|nome|sito web|commento|invia commento|annulla risposta
comentário
publicar comentário|cancelar resposta|naam|site|reactie|reactie plaatsen|reactie annuleren|имя
комментарий|сайт
отправить комментарий|отменить ответ|名前|メール|サイト|コメント|コメントを送信|コメントをキャンセル|δ
recaptcha|this field is required
"""
NOT_WORDS = re.compile(r"[\W_]+")
UNSPACED_FROM = "\u0e00"
"""From Thai on, scripts put no spaces between words: there, phrases are looked for inside the line."""
UNSPACED_SIGN = re.compile(f"[{UNSPACED_FROM}-\U0010ffff]")
SHORT = 200
"""A line of a form is short; a paragraph that mentions one is not part of it."""


def _phrases(table: str) -> tuple[str, ...]:
    phrases = (NOT_WORDS.sub(" ", phrase).strip() for line in table.split("\n") for phrase in line.split("|"))
    return tuple(filter(None, phrases))


PARTS = {"notes": _phrases(NOTES), "required": _phrases(REQUIRED), "cookies": _phrases(COOKIES)}
TITLE_SET, LABEL_SET = frozenset(_phrases(TITLES)), frozenset(_phrases(LABELS))
BY_FIRST_WORD: dict[str, list[tuple[str, str]]] = {}
for _kind, _some in PARTS.items():
    for _phrase in _some:
        BY_FIRST_WORD.setdefault(_phrase.split()[0], []).append((_phrase, _kind))
HINTS = frozenset(
    word for some in PARTS.values() for phrase in some for word in phrase.split()[1:3] if len(word) > 3
)
"""Second and third words of the phrases: the first may be glued to what stands before it."""
WRITTEN_HINTS = HINTS | {word.capitalize() for word in HINTS} | {word.upper() for word in HINTS}
UNSPACED = tuple((phrase, kind) for kind, some in PARTS.items() for phrase in some if phrase >= UNSPACED_FROM)


@rule.marked(*CLASSES)
def by_class(block: Block) -> Iterator[Span]:
    """Yield every block of a form by its class, which is not translated."""
    name = next(name for name in CLASSES if name in block.tokens)
    yield Span(
        start=0, end=len(block.text), evidence=(Evidence(kind="markup", detail=name),), cause="comment-form"
    )


@rule.post()
def by_wording(reading: Reading) -> Iterator[Span]:
    """Yield a form's lines that stand together, as one place; or a single line of one, for an editor."""
    if WRITTEN_HINTS.isdisjoint(reading.words) and (
        reading.low.isascii() or not UNSPACED_SIGN.search(reading.low)
    ):
        return
    hinted = [i for i in reading.shown if _may_tell(reading.lines[i])]
    if not any(_parts_of(reading.lines[i]) - {"label"} for i in hinted):
        return
    named = {i: parts for i in reading.shown if (parts := _parts_of(reading.lines[i]))}
    for run in _runs(reading.shown, named):
        kinds = {kind for i in run for kind in named[i]} - {"label"}
        if len(kinds) >= 2:
            start, end = reading.place(run[0], run[-1])
            evidence = tuple(Evidence(kind="wording", detail=kind) for kind in sorted(kinds))
            yield Span(start=start, end=end, evidence=evidence, cause="comment-form")
        else:
            yield from (_single(reading, i, named) for i in run if named[i] != {"label"} and _tells(named, i))


def _runs(shown: Sequence[int], named: dict[int, set[str]]) -> Iterator[list[int]]:
    """Yield stretches of a form's lines that stand together, from the first telling line on."""
    run: list[int] = []
    for i in shown:
        if i in named and (run or named[i] != {"label"}):
            run.append(i)
        elif i not in named and run:
            yield run
            run = []
    if run:
        yield run


def _may_tell(line: str) -> bool:
    """Tell, cheaply, a line that may be more than a form's title or label."""
    return len(line) <= SHORT and (line >= UNSPACED_FROM or not HINTS.isdisjoint(line.split()))


def _single(reading: Reading, block: int, named: dict[int, set[str]]) -> Span:
    """Flag one line; with a second witness beside it, it is sure."""
    start, end = reading.place(block)
    kinds = set().union(*(named.get(i, set()) for i in range(block - 2, block + 3))) - {"label"}
    evidence = [Evidence(kind="translated", detail=", ".join(sorted(named[block])))]
    if len(kinds) >= 2:
        evidence.append(Evidence(kind="neighbour", detail=", ".join(sorted(kinds))))
    return Span(start=start, end=end, evidence=tuple(evidence), cause="comment-form")


def _tells(named: dict[int, set[str]], block: int) -> bool:
    """A title alone can be an author's heading; a note or a cookie line cannot."""
    near = set().union(*(named.get(i, set()) for i in range(block - 2, block + 3)))
    return named[block] != {"title"} or len(near - {"label"}) >= 2


def _parts_of(line: str) -> set[str]:
    """Name the parts of a comment form that a line, lower case, consists of."""
    if len(line) > SHORT:
        return set()
    words = NOT_WORDS.sub(" ", line).strip()
    if words in TITLE_SET:
        return {"title"}
    if words in LABEL_SET or not words:
        return {"label"}
    known = BY_FIRST_WORD.keys() & words.split()
    found = {kind for word in known for phrase, kind in BY_FIRST_WORD[word] if phrase in words}
    if words >= UNSPACED_FROM:
        found |= {kind for phrase, kind in UNSPACED if phrase in words}
    if found and any(words.startswith(title) for title in TITLE_SET):
        found.add("title")
    return found
