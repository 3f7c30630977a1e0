"""What comment forms say, in the languages that blog software speaks: one phrase between bars.

Source: WordPress comment_form() and its translations, Jetpack, Akismet, Disqus, Blogger, Drupal.
"""

import re

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
your email is never published nor shared|your email will not be published
your e mail address will not be published
twój adres email nie zostanie opublikowany|e posta adresiniz yayınlanmayacak
su dirección de correo no se hará pública
tu correo electrónico no será publicado|il tuo indirizzo e mail non sarà pubblicato
o seu email não será publicado
din e mailadresse bliver ikke publiceret|din e mailadress publiceras inte
je e mail adres zal niet gepubliceerd worden
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
campos obrigatórios são marcados
vereiste velden zijn gemarkeerd met|verplichte velden zijn gemarkeerd met|obligatoriska fält är märkta
krævede felter er markeret med|gerekli alanlar ile işaretlenmişlerdir|pflichtfelder sind markiert mit|
obligatoriske felt er merket med|pakolliset kentät on merkitty
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
CLOSED = """
comments are closed|comments are disabled|comments have been closed|comments closed
kommentare sind geschlossen|die kommentarfunktion ist geschlossen|die kommentare sind geschlossen
les commentaires sont fermés|los comentarios están cerrados|comentarios cerrados|i commenti sono chiusi
os comentários estão fechados|os comentários estão encerrados|comentários encerrados|reacties zijn gesloten
reageren is niet mogelijk|kommentarer inaktiverade|kommentarfeltet er lukket|kommentarer er lukket
kommentointi on suljettu|możliwość komentowania została wyłączona|komentáře nejsou povoleny
a hozzászólások lezárva|comentariile sunt închise|комментарии закрыты|коментарі закриті|yorumlar kapalı
els comentaris estan tancats|komentari su zatvoreni|komentáre sú uzavreté|kommentarer er stengt
możliwość komentowania jest wyłączona|обсуждение закрыто|коментари са забранени|τα σχόλια είναι κλειστά
der er lukket for kommentarer|コメントは停止中です|댓글은 닫혔습니다
コメントは受け付けていません|댓글이 닫혔습니다|评论已关闭|迴響已關閉|komentar ditutup
التعليقات مغلقة|التعليقات مغلقه
your comment is awaiting moderation|dein kommentar wartet auf moderation
votre commentaire est en attente de modération|tu comentario está pendiente de moderación
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
recaptcha|this field is required|komentarz|nazwa|witryna internetowa|anuluj pisanie odpowiedzi
opublikuj komentarz
namn|e post|e postadress|webbplats|avbryt svar|skicka kommentar|publicera kommentar|yorum|ad|isim|e posta
internet sitesi|i nternet sitesi
yanıtı iptal et|yorum gönder|navn|hjemmeside|nettsted|annuller svar|avbryt svar|send kommentar
publiser kommentar|nimi
sähköposti|kotisivu|sivusto|kommentti|peruuta vastaus|lähetä kommentti|jméno|webová stránka|komentář
zrušit odpověď
odeslat komentář|név|honlap|hozzászólás|nume|sit web|comentariu|anulează răspunsul|коментар|вебсайт
скасувати відповідь
ім я|электронная почта|网站|名称|电子邮箱地址|评论|发表评论|取消回复|이름|이메일|웹사이트|댓글|댓글 달기
응답 취소
antwort abbrechen|cancelar respuesta|cancelar a resposta|cancel la les respostes|cancel la la resposta
إلغاء الرد|отказ|zrušit odpověď na komentář|ακύρωση απάντησης|tühista vastus|لغو پاسخ|לבטל|otkaži odgovor
kilépés a válaszból|membatalkan balasan|batalkan balasan|atcelt atbildi|zrušiť odpoveď|prekini odgovor
одустани од одговора|ยกเลิกการตอบ|cevabı iptal et|取消回覆|hủy|atšaukti atsakymą
publicar comentario|skriv kommentar|υποβολή σχολίου|objavi komentar|hozzászólás küldése|إضافة تعليق|張貼迴響
cancel|captcha|notify me of new posts by email|anmeldung|speichern|envoyer|enviar|invia|send|verzenden
отправить
"""
CANCELS = """
cancel reply|antworten abbrechen|antwort abbrechen|annuler la réponse|cancelar la respuesta|cancelar respuesta
cancelar resposta|cancelar a resposta|annulla risposta|reactie annuleren|avbryt svar|annuller svar
peruuta vastaus|anuluj pisanie odpowiedzi|zrušit odpověď|zrušiť odpoveď|anulează răspunsul|отменить ответ
скасувати відповідь|yanıtı iptal et|cevabı iptal et|batalkan balasan|ακύρωση απάντησης|取消回复|取消回覆
コメントをキャンセル|응답 취소|إلغاء الرد|لغو پاسخ|otkaži odgovor|prekini odgovor|ยกเลิกการตอบ
kilépés a válaszból|tühista vastus|atcelt atbildi
"""
NOT_WORDS = re.compile(r"[\W_]+")


def phrases(table: str) -> tuple[str, ...]:
    """Cut a table into its phrases, folded as lines are before they are compared."""
    cells = (NOT_WORDS.sub(" ", phrase).strip() for line in table.split("\n") for phrase in line.split("|"))
    return tuple(filter(None, cells))


def hyphened(phrase: str) -> str:
    """Give what stands between white space where people write "E-Mail-Adresse"; "" without it."""
    words = phrase.split()
    at = words.index("mail") if "mail" in words else 0
    return "-".join(words[at - 1 : at + 2]) if at and words[at - 1] == "e" else ""


PARTS = {"notes": phrases(NOTES), "required": phrases(REQUIRED), "cookies": phrases(COOKIES)}
AKISMET = re.compile(
    r"(?:this site|diese(?: website| seite|r blog)|die seite|est[ea] (?:sitio|site|página|blog)|ce site|"
    r"questo sito|(?:o |esse )site|deze (?:site|website)|(?:ta )?(?:witryna|strona)|den här|denna|dette|tämä|"
    r"sivusto|этот|на этом|цей|bu site|ez a|acest|tento|tato|táto|situs|laman|trang|ta stran|сайтът|този|"
    r"aquest|ovaj|ova|このサイト|本站|这个|此|이 사이트)[^\n]{0,60}akismet"
)
"""The opening of Akismet's note in the languages that it speaks, folded as phrases are."""
