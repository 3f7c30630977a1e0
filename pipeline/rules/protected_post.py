"""A post behind a password, listed as if it were open.

**Finds** WordPress's password notice and its words instead of an excerpt.

**Why it matters** Readers reach a page that they cannot read; an audit counts a post without text.

**Leaves alone** sentences about passwords.

**Fix** none: an editor opens the post or takes it out of the lists.

**Source** WordPress, wp-includes/post-template.php (get_the_password_form, get_the_excerpt).
"""

from pipeline.audit.notation import opening_check
from pipeline.audit.rule import Rule

rule = Rule(__name__, __doc__, severity="warning", fix="none", specificity=6)

OPENINGS = (
    "There is no excerpt because this is a protected post",
    "This content is password protected. To view it",
    "This content is password-protected. To view it",
    "This post is password protected. To view it",
    "Es gibt keinen Textauszug, da dies ein geschützter Beitrag ist",
    "Dieser Inhalt ist passwortgeschützt. ",
    "Il n’y a pas d’extrait, car cette publication est protégée",
    "Cette publication est protégée par un mot de passe",
    "Ce contenu est protégé par un mot de passe",
    "No hay extracto porque es una entrada protegida",
    "Este contenido está protegido por contraseña. ",
    "Questo contenuto è protetto da password. ",
    "Deze inhoud is beschermd met een wachtwoord. ",
    "Este conteúdo está protegido por senha. ",
    "Este conteúdo é protegido por palavra-passe. ",
    "Treść jest chroniona hasłem. ",
    "Detta innehåll är lösenordsskyddat. ",
    "Det här innehållet är lösenordsskyddat. ",
    "Dette indhold er adgangskodebeskyttet. ",
    "Obsah je chránený heslom. ",
    "Es gibt keine Kurzfassung, da dies ein geschützter Beitrag ist",
    "Il n’y pas d’extrait, car cet article est protégé",
    "Er is geen samenvatting omdat dit bericht is beveiligd",
    "Non è disponibile alcun riassunto in quanto si tratta di un articolo protetto",
    "この投稿はパスワードで保護されているため抜粋文はありません",
    "Цитаты нет, потому что запись защищена",
    "这是一篇受密码保护的文章",
    "Dette indhold er beskyttet med adgangskode. ",
    "Dette innholdet er passordbeskyttet. ",
    "Tämä sisältö on suojattu salasanalla. ",
    "Obsah je chráněn heslem. ",
    "Bu içerik parola korumalı. ",
    "Это содержимое защищено паролем. ",
    "Это запись защищена паролем",
    "このコンテンツはパスワードで保護されています",
    "此内容受密码保护",
    "이 콘텐츠는 비밀번호로 보호되어 있습니다",
    "هذا المحتوى محمي بكلمة مرور",
)
opening_check(rule, OPENINGS, "wordpress:protected")
